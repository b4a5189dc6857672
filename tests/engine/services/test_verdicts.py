"""A keycode that was never issued is called valid nowhere: the orders decide, not the signature."""

from __future__ import annotations

import random

import pytest
from msgspec.structs import replace

from engine.accounts.people import Role
from engine.errors import (
    DocumentDamaged,
    DocumentFault,
    KeycodeNotDelivered,
    KeycodeOfSeveral,
    WriteFailed,
)
from engine.keycode.issuing import issue, issue_function
from engine.keycode.repair import Mistake
from engine.licences.order import Order
from engine.licences.order_number import OrderNumber
from engine.licences.system import EquipmentId, System
from engine.licences.verdict import Verdict
from engine.ports import OrderQuery, Store
from tests.engine.services.house import RING, House
from tests.engine.trade import AASTRA, NEXSPAN_PRODUCT
from tests.support.guide import FOREIGN, FRESH, NEXSPAN, SYSTEM

FORGED = issue(AASTRA, "R5.1", SYSTEM, {"sip-trunk": 250}, RING)
SEGMENT = 205
"""Orders of one system after which the store has put the first of them away."""


def test_of_a_thousand_inventories_signed_with_the_portals_own_key_none_is_called_issued(
    house: House,
) -> None:
    session, chance = house.sign_in(), random.Random(8)  # noqa: S311
    for _ in range(1000):
        inventory = {f.key: chance.randint(1, f.most) for f in chance.sample(AASTRA.functions, 5)}
        forged = issue(AASTRA, "R5.1", SYSTEM, inventory, RING)
        check = house.checking.check(session, SYSTEM, forged)
        assert (check.verdict, check.valid, check.issued) == (Verdict.NEVER_ISSUED, False, None)
    assert house.events().count("keycode-never-issued") == 1000


def test_each_keycode_of_each_order_is_issued(each_house: House) -> None:
    session = each_house.sign_in()
    each_house.ordering.place(session, each_house.draft())
    more = each_house.draft(NEXSPAN, "d2", quantities={"BHW0901A": "1"})
    each_house.ordering.place(session, more)
    verdicts = {}
    for of in (SYSTEM, NEXSPAN):
        for order in each_house.searching.by_equipment_id(session, of).orders:
            for code in order.keycodes:
                check = each_house.checking.check(session, of, code)
                assert (check.valid, check.issued) == (True, order)
                verdicts[code] = check.verdict
    assert list(verdicts.values()).count(Verdict.SUPERSEDED) == 1
    assert "keycode-never-issued" not in each_house.events()


def test_the_log_says_who_checked_what_was_never_issued(each_house: House) -> None:
    each_house.checking.check(each_house.sign_in(), SYSTEM, FORGED)
    line = list(each_house.store.events())[-1]
    assert (line.event, line.who) == ("keycode-never-issued", "demo-1/jsmith")
    assert line.details == {"equipment_id": SYSTEM, "keycode": FORGED}


