"""Answers that come late: each call of the store waits here until it is let go.

What somebody has done meanwhile counts; an answer about something else changes nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
from msgspec.structs import replace
from textual.widgets import Static

from engine.assembly import Portal
from engine.licences.order import Draft, Order
from tests.support.guide import FRESH, LOGIN, PASSWORD, SYSTEM
from tests.tui.driving import PilotOperator, operator
from tui.full_screen.host import Host
from tui.full_screen.screens.asking import PortalScreen
from tui.full_screen.screens.check_keycode import CheckScreen
from tui.full_screen.screens.document import ReadingScreen
from tui.full_screen.screens.home import HomeScreen
from tui.full_screen.screens.order.screen import OrderScreen
from tui.full_screen.screens.password import PasswordScreen
from tui.full_screen.screens.placed_order import PlacedOrderScreen
from tui.full_screen.screens.search import SearchScreen
from tui.full_screen.widgets.buttons import TickBox
from tui.full_screen.widgets.fields import LineInput

SCREENS: list[Callable[[Host], PortalScreen]] = [
    OrderScreen,
    SearchScreen,
    CheckScreen,
    PasswordScreen,
    partial(ReadingScreen, document="guide", page="search"),
    partial(PlacedOrderScreen, number=f"{SYSTEM}-0001"),
]


class Gate:
    """Holds the calls of one method of a service, and what each was given."""

    def __init__(self, service: object, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self._open = threading.Event()
        self.calls = 0
        call: Callable[..., Any] = getattr(service, name)

        def held(*values: Any, **named: Any) -> Any:
            self.calls += 1
            self._open.wait()
            return call(*values, **named)

        monkeypatch.setattr(service, name, held)

    def let_go(self) -> None:
        self._open.set()


@contextmanager
def held(service: object, name: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    with monkeypatch.context() as patched:
        gate = Gate(service, name, patched)
        try:
            yield gate
        finally:
            gate.let_go()


def portal_of(person: PilotOperator) -> Portal:
    return person.app.visit.portal


def orders_of(person: PilotOperator, equipment_id: str = SYSTEM) -> list[Order]:
    found = portal_of(person).searching.by_equipment_id(person.app.visit.signed_in, equipment_id)
    return list(found.orders)


async def quiet(person: PilotOperator) -> None:
    """What can be worked off without the held answer is."""
    for _ in range(5):
        await person.pilot.pause(0.02)


async def test_a_late_answer_of_home_leaves_the_order_that_was_begun_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with operator() as person:
        with held(portal_of(person).ordering, "latest_orders", monkeypatch) as gate:
            await person.app.action_home()
            home = person.app.screen
            assert isinstance(home, HomeScreen)
            home.on_screen_resume()
            await person.until(lambda: gate.calls)
            await person.app.action_new_order()  # a click: keys would wait for Home
            await person.fill(equipment_id=SYSTEM)
            await person.app.screen.run_action("screen.next")
            await person.until(lambda: person.step == 2)
            await person.choose(BHW1095A="8")
            gate.let_go()
            await person.until(lambda: not home.asking)
        assert person.app.visit.draft is not None
        assert person.app.visit.draft.quantities == {"BHW1095A": "8"}
        await person.press("f8")
        assert person.step == 3


async def test_what_stands_on_the_validation_is_what_is_placed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with operator() as person:
        await person.to_reference(BHW1095A="8")
        await person.fill(order_reference="R-1", licensee="John Smith")
        with held(portal_of(person).ordering, "check", monkeypatch) as gate:
            await person.pilot.press("f8")
            await person.until(lambda: gate.calls)
            await person.app.screen.run_action("screen.previous")  # as a click on the button
            person.app.screen.query_one("#item-BHW1063A", TickBox).turn()
            gate.let_go()
            await person.settled()
        assert person.step == 2
        await person.press("f8")
        await person.press("f8")
        assert person.step == 4
        page = str(person.app.screen.query_one("#validation-text", Static).visual)
        await person.confirm()
        lines = {line.part for line in orders_of(person)[0].lines}
        assert lines == {"BHW1095A", "BHW1063A"}
        assert all(part in page for part in lines)


async def test_nobody_leaves_while_an_order_is_placed(monkeypatch: pytest.MonkeyPatch) -> None:
    async with operator() as person:
        await person.to_validation(BHW1095A="8")
        with held(portal_of(person).ordering, "place", monkeypatch) as gate:
            await person.app.screen.run_action("screen.confirm")
            await person.until(lambda: gate.calls)
            await person.pilot.press("escape", "escape", "f1", "f4", "f10")
            await quiet(person)
            assert person.step == 4
            await person.app._end_idle()  # not even because nobody has touched anything
            gate.let_go()
            await person.until(lambda: orders_of(person)[0].reference == "2125469-65891")
            await person.until(lambda: "The order is placed" in person.text("#outcome"))


async def test_an_order_placed_elsewhere_and_changed_here_is_refused_and_nothing_is_lost() -> None:
    async with operator() as person:
        await person.to_validation(BHW1095A="8")
        flow, portal = person.app.visit.order_flow, portal_of(person)
        before = flow.now
        portal.ordering.place(person.app.visit.signed_in, before)  # the answer is lost
        await person.press("f7", "f7")
        await person.choose(BHW1095A="9")
        await person.press("f8")
        await person.press("f8")
        await person.app.screen.run_action("screen.confirm")
        await person.until(lambda: "before you changed it" in person.shown())
        assert person.step == 4
        assert len(orders_of(person)) == 2
        assert flow.now.quantities == {"BHW1095A": "9"}
        assert flow.now.draft_id != before.draft_id
        await person.confirm()
        assert [order.lines[0].quantity for order in orders_of(person)[:2]] == [9, 8]


async def test_what_was_placed_elsewhere_is_said_though_the_rest_no_longer_fits() -> None:
    async with operator() as person:
        await person.to_validation(BHW1063A="1", BHW1095A="8")
        flow, portal = person.app.visit.order_flow, portal_of(person)
        other = replace(flow.now, reference="R-2")  # of the same order, in another window
        portal.ordering.place(person.app.visit.signed_in, other)
        await person.app.screen.run_action("screen.confirm")
        await person.until(lambda: "before you changed it" in person.shown())
        assert person.step == 2
        assert "owned: 8" in person.shown()  # what the system has now
        assert len(orders_of(person)) == 2


async def test_items_that_no_longer_fit_are_shown_beside_what_the_system_has_now() -> None:
    async with operator() as person:
        await person.to_reference(BHW1063A="1", BHW1095A="8")
        portal = portal_of(person)
        other = replace(person.app.visit.order_flow.now, draft_id="other", reference="R-2")
        other = replace(other, licensee="X", quantities={"BHW1063A": "1", "BHW1096A": "7"})
        portal.ordering.place(person.app.visit.signed_in, other)
        await person.fill(order_reference="R-1", licensee="John Smith")
        await person.press("f8")
        await person.until(lambda: "cannot be ordered again" in person.shown())
        assert person.step == 2
        assert "owned: 12" in person.shown()


async def test_a_question_is_asked_in_the_name_of_whoever_asked_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with operator() as person:
        visit = person.app.visit
        portal_of(person).administration.set_role("Demo Telecom", LOGIN, "licence-desk", "desk")
        visit.signed_in.role = type(visit.signed_in.role)("licence-desk")
        await person.press("f4")
        with held(portal_of(person).searching, "companies", monkeypatch) as gate:
            await person.fill(by_reference="2008-0814")
            await person.pilot.press("enter")
            await person.until(lambda: gate.calls)
            await person.app.end_session(_ended())
            await person.until(lambda: visit.session is None)
            gate.let_go()
            await quiet(person)
        assert person.app.is_running
        assert person.app.mistake is None
        assert visit.session is None


def _ended() -> Any:
    from engine.errors import SessionEnd, SessionEnded

    return SessionEnded(reason=SessionEnd.IDLE)


async def test_a_login_that_is_answered_after_it_was_left_signs_nobody_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with operator(signed_in=False) as person:
        with held(portal_of(person).signing_in, "sign_in", monkeypatch) as gate:
            await person.fill(company="Demo Telecom", login=LOGIN, password=PASSWORD)
            await person.app.screen.run_action("screen.main")
            await person.until(lambda: gate.calls)
            await person.app._to_login(None)  # as a kiosk's F10
            gate.let_go()
            await quiet(person)
        assert person.app.visit.session is None
        await person.log_in()


async def test_what_is_typed_after_keep_it_and_log_out_goes_nowhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with operator() as person:
        await person.to_reference(BHW1095A="8")
        await person.fill(order_reference="R-1")
        ordering, session = portal_of(person).ordering, person.app.visit.signed_in
        with held(ordering, "keep", monkeypatch) as gate:
            await person.press("f10")
            await person.pilot.click("#keep")
            await person.until(lambda: person.app.navigation.departing)
            await person.pilot.press(*"late")
            await quiet(person)
            assert person.app.screen.query_one("#order-reference", LineInput).value == "R-1"
            gate.let_go()
            await person.until(lambda: person.app.visit.session is None)
        (kept,) = ordering.unfinished(session)
        assert kept.reference == "R-1"
        assert all(not line.value for line in person.app.screen.query(LineInput))


async def test_typing_is_a_sign_of_life() -> None:
    async with operator() as person:
        await person.to_reference(BHW1095A="8")
        for letter in "an hour and more":
            person.clock.advance(minutes=5)
            await person.type(letter)
        await person.fill(licensee="John Smith")
        await person.press("f8")
        assert person.step == 4


async def test_a_key_after_too_long_does_not_bring_a_session_back() -> None:
    async with operator() as person:
        await person.to_reference(BHW1095A="8")
        person.clock.advance(minutes=16)
        await person.type("late")
        await person.press("f8")
        await person.until(lambda: person.app.visit.session is None)
        assert "logged out" in person.status


async def test_orders_that_were_begun_in_two_sessions_are_both_offered() -> None:
    async with operator() as person:
        portal = portal_of(person)
        other, _user = portal.signing_in.sign_in("Demo Telecom", LOGIN, PASSWORD)
        theirs = portal.ordering.new_draft(portal.ordering.find_system(other, FRESH))
        await person.to_reference(BHW1095A="8")
        portal.ordering.keep(other, replace(theirs, quantities={"BHW1095A": "3"}))
        await person.app.action_home()
        await person.until(lambda: "Resume one of 2 orders" in person.shown())
        await person.pilot.click("#resume")
        await person.pilot.pause()
        await person.press("down", "enter")
        await person.until(lambda: person.step == 2)
        assert person.app.screen.query_one("#item-BHW1095A", LineInput).value == "3"
        kept = portal.ordering.unfinished(other)
        assert {draft.equipment_id for draft in kept} == {SYSTEM, FRESH}


async def test_an_order_of_another_session_that_was_only_offered_is_not_written_over() -> None:
    async with operator() as person:
        portal = portal_of(person)
        other, _user = portal.signing_in.sign_in("Demo Telecom", LOGIN, PASSWORD)
        theirs = portal.ordering.new_draft(portal.ordering.find_system(other, FRESH))
        portal.ordering.keep(other, theirs)
        person.app.screen.query_one("#resume")
        await _home_again(person)
        more: Draft = replace(theirs, quantities={"BHW1095A": "3"})
        portal.ordering.keep(other, more)
        await person.press("f10")
        await person.pilot.click("#keep")
        await person.until(lambda: person.app.visit.session is None)
        (kept,) = portal.ordering.unfinished(other)
        assert kept.quantities == {"BHW1095A": "3"}


async def _home_again(person: PilotOperator) -> None:
    await person.press("f4", "f3")
    await person.until(lambda: "Resume" in person.shown())


@pytest.mark.parametrize("screen", SCREENS)
async def test_a_screen_that_is_left_before_it_is_there_does_nothing(
    screen: Callable[[Host], PortalScreen],
) -> None:
    """A click, and another one that leads back, come before what the first one shows is made."""
    async with operator() as person:
        person.app.push_screen(screen(person.app))
        person.app.pop_screen()
        await person.settled()
        assert isinstance(person.app.screen, HomeScreen)
        assert not person.app.mistake
