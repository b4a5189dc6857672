"""So much was probably mistyped: the screen asks before it orders."""

from __future__ import annotations

from tests.tui.driving import PilotOperator, operator
from tui.full_screen.widgets.question import ConfirmDialog


async def asked(person: PilotOperator) -> None:
    """Up to the question."""
    await person.to_reference(BHW1096A="1200")
    await person.fill(order_reference="R 1", licensee="John Smith")
    await person.press("f8")
    await person.until(lambda: person.step == 4)
    await person.app.screen.run_action("screen.confirm")
    await person.until(lambda: isinstance(person.app.screen, ConfirmDialog))
    assert "1,200 × BHW1096A is far above what is usual (1,000 a line)" in person.shown()


async def test_who_goes_back_has_ordered_nothing() -> None:
    async with operator() as person:
        await asked(person)
        await person.press("enter")  # Back has the focus
        await person.until(lambda: not isinstance(person.app.screen, ConfirmDialog))
        assert person.step == 4
        orders = person.app.visit.order_flow.latest_orders(99)
        assert "R 1" not in [order.reference for order in orders]


async def test_who_means_it_orders_it() -> None:
    async with operator() as person:
        await asked(person)
        await person.app.screen.run_action("screen.answer(True)")
        await person.until(lambda: person.step == 5)
