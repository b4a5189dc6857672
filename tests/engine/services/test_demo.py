"""The demonstration data."""

from __future__ import annotations

from engine.accounts.passwords import check_new_password
from engine.accounts.people import Role
from engine.demo import load_demo
from engine.keycode.verifying import verify
from tests.engine.services.house import RING, House
from tests.engine.trade import CATALOGUE
from tests.support.guide import EARLIER, NEXSPAN, SYSTEM


def test_what_is_in_the_demonstration(each_house: House) -> None:
    companies = {c.company_id: c.name for c in each_house.store.companies()}
    systems = [
        (s.equipment_id, s.product, s.model, s.release, companies[s.company_id], dict(s.inventory))
        for s in each_house.store.systems()
    ]
    demo, other = "Demo Telecom", "Other Telecom"
    hospitality = {"hospitality": 1, "cdr-128": 1}
    assert systems == [
        (NEXSPAN, "nexspan", "Nexspan 50", "R4.2", demo, hospitality),
        ("01A0B40000D02", "nexspan", "Nexspan L", "R4.1", demo, {}),
        (SYSTEM, "aastra5000", "", "R5.1", demo, EARLIER),
        ("03FFFF0302B17", "aastra5000", "", "R5.2", demo, {}),
        ("03FFFF0400E55", "aastra5000", "", "R5.1", other, {"sip-trunk": 30}),
    ]


def test_its_keycodes_are_genuine(house: House) -> None:
    for system in house.store.systems():
        for order in system.orders:
            codes = [order.keycode, *(code.keycode for code in order.function_keycodes)]
            for code in filter(None, codes):
                assert verify(code, CATALOGUE, RING, system.equipment_id, system.release).genuine


def test_its_orders_have_all_the_items_that_the_data_say(house: House) -> None:
    for system in load_demo().system:
        session = house.signing_in.at_the_desk("test")
        orders = house.searching.by_equipment_id(session, system.equipment_id).orders
        ordered = {line.part: line.quantity for order in orders for line in order.lines}
        assert ordered == system.items


def test_everybody_can_sign_in_with_a_password_that_would_do(house: House) -> None:
    data = load_demo()
    assert data.visitor.role is Role.ORDER
    for user in data.user:
        check_new_password(user.password, 15, (user.login, user.company))
        house.sign_in(user.login, user.company, user.password)
