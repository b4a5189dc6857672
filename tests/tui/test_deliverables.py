"""The text of the deliverables: all that the guide shows, in 80 columns."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.catalogue.toml_files import CATALOGUE_FOLDER, load_catalogue
from engine.licences.order import Address, FunctionKeycode, Order, OrderLine
from tui.wording.deliverables import deliverables_text
from tui.wording.tables import cells, pairs, table, wrapped
from tui.wording.translation import _, set_language

CATALOGUE = load_catalogue(CATALOGUE_FOLDER)
TEXTS = st.text(
    st.characters(exclude_categories=("C", "Z", "M"), max_codepoint=0x2FFFF) | st.just(" ")
)


def _order(**changes: object) -> Order:
    values: dict[str, object] = {
        "number": "03FFFF0302AD4-0002",
        "draft_id": "x",
        "equipment_id": "03FFFF0302AD4",
        "placed_at": datetime(2008, 9, 15, 12, 0, tzinfo=UTC),
        "company_id": "c",
        "placed_by": "jsmith",
        "product": "aastra5000",
        "release": "R5.1",
        "lines": (
            OrderLine(part="BHW1095A", name="SIP trunk", quantity=8, unit_price=Decimal(120)),
        ),
        "currency": "EUR",
        "reference": "2125469-65891",
        "licensee": "John Smith",
        "address": Address(
            name="John Smith",
            lines=("1 rue des Essais", "", "Bâtiment B"),
            city="Guyancourt",
            zip_code="78280",
            country="DE",
        ),
        "inventory": {"sip-trunk": 8},
        "keycode": "442M780108G39R5M1V51D4D05920ED281A2F",
    }
    return Order(**(values | changes))  # type: ignore[arg-type]  # of the right types, by name


def test_all_that_the_guide_shows() -> None:
    text = deliverables_text(_order(), CATALOGUE.products["aastra5000"])
    lines = [" ".join(line.split()) for line in text.splitlines()]
    for line in (
        "Equipment ID 03FFFF0302AD4",
        "Order reference 2125469-65891",
        "Licensee name John Smith",
        "Address 1 rue des Essais",
        "Bâtiment B",
        "City Guyancourt",
        "Postcode 78280",
        "Country Germany",
        "Product Aastra 5000",
        "Release R5.1",
        "BHW1095A SIP trunk 8",
        "SIP trunk 8",
        "442M 7801 08G3 9R5M 1V51 D4D0 5920 ED28 1A2F",
        "442M780108G39R5M1V51D4D05920ED281A2F",
    ):
        assert line in lines


def test_in_french() -> None:
    set_language("fr")
    text = deliverables_text(_order(), CATALOGUE.products["aastra5000"])
    for label in ("Order reference", "Licensee name", "Postcode", "Total of elementary functions"):
        assert _(label) in text
        assert label not in text
    assert "Allemagne" in text


def test_function_keycodes_stand_beside_their_functions() -> None:
    codes = (FunctionKeycode(function="hospitality", keycode="34103133CE0EBBC2940AD5"),)
    order = _order(keycode=None, function_keycodes=codes, product="nexspan", lines=(), inventory={})
    text = deliverables_text(order, CATALOGUE.products["nexspan"], "Nexspan 50")
    assert "Hospitality  3410 3133 CE0E BBC2 940A D5\n" in text
    assert text.endswith("34103133CE0EBBC2940AD5\n")
    assert "Nexspan 50" in text


def test_an_item_that_the_catalogue_has_no_more_keeps_its_name() -> None:
    gone = OrderLine(part="OLD1", name="Old thing", quantity=1, unit_price=Decimal(1))
    order = _order(lines=(gone,), inventory={"old-function": 3})
    text = deliverables_text(order, CATALOGUE.products["aastra5000"])
    assert "OLD1  Old thing  1" in text
    assert "old-function  3" in text


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("character", ["x", "世", "é "])
def test_the_longest_texts_fit_80_columns(language: str, character: str) -> None:
    set_language(language)  # type: ignore[arg-type]  # both are languages
    long = (character * 60)[:60]
    product = CATALOGUE.products["aastra5000"]
    order = _order(
        licensee=long,
        reference=long[:40],
        address=Address(name=long, lines=(long, long, long), city=long[:40], country="GS"),
        lines=tuple(
            OrderLine(part=i.part, name=i.name.en, quantity=9999999, unit_price=i.price)
            for i in product.items
        ),
        inventory={function.key: 1048575 for function in product.functions},
        keycode="4" * 73,
    )
    assert max(map(cells, deliverables_text(order, product).splitlines())) <= 80


@given(TEXTS, st.integers(2, 40))
def test_wrapping_loses_nothing_and_fits(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert all(cells(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=5))
def test_columns_are_aligned(rows: list[tuple[str, str]]) -> None:
    ends = {cells(line) for line in table(((a, b, "|") for a, b in rows), right=(1,))}
    assert len(ends) == 1


@given(st.lists(st.tuples(st.sampled_from(["Name", "Postcode"]), TEXTS), min_size=1, max_size=4))
def test_labels_and_values_fit(rows: list[tuple[str, str]]) -> None:
    assert all(cells(line) <= 40 for line in pairs(rows, 40))
