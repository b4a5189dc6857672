"""Every error has a sentence, in both languages, that fits two lines of a screen."""

from __future__ import annotations

import errno
import pickle
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from engine import errors
from engine.accounts.people import Right
from engine.catalogue.toml_files import CATALOGUE_FOLDER, load_catalogue
from engine.errors import PortalError, Problem
from engine.keycode.codec import checked, cleaned, decode
from engine.licences.system import parse_equipment_id
from engine.settings import LANGUAGES, Language
from tui.wording import reasons
from tui.wording.brief_errors import BRIEFS, brief
from tui.wording.error_sentences import SENTENCES
from tui.wording.errors import STEPS, details, reason_lines, sentence
from tui.wording.refusal_errors import RIGHTS
from tui.wording.translation import set_language

SAMPLES: dict[str, Any] = {
    "text": "4420Z!",
    "position": 3,
    "character": "G",
    "length": 9,
    "part": "BHW1087A",
    "like": ("FK", "UA"),
    "by": ("BHW1063A", "BHW1064A"),
    "function": "ip-cordless",
    "has": 100,
    "asked": 1_048_575,
    "most": 1_048_475,
    "field": "address.zip_code",
    "least": 15,
    "kind": "user",
    "name": "jsmith",
    "close": "Smith & Sons",
    "other_id": "03FFFF0302B17",
    "now": "R5.1",
    "later": ("R5.2",),
    "functions": ("iae-forward",),
    "release": "R5.2",
    "known": ("R5.1", "R5.2"),
    "product": "Aastra 5000",
    "found": ("id", "product"),
    "wanted": ("equipment_id", "product", "release"),
    "equipment_id": "03FFFF0302AD4",
    "company": "Demo Telecom",
    "login": "jsmith",
    "number": "03FFFF0302AD4-0001",
    "path": "/srv/keycode-portal",
    "reason": "EACCES",
    "what": errors.Unsettled.ORDER,
    "seconds": 10.0,
    "holder": 4711,
    "mode": "0755",
    "owner": 0,
    "user": 1000,
    "place": "item BHW1063A, price",
    "value": "-1",
    "source": "environment",
    "line": 7,
    "rows": ((7, errors.CompanyUnknown(name="Nobody", close="")),),
    "problems": (Problem("licensee", errors.FieldRequired(field="licensee")),),
    "right": "order",
    "placed_at": datetime(2026, 11, 24, 9, tzinfo=UTC),
    "placed": (2, 3, 4, 7),
    "error": errors.WriteFailed(path="/srv", reason="ENOSPC"),
    "result": "orders.result.csv",
    "again": False,
    "at": datetime(2026, 11, 24, 9, tzinfo=UTC),
    "count": 3,
    "days": 30,
    "proof": "RMA-7",
    "until": date(2026, 12, 31),
    "replaced_by": "BHW1064A",
    "day": date(2026, 11, 1),
    "systems": ("03FFFF0302AD4",),
    "before": Decimal(120),
    "currency": "EUR",
    "done": 2,
    "cause": errors.WriteFailed(path="/srv", reason="ENOSPC"),
    "database": "service=keycodes",
    "to": "/srv/new/keycodes",
    "column": 15,
    "allowed": ("1", "480"),
    "required": ("equipment_id", "product"),
    "fingerprint": "SHA256:uNiVztksCsDhcc0u9e8BrkXwCt8o6S3Cx2aQ4YbF1sM",
    "missing": ("product",),
    "unknown": ("id",),
    "repeated": (),
}
"""A value for each field that errors have."""

SAMPLES_OF: dict[type[PortalError], dict[str, Any]] = {
    errors.KeycodeOfSeveral: {"systems": ("03FFFF0302AD4",) * 4},
    errors.PriceChanged: {"now": Decimal(130)},
    errors.UnusualOrder: {
        "part": "BHW1095A",
        "quantity": 1200,
        "total": Decimal(144000),
        "most": 1000,
    },
    errors.SecondPersonNeeded: {
        "number": "Q-2026-000123",
        "total": Decimal(144000),
        "most": Decimal(10000),
    },
    errors.QuoteClosed: {"number": "Q-2026-000123", "order": "03FFFF0302AD4-0002"},
    errors.QuoteExpired: {"number": "Q-2026-000123"},
    errors.PaperDecided: {"number": "R-2026-000001", "state": "done", "by": "desk/anna"},
    errors.StoreTooNew: {"found": 3, "known": 2},
    errors.RowShapeWrong: {"found": 4, "wanted": 7},
    errors.KeysTooOpen: {"wanted": "0400"},
    errors.CopyDiffers: {"what": "ssh keys"},
    errors.StoreBusy: {"what": "03FFFF0302AD4"},
    errors.Unfinished: {"what": errors.LongWork.ERASE},
}
"""Of those whose fields have the name of another's, and other values."""

