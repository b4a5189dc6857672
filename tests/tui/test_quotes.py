"""Quotes on the screen: saved at step 4, found, ordered, copied, withdrawn."""

from __future__ import annotations

import pytest

from engine.accounts.people import Role
from engine.papers.quotations import Standing
from engine.settings import LANGUAGES, Language
from tests.support.guide import COMPANY, FRESH, LICENSEE, LOGIN, REFERENCE, SYSTEM
from tests.tui.driving import PilotOperator, operator
from tui.full_screen.screens import quotes
from tui.full_screen.screens.quote import QuoteScreen
from tui.full_screen.screens.quote_order import QuoteOrderScreen
from tui.full_screen.screens.quotes import QuotesScreen
from tui.visit.quotes import listed

NUMBER = "Q-2026-000001"


async def save(person: PilotOperator, equipment_id: str = SYSTEM) -> None:
    """The guide's SIP trunks as a quote."""
    await person.to_validation(equipment_id)
    await person.app.screen.run_action("screen.save_quote")
    await person.until(lambda: isinstance(person.app.screen, QuoteScreen))
    await person.settled()


def standing(person: PilotOperator, number: str = NUMBER) -> Standing:
    quotations = person.app.visit.portal.quotations
    return quotations.standing(quotations.quote(person.app.visit.signed_in, number))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_from_step_4_to_the_quote_and_its_order(language: Language) -> None:
    async with operator(language) as person:
        await save(person)
        assert NUMBER in person.status
        page = person.text("#page-text")
        assert REFERENCE in page
        assert max(map(len, page.splitlines())) <= 78
        await person.press("f5")
        assert person.text("#page-text") != page
        await person.app.screen.run_action("screen.order")
        await person.until(lambda: isinstance(person.app.screen, QuoteOrderScreen))
        await person.settled()
        assert LICENSEE in person.text("#page-text")
        await person.app.screen.run_action("screen.confirm")
        await person.until(lambda: f"{SYSTEM}-0002" in person.shown())
        assert standing(person) is Standing.ORDERED
        assert NUMBER in person.text("#order-text")  # the order says where it is from


async def test_what_became_a_quote_is_not_under_way() -> None:
    async with operator() as person:
        await save(person)
        await person.press("escape")
        await person.settled()
        assert person.app.visit.draft is None
        assert not person.app.screen.query_one("#resume").display
        assert person.app.visit.portal.ordering.unfinished(person.app.visit.signed_in) == []


async def test_the_list_is_looked_through_and_opened() -> None:
    async with operator() as person:
        await save(person)
        await save(person, FRESH)
        await person.app.action_quotes()
        await person.settled()
        assert "Q-2026-000002" in person.shown()
        await person.fill(quote_text=SYSTEM[-4:])
        person.app.screen.set_focus(person.app.screen.query_one("#quote-text"))
        await person.press("enter")
        assert "Q-2026-000002" not in person.shown()
        assert NUMBER in person.shown()
        await person.press("enter")
        await person.until(lambda: isinstance(person.app.screen, QuoteScreen))
        await person.press("escape")
        assert isinstance(person.app.screen, QuotesScreen)
        await person.fill(quote_text="nobody")
        person.app.screen.set_focus(person.app.screen.query_one("#quote-text"))
        await person.press("enter")
        assert person.status == "No quote found."


async def test_a_list_that_is_not_whole_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    async with operator() as person:
        await save(person)
        visit = person.app.visit
        visit.portal.quotations.copy(visit.signed_in, NUMBER)
        visit.portal.quotations.copy(visit.signed_in, NUMBER)
        monkeypatch.setattr(
            quotes, "listed", lambda portal, who, text: listed(portal, who, text, 2)
        )
        await person.app.action_quotes()
        await person.settled()
        assert NUMBER not in person.shown()
        assert person.status == "Only the latest 2 quotes are shown: narrow the search."


async def test_a_copy_is_an_order_like_it() -> None:
    async with operator() as person:
        await save(person)
        await person.app.screen.run_action("screen.copy")
        await person.settled()
        await person.fill(equipment_id=FRESH)
        await person.press("f8")
        await person.until(lambda: person.step == 2)
        draft = person.app.visit.draft
        assert draft is not None
        assert (draft.equipment_id, draft.quantities["BHW1095A"]) == (FRESH, "8")
        assert draft.licensee == LICENSEE
        assert NUMBER in person.status


async def test_withdrawing_is_asked_about() -> None:
    async with operator() as person:
        await save(person)
        await person.app.screen.run_action("screen.withdraw")
        await person.until(lambda: "cannot be ordered afterwards" in person.shown())
        await person.press("escape")
        assert standing(person) is Standing.OPEN
        await person.app.screen.run_action("screen.withdraw")
        await person.until(lambda: "cannot be ordered afterwards" in person.shown())
        await person.app.screen.run_action("screen.answer(True)")
        await person.until(lambda: isinstance(person.app.screen, QuoteScreen))
        await person.until(lambda: "is withdrawn" in person.status)
        assert not person.app.screen.query_one("#order-quote").display