def test_where_the_log_cannot_be_written_the_verdict_is_the_same(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = house.sign_in()

    def refuse(*arguments: object, **details: object) -> None:
        raise WriteFailed(path="audit", reason="EROFS")

    assert house.checking.check(session, SYSTEM, FORGED).logged
    monkeypatch.setattr(house.store, "record", refuse)
    check = house.checking.check(session, SYSTEM, FORGED)
    assert (check.verdict, check.logged) == (Verdict.NEVER_ISSUED, False)


def test_the_function_keycode_that_was_not_ordered_is_not_issued(house: House) -> None:
    session = house.sign_in()
    has = house.searching.by_equipment_id(session, NEXSPAN).system.inventory
    release = house.searching.by_equipment_id(session, NEXSPAN).system.release
    for function in NEXSPAN_PRODUCT.functions:
        code = issue_function(NEXSPAN_PRODUCT, release, NEXSPAN, function.key, RING)
        check = house.checking.check(session, NEXSPAN, code)
        assert check.valid is (function.key in has), function.key


def test_a_slip_in_a_keycode_that_was_never_issued_is_not_mended(house: House) -> None:
    check = house.checking.check(house.sign_in(), SYSTEM, FORGED[:-1])
    assert (check.verdict, check.suggestion) == (Verdict.OTHER_SYSTEM, None)


def test_of_a_mistyped_old_keycode_the_current_one_is_named(house: House) -> None:
    session = house.sign_in()
    old = house.searching.by_equipment_id(session, SYSTEM).orders[0]
    now = house.ordering.place(session, house.draft()).order
    check = house.checking.check(session, SYSTEM, (old.keycode or "")[:-1])
    assert (check.verdict, check.issued, check.current) == (Verdict.MISTYPED, old, now)


def test_letters_that_look_like_digits_are_read_as_those(house: House) -> None:
    session = house.sign_in()
    inventory = {"sip-trunk": 0x10, "ip-cordless": 0x101}
    code = issue(AASTRA, "R5.1", SYSTEM, inventory, RING)
    placed = _placed(house.store, inventory, code)
    assert code.count("0") + code.count("1") > 1
    typed = code.replace("0", "O").replace("1", "l")
    check = house.checking.check(session, SYSTEM, typed)
    assert (check.verdict, check.issued) == (Verdict.MISTYPED, placed)
    assert check.suggestion is not None
    assert (check.suggestion.keycode, check.suggestion.mistake) == (code, Mistake.ALIKE)


def test_with_several_mistakes_the_keycode_that_the_system_has_is_found(house: House) -> None:
    session = house.sign_in()
    old = house.searching.by_equipment_id(session, SYSTEM).orders[0]
    code = old.keycode or ""
    now = house.ordering.place(session, house.draft()).order
    typed = f"{code[:3]}é{code[5:14]}{code[15]}{code[14]}{code[16:-1]}?"
    check = house.checking.check(session, SYSTEM, typed)
    assert (check.verdict, check.valid) == (Verdict.MISTYPED, False)
    assert (check.issued, check.current) == (old, now)
    assert check.suggestion is not None
    assert (check.suggestion.keycode, check.suggestion.mistake) == (code, Mistake.SEVERAL)


@pytest.mark.parametrize(("first", "last"), [(1, 8), (21, 27), (9, 16)])
def test_a_part_of_a_keycode_is_recognised_and_is_not_valid(
    house: House, first: int, last: int
) -> None:
    session = house.sign_in()
    order = house.searching.by_equipment_id(session, SYSTEM).orders[0]
    code = order.keycode or ""
    check = house.checking.check(session, SYSTEM, code[first - 1 : last].lower())
    assert (check.verdict, check.valid, check.issued) == (Verdict.PARTIAL, False, order)
    assert check.suggestion is not None
    assert check.suggestion.keycode == code
    assert check.suggestion.right == tuple(range(first, last + 1))


def test_of_two_that_were_pasted_together_each_has_its_verdict(house: House) -> None:
    session = house.sign_in()
    old = house.searching.by_equipment_id(session, SYSTEM).orders[0]
    now = house.ordering.place(session, house.draft()).order
    pasted = f"{old.keycode}\n{now.keycode}"
    checks = house.checking.check_each(session, SYSTEM, pasted)
    found = [(check.verdict, text) for check, text in checks]
    assert found == [(Verdict.SUPERSEDED, old.keycode), (Verdict.CURRENT, now.keycode)]
    assert house.checking.keycodes(session, SYSTEM) == (now.keycode, old.keycode)


def test_without_an_equipment_id_the_closest_keycode_of_the_company_counts(
    each_house: House,
) -> None:
    session = each_house.sign_in()
    code = each_house.ordering.place(session, each_house.draft()).order.keycode or ""
    typed = f"{code[:5]}?{code[6:20]}{code[21]}{code[20]}{code[22:-1]}".replace("0", "O")
    check = each_house.checking.check(session, "", typed.lower())
    assert (check.verdict, check.system.equipment_id) == (Verdict.MISTYPED, SYSTEM)
    assert check.suggestion is not None
    assert check.suggestion.keycode == code


def test_without_an_equipment_id_a_part_is_enough_where_one_system_has_it(
    each_house: House,
) -> None:
    session = each_house.sign_in()
    code = each_house.ordering.place(session, each_house.draft()).order.keycode or ""
    for part in (code[-4:], code[-8:-3], code[:-1]):
        assert each_house.checking.check(session, "", part).system.equipment_id == SYSTEM
    more = each_house.draft(FRESH, "d2")
    each_house.ordering.place(session, more)
    with pytest.raises(KeycodeOfSeveral) as refused:
        each_house.checking.check(session, "", code[:4])
    assert set(refused.value.systems) == {SYSTEM, FRESH}


def test_without_an_equipment_id_nothing_is_said_of_other_companies(each_house: House) -> None:
    system = each_house.store.system(EquipmentId(FOREIGN))
    assert system is not None
    code = system.orders[0].keycode or ""
    session = each_house.sign_in()
    for typed in (code, code[-6:], code[:-1], f"{code[:-2]}??"):
        with pytest.raises(KeycodeNotDelivered):
            each_house.checking.check(session, "", typed)
    desk = each_house.session_as(Role.AUDITOR)
    assert each_house.checking.check(desk, "", code[-6:]).system.equipment_id == FOREIGN


@pytest.mark.parametrize("typed", ["442", "é", "rubbish", "Z" * 400, "0" * 40, "\u200b442"])
def test_without_an_equipment_id_what_is_like_nothing_is_refused(
    each_house: House, typed: str
) -> None:
    with pytest.raises(KeycodeNotDelivered):
        each_house.checking.check(each_house.sign_in(), "", typed)


@pytest.mark.parametrize("store", ["folder"], indirect=True)
def test_a_keycode_that_the_index_does_not_know_is_found_in_its_document(
    each_house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, first = each_house.sign_in(), ""
    for number in range(1, SEGMENT):
        inventory = {"sip-trunk": 200, "ip-any": number}
        code = issue(AASTRA, "R5.1", SYSTEM, inventory, RING)
        _placed(each_house.store, inventory, code)
        first = first or code
    system = each_house.store.system(EquipmentId(SYSTEM))
    assert system is not None
    assert system.sealed
    assert each_house.checking.check(session, SYSTEM, first).verdict is Verdict.SUPERSEDED
    monkeypatch.setattr(each_house.store, "find_orders", _nothing)
    assert each_house.checking.check(session, SYSTEM, first).verdict is Verdict.SUPERSEDED
    monkeypatch.setattr(each_house.store, "older_orders", _damaged)
    with pytest.raises(DocumentDamaged):  # nobody knows: neither valid nor forged
        each_house.checking.check(session, SYSTEM, first)


def _nothing(_query: OrderQuery, _limit: int) -> list[Order]:
    return []


def _damaged(_system: object) -> tuple[Order, ...]:
    raise DocumentDamaged(path="sealed", reason=DocumentFault.SEAL)


def _placed(store: Store, inventory: dict[str, int], code: str) -> Order:
    """An order with this keycode, whatever it costs."""
    draft_id = f"d{code}"

    def decide(system: System) -> Order:
        of = EquipmentId(SYSTEM)
        number = str(OrderNumber(of, system.sealed_orders + len(system.orders) + 1))
        new = {"number": number, "draft_id": draft_id, "inventory": inventory, "keycode": code}
        return replace(system.orders[-1], **new)

    return store.place(EquipmentId(SYSTEM), draft_id, decide).order