REASONS: dict[type[PortalError], list[str]] = {
    errors.KeycodeMalformed: [*errors.KeycodeFault],
    errors.SshKeyMalformed: [*errors.SshKeyFault],
    errors.SessionEnded: [*errors.SessionEnd],
    errors.DocumentDamaged: [*errors.DocumentFault],
    errors.CatalogueWrong: [*errors.CatalogueFault, *errors.TomlFault],
    errors.CsvBroken: [*errors.CsvFault],
    errors.SettingsWrong: [*errors.SettingFault, *errors.TomlFault],
    errors.OrderDocumentWrong: [*errors.OrderDocumentFault],
    errors.FileUnreadable: [*reasons.SYSTEM_WORDS],
    errors.BackupWrong: [*errors.BackupFault],
    errors.StoreUnreachable: [*errors.Unreachable],
}


KINDS = {
    errors.BadValue,
    errors.Refused,
    errors.StoreTrouble,
    errors.KeyTrouble,
    errors.BadFile,
}
"""What is only a name for many, and never raised."""


def _raised(kind: type[PortalError] = PortalError) -> Iterator[type[PortalError]]:
    for child in kind.__subclasses__():
        if child not in KINDS:
            yield child
        yield from _raised(child)


def _errors() -> Iterator[PortalError]:
    for kind in _raised():
        raised: Callable[..., PortalError] = kind
        for reason in REASONS.get(kind, [SAMPLES["reason"]]):
            samples = SAMPLES | {"reason": reason} | SAMPLES_OF.get(kind, {})
            yield raised(**{field: samples[field] for field in kind.fields})
    for what in errors.Unsettled:
        if what is not SAMPLES["what"]:
            yield errors.OutcomeUnknown(path="/srv", reason="EIO", what=what)
    yield errors.Unfinished(what=errors.LongWork.RESTORE, done=1, cause=SAMPLES["cause"])


ERRORS = list(_errors())


def _named(error: PortalError) -> str:
    told = type(error).__name__, error.data.get("what"), error.data.get("reason")
    return "-".join(repr(part).strip("<'>").partition(":")[0] for part in told if part)


@pytest.mark.parametrize("error", ERRORS, ids=_named)
def test_every_error_has_a_sentence_in_both_languages(error: PortalError) -> None:
    catalogue = load_catalogue(CATALOGUE_FOLDER)
    english = sentence(error, catalogue)
    set_language("fr")
    french = sentence(error, catalogue)
    assert english != french
    # The others are told by commands alone.
    on_a_screen = error.data.get("what") in (None, errors.Unsettled.ORDER)
    for said in (english, french, sentence(error)):
        assert said.endswith((".", "?"))
        assert len(said) <= (2 if on_a_screen else 3) * 76
        assert "{" not in said
        assert said.replace("\u00a0", " ").isprintable()


@pytest.mark.parametrize("error", ERRORS, ids=_named)
def test_every_error_comes_out_of_another_process(error: PortalError) -> None:
    again = pickle.loads(pickle.dumps(error))  # noqa: S301  # made on the spot
    assert type(again) is type(error)
    assert (sentence(again), details(again)) == (sentence(error), details(error))


@pytest.mark.parametrize("error", ERRORS, ids=_named)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lines_below_a_sentence_are_filled_in(error: PortalError, language: Language) -> None:
    set_language(language)
    for line in (*details(error), *reason_lines(error)):
        assert "{" not in line


def test_every_error_has_a_few_words_for_the_room_beside_a_field() -> None:
    for error in ERRORS:
        assert brief(error).startswith("! ")


@pytest.mark.parametrize("templates", [SENTENCES, BRIEFS, STEPS], ids=["whole", "brief", "step"])
def test_a_template_asks_for_fields_that_its_error_has(
    templates: Mapping[type[PortalError], str],
) -> None:
    for kind, template in templates.items():
        asked = {name for _, name, *_ in Formatter().parse(template) if name}
        assert asked <= set(kind.fields), kind


def test_every_right_that_a_role_lacks_has_words() -> None:
    assert set(RIGHTS) == set(Right)


def test_items_and_functions_are_named_in_the_language() -> None:
    error = errors.QuantityTooLarge(
        part="BHW1087A", function="ip-cordless", has=57, asked=9, most=3
    )
    catalogue = load_catalogue(CATALOGUE_FOLDER)
    item = next(i for p in catalogue.products.values() if (i := p.item("BHW1087A")))
    for language in LANGUAGES:
        set_language(language)
        assert item.name.in_language(language) in sentence(error, catalogue)


