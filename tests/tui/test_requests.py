"""Requests on the screens: asked for at the unknown ID, from an order, and at the limit of moves;
answered by the company that has the system, decided by the desk."""

from __future__ import annotations

from textual.widgets import OptionList

from engine.papers.paper import Paper, PaperState
from engine.papers.requests import CorrectionAsked, MoveAsked, TakeOver
from engine.services.access import Session
from tests.support.guide import COMPANY, LOGIN, SYSTEM
from tests.tui.driving import PilotOperator, operator
from tui.full_screen.screens.change import ChangeScreen
from tui.full_screen.screens.requests import RequestScreen, RequestsScreen
from tui.full_screen.widgets.choice_field import ChoiceField
from tui.full_screen.widgets.question import ConfirmDialog
from tui.visit.handing_on import Move

FRESH, NEW = "9123456789ABC", "03FFFF0302AFE"
NUMBER = "R-2026-000001"


def becomes(person: PilotOperator, role: str) -> None:
    visit = person.app.visit
    visit.portal.administration.set_role(COMPANY, LOGIN, role, "desk")
    visit.portal.searching.companies(visit.signed_in)


def other(person: PilotOperator) -> Session:
    return person.app.visit.portal.signing_in.act_as("Other Telecom", "mmartin", "somebody")


def paper(person: PilotOperator, number: str = NUMBER) -> Paper:
    visit = person.app.visit
    return visit.portal.requests.request(visit.portal.signing_in.at_the_desk("desk"), number)


async def does(person: PilotOperator, deed: str, **answers: str) -> None:
    await person.app.screen.run_action(f"screen.do('request-{deed}')")
    await person.settled()
    await person.fill(**answers)
    await person.app.screen.run_action("screen.next")
    await person.until(lambda: isinstance(person.app.screen, RequestScreen))
    await person.settled()


async def test_the_unknown_is_asked_for_where_it_is_told() -> None:
    async with operator() as person:
        await person.press("f2")
        await person.settled()
        await person.fill(equipment_id=FRESH)
        await person.press("enter")
        await person.until(lambda: "is known here" in person.shown())
        await person.press("tab", "enter")  # “Ask the licence desk to add it …”
        await person.press("enter")  # a new system
        await person.settled()
        runs = person.app.screen.query_one("#change-runs", ChoiceField)
        runs.code = "Aastra 5000 · R5.2"
        await person.fill(change_note="new site")
        await person.press("f8")
        await person.until(lambda: isinstance(person.app.screen, RequestScreen))
        await person.until(lambda: "asked to add the system" in person.status)
        assert paper(person).asked.note == "new site"
        await person.press("f3")
        await person.settled()
        await person.fill(equipment_id=SYSTEM)  # the offer was about what stood there before
        await person.settled()
        assert not person.app.screen.query_one("#unknown-ways").display


async def test_an_operator_asks_for_a_correction_and_withdraws_it() -> None:
    async with operator() as person:
        await person.app.navigation.show_order(f"{SYSTEM}-0001")
        await person.settled()
        assert not person.app.screen.query("#correct")
        await person.app.screen.run_action("screen.ask_to_correct")
        await person.settled()
        await person.fill(change_BHW1090A="2")
        await person.press("f8")
        await person.until(lambda: "Reason is required" in person.status)
        person.app.screen.query_one("#change-reason", ChoiceField).code = "wrong-quantity"
        await person.press("f8")
        await person.until(lambda: isinstance(person.app.screen, RequestScreen))
        await person.until(lambda: "asked to correct the order" in person.status)
        asked = paper(person).asked
        assert isinstance(asked, CorrectionAsked)
        assert asked.meant == {"BHW1090A": "2"}
        await does(person, "withdraw")
        await person.until(lambda: f"{NUMBER} is withdrawn." in person.status)


