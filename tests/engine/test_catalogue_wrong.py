"""A wrong catalogue file is refused with the file, the place and the reason."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from engine.catalogue.toml_files import CATALOGUE_FOLDER, load_catalogue, load_product
from engine.errors import CatalogueFault, CatalogueWrong, FileUnreadable, TomlFault

AASTRA = (CATALOGUE_FOLDER / "aastra5000.toml").read_text(encoding="utf-8")
NEXSPAN = (CATALOGUE_FOLDER / "nexspan.toml").read_text(encoding="utf-8")

Case = tuple[str, str, str, str, str]
"""What is replaced (once), by what; place, reason and value of the refusal."""

UNIQUE: list[Case] = [
    # TOML and shape
    ('code = "442"', "code = 442x", "11:11", "toml", ""),
    ('code = "442"', 'code = "442', "11:12", "unclosed", ""),
    ('code = "442"', 'code = "442"\ncode = "442"', "12:13", "twice", ""),
    ('code = "442"', f"code = {'9' * 5000}", "", "too-big", ""),
    ('code = "442"', f"code = {'[' * 5000}", "", "too-big", ""),
    ("price = 1530.00", "price = 1e99999999999999999999", "", "too-big", ""),
    ('code = "442"', 'code = "442"\ncolour = "red"', "colour", "unknown-key", "colour"),
    ('code = "442"', 'code = "442"\n"\\u001b[2J" = 1', r"\x1b[2J", "unknown-key", r"\x1b[2J"),
    ('code = "442"\n', "", "code", "missing-key", ""),
    ('code = "442"', "code = 442", "code", "wrong-type", "442"),
    ('releases = ["R5.1", "R5.2"]', 'releases = "R5.1"', "releases", "wrong-type", "R5.1"),
    ('keycodes = "unique"', 'keycodes = "many"', "keycodes", "wrong-choice", "many"),
    ("key_digit = 67\n", "", "body, key_digit", "missing-key", ""),
    ('part = "BHW1064A"\n', "", "item 2, part", "missing-key", ""),
    ("price = 210.00", 'price = "dear"', "item BHW1064A, price", "wrong-type", "dear"),
    ("price = 210.00", "price = 210.00\ncost = 1", "item BHW1064A, cost", "unknown-key", "cost"),
    (
        'source = "guide"\n\n',
        'source = "hearsay"\n\n',
        "item BHW1063A, source",
        "wrong-choice",
        "hearsay",
    ),
    ("bit = 37", 'bit = "37"', "function iae-forward, bit", "wrong-type", "37"),
    ('fr = "Renvoi IAE"', 'de = "x"', "function iae-forward, name, de", "unknown-key", "de"),
    (
        '{ function = "iae-group" }',
        '{ function = "iae-group", units = "2" }',
        "item BHW1063A, unlocks 2, units",
        "wrong-type",
        "2",
    ),
    # What is written as it must not be
    ('key = "aastra5000"', 'key = "Aastra 5000"', "key", "pattern", "Aastra 5000"),
    ('code = "442"', 'code = "44a"', "code", "pattern", "44a"),
    ('code = "442"', 'code = "4420"', "code", "pattern", "4420"),
    ('currency = "EUR"', 'currency = "€"', "currency", "pattern", "€"),
    ('["R5.1", "R5.2"]', '["R5.1", "R5 2"]', "releases", "pattern", "R5 2"),
    ('["R5.1", "R5.2"]', '["R5.1", "R5\\u0000"]', "releases", "pattern", r"R5\x00"),
    ('["R5.1", "R5.2"]', '["R5.1", "R5.1"]', "releases", "duplicate", "R5.1"),
    ('["R5.1", "R5.2"]', "[]", "releases", "empty", ""),
    ('key = "iae-forward"', 'key = "IAE"', "function IAE, key", "pattern", "IAE"),
    ('part = "BHW1064A"', 'part = "BHW 64"', "item BHW 64, part", "pattern", "BHW 64"),
    # Names
    ('name = "Aastra 5000"', 'name = " "', "name", "empty", ""),
    ('en = "Extended ACD"', 'en = ""', "item BHW1063A, name, en", "empty", ""),
    ('en = "Extended ACD"', f'en = "{"x" * 29}"', "item BHW1063A, name, en", "too-long", "x" * 29),
    ('fr = "ACD étendu"', f'fr = "{"é" * 29}"', "item BHW1063A, name, fr", "too-long", "é" * 29),
    ('"IAE forward"', f'"{"x" * 35}"', "function iae-forward, name, en", "too-long", "x" * 35),
    (
        '"Extended ACD"',
        '"\\u001b[31mACD"',
        "item BHW1063A, name, en",
        "unprintable",
        r"\x1b[31mACD",
    ),
    ('"ACD étendu"', '"A\\u202eCD"', "item BHW1063A, name, fr", "unprintable", r"A\u202eCD"),
    ('"Renvoi IAE"', '"IAE\\nx"', "function iae-forward, name, fr", "unprintable", r"IAE\nx"),
    # Places in the body
    ("digits = 68", "digits = 129", "body, digits", "outside", "129"),
    ("digits = 68", "digits = 66", "body, key_digit", "outside", "67"),
    ("map_width = 13\n", "", "body, map_width", "missing-key", ""),
    ("map_width = 13", "map_width = 1000000000000", "body, map_width", "outside", "1000000000000"),
    ("map_width = 13", "map_width = 14", "function sip-trunk, digit", "overlap", "16"),
    ("map_digit = 3", "map_digit = 2", "body, map_digit", "overlap", "2"),
    ("key_digit = 67", "key_digit = 66", "function ip-any, digit", "overlap", "62"),
    ("key_digit = 67", "key_digit = -1", "body, key_digit", "outside", "-1"),
    (
        "key_digit = 67",
        "key_digit = 67\nfunction_digit = 60",
        "body, function_digit",
        "not-used",
        "60",
    ),
    ("bit = 37", "bit = 52", "function iae-forward, bit", "outside", "52"),
    ("bit = 37", "bit = -1", "function iae-forward, bit", "outside", "-1"),
    ("bit = 37\n", "", "function iae-forward, bit", "missing-key", ""),
    ("bit = 38", "bit = 37", "function iae-group, bit", "duplicate", "37"),
    ("bit = 38", "bit = 38\nnumber = 1", "function iae-group, number", "not-used", "1"),
    ("digit = 18", "digit = 17", "function ip-cordless, digit", "overlap", "17"),
    ("digit = 62", "digit = 64", "function ip-any, digit", "outside", "64"),
    ("width = 2", "width = 0", "function sip-trunk, width", "outside", "0"),
    ("width = 2", "width = 9", "function sip-trunk, width", "outside", "9"),
    ("width = 2\n", "", "function sip-trunk, width", "missing-key", ""),
    # Items
    ('part = "BHW1064A"', 'part = "BHW1063A"', "item BHW1063A, part", "duplicate", "BHW1063A"),
    ('key = "hostel"', 'key = "hospitality"', "function hospitality, key", "duplicate", "*"),
    ("price = 210.00", "price = 0", "item BHW1064A, price", "price", "0"),
    ("price = 210.00", "price = -1", "item BHW1064A, price", "price", "-1"),
    ("price = 210.00", "price = 210.005", "item BHW1064A, price", "price", "210.005"),
    ("price = 210.00", "price = nan", "item BHW1064A, price", "price", "NaN"),
    ("price = 210.00", "price = inf", "item BHW1064A, price", "price", "Infinity"),
    ("price = 210.00", "price = 1e99999", "item BHW1064A, price", "price", "1E+99999"),
    (
        'unlocks = [{ function = "hostel" }]',
        'unlocks = [{ function = "hotel" }]',
        "item BHW1066A, unlocks",
        "unknown",
        "hotel",
    ),
    (
        'unlocks = [{ function = "hostel" }]',
        "unlocks = []",
        "item BHW1066A, unlocks",
        "empty",
        "",
    ),
    (
        '{ function = "iae-group" }',
        '{ function = "iae-forward" }',
        "item BHW1063A, unlocks",
        "duplicate",
        "iae-forward",
    ),
    (
        '{ function = "iae-group" }',
        '{ function = "ip-any" }',
        "item BHW1063A, unlocks",
        "kind",
        "ip-any",
    ),
    (
        '{ function = "iae-group" }',
        '{ function = "iae-group", units = 2 }',
        "item BHW1063A, unlocks",
        "units",
        "2",
    ),
    (
        'unlocks = [{ function = "csta" }]',
        'unlocks = [{ function = "csta", units = 0 }]',
        "item BHW1091A, unlocks",
        "units",
        "0",
    ),
    (
        'unlocks = [{ function = "sip-trunk" }]',
        'unlocks = [{ function = "sip-trunk", units = 256 }]',
        "item BHW1095A, unlocks",
        "units",
        "256",
    ),
    (
        'unlocks = [{ function = "csta" }]',
        'unlocks = [{ function = "hostel" }]',
        "item BHW1091A, kind",
        "kind",
        "quantity",
    ),
    (
        "price = 210.00",
        'price = 210.00\nreleases = ["R6.0"]',
        "item BHW1064A, releases",
        "unknown",
        "R6.0",
    ),
]
FUNCTION: list[Case] = [
    ("function_digit = 3\n", "", "body, function_digit", "missing-key", ""),
    ("function_digit = 3", "function_digit = 4", "body, key_digit", "overlap", "5"),
    ("function_digit = 3", "function_digit = 3\nmap_digit = 3", "body, map_digit", "not-used", "3"),
    ("number = 2", "number = 1", "function break-in, number", "duplicate", "1"),
    ("number = 2", "number = 100", "function break-in, number", "outside", "100"),
    ("number = 2", "number = 0", "function break-in, number", "outside", "0"),
    ("number = 2", "bit = 2", "function break-in, bit", "not-used", "2"),
    ('kind = "on-off"', 'kind = "quantity"', "function acd, kind", "kind", "quantity"),
    ('"Nexspan 50"', '"Nexspan 500"', "models", "duplicate", "Nexspan 500"),
    ('"Nexspan 50"', '""', "models", "empty", ""),
]
CASES = [(AASTRA, *case) for case in UNIQUE] + [(NEXSPAN, *case) for case in FUNCTION]


@pytest.mark.parametrize(
    ("text", "old", "new", "place", "reason", "value"),
    CASES,
    ids=[f"{number} {case[4]} {case[3]}" for number, case in enumerate(CASES)],
)
def test_refused_with_place_and_reason(
    tmp_path: Path, text: str, old: str, new: str, place: str, reason: str, value: str
) -> None:
    assert old in text
    path = tmp_path / "wrong.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CatalogueWrong) as caught:
        load_product(path)
    error = caught.value
    assert (error.path, error.place, error.reason) == (str(path), place, reason)
    if value != "*":
        assert error.value == value
    assert f"{error.place}{error.value}".isprintable()
    assert len(error.value) <= 100


def test_a_list_without_anything_in_it(tmp_path: Path) -> None:
    path = tmp_path / "empty.toml"
    head = AASTRA[: AASTRA.index("[[function]]")]
    path.write_text(f"function = []\nitem = []\n{head}", encoding="utf-8")
    with pytest.raises(CatalogueWrong) as caught:
        load_product(path)
    assert (caught.value.place, caught.value.reason) == ("function", "empty")


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [('code = "442"', 'code = "341"', "key"), ('key = "aastra5000"', 'key = "other"', "code")],
)
def test_two_products_are_told_apart(tmp_path: Path, old: str, new: str, place: str) -> None:
    folder = shutil.copytree(CATALOGUE_FOLDER, tmp_path / "catalogue")
    (folder / "again.toml").write_text(AASTRA.replace(old, new, 1), encoding="utf-8")
    (folder / "nexspan.toml").unlink()
    with pytest.raises(CatalogueWrong) as caught:
        load_catalogue(folder)
    error = caught.value
    assert error.path == str(folder / "again.toml")
    assert (error.place, error.reason) == (place, "duplicate")


def test_a_folder_without_a_catalogue(tmp_path: Path) -> None:
    with pytest.raises(CatalogueWrong) as caught:
        load_catalogue(tmp_path)
    assert (caught.value.path, caught.value.reason) == (str(tmp_path), "no-products")


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    latin = tmp_path / "latin.toml"
    latin.write_bytes('name = "Hôtellerie"'.encode("latin-1"))
    reasons = {}
    for path in (tmp_path / "missing.toml", latin, tmp_path):
        with pytest.raises(FileUnreadable) as caught:
            load_product(path)
        assert caught.value.path == str(path)
        reasons[path.name] = caught.value.reason
    assert reasons["missing.toml"] == "ENOENT"
    assert reasons[tmp_path.name] == "EISDIR"
    assert reasons["latin.toml"]
    with pytest.raises(FileUnreadable):
        load_catalogue(tmp_path / "nowhere")


def test_every_reason_is_met_here() -> None:
    met = {case[4] for case in CASES} | {CatalogueFault.NO_PRODUCTS}
    assert {*CatalogueFault} <= met <= {*CatalogueFault, *TomlFault}
