"""Checking a keycode and searching for orders in plain mode, in both languages."""

from __future__ import annotations

import pytest

from engine.keycode.codec import grouped
from engine.settings import Language
from tests.plain.conftest import LOGIN, Plain, guide_order
from tests.support.guide import FRESH, SYSTEM

CHECK, ORDERS = "11", "12"
OUT = ("0", "<", "0")
"""From the menu: log out, and leave."""


def current(plain: Plain) -> str:
    """The keycode that the guide's system has now."""
    _status, said = plain.run("show", SYSTEM)
    return next(word for word in said.split() if word.startswith("442") and len(word) > 20)


@pytest.mark.parametrize(
    ("language", "says"),
    [
        (
            "en",
            [
                f"Valid: this keycode was issued for {SYSTEM}.",
                f"Issued with order {SYSTEM}-0001 of 14 Aug 2008.",
                f"Not valid: this keycode was not issued for {FRESH}.",
                "Character 6 is missing",
                "The keycode is too short: it ends after character 4.",
                "442Z: four four two Zulu",
            ],
        ),
        (
            "fr",
            [
                f"Valide\u00a0: cette clé a été délivrée pour {SYSTEM}.",
                f"Délivrée avec la commande {SYSTEM}-0001 du 14 août 2008.",
                f"n’a pas été délivrée pour {FRESH}.",
                "Le caractère 6 manque",
                "Vouliez-vous dire",
                "442Z\u00a0: quatre quatre deux Zulu",
            ],
        ),
    ],
)
def test_keycodes_are_checked_one_after_the_other(
    plain: Plain, language: Language, says: list[str]
) -> None:
    keycode = current(plain)
    said = plain.tell(
        *(*LOGIN, CHECK, "03FF", SYSTEM, keycode.lower(), "1", "0"),
        *(keycode[:5] + keycode[6:], "0", "442A", "0", "<"),
        *(FRESH, grouped(keycode), "", "", *OUT),
        language=language,
    )
    for sentence in says:
        assert sentence in said
    assert f"[{keycode[5]}]" in said


def test_a_superseded_keycode(plain: Plain) -> None:
    earlier = current(plain)
    said = plain.tell(*guide_order(), "0", CHECK, SYSTEM, earlier, "0", "", "", *OUT)
    assert f"order {SYSTEM}-0002" in said
    assert grouped(current(plain)) in said.partition("The current keycode:")[2]


def test_orders_are_found_by_what_is_known_of_them(plain: Plain) -> None:
    said = plain.tell(
        *(*guide_order(), "0", ORDERS),
        *("", "", "nobody", ""),
        *("", "", "smi", "31/11/2026"),
        *("", "2125469-65891", "wrong", "<", "SMITH", "2008-01-01", "1", "0", "0"),
        *("", "", "", "", *OUT),
    )
    assert "No order found." in said
    assert "“31/11/2026” is not a date" in said
    assert f", {SYSTEM}, 2125469-65891, John Smith\n0. Back" in said
    found = said.partition(f"Search result: {SYSTEM}")[2]
    assert f"{SYSTEM}-0002" in found


def test_a_search_says_that_a_system_cannot_be_read(plain: Plain) -> None:
    plain.run("search", "--licensee", "valbrune")  # the index is there
    for path in plain.store.glob(f"systems/*/{SYSTEM}.json"):
        path.write_bytes(b"")
    said = plain.tell(*LOGIN, ORDERS, "", "2008-0814", "", "", "", "", "", "", *OUT)
    assert "1 system cannot be read: tell the licence desk.\nNo order found." in said


def test_a_keycode_finds_its_order(plain: Plain) -> None:
    keycode = grouped(current(plain)).lower()
    said = plain.tell(*LOGIN, ORDERS, keycode, "", "", "", "0", *[""] * 4, *OUT)
    assert f"1. 14 Aug 2008, {SYSTEM}, 2008-0814, Hôtel de Valbrune" in said


@pytest.mark.parametrize("job", [CHECK, ORDERS])
def test_help_names_the_page_of_the_guide(plain: Plain, job: str) -> None:
    title = {CHECK: "Check a keycode", ORDERS: "Find a keycode"}[job]
    assert f"\n\n{title}\n\n" in plain.tell(*LOGIN, job, "??", "<", *OUT)


def test_a_keycode_alone_finds_its_system(plain: Plain) -> None:
    keycode = current(plain)
    wrong = f"?{keycode[1:-1]}?"
    said = plain.tell(
        *(*LOGIN, CHECK, "9" * 20),
        *(grouped(keycode), "0", wrong, "0", keycode[-6:], "0", "", *OUT),
    )
    assert "No order of your company delivered a keycode like this." in said
    assert f"Valid: this keycode was issued for {SYSTEM}." in said
    assert "2 characters are wrong, missing or too many: they are marked." in said
    assert f"A part of a keycode that was issued for {SYSTEM}." in said


def test_a_group_that_several_systems_have_lets_one_choose(plain: Plain) -> None:
    said = plain.tell(*LOGIN, CHECK, "442Z", "1", "0", "442Z", "<", "2AD4", "", "", *OUT)
    assert "Several systems have such a keycode:" in said
    assert "Which system?" in said
    assert "A part of a keycode that was issued for 03FFFF" in said
    assert f"Keycode for {SYSTEM}:" in said
