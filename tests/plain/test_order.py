"""The guide's order, in lines: the same outcome as on the screens, and nothing to be redrawn."""

from __future__ import annotations

import re
import unicodedata

import pytest

from engine.settings import Language
from tests.plain.conftest import ITEMS, LEAVE, LOGIN, REFERENCE, Plain, guide_order
from tests.support.guide import BODY, FRESH, NEXSPAN, ROWS, SYSTEM

TITLES: dict[Language, str] = {
    "en": "Total of elementary functions",
    "fr": "Total des fonctions élémentaires",
}
QUANTITIES = [quantity for _name, quantity in ROWS]


def rows_after(said: str, title: str) -> list[tuple[str, int]]:
    """The rows of the last table under a title."""
    table = said.rpartition(f"\n{title}\n")[2].partition("\n\n")[0]
    return [(name, int(n)) for name, n in re.findall(r"^(.*?) {2,}(\d+)$", table, re.MULTILINE)]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_order_of_the_guide(plain: Plain, language: Language) -> None:
    said = plain.tell(*guide_order(language), *LEAVE, language=language)
    rows = rows_after(said, TITLES[language])
    assert [quantity for _name, quantity in rows] == QUANTITIES
    assert language == "fr" or rows == ROWS
    assert re.search(rf"^{BODY}[0-9A-Z]+$", said, re.MULTILINE)
    assert plain.orders()[0] == f"{SYSTEM}-0002"
    assert len(plain.drafts()) == 0


@pytest.mark.parametrize("language", ["en", "fr"])
def test_nothing_but_lines_of_text(demo: Plain, language: Language) -> None:
    everything = (
        "?",
        "??",
        "3",
        NEXSPAN,
        "1",
        "0",
        "",
        "4",
        "1",
        "0",
        "0",
        "6",
        "3",
        "0",
        "7",
        "8",
        "9",
    )
    answers = (*LOGIN, *everything, *guide_order(language)[3:], *LEAVE)
    said = demo.tell(*answers, language=language)
    assert {c for c in said if unicodedata.category(c)[0] == "C"} == {"\n"}
    assert not re.search(r"[\u2500-\u259f]", said), "box drawing"
    assert max(map(len, said.split("\n"))) <= 80


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_c_locale_gets_ascii(demo: Plain, language: Language) -> None:
    said = demo.tell(*guide_order(language), *LEAVE, language=language, LC_ALL="C")
    assert said.isascii()
    assert "->" in said
    assert "?" not in said.partition("03FFFF0302AD4   Type")[2].partition("442M")[0].replace(
        "?7", ""
    )
    assert max(map(len, said.split("\n"))) <= 80


def test_everything_is_said_in_french(demo: Plain) -> None:
    said = demo.tell(*guide_order("fr"), *LEAVE, language="fr")
    for text in ("Réf. de commande :", "6\u00a0195,00\u00a0€", "Votre nouvelle clé"):
        assert text in said
    for english in ("Order", "Type ", "Company", "You "):
        assert english not in said


def test_the_language_changes_at_any_question(demo: Plain) -> None:
    said = demo.tell("?fr", *LOGIN, "1", "?en", SYSTEM, "?fr", "<", "<", "0")
    french, english = said.index("Identifiant"), said.index("Order a keycode")
    assert french < english < said.rindex("Article et quantité")


def test_the_running_total_and_what_is_there_already(demo: Plain) -> None:
    said = demo.tell(*LOGIN, "1", SYSTEM, *ITEMS[:3], "8 0", "?1", "<", "<", "0", "1", "<", "0")
    for text in (
        "11. i2052 CTI (BHW1090A), €95.00 each, owned: 5",
        "Total excl. VAT: €1,530.00",
        "Total excl. VAT: €2,490.00",
        "Total excl. VAT: €6,195.00",
        "1. Extended ACD (BHW1063A), €1,530.00, in this order: 1",
        "Unlocks: IAE forward",
    ):
        assert text in said
    assert said.count("Total excl. VAT: €2,490.00") == 2


def test_a_function_that_another_item_brings_is_not_sold_twice(demo: Plain) -> None:
    said = demo.tell(
        *LOGIN, "1", SYSTEM, "2", "1", "2", "", "2 0", "", "<", "<", "0", "1", "<", "0"
    )
    twice = "would be paid for twice: this order unlocks it already, with Extended ACD."
    assert " ".join(said.split()).count(twice) == 3
    assert "Total excl. VAT: €1,530.00" in said


def test_the_country_that_is_taken_is_said_and_the_address_is_shown(demo: Plain) -> None:
    where = ("ref", "John Smith", "-", "1 rue des Essais", "", "", "Leeds", "LS1", "uk")
    said = demo.tell(*LOGIN, "1", SYSTEM, *ITEMS, *where, "<", *["<"] * 12, "0", "1", "<", "0")
    assert "\nUnited Kingdom (GB)\n" in said
    assert "Address: 1 rue des Essais, LS1 Leeds, United Kingdom\n" in said


def test_a_quantity_is_asked_for_when_it_is_missing(demo: Plain) -> None:
    answers = (*LOGIN, "1", SYSTEM, "7", "8", "7", "", "", *REFERENCE, "YES", *LEAVE)
    said = demo.tell(*answers)
    assert "Quantity of SIP trunk:" in said
    assert "Quantity of SIP trunk [8]:" in said
    assert ("SIP trunk", 8) in rows_after(said, TITLES["en"])