async def test_at_the_limit_of_moves_the_desk_is_asked() -> None:
    async with operator() as person:
        portal, at = person.app.visit.portal, SYSTEM
        becomes(person, "company-admin")
        session = person.app.visit.signed_in
        for to in ("03FFFF0303014", "03FFFF0303024"):
            said = portal.changing.said(reason="relocation")
            portal.moving.move(session, at, to, said)
            at = to
        change = Move(portal, session, portal.ordering.find_system(session, at))
        await person.app.push_screen(ChangeScreen(person.app, change))
        await person.settled()
        await person.fill(change_new_id=NEW, change_new_id_again=NEW, change_proof="RMA-1")
        person.app.screen.query_one("#change-reason", ChoiceField).code = "failed-hardware"
        await person.press("f8")
        await person.until(lambda: isinstance(person.app.screen, ConfirmDialog))
        await person.app.screen.run_action("screen.answer(True)")
        await person.until(lambda: isinstance(person.app.screen, RequestScreen))
        asked = paper(person).asked
        assert isinstance(asked, MoveAsked)
        assert (asked.to, asked.proof) == (NEW, "RMA-1")


async def test_the_company_that_has_the_system_answers_and_home_says_so() -> None:
    async with operator() as person:
        portal = person.app.visit.portal
        portal.asking.ask_for_transfer(other(person), SYSTEM, "merger")
        becomes(person, "company-admin")
        await person.app.action_home()
        await person.press("f4", "f3")
        await person.until(lambda: "1 request waits for you" in person.shown())
        await person.app.action_requests()
        await person.settled()
        await person.press("enter")
        await person.until(lambda: isinstance(person.app.screen, RequestScreen))
        await person.settled()
        await does(person, "object")
        await person.until(lambda: "your company objects" in person.status)
        content = paper(person).content
        assert isinstance(content, TakeOver)
        assert content.agreed is False


async def test_the_desk_refuses_with_a_reason_and_approves_what_can_be_done() -> None:
    async with operator() as person:
        portal, asker = person.app.visit.portal, other(person)
        portal.asking.ask_for_system(asker, FRESH, "aastra5000", "R5.2")
        portal.asking.ask_for_transfer(asker, "0123456789ABC", "merger")
        becomes(person, "licence-desk")
        await person.app.action_requests()
        await person.settled()
        await person.press("down", "enter")
        await person.until(lambda: "It could not be done now" in person.shown())
        await does(person, "refuse", change_why="nobody knows it")
        await person.until(lambda: "R-2026-000002 is refused." in person.status)
        assert paper(person, "R-2026-000002").why == "nobody knows it"
        assert not person.app.screen.query_one("#request-approve").display
        await person.press("f3")
        await person.until(lambda: isinstance(person.app.screen, RequestsScreen))
        await person.settled()
        assert person.app.screen.query_one(OptionList).option_count == 2
        await person.press("home", "enter")
        await person.until(lambda: isinstance(person.app.screen, RequestScreen))
        await person.settled()
        await person.press("f8", "f8", "f8")  # leads to the button, and does nothing
        await person.settled()
        assert paper(person).state is PaperState.OPEN
        await does(person, "approve")
        await person.until(lambda: f"{NUMBER} is approved and done." in person.status)
        assert paper(person).outcome == FRESH


async def test_a_request_that_was_decided_meanwhile_says_so() -> None:
    async with operator() as person:
        portal = person.app.visit.portal
        portal.asking.ask_for_system(other(person), FRESH, "aastra5000", "R5.2")
        becomes(person, "licence-desk")
        await person.app.action_requests()
        await person.settled()
        await person.press("enter")
        await person.until(lambda: isinstance(person.app.screen, RequestScreen))
        await person.settled()
        portal.requests.refuse(portal.signing_in.at_the_desk("desk"), NUMBER, "no")
        await person.app.screen.run_action("screen.do('request-approve')")
        await person.settled()
        await person.press("f8")
        await person.until(lambda: f"{NUMBER} is refused already." in person.status)
        assert paper(person).state is PaperState.REFUSED
