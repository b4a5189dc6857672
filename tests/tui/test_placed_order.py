"""Looking at an order again, and ordering the same once more."""

from __future__ import annotations

from textual.widgets import OptionList

from tests.support.guide import FRESH, SYSTEM
from tests.tui.driving import PilotOperator, operator
from tui.full_screen.screens.home import HomeScreen


async def open_first(person: PilotOperator) -> None:
    """The latest order in the list of Home: one key."""
    await person.until(lambda: "2008-0814" in listed(person))
    await person.press("1")
    await person.until(lambda: "Order again" in person.shown())


def listed(person: PilotOperator) -> str:
    options = person.app.screen.query_one("#latest-orders", OptionList).options
    return "\n".join(str(option.prompt) for option in options)


async def test_one_key_shows_what_an_earlier_order_contained() -> None:
    async with operator() as person:
        await open_first(person)
        page = person.text("#order-text")
        for said in ("BHW1090A", "i2052 CTI", "€475.00", "€1,005.00", "2008-0814", "jsmith"):
            assert said in page
        await person.press("f3")
        assert isinstance(person.app.screen, HomeScreen)


async def test_a_keycode_that_was_replaced_is_not_offered_as_the_one_to_enter() -> None:
    async with operator() as person:
        await person.to_validation(SYSTEM, BHW1095A="8")
        await person.confirm()
        await person.press("f3")
        await person.until(lambda: "2125469-65891" in listed(person))
        await person.press("2")
        await person.until(lambda: "Order again" in person.shown())
        assert "A later order has replaced its keycode" in person.shown()
        await person.press("f3")
        await person.until(lambda: isinstance(person.app.screen, HomeScreen))
        await person.press("1")
        await person.until(lambda: "Order again" in person.shown())
        assert "replaced" not in person.shown()


async def test_the_same_again_for_another_system() -> None:
    async with operator() as person:
        await open_first(person)
        await person.app.screen.run_action("screen.again")
        await person.until(lambda: person.step == 1)
        await person.fill(equipment_id=FRESH)
        await person.press("f8")
        await person.until(lambda: person.step == 2)
        draft = person.app.visit.order_flow.now
        assert draft.equipment_id == FRESH
        assert draft.quantities == {"BHW1090A": "5", "BHW1092A": "1", "BHW1096A": "5"}
        assert (draft.licensee, draft.reference) == ("Hôtel de Valbrune", "")
        assert f"Items, licensee and address are those of {SYSTEM}-0001" in person.status


async def test_what_cannot_be_ordered_again_is_named() -> None:
    async with operator() as person:
        await person.to_validation(SYSTEM, BHW1065A="on", BHW1095A="8")
        await person.confirm()
        await person.press("f3")
        await person.until(lambda: "2125469-65891" in listed(person))
        await person.press("1")
        await person.until(lambda: "Order again" in person.shown())
        await person.app.screen.run_action("screen.again")
        await person.until(lambda: person.step == 1)
        await person.press("f8")
        await person.until(lambda: person.step == 2)
        assert person.app.visit.order_flow.now.quantities == {"BHW1095A": "8"}
        assert "Not copied: Hospitality." in person.status