def test_back_and_forth_loses_nothing(demo: Plain) -> None:
    there = (*LOGIN, "1", SYSTEM, *ITEMS, *REFERENCE)
    back = ("<", "<", "<")
    forth = ("", "", "", "", "<", *[""] * (len(REFERENCE) - 1), "YES")
    said = demo.tell(*there, *back, *forth, *LEAVE)
    assert "Order reference [2125469-65891]:" in said
    assert "Country [France]:" in said
    assert f"Equipment ID [{SYSTEM}]:" in said
    assert rows_after(said, TITLES["en"]) == ROWS


def test_another_system_says_what_it_drops(demo: Plain) -> None:
    begun = (*LOGIN, "1", SYSTEM, *ITEMS, "ref", "John Smith", "<", "<", "<", "<")
    said = demo.tell(*begun, FRESH, "2", FRESH, "1", "<", "<", "0", "1", "<", "0")
    assert "has 3 items" in said
    assert "Discard and continue" in said
    assert f"Equipment ID: {FRESH}" in said.replace("\u00a0", " ")


def test_a_system_with_function_keycodes(demo: Plain) -> None:
    said = demo.tell(*LOGIN, "1", NEXSPAN, "1", "", "ref", "John Smith", *[""] * 7, "YES", *LEAVE)
    assert "Your new keycode" in said
    assert re.search(r"^ +341011[0-9A-Z]+$", said, re.MULTILINE)


def test_the_last_address_is_taken_over_on_request(demo: Plain) -> None:
    again = ("1", FRESH, "7 1", "", "=", "other", *[""] * 8, "YES")
    said = demo.tell(*guide_order(), "0", *again, *LEAVE)
    assert "Licensee name [John Smith]:" in said
    assert "City [Guyancourt]:" in said
    assert "Country [France]:" in said


def test_a_reference_that_was_used_before_is_shown(demo: Plain) -> None:
    again = ("1", SYSTEM, "7 1", "", *REFERENCE, "YES")
    said = demo.tell(*guide_order(), "0", *again, *LEAVE)
    assert "2125469-65891 was used before" in said
    assert f"The order is placed: {SYSTEM}-0003" in said


def test_the_export_says_where_it_is(plain: Plain) -> None:
    said = plain.tell(*guide_order("fr"), "1", *LEAVE, language="fr")
    [path] = (plain.store / "export").glob("*.txt")
    assert str(path) in said.replace("\n", "")
    assert BODY in path.read_text(encoding="utf-8")
    assert TITLES["fr"] in path.read_text(encoding="utf-8")


def test_the_keycode_is_spelled(demo: Plain) -> None:
    assert "\n442M: four four two Mike\n" in demo.tell(*guide_order(), "2", *LEAVE)
    said = demo.tell(*LOGIN, "3", SYSTEM, "1", "0", "", "0", "<", "0", language="fr")
    assert "\n442Z\u00a0: quatre quatre deux Zulu\n" in said


def test_the_demonstration_says_who_can_log_in(demo: Plain) -> None:
    said = demo.tell("<", "0")
    assert "Demonstration: company Demo Telecom, username jsmith" in said


def test_several_items_on_one_line(demo: Plain) -> None:
    answers = (*LOGIN, "1", SYSTEM, "1063 1095 8 rubbish 1087 57", "", *REFERENCE, "YES", *LEAVE)
    said = demo.tell(*answers)
    assert "3 items taken. Not understood: rubbish." in said
    assert re.search(rf"^{BODY}[0-9A-Z]+$", said, re.MULTILINE)


def test_a_system_by_its_last_digits_or_its_licensee(demo: Plain) -> None:
    said = demo.tell(*LOGIN, "1", SYSTEM[-4:], "<", "valbrune", "2", "<", "<", *LEAVE[1:])
    assert said.count(f"Equipment ID: {SYSTEM}") == 1
    assert "Which system?" in said
    assert f"Equipment ID: {NEXSPAN}" in said


def test_what_is_far_above_the_usual_is_asked_about(demo: Plain) -> None:
    asked = (*LOGIN, "1", SYSTEM, "1096 1200", "", *REFERENCE, "YES")
    stay = demo.tell(*asked, "2", "<", "<", "<", "<", "0", "2", "0")
    assert "1,200 × BHW1096A is far above what is usual" in stay
    assert "The order is placed" not in stay
    meant = demo.tell(*asked, "1", *LEAVE)
    assert re.search(r"^442[0-9A-Z]+$", meant, re.MULTILINE)


def test_an_address_is_understood_as_on_the_screens(demo: Plain) -> None:
    address = ("", "1 rue des Essais", "", "", "78280 Guyancourt", "", "FR")
    said = demo.tell(*LOGIN, "1", SYSTEM, *ITEMS, "R 1", "John Smith", *address, "YES", *LEAVE)
    for line in ("Name: John Smith", "Postcode: 78280", "City: Guyancourt", "Postcode [78280]:"):
        assert line in said
    assert re.search(rf"^{BODY}[0-9A-Z]+$", said, re.MULTILINE)
