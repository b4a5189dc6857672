"""A signing key was lost: withdrawn, and what it signed is issued once more, each system once."""

from __future__ import annotations

import pytest

from engine.accounts.people import Role
from engine.errors import KeyInUse, KeyUnknown, NotAllowed, NothingToReissue
from engine.keycode.codec import decode
from engine.keycode.signing import KeyRing
from engine.licences.order import OrderKind
from engine.licences.verdict import Verdict
from tests.engine.services import house as houses
from tests.engine.services.house import House
from tests.engine.trade import CATALOGUE
from tests.support.guide import EARLIER, NEXSPAN, SYSTEM


@pytest.fixture
def two_keys(each_house: House, monkeypatch: pytest.MonkeyPatch) -> House:
    """The second key was made after the orders of the demonstration."""
    ring = KeyRing({1: bytes(range(32)), 2: bytes(range(1, 33))})
    each_house.reissuing._keys = each_house.checking._keys = lambda: ring
    monkeypatch.setattr(houses, "RING", ring)
    return each_house


def test_a_withdrawn_key_and_what_it_signed(two_keys: House) -> None:
    house, desk = two_keys, two_keys.session_as(Role.LICENCE_DESK)
    old = house.searching.by_equipment_id(desk, SYSTEM).orders[0].keycode or ""
    with pytest.raises(KeyInUse):
        house.reissuing.withdraw(desk, 2)
    with pytest.raises(KeyUnknown):
        house.reissuing.withdraw(desk, 3)
    assert house.reissuing.withdraw(desk, 1)
    assert not house.reissuing.withdraw(desk, 1)
    assert house.events().count("key-withdraw") == 1
    check = house.checking.check(desk, SYSTEM, old)
    assert (check.verdict, check.valid, check.current) == (Verdict.WITHDRAWN_KEY, True, None)
    systems = list(house.reissuing.systems(desk, 1))
    assert {system.equipment_id for system in systems} >= {SYSTEM, NEXSPAN}
    for system in systems:
        house.reissuing.reissue(desk, system, 1)
    assert list(house.reissuing.systems(desk, 1)) == []
    order = house.searching.by_equipment_id(desk, SYSTEM).orders[0]
    assert (order.kind, order.inventory) == (OrderKind.REISSUE, EARLIER)
    assert decode(order.keycode or "", CATALOGUE).key_number == 2
    check = house.checking.check(desk, SYSTEM, old)
    assert (check.verdict, check.current) == (Verdict.WITHDRAWN_KEY, order)
    assert house.checking.check(desk, SYSTEM, order.keycode or "").verdict is Verdict.CURRENT
    codes = house.searching.by_equipment_id(desk, NEXSPAN).function_keycodes
    assert {decode(code.keycode, CATALOGUE).key_number for code in codes} == {2}


def test_one_system_gets_its_new_keycode(two_keys: House) -> None:
    house, desk = two_keys, two_keys.session_as(Role.LICENCE_DESK)
    system = house.searching.by_equipment_id(desk, SYSTEM).system
    assert house.reissuing.withdrawn_key_of(system) is None
    with pytest.raises(NothingToReissue):
        house.reissuing.plan_reissue(desk, SYSTEM)
    house.reissuing.withdraw(desk, 1)
    assert house.reissuing.withdrawn_key_of(system) == 1
    plan = house.reissuing.plan_reissue(desk, SYSTEM)
    assert (plan.before, plan.after, bool(plan.total)) == (EARLIER, EARLIER, False)
    order = house.reissuing.reissue_one(desk, SYSTEM, "by phone").order
    assert (order.kind, order.note) == (OrderKind.REISSUE, "by phone")
    with pytest.raises(NothingToReissue):
        house.reissuing.reissue_one(desk, SYSTEM)


def test_begun_again_each_system_gets_it_once(two_keys: House) -> None:
    house, desk = two_keys, two_keys.session_as(Role.LICENCE_DESK)
    systems = list(house.reissuing.systems(desk, 1))
    first = house.reissuing.reissue(desk, systems[0], 1)
    again = house.reissuing.reissue(desk, systems[0], 1)
    assert again == first._replace(already=True)
    own = list(house.reissuing.systems(desk, 1, house.company_id()))
    assert own
    assert all(system.company_id == house.company_id() for system in own)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.LICENCE_DESK])
def test_only_the_licence_desk_may(two_keys: House, role: Role) -> None:
    session = two_keys.session_as(role)
    system = next(two_keys.store.systems())
    with pytest.raises(NotAllowed):
        two_keys.reissuing.withdraw(session, 1)
    with pytest.raises(NotAllowed):
        next(two_keys.reissuing.systems(session, 1))
    with pytest.raises(NotAllowed):
        two_keys.reissuing.reissue(session, system, 1)
