"""The latest orders, line by line: looked at again, and ordered again."""

from __future__ import annotations

from tests.plain.conftest import LOGIN, Plain
from tests.support.guide import FRESH, SYSTEM

LATEST, AGAIN, BACK = "4", "1", "0"
OUT = ("0", "<", "0")


def test_an_order_is_shown_with_its_prices_and_who_ordered(plain: Plain) -> None:
    said = plain.tell(*LOGIN, LATEST, "1", BACK, BACK, *OUT)
    page = said.partition(f"Order {SYSTEM}-0001")[2]
    for part in ("Ordered by       jsmith", "BHW1090A  i2052 CTI", "€1,005.00"):
        assert part in page


def test_the_same_again_for_another_system(plain: Plain) -> None:
    keep_it = "1"
    said = plain.tell(*LOGIN, LATEST, "1", AGAIN, FRESH, "<", "<", "0", keep_it, "<", "0")
    assert f"Items, licensee and address are those of {SYSTEM}-0001: check them." in said
    assert "i2052 CTI (BHW1090A), €95.00 each, in this order: 5" in said
    assert "Total excl. VAT: €1,005.00" in said
    assert f"The order for {FRESH} is kept for later." in said
