"""What a company pays: the catalogue's price less its discount, and none that it has not seen."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from engine.accounts.people import Role
from engine.catalogue.toml_files import CATALOGUE_FOLDER
from engine.errors import CompanyUnknown, DiscountMalformed, PriceChanged
from tests.engine.services.house import OTHER, OWN, House
from tests.support.guide import FOREIGN, SYSTEM

TOTAL = Decimal("6195.00")
"""Of the guide's order, at the catalogue's prices."""


@pytest.fixture
def house(each_house: House) -> House:
    return each_house


def test_a_discount_counts_for_the_company_of_the_system(house: House) -> None:
    house.administration.set_discount("demo telecom", "12,5", "test")
    quote = house.ordering.check(house.sign_in(), house.draft())
    assert quote.product.discount == Decimal("12.5")
    assert quote.total == Decimal("1338.75") + 8 * Decimal("105.00") + 57 * Decimal("56.88")
    placed = house.ordering.place(house.sign_in(), house.draft(), quote.total).order
    assert placed.total == quote.total
    assert placed.lines[0].unit_price == Decimal("1338.75")
    foreign = house.draft(FOREIGN, "d2", quantities={"BHW1095A": "1"})
    desk = house.session_as(Role.LICENCE_DESK)
    assert house.ordering.check(desk, foreign).total == Decimal("120.00")
    house.administration.set_discount(OWN, "0", "test")
    again = house.draft(SYSTEM, "d3", quantities={"BHW1095A": "1"})
    assert house.ordering.check(desk, again).total == Decimal("120.00")


def test_an_upgrade_is_discounted_too(house: House) -> None:
    house.administration.set_discount(OWN, "10", "test")
    plan = house.changing.plan_upgrade(house.sign_in(), SYSTEM, "R5.2")
    assert plan.total == Decimal("315.00")


def test_what_was_not_seen_is_not_paid(house: House) -> None:
    session = house.sign_in()
    seen = house.ordering.check(session, house.draft()).total
    assert seen == TOTAL
    house.administration.set_discount(OWN, "10", "test")
    with pytest.raises(PriceChanged) as caught:
        house.ordering.place(session, house.draft(), seen)
    assert (caught.value.before, caught.value.now) == (TOTAL, Decimal("5575.50"))
    assert len(house.searching.by_equipment_id(session, SYSTEM).orders) == 1
    placed = house.ordering.place(session, house.draft(), caught.value.now)
    assert placed.order.total == Decimal("5575.50")
    house.administration.set_discount(OWN, "20", "test")
    # Asked again, the line having dropped: it is the same order, whatever it would cost now.
    assert house.ordering.place(session, house.draft(), Decimal("5575.50")).already
    said = house.changing.said(seen=Decimal("350.00"))
    with pytest.raises(PriceChanged):
        house.changing.upgrade(session, SYSTEM, "R5.2", said)


def test_a_new_catalogue_is_noticed_by_a_portal_that_is_open(house: House) -> None:
    path = Path(CATALOGUE_FOLDER / "aastra5000.toml")
    text = path.read_bytes().replace(b"price = 1530.00", b"price = 1630.00")
    assert text != path.read_bytes()
    house.cataloguing.put(text, path, None, "test")
    assert house.cataloguing.products()["aastra5000"].items[0].price == Decimal("1630.00")


@pytest.mark.parametrize("text", ["", "100", "-1", "1e1", "12.345", "½", "ten", "1.", " 5 %"])
def test_what_is_no_discount(house: House, text: str) -> None:
    with pytest.raises(DiscountMalformed):
        house.administration.set_discount(OWN, text, "test")
    assert house.administration.company(OWN).discount == 0


def test_an_unknown_company(house: House) -> None:
    with pytest.raises(CompanyUnknown):
        house.administration.set_discount("No Telecom", "5", "test")
    assert house.administration.company(OTHER).discount == 0
