"""The order under way, kept and dropped by several threads."""

from __future__ import annotations

from threading import Event, Thread

import pytest

from engine.licences.order import Draft
from engine.services.access import Session
from tests.support.clock import Clock
from tests.support.guide import COMPANY, LOGIN, PASSWORD, SYSTEM
from tests.tui.driving import demo_portal, operator
from tui.full_screen.widgets.fields import LineInput
from tui.visit.visit import Visit, log_out


def test_an_order_that_was_dropped_does_not_come_back_from_a_thread_that_was_keeping_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun, go_on = Event(), Event()
    portal = demo_portal(Clock())
    keep = portal.ordering.keep

    def keep_slowly(session: Session, draft: Draft) -> None:
        begun.set()
        go_on.wait()
        keep(session, draft)

    monkeypatch.setattr(portal.ordering, "keep", keep_slowly)
    visit = Visit(portal)
    visit.begin(*portal.signing_in.sign_in(COMPANY, LOGIN, PASSWORD))
    flow = visit.order_flow
    flow.open(Draft(draft_id="d1", equipment_id=SYSTEM))
    keeping = Thread(target=visit.keep_draft)
    leaving = Thread(target=log_out, args=(portal, visit.signed_in, flow), kwargs={"keep": False})
    keeping.start()
    begun.wait()
    leaving.start()
    leaving.join(0.2)  # long enough for whoever does not wait for his turn
    go_on.set()
    keeping.join()
    leaving.join()
    assert portal.ordering.unfinished(visit.signed_in) == []
    visit.keep_draft()
    assert portal.ordering.unfinished(visit.signed_in) == []
    portal.close()


async def test_what_was_typed_last_is_in_the_order_when_the_terminal_goes_away() -> None:
    async with operator() as person:
        await person.to_reference(BHW1095A="8")
        person.app.screen.query_one("#address-line1", LineInput).value = "1 rue Arn"
        person.app.leave_at_once(129)
        draft = person.app.visit.draft
        assert draft is not None
        assert draft.address.lines[0] == "1 rue Arn"
        assert person.app.return_code == 129
