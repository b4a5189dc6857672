"""What a library says is English, and about code: none of it reaches anybody."""

from __future__ import annotations

import argparse
import ast
import csv
import inspect
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from engine.catalogue.product import Product
from engine.catalogue.toml_files import load_product
from engine.documents.csv_rows import Columns, read_rows
from engine.documents.order_json import _Document, read_order_document
from engine.errors import PortalError
from engine.settings import Settings, load_settings
from tui.wording import reasons
from tui.wording.errors import details, sentence
from tui.wording.translation import _, ngettext, set_language

BROKEN_TOML = (
    *("a", "a =", "a = fr", "a = 1 b", "= 1", "a = 'x", 'a = "x', 'a = """x', "a = '''x"),
    *("a = [1,", "a = {b = 1", "a = 1\na = 2", "[a]\n[a]", "[a", "[[a]", "a.b = 1\na = 2"),
    *('a = "\\x"', 'a = "\\ud800"', "a = 1979-13-45", "a = 0xZZ", "a = {b = 1, b = 2}"),
    *("a = {}\n[a.b]", "[[a]]\n[a]", "a = []\n[[a]]", "a = 'x\x00y'", "\x01", "a = {,}", "a = [,]"),
)
BROKEN_CSV = ('a,"b', 'a,"b"c', '"a\nb', '"a\nb"c', "x" * 140_000)
WRONG_SETTINGS = (
    *("language = 'de'", "theme = 5", "colour = 1", "idle_minutes = 0", "idle_minutes = 'x'"),
    *("idle_minutes = 1.5", "lock_seconds = -1", "contact_name = 1", "[keys]\na = 1"),
    "contact_email = 1979-05-27",
)
WRONG_ORDERS = (
    *("", "{", "[]", "1", "{}", '{"a": 1}', '{"a": NaN}', '"x"', "{'a': 1}", '{"a": 1,}'),
    *('{"equipment_id": 1}', '{"equipment_id": "x", "items": 1}', '{"a": 1, "a": 2}'),
    *('{"equipment_id": "x", "items": {}, "order_reference": null, "licensee": "x"}',),
)
WRONG_CATALOGUES = (
    *("", "key = 1", "x = 1", "key = 'a'\nname = 'b'", "keycodes = 'uniqe'", "releases = 'x'"),
    *("body = 1", "[[item]]\npart = 1", "[[function]]\nkind = 'other'", "[body]\ndigits = 'x'"),
)


@pytest.fixture(autouse=True)
def _french() -> None:
    set_language("fr")


def _assert_french(error: PortalError, library: str, path: Path) -> None:
    said = " ".join((sentence(error), *details(error))).replace(str(path), "")
    words = {word for word in re.findall(r"[A-Za-z]{4,}", library) if word not in {"TOML", "JSON"}}
    assert not words & set(re.findall(r"[A-Za-z]+", said)), said
    assert not re.search(r"\b(at|line|column|the|is|not|Expected|Invalid)\b", said), said


@pytest.mark.parametrize("text", BROKEN_TOML)
def test_of_toml(tmp_path: Path, text: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as library:
        tomllib.loads(text)
    path = tmp_path / "settings.toml"
    path.write_text(text)
    with pytest.raises(PortalError) as settings:
        load_settings(tmp_path, {})
    with pytest.raises(PortalError) as catalogue:
        load_product(path)
    for caught in (settings, catalogue):
        _assert_french(caught.value, str(library.value), tmp_path)
        assert re.match(r"Ligne \d+, colonne \d+ de «", sentence(caught.value))


def test_the_broken_files_meet_what_toml_says() -> None:
    """Nearly every sentence of the library is met above: those that are not need no test."""
    source = inspect.getsource(inspect.getmodule(tomllib.loads) or tomllib)
    known = re.findall(r'suffixed_err\(\s*\w+, \w+, f?"([A-Z][a-z]+ \w+)', source)
    met = set()
    for text in BROKEN_TOML:
        with pytest.raises(tomllib.TOMLDecodeError) as library:
            tomllib.loads(text)
        met.add(" ".join(str(library.value).split()[:2]))
    assert len(known) > 10
    assert len(set(known) - met) <= len(known) // 3


@pytest.mark.parametrize("text", BROKEN_CSV)
def test_of_csv(tmp_path: Path, text: str) -> None:
    with pytest.raises(csv.Error) as library:
        list(csv.reader(text.splitlines(keepends=True), strict=True))
    path = tmp_path / "rows.csv"
    path.write_text(f"a,b\n{text}")
    with pytest.raises(PortalError) as caught:
        list(read_rows(path, Columns(("a", "b"), (), {})))
    _assert_french(caught.value, str(library.value), tmp_path)
    assert sentence(caught.value).startswith("Ligne 2, colonne ")


@pytest.mark.parametrize("text", WRONG_SETTINGS)
def test_of_msgspec_in_settings(tmp_path: Path, text: str) -> None:
    with pytest.raises(msgspec.ValidationError) as library:
        msgspec.convert({"store": "x"} | tomllib.loads(text), Settings)
    (tmp_path / "settings.toml").write_text(text)
    with pytest.raises(PortalError) as caught:
        load_settings(tmp_path, {})
    said = str(library.value).partition(" - at")[0]
    _assert_french(caught.value, re.sub(r"`[^`]*`", "", said), tmp_path)


@pytest.mark.parametrize("text", WRONG_CATALOGUES)
def test_of_msgspec_in_a_catalogue(tmp_path: Path, text: str) -> None:
    with pytest.raises(msgspec.ValidationError) as library:
        msgspec.convert(tomllib.loads(text), Product)
    path = tmp_path / "product.toml"
    path.write_text(text)
    with pytest.raises(PortalError) as caught:
        load_product(path)
    # `function` and `unique` are the words of the file itself.
    said = str(library.value).partition(" - at")[0]
    _assert_french(caught.value, re.sub(r"`[^`]*`|'[^']*'", "", said), tmp_path)


@pytest.mark.parametrize("text", WRONG_ORDERS)
def test_of_json(tmp_path: Path, text: str) -> None:
    library = ""
    try:
        msgspec.json.decode(text, type=_Document)
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        library = re.sub(r"`[^`]*`", "", str(error))
    with pytest.raises(PortalError) as caught:
        read_order_document(text.encode(), "order.json", str)
    _assert_french(caught.value, library, tmp_path)


def test_of_the_system() -> None:
    for code, word in reasons.SYSTEM_WORDS.items():
        assert _(word) != word, code


# Said of parsers that are made wrongly, of options that nobody has here, or to nobody.
NEVER_SAID = (
    *("conflicting", "unknown parser", "can't open", "cannot have", "ambiguous option", "mutually"),
    *("invalid option", "%r is not callable", "must have", "nargs", "unexpected option", "dest="),
    *("unable to", "deprecated", "invalid conflict_resolution", "%(heading)s", "subcommands"),
    *("invalid argument for", 'argument "-"', "__call__", "cannot merge", "subparser"),
)


def _texts_of_argparse() -> Iterator[str]:
    for node in ast.walk(ast.parse(inspect.getsource(argparse))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        text = node.args[0] if node.func.id in {"_", "ngettext"} else None
        if isinstance(text, ast.Constant) and isinstance(text.value, str):
            yield text.value


def test_of_argparse() -> None:
    texts = {text for text in _texts_of_argparse() if not any(part in text for part in NEVER_SAID)}
    assert len(texts) > 12
    assert sorted(text for text in texts if _(text) == text and ngettext(text, "", 1) == text) == []
