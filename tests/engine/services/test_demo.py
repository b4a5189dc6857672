"""The demonstration data."""

from __future__ import annotations

from engine.accounts.passwords import check_new_password
from engine.accounts.people import Role
from engine.demo import load_demo
from engine.keycode.verifying import verify
from engine.licences.order import OrderKind
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
        ("03FFFF0500A11", "aastra5000", "", "R5.2", demo, {"sip-trunk": 10}),
        ("03FFFF0500B21", "aastra5000", "", "R5.1", demo, {}),
        ("03FFFF0500B32", "aastra5000", "", "R5.1", demo, {"sip-trunk": 4, "ip-cordless": 20}),
        ("03FFFF0500C43", "aastra5000", "", "R5.1", demo, {"ip-cordless": 8}),
    ]


def test_its_keycodes_are_genuine(house: House) -> None:
    for system in house.store.systems():
        for order in system.orders:
            codes = [order.keycode, *(code.keycode for code in order.function_keycodes)]
            for code in filter(None, codes):
                assert verify(code, CATALOGUE, RING, system.equipment_id, order.release).genuine


def test_it_tells_what_becomes_of_a_system(house: House) -> None:
    kinds = {
        system.equipment_id: [order.kind.value for order in system.orders]
        for system in house.store.systems()
        if len(system.orders) > 1 or system.equipment_id == "03FFFF0500B32"
    }
    assert kinds == {
        "03FFFF0500A11": ["order", "upgrade"],
        "03FFFF0500B21": ["order", "move-out"],
        "03FFFF0500B32": ["move-in"],
        "03FFFF0500C43": ["order", "correction"],
    }


def test_its_orders_have_all_the_items_that_the_data_say(house: House) -> None:
    for system in load_demo().system:
        session = house.signing_in.at_the_desk("test")
        orders = house.searching.by_equipment_id(session, system.equipment_id).orders
        bought = (order for order in orders if order.kind is OrderKind.ORDER)
        ordered = {line.part: line.quantity for order in bought for line in order.lines}
        assert ordered == system.items


def test_everybody_can_sign_in_with_a_password_that_would_do(house: House) -> None:
    data = load_demo()
    assert data.visitor.role is Role.ORDER
    for user in data.user:
        check_new_password(user.password, 15, (user.login, user.company))
        house.sign_in(user.login, user.company, user.password)
