"""`/` on the items: several of them on one line."""

from __future__ import annotations

from textual.events import Paste

from tests.tui.driving import PilotOperator, operator
from tui.full_screen.screens.order.quick_entry import QuickEntryDialog
from tui.full_screen.widgets.fields import LineInput


def quantity(person: PilotOperator, part: str) -> str:
    return person.app.screen.query_one(f"#item-{part}", LineInput).value


async def opened(person: PilotOperator) -> LineInput:
    """The line, over the guide's system."""
    await person.identify("03FFFF0302AD4")
    await person.press("slash")
    await person.until(lambda: isinstance(person.app.screen, QuickEntryDialog))
    return person.app.screen.query_one("#quick-line", LineInput)


async def test_one_line_is_the_whole_order_of_the_guide() -> None:
    async with operator() as person:
        await opened(person)
        await person.type("1063 1095 8 1087 57")
        await person.press("enter")
        await person.until(lambda: person.status == "3 items taken.")
        assert (quantity(person, "BHW1095A"), quantity(person, "BHW1087A")) == ("8", "57")
        assert "€6,195.00" in person.shown()
        draft = person.app.visit.draft
        assert draft is not None
        assert draft.quantities == {"BHW1063A": "1", "BHW1095A": "8", "BHW1087A": "57"}


async def test_two_columns_with_rubbish_in_between() -> None:
    async with operator() as person:
        line = await opened(person)
        line.post_message(Paste("Part\tQty\nBHW1095A\t8\nno such thing\t3\nBHW1087A\t57\n"))
        await person.settled()
        await person.press("enter")
        expected = "! 2 items taken. Not understood: Part Qty, no such thing 3."
        await person.until(lambda: person.status == expected)
        assert (quantity(person, "BHW1095A"), quantity(person, "BHW1087A")) == ("8", "57")


async def test_who_takes_it_back_has_changed_nothing() -> None:
    async with operator() as person:
        await opened(person)
        await person.type("1095 8")
        await person.press("escape")
        assert quantity(person, "BHW1095A") == ""


async def test_elsewhere_a_slash_is_a_character() -> None:
    async with operator() as person:
        await person.to_reference(BHW1095A="8")
        await person.press("7", "slash", "8")
        assert person.app.screen.query_one("#order-reference", LineInput).value == "7/8"


async def test_part_numbers_are_shown() -> None:
    async with operator() as person:
        await person.identify("03FFFF0302AD4")
        assert "1095 SIP trunk" in person.shown()
        assert "BHW1063A · Unlocks" in person.shown()
