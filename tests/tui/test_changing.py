"""A system is upgraded and an order corrected, on the screens."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from textual.widgets import Static

from engine.licences.order import Order
from engine.licences.system import System
from engine.settings import LANGUAGES, Language
from tests.support.guide import EARLIER, SYSTEM
from tests.tui.driving import PilotOperator, operator
from tui.full_screen.screens.change import ChangeScreen
from tui.full_screen.screens.placed_order import PlacedOrderScreen
from tui.full_screen.widgets.choice_field import LONGEST, ChoiceField
from tui.full_screen.widgets.deliberate_button import SETTLE_SECONDS
from tui.wording.kinds import REASONS, reason_name
from tui.wording.tables import cells
from tui.wording.translation import set_language


def system_of(person: PilotOperator) -> System:
    visit = person.app.visit
    return visit.portal.searching.by_equipment_id(visit.signed_in, SYSTEM).system


def latest(person: PilotOperator) -> Order:
    return system_of(person).orders[-1]


async def to_change(person: PilotOperator) -> None:
    """From anywhere to the questions of the upgrade."""
    await person.press("f4")
    await person.fill(equipment_id=SYSTEM)
    await person.press("enter")
    await person.settled()
    await person.pilot.click("#change-this")
    await person.until(lambda: isinstance(person.app.screen, ChangeScreen))
    await person.settled()


async def confirm(person: PilotOperator) -> None:
    """The button, looked at for long enough."""
    await person.press("f8")
    await person.pilot.pause(SETTLE_SECONDS + 0.1)
    await person.press("enter")
    await person.until(lambda: isinstance(person.app.screen, PlacedOrderScreen))
    await person.until(lambda: "03FFFF" in person.text("#order-text"))


def page(person: PilotOperator) -> str:
    return str(person.app.screen.query_one("#change-text", Static).visual)


async def test_a_system_is_upgraded_and_both_keycodes_are_shown() -> None:
    async with operator() as person:
        old = latest(person).keycode or ""
        await to_change(person)
        await person.fill(change_order_reference="4711")
        await person.press("f8")
        await person.settled()
        assert "R5.1 → R5.2" in page(person)
        assert "€350.00" in page(person)
        assert len(system_of(person).orders) == 1  # F8 does nothing
        await confirm(person)
        assert (system_of(person).release, system_of(person).inventory) == ("R5.2", EARLIER)
        shown = person.text("#order-text")
        for said in ("Release upgrade", "4711", "jsmith"):
            assert said in shown
        assert old in shown.replace(" ", "")
        assert not person.app.screen.query_one("#again").display


async def test_the_questions_keep_what_was_typed_and_back_leads_where_one_came_from() -> None:
    async with operator() as person:
        await to_change(person)
        await person.fill(change_order_reference="4711")
        await person.press("f8")
        await person.settled()
        await person.press("f7")
        await person.settled()
        line = person.app.screen.query_one("#change-order-reference")
        assert getattr(line, "value") == "4711"  # noqa: B009  # a widget of any kind
        await person.press("f3")
        await person.settled()
        assert "Search result" in person.shown()
        assert len(system_of(person).orders) == 1


async def test_a_reference_that_is_too_long_is_told_at_its_field() -> None:
    async with operator() as person:
        await to_change(person)
        await person.fill(change_order_reference="x" * 41)
        await person.press("f8")
        await person.until(lambda: "41" in person.shown())
        assert "R5.1 → R5.2" not in person.shown()
        assert len(system_of(person).orders) == 1


async def test_what_somebody_else_did_meanwhile_counts() -> None:
    async with operator() as person:
        await to_change(person)
        await person.press("f8")
        await person.settled()
        visit = person.app.visit
        changing = visit.portal.changing
        changing.upgrade(visit.signed_in, SYSTEM, "R5.2", changing.said())
        await confirm(person)  # it is shown as done, and was done once
        assert len(system_of(person).orders) == 2


async def test_a_system_that_runs_the_last_release_has_nothing_to_change() -> None:
    async with operator() as person:
        visit = person.app.visit
        changing = visit.portal.changing
        changing.upgrade(visit.signed_in, SYSTEM, "R5.2", changing.said())
        await person.press("f4")
        await person.fill(equipment_id=SYSTEM)
        await person.press("enter")
        await person.settled()
        await person.pilot.click("#change-this")
        await person.settled()
        assert "nothing that you could change" in person.shown()


async def test_a_system_moves_to_other_hardware() -> None:
    async with operator() as person:
        visit = person.app.visit
        visit.portal.administration.set_role("Demo Telecom", "jsmith", "company-admin", "test")
        await to_move(person)
        await person.fill(change_new_id="03FFFF0302AD5", change_new_id_again="03FFFF0302AD6")
        await person.press("f8")
        await person.settled()
        assert "Reason is required" in person.shown()
        person.app.screen.query_one("#change-reason", ChoiceField).code = "failed-hardware"
        await person.press("f8")
        await person.until(lambda: "not typed the same twice" in person.shown())
        await person.fill(change_new_id="03FFFF", change_new_id_again="03FFFF")
        await person.press("f8")
        await person.until(lambda: "7 digits of 13 are missing" in person.shown())
        await person.fill(change_new_id="03FFFF0302AD5", change_new_id_again="03ffff-0302ad5")
        await person.press("f8")
        await person.settled()
        assert "nearly 03FFFF0302AD4" in page(person)
        await confirm(person)
        assert "Moved from" in person.text("#order-text")
        await person.pilot.click("#prove")
        await person.until(lambda: isinstance(person.app.screen, ChangeScreen))
        await person.settled()
        await person.press("f8")
        await person.until(lambda: "Proof is required" in person.shown())
        await person.fill(change_proof="RMA-7")
        await person.press("f8")
        await person.until(lambda: isinstance(person.app.screen, PlacedOrderScreen))
        await person.until(lambda: "RMA-7" in person.text("#order-text"))
        assert system_of(person).moved_to == "03FFFF0302AD5"
        await person.press("f2")
        await person.fill(equipment_id=SYSTEM)
        await person.press("f8")
        await person.until(lambda: "what it had is in 03FFFF0302AD5 now" in person.shown())


async def to_move(person: PilotOperator, downs: int = 1) -> None:
    """From anywhere to the questions of the move, or of a change further down."""
    await person.press("f4")
    await person.fill(equipment_id=SYSTEM)
    await person.press("enter")
    await person.settled()
    await person.pilot.click("#change-this")
    await person.settled()
    await person.press(*["down"] * downs, "enter")
    await person.until(lambda: isinstance(person.app.screen, ChangeScreen))
    await person.settled()


async def test_the_licence_desk_gives_a_system_to_another_company() -> None:
    async with operator() as person:
        visit = person.app.visit
        visit.portal.administration.set_role("Demo Telecom", "jsmith", "licence-desk", "test")
        await to_move(person, downs=2)
        person.app.screen.query_one("#change-reason", ChoiceField).code = "reseller-change"
        await person.fill(change_company="Other Telecon")
        await person.press("f8")
        await person.until(lambda: "Did you mean “Other Telecom”" in person.shown())
        await person.fill(change_company="other telecom")
        await person.press("f8")
        await person.settled()
        assert "New company   Other Telecom" in page(person)
        await confirm(person)
        assert "change of reseller" in person.text("#order-text")
        await person.press("f4")
        await person.fill(equipment_id=SYSTEM)
        await person.press("enter")
        await person.settled()
        assert "Earlier keycode" not in person.text("#found-text")  # it has the one of before
        visit.portal.administration.set_role("Demo Telecom", "jsmith", "order", "test")
        await person.press("f2")
        await person.fill(equipment_id=SYSTEM)
        await person.press("f8")
        await person.until(lambda: "went to another company on" in person.shown())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_fits_its_field(language: Language) -> None:
    set_language(language)
    assert [name for code in REASONS if cells(name := reason_name(code)) > LONGEST] == []


async def test_an_order_with_more_items_than_lines_is_corrected_by_name() -> None:
    async with operator() as person:
        visit = person.app.visit
        portal, session = visit.portal, visit.signed_in
        portal.administration.set_role("Demo Telecom", "jsmith", "licence-desk", "test")
        system = portal.ordering.find_system(session, "03FFFF0302B17")
        named = ("BHW1064A", "BHW1067A")  # Extended ACD brings what these do
        parts = [c.item.part for c in portal.ordering.choices(system) if c.item.part not in named]
        draft = replace(
            portal.ordering.new_draft(system),
            quantities=dict.fromkeys(parts, "1"),
            reference="all",
            licensee="Smith",
        )
        order = portal.ordering.place(session, draft).order
        await person.app.navigation.show_order(order.number)
        await person.until(lambda: "Smith" in person.text("#order-text"))
        await person.pilot.click("#correct")
        await person.until(lambda: isinstance(person.app.screen, ChangeScreen))
        await person.settled()
        assert "Voice RTP encryption" in person.shown()
        await person.press(*["tab"] * (len(parts) + 2))  # items, reason, note
        assert person.app.focused is person.app.screen.query_one("#change-next")
        await person.settled()
        assert "Next >>" in person.shown()