async def test_over_the_limit_the_page_says_who_orders() -> None:
    async with operator() as person:
        person.app.visit.portal.administration.set_four_eyes(COMPANY, "500", "desk")
        await person.to_validation()
        await person.app.screen.run_action("screen.confirm")
        await person.until(lambda: "two people are needed" in person.status)
        await person.app.screen.run_action("screen.save_quote")
        await person.until(lambda: isinstance(person.app.screen, QuoteScreen))
        await person.settled()
        assert "somebody else has to order from it" in person.text("#page-text")
        assert not person.app.screen.query_one("#order-quote").display


async def test_an_expired_one_says_so_and_can_be_copied() -> None:
    async with operator() as person:
        await save(person)
        session, portal = person.app.visit.signed_in, person.app.visit.portal
        paper = portal.quotations.quote(session, NUMBER)
        last = paper.quotation.valid_until
        await person.press("escape")
        person.clock.advance(days=(last - person.clock()).days + 1)
        session.seen_at = session.began_at = person.clock()
        await person.app.action_quotes()
        await person.settled()
        assert "expired" in person.shown()
        await person.press("enter")
        await person.until(lambda: "Copy it for the prices of today" in person.text("#page-text"))
        assert person.app.screen.query_one("#copy-quote").display


async def test_the_price_of_the_day_is_shown_before_it_counts() -> None:
    async with operator() as person:
        await save(person)
        await person.app.screen.run_action("screen.order")
        await person.until(lambda: isinstance(person.app.screen, QuoteOrderScreen))
        person.app.visit.portal.administration.set_discount(COMPANY, "50", "desk")
        await person.app.screen.run_action("screen.confirm")
        await person.until(lambda: "the total has changed" in person.shown())
        assert "€480.00" in person.text("#page-text")
        await person.press("escape")
        await person.until(
            lambda: "Ordered today it costs less: €480.00" in person.text("#page-text")
        )
        await person.app.screen.run_action("screen.order")
        await person.until(lambda: isinstance(person.app.screen, QuoteOrderScreen))
        await person.settled()
        await person.app.screen.run_action("screen.confirm")
        await person.until(lambda: standing(person) is Standing.ORDERED)


async def test_somebody_else_was_quicker() -> None:
    async with operator() as person:
        await save(person)
        await person.app.screen.run_action("screen.order")
        await person.until(lambda: isinstance(person.app.screen, QuoteOrderScreen))
        await person.settled()
        portal = person.app.visit.portal
        order = portal.quotations.order(person.app.visit.signed_in, NUMBER).placement.order
        await person.app.screen.run_action("screen.confirm")
        await person.until(lambda: order.number in person.text("#page-text"))
        assert isinstance(person.app.screen, QuoteScreen)
        assert not person.app.screen.query_one("#order-quote").display


@pytest.mark.parametrize("taken", ["role", "hold"])
async def test_what_was_taken_away_between_the_page_and_yes(taken: str) -> None:
    async with operator() as person:
        await save(person)
        await person.app.screen.run_action("screen.order")
        await person.until(lambda: isinstance(person.app.screen, QuoteOrderScreen))
        await person.settled()
        administration = person.app.visit.portal.administration
        if taken == "role":
            administration.set_role(COMPANY, LOGIN, Role.READ.value, "desk")
        else:
            administration.hold(COMPANY, "desk", on_hold=True)
        await person.app.screen.run_action("screen.confirm")
        said = {"role": "does not allow you to order", "hold": "on hold"}[taken]
        await person.until(lambda: said in person.shown())
        assert standing(person) is Standing.OPEN


async def test_a_reference_that_was_used_before_is_said() -> None:
    async with operator() as person:
        await save(person)
        portal, session = person.app.visit.portal, person.app.visit.signed_in
        copy = portal.quotations.copy(session, NUMBER, FRESH)
        order = portal.quotations.order(session, copy.number).placement.order
        await person.press("escape")
        await person.app.navigation.show_quote(NUMBER)
        await person.settled()
        await person.app.screen.run_action("screen.order")
        await person.until(lambda: isinstance(person.app.screen, QuoteOrderScreen))
        await person.settled()
        assert f"was used before: order {order.number}" in person.text("#page-text")


async def test_who_only_reads_reads_quotes() -> None:
    async with operator() as person:
        await save(person)
        await person.press("escape")
        portal = person.app.visit.portal
        portal.administration.set_role(COMPANY, LOGIN, Role.READ.value, "desk")
        await person.app.action_quotes()
        await person.settled()
        await person.press("enter")
        await person.until(lambda: "Licensee" in person.text("#page-text"))
        shown = [
            name
            for name in ("order-quote", "copy-quote", "withdraw", "export")
            if person.app.screen.query_one(f"#{name}").display
        ]
        assert shown == ["export"]
