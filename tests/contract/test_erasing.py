"""Personal data can be taken out of orders; keycodes, seals and the audit log stay whole."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from engine.audit import EventName
from engine.licences.order import Address, OrderKind
from engine.ports import OrderQuery, Store
from engine.services.erasing import Erasing
from engine.settings import Settings
from tests.contract.values import BEGIN, ID, OTHER_ID, decide, system

NAME = b"Erica Mustermann"


def fill(store: Store, count: int = 3) -> None:
    store.add_systems([system()])
    for number in range(1, count + 1):
        licensee = NAME.decode() if number == 1 else "John Smith"
        store.place(ID, f"d{number}", decide(f"d{number}", licensee=licensee))


def named(store: Store, name: str) -> list[str]:
    return [each.number for each in store.find_orders(OrderQuery(licensee=name), 1000)]


def test_erasing_takes_name_and_address_and_nothing_else(store: Store) -> None:
    fill(store)
    before = store.system(ID)
    assert before is not None
    assert store.erase_personal(ID, [f"{ID}-0001"], "unix:desk") == 1
    after = store.system(ID)
    assert after is not None
    assert (after.orders[0].licensee, after.orders[0].address) == ("", Address())
    assert after.orders[0] == before.orders[0].erased()
    assert after.orders[1:] == before.orders[1:]
    assert named(store, "Erica") == []
    assert len(named(store, "John")) == 2


def test_erasing_twice_is_once(store: Store) -> None:
    fill(store)
    numbers = [f"{ID}-0001", f"{ID}-0003", f"{ID}-0999"]
    assert store.erase_personal(ID, numbers, "desk") == 2
    assert store.erase_personal(ID, numbers, "desk") == 0
    assert store.erase_personal(OTHER_ID, numbers, "desk") == 0
    lines = [event for event in store.events() if event.event == EventName.ERASE]
    assert [line.details["number"] for line in lines] == [f"{ID}-0001", f"{ID}-0003"]


def test_the_audit_log_says_who_erased_what_without_the_name(store: Store) -> None:
    fill(store)
    store.erase_personal(ID, [f"{ID}-0001"], "unix:desk")
    (line,) = (event for event in store.events() if event.event == EventName.ERASE)
    assert line.who == "unix:desk"
    assert "Erica" not in str(line)


def test_orders_are_found_by_age_and_by_whether_they_are_erased(store: Store) -> None:
    fill(store)
    orders = store.find_orders(OrderQuery(since=BEGIN), 10)[::-1]
    old = OrderQuery(before=orders[1].placed_at, personal=True)
    assert store.find_orders(old, 10) == [orders[0]]
    store.erase_personal(ID, [orders[0].number], "desk")
    assert store.find_orders(old, 10) == []
    assert len(store.find_orders(OrderQuery(personal=True), 10)) == 2


@pytest.mark.parametrize("missing", ["0000000000000", "03FFFF0400E55", "../../etc"])
def test_systems_that_are_not_there_have_nothing_to_erase(store: Store, missing: str) -> None:
    assert store.erase_personal(system().equipment_id, [missing], "desk") == 0


def test_a_proof_is_given_once_and_changes_nothing_else(store: Store) -> None:
    fill(store)
    before = store.system(ID)
    assert before is not None
    numbers = [f"{ID}-0002", f"{ID}-0999"]
    assert store.give_proof(ID, numbers, "RMA-1", "unix:desk") == 1
    assert store.give_proof(ID, numbers, "RMA-2", "unix:desk") == 0
    assert store.give_proof(OTHER_ID, numbers, "RMA-3", "unix:desk") == 0
    after = store.system(ID)
    assert after is not None
    assert after.orders[1] == replace(before.orders[1], proof="RMA-1")
    assert (after.orders[0], after.orders[2]) == (before.orders[0], before.orders[2])
    (line,) = (event for event in store.events() if event.event == EventName.MOVE_PROOF)
    assert (line.who, line.details["number"]) == ("unix:desk", f"{ID}-0002")


def test_orders_are_found_by_their_kind(store: Store) -> None:
    fill(store)
    change = {"release": "R5.2", "kind": OrderKind.UPGRADE, "reason": "", "lines": ()}
    store.place(ID, "u1", decide("u1", **change))
    (found,) = store.find_orders(OrderQuery(kind=OrderKind.UPGRADE), 9)
    assert found.draft_id == "u1"
    assert len(store.find_orders(OrderQuery(kind=OrderKind.ORDER), 9)) == 3
    assert store.find_orders(OrderQuery(kind=OrderKind.MOVE_OUT), 9) == []
    assert store.find_orders(OrderQuery(kind=OrderKind.UPGRADE, company_id="c9"), 9) == []


def test_a_licensee_is_erased_page_by_page_and_nobody_whose_name_only_contains_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.services.erasing._PAGE", 2)
    store.add_systems([system()])
    names = ["Erica Mustermann", "Dr. Erica Mustermann", "erica  MUSTERMANN"] * 3
    for number, name in enumerate(names):
        store.place(ID, f"d{number}", decide(f"d{number}", licensee=name))
    erasing = Erasing(store, Settings(store="/none"), lambda: BEGIN)
    assert erasing.erase_licensee(" Erica Mustermann", "unix:desk").orders == 6
    left = store.find_orders(OrderQuery(personal=True), 100)
    assert [order.licensee for order in left] == ["Dr. Erica Mustermann"] * 3
