"""Items and quantities on one line: what is understood, and what is named because it is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.catalogue.item import Item
from engine.licences.quick_entry import digits_of, read_quick_entry
from tests.engine.trade import CATALOGUE

ITEMS: tuple[Item, ...] = CATALOGUE.products["aastra5000"].items
TWO = {"BHW1095A": 8, "BHW1087A": 57}


@pytest.mark.parametrize(
    "text",
    [
        "1095 8 1087 57",
        "BHW1095A 8 bhw1087a 57",
        "1095A 8, BHW1087 57;",
        "SIP trunk 8 Aastra mobile IP 57",
        "trunk 8 mobile 57",
        "Trunk SIP 8 Poste IP sans fil Aastra 57",
        "BHW1095A\t8\r\nBHW1087A\t57\r\n",
        "BHW1095A SIP trunk 8 BHW1087A Aastra mobile IP 57",
        "BHW1095A=8 BHW1087A=57",
        "1095 3 1087 57 1095 5",
    ],
)
def test_one_line_orders_two_items(text: str) -> None:
    assert read_quick_entry(text, ITEMS) == (TWO, (), ())


def test_what_is_on_or_off_needs_no_quantity() -> None:
    expected = {"BHW1063A": 1, "BHW1095A": 8, "BHW1067A": 1}
    assert read_quick_entry("1063 1095 8 CDR > 128 bytes", ITEMS) == (expected, (), ())
    assert read_quick_entry("1063 3", ITEMS) == ({}, (), ("BHW1063A 3",))


def test_rubbish_in_between_is_named_and_costs_nothing_else() -> None:
    sheet = "Part\tQuantity\nBHW1095A\t8\nFOO1\t3\nBHW1087A\t57\nTotal\t65"
    assert read_quick_entry(sheet, ITEMS) == (TWO, (), ("Part Quantity", "FOO1 3", "Total 65"))


def test_a_quantity_that_was_forgotten_is_not_the_next_part_number() -> None:
    assert read_quick_entry("1095 1087 57", ITEMS) == ({"BHW1087A": 57}, ("BHW1095A",), ())


@pytest.mark.parametrize("text", ["-3", "5x", "8.5", "1e3"])
def test_no_quantity_is_guessed(text: str) -> None:
    assert read_quick_entry(f"1095 {text}", ITEMS) == ({}, ("BHW1095A",), (text,))


def test_a_name_that_is_several_items_is_none() -> None:
    assert read_quick_entry("SIP 8", ITEMS).rubbish == ("SIP 8",)


def test_a_part_number_is_known_by_its_digits() -> None:
    assert digits_of("BHW1095A") == "1095"
    assert len({digits_of(item.part) for item in ITEMS}) == len(ITEMS)


@given(st.text(max_size=200))
def test_whatever_is_pasted_is_read(text: str) -> None:
    entry = read_quick_entry(text, ITEMS)
    assert set(entry.quantities) | set(entry.without) <= {item.part for item in ITEMS}
