"""The order under way, without a screen: identify or replace, review, place, keep."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from engine.assembly import Portal
from engine.errors import (
    EquipmentIdMalformed,
    OrderRefused,
    Problem,
    StoreBusy,
    SystemUnknown,
    WriteFailed,
)
from engine.licences.order import Draft
from tests.support.clock import Clock
from tests.support.guide import COMPANY, FRESH, LOGIN, PASSWORD, SYSTEM
from tests.tui.driving import demo_portal
from tui.visit.order_flow import OrderFlow
from tui.visit.order_steps import ITEMS, REFERENCE, VALIDATION, step_of
from tui.visit.visit import Visit, log_out
from tui.wording.unfinished_orders import logged_out

ITEM = "BHW1095A"


@pytest.fixture
def portal() -> Iterator[Portal]:
    opened = demo_portal(Clock())
    yield opened
    opened.close()


@pytest.fixture
def visit(portal: Portal) -> Visit:
    begun = Visit(portal)
    begun.begin(*portal.signing_in.sign_in(COMPANY, LOGIN, PASSWORD))
    return begun


@pytest.fixture
def flow(visit: Visit) -> OrderFlow:
    return visit.order_flow


def begin(flow: OrderFlow, equipment_id: str = SYSTEM, **typed: object) -> Draft:
    """An order for a system, with what was typed so far."""
    found = flow.look(equipment_id)
    flow.open(flow.successor(found))
    values = {"quantities": {ITEM: "8"}, "reference": "R-1", "licensee": "John Smith", **typed}
    flow.take(replace(flow.now, **values))
    return flow.now


def kept(portal: Portal, visit: Visit) -> list[Draft]:
    return portal.ordering.unfinished(visit.signed_in)


def test_looking_for_a_system_changes_nothing(flow: OrderFlow) -> None:
    for wrong, error in (("03FF", EquipmentIdMalformed), ("0123456789ABC", SystemUnknown)):
        with pytest.raises(error):
            flow.look(wrong)
    assert flow.look(" 03ff-ff03 02ad4 ").system.equipment_id == SYSTEM
    assert flow.draft is None


def test_the_same_system_is_the_same_order(flow: OrderFlow) -> None:
    before = begin(flow)
    found = flow.look(SYSTEM)
    assert flow.successor(found) == before
    assert not flow.drops(before)


def test_another_system_takes_reference_and_address_along_and_drops_the_items(
    flow: OrderFlow, portal: Portal, visit: Visit
) -> None:
    before = begin(flow)
    flow.save()
    new = flow.successor(flow.look(FRESH))
    assert flow.drops(new)
    assert (new.reference, new.licensee, new.quantities) == ("R-1", "John Smith", {})
    flow.open(new)
    flow.save()
    assert [draft.equipment_id for draft in kept(portal, visit)] == [FRESH]
    assert before.draft_id != new.draft_id


def test_totals_and_problems_are_of_what_is_typed_so_far(flow: OrderFlow) -> None:
    found = flow.look(SYSTEM)
    price = next(choice.item.price for choice in found.choices if choice.item.part == ITEM)
    assert found.total({ITEM: "8", "BHW1087A": "x"}) == 8 * price
    assert set(found.problems({ITEM: "256", "BHW1087A": "1"})) == {ITEM}


def test_what_is_reviewed_is_what_is_placed(flow: OrderFlow, portal: Portal, visit: Visit) -> None:
    begin(flow, reference="  R-1 ")
    flow.save()
    review = flow.review(flow.now)
    flow.take(replace(flow.now, quantities={ITEM: "9"}))  # after the page was made
    order = flow.place(review).order
    flow.placed(review)
    assert [(line.part, line.quantity) for line in order.lines] == [(ITEM, 8)]
    assert order.reference == "R-1"
    assert flow.draft is None
    assert kept(portal, visit) == []


def test_texts_of_another_order_are_not_taken(flow: OrderFlow) -> None:
    before = begin(flow)
    flow.take(Draft(draft_id="another", equipment_id=SYSTEM, reference="of the other"))
    assert flow.now == before


def test_a_placed_order_is_not_kept_again(flow: OrderFlow, portal: Portal, visit: Visit) -> None:
    begin(flow)
    flow.place(flow.review(flow.now))
    assert flow.keep()  # by a thread that was late
    assert portal.ordering.unfinished(visit.signed_in) == []


def test_what_has_not_changed_is_not_written_over_what_another_session_wrote(
    flow: OrderFlow, portal: Portal, visit: Visit
) -> None:
    draft = begin(flow)
    flow.save()
    portal.ordering.keep(visit.signed_in, replace(draft, quantities={ITEM: "9"}))
    flow.save()
    assert kept(portal, visit)[0].quantities == {ITEM: "9"}


def test_an_order_is_resumed_as_it_is_now_and_the_one_under_way_is_kept(
    flow: OrderFlow, portal: Portal, visit: Visit
) -> None:
    other = OrderFlow(portal.ordering, visit.signed_in)
    theirs = begin(other, FRESH)
    other.save()
    (offered,) = flow.resumable(flow.unfinished())
    other.take(replace(theirs, quantities={ITEM: "3"}))
    other.save()
    begin(flow)
    found, draft = flow.resume(offered)
    flow.open(draft, aside=True)
    assert (found.system.equipment_id, flow.now.quantities) == (FRESH, {ITEM: "3"})
    assert {each.equipment_id for each in flow.resumable(flow.unfinished())} == {SYSTEM, FRESH}


def test_the_same_system_again_goes_on_with_what_was_left_unfinished(
    flow: OrderFlow, portal: Portal, visit: Visit
) -> None:
    before = begin(OrderFlow(portal.ordering, visit.signed_in))
    portal.ordering.keep(visit.signed_in, before)
    assert flow.successor(flow.look(SYSTEM)).draft_id == before.draft_id


@pytest.mark.parametrize(
    ("fields", "found_at", "leads_to"),
    [
        ((ITEM,), VALIDATION, ITEMS),
        (("licensee",), VALIDATION, REFERENCE),
        (("licensee", ITEM), REFERENCE, ITEMS),
        (("items",), ITEMS, ITEMS),
    ],
)
def test_where_a_problem_leads(fields: tuple[str, ...], found_at: int, leads_to: int) -> None:
    problems = tuple(Problem(field, WriteFailed(path="", reason="")) for field in fields)  # type: ignore[arg-type]
    assert step_of(OrderRefused(problems=problems), found_at) == leads_to


def test_trouble_with_the_store_leads_back_to_the_reference() -> None:
    assert step_of(StoreBusy(what="", seconds=1, holder=0), VALIDATION) == REFERENCE
    assert step_of(StoreBusy(what="", seconds=1, holder=0), ITEMS) == ITEMS


@pytest.mark.parametrize("keep", [True, False])
def test_logging_out_keeps_the_order_or_drops_it(
    flow: OrderFlow, portal: Portal, visit: Visit, *, keep: bool
) -> None:
    begin(flow)
    flow.save()
    log_out(portal, visit.signed_in, flow, keep=keep)
    assert flow.keep()
    assert len(kept(portal, visit)) == keep


def full(*_: object) -> None:
    raise WriteFailed(path="draft", reason="ENOSPC")


def test_nobody_is_logged_out_when_the_order_cannot_be_kept(
    flow: OrderFlow, portal: Portal, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = begin(flow)
    monkeypatch.setattr(portal.ordering, "keep", full)
    monkeypatch.setattr(portal.signing_in, "sign_out", lambda _session: pytest.fail("logged out"))
    with pytest.raises(WriteFailed):
        log_out(portal, visit.signed_in, flow, keep=True)
    assert flow.now == draft
    assert not flow.keep()


def test_where_an_order_cannot_be_dropped_one_leaves_all_the_same_and_is_told(
    flow: OrderFlow, portal: Portal, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(flow)
    flow.save()
    monkeypatch.setattr(portal.ordering, "forget", full)
    assert not log_out(portal, visit.signed_in, flow, keep=False)
    assert len(kept(portal, visit)) == 1
    assert "offered again" in logged_out(settled=False)


def test_a_logout_that_cannot_be_written_down_holds_nobody_back(
    flow: OrderFlow, portal: Portal, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(flow)
    monkeypatch.setattr(portal.signing_in, "sign_out", full)
    log_out(portal, visit.signed_in, flow, keep=True)
    assert len(kept(portal, visit)) == 1