def test_details_name_each_problem_and_each_line() -> None:
    problems = (
        Problem("licensee", errors.FieldRequired(field="licensee")),
        Problem("BHW1095A", errors.ItemOwned(part="BHW1095A")),
    )
    assert details(errors.OrderRefused(problems=problems))[0] == "Licensee name is required."
    assert details(errors.RowsWrong(path="x", rows=SAMPLES["rows"])) == [
        "Line 7: There is no company “Nobody”."
    ]
    assert details(errors.NothingOrdered()) == []


def test_a_stop_half_way_never_says_that_nothing_was_changed() -> None:
    stopped = errors.OrdersStopped(
        placed=(2, 3, 4, 7), line=8, error=SAMPLES["error"], result="r.csv", again=False
    )
    assert "(lines 2–4, 7)" in sentence(stopped)
    assert details(stopped) == [
        "Line 8: “/srv” could not be written (the disk is full).",
        "Keycodes so far: r.csv",
        "The same file may be run again: what is placed is not ordered twice.",
        "Then name another file for the keycodes (--result).",
    ]


def test_an_interrupted_file_does_not_say_what_nobody_knows() -> None:
    stopped = errors.OrdersStopped(placed=(), line=2, error=None, result="", again=False)
    assert sentence(stopped) == "Stopped at line 2."
    assert details(stopped)[0] == "Line 2: it was interrupted."
    assert "Whether line 2 is placed" in details(stopped)[1]


def test_what_was_typed_is_quoted_short_and_harmless() -> None:
    hostile = "\x1b]0;x\x07\u202e[/b]{name}%s" + "y" * 10_000
    for error in (
        errors.CountryUnknown(text=hostile, like=()),
        errors.ItemUnknown(part=hostile),
        errors.CompanyUnknown(name=hostile, close=hostile),
        errors.QuantityMalformed(part=hostile, text=hostile),
        errors.NameTaken(kind="company", name=hostile),
    ):
        said = sentence(error)
        assert said.isprintable()
        assert len(said) < 200
        assert "{name}" in said


def test_a_long_path_is_not_cut(tmp_path: Path) -> None:
    path = str(tmp_path / ("x" * 200))
    assert path in sentence(errors.FileUnreadable(path=path, reason="ENOENT"))


def test_no_word_of_the_system_reaches_a_person() -> None:
    """`ENOSPC` tells a programmer something; every one has words, or at least its number."""
    for language in LANGUAGES:
        set_language(language)
        for number, word in errno.errorcode.items():
            said = sentence(errors.FileUnreadable(path="/x", reason=word))
            assert word not in said
            assert word in reasons.SYSTEM_WORDS or str(number) in said
        odd = sentence(errors.FileUnreadable(path="/x", reason="UnsupportedOperation"))
        assert "Unsupported" not in odd


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            "03FFFF\u0412302AD4",
            "“В” (U+0412, which looks like B), is not a hexadecimal digit (0-9, A-F)."
            " Did you mean B?",
        ),
        (
            "O3FFFF0302AD4",
            "character 1, “O”, is not a hexadecimal digit (0-9, A-F). Did you mean 0?",
        ),
        (
            "03FFFF0302ADl",
            "character 13, “l”, is not a hexadecimal digit (0-9, A-F). Did you mean 1?",
        ),
        ("０3FFFF0302AD4", "“０” (U+FF10, which looks like 0)"),
        ("03FFFFG302AD4", "character 7, “G”, is not a hexadecimal digit (0-9, A-F)."),
    ],
)
def test_a_character_that_looks_like_another_is_named(typed: str, said: str) -> None:
    with pytest.raises(errors.EquipmentIdMalformed) as caught:
        parse_equipment_id(typed)
    assert sentence(caught.value).endswith(said) or said in sentence(caught.value)


def test_a_foreign_letter_in_a_keycode_is_named() -> None:
    with pytest.raises(errors.KeycodeMalformed) as caught:
        checked("442Z\u041c")
    assert "“М” (U+041C, which looks like M)" in sentence(caught.value)


@pytest.mark.parametrize("unseen", ["\u200b", "\ufeff", "\u2060", "\u00ad", "\u202c"])
def test_what_cannot_be_seen_does_not_count(unseen: str) -> None:
    assert parse_equipment_id(f"{unseen}03FFFF{unseen}0302AD4") == "03FFFF0302AD4"
    assert cleaned(f"442Z{unseen}P5M1{unseen}") == "442ZP5M1"


def test_a_keycode_whose_letters_stand_for_too_many_zeros_is_not_called_too_long() -> None:
    with pytest.raises(errors.KeycodeMalformed) as caught:
        decode("442ZZ5M1V51C1DCC3A2131FF", load_catalogue(CATALOGUE_FOLDER))
    assert "too many digits from character 18 on, or a wrong letter" in sentence(caught.value)
