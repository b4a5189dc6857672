"""An operator at the keyboard: drives the real app through Pilot on demonstration data."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import OptionList, Static

from engine.assembly import Portal, open_demo
from engine.settings import Language, Settings
from tests.support.clock import Clock
from tests.support.guide import COMPANY, LICENSEE, LOGIN, PASSWORD, REFERENCE, SYSTEM
from tui.full_screen.app import PortalApp
from tui.full_screen.widgets.drawn_cells import DrawnCells
from tui.full_screen.widgets.fields import LineInput
from tui.full_screen.widgets.head_and_foot import Foot
from tui.wording.translation import set_language

SIZE = (80, 24)
PATIENCE = 20.0


class PilotOperator:
    """Presses keys and looks at the screen."""

    def __init__(self, app: PortalApp, pilot: Pilot[None], clock: Clock) -> None:
        self.app = app
        self.pilot = pilot
        self.clock = clock

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.settled()

    async def type(self, text: str) -> None:
        """Into the field that has the focus."""
        await self.press(*("space" if character == " " else character for character in text))

    async def fill(self, **texts: str) -> None:
        """Put texts into fields by their ids, as a paste does."""
        for name, text in texts.items():
            self.app.screen.query_one(f"#{name.replace('_', '-')}", LineInput).value = text
        await self.settled()

    async def settled(self) -> None:
        """Until nothing is asked of the engine and nothing waits to be worked off."""
        await self.until(lambda: not getattr(self.app.screen, "asking", False))
        await self.pilot.pause()

    async def until(self, condition: Callable[[], object]) -> None:
        """Until something is so, with a named end to the patience."""
        async with asyncio.timeout(PATIENCE):
            while not condition():
                await self.pilot.pause(0.01)

    async def log_in(self) -> None:
        await self.fill(company=COMPANY, login=LOGIN, password=PASSWORD)
        await self.pilot.click("#sign-in")
        await self.until(lambda: self.app.visit.session is not None)
        await self.settled()

    async def identify(self, equipment_id: str) -> None:
        """A new order for a system, up to its items."""
        await self.press("f2")
        await self.fill(equipment_id=equipment_id)
        await self.press("f8")
        await self.until(lambda: self.step == 2)

    async def to_reference(self, equipment_id: str = SYSTEM, **quantities: str) -> None:
        """An order up to the customer reference."""
        await self.identify(equipment_id)
        await self.choose(**quantities)
        await self.press("f8")
        await self.until(lambda: self.step == 3)

    async def choose(self, **quantities: str) -> None:
        """Items by part number; `on` turns a box."""
        from tui.full_screen.widgets.buttons import TickBox

        for part, text in quantities.items():
            control = self.app.screen.query_one(f"#item-{part}")
            if isinstance(control, TickBox):
                control.turn()
            elif isinstance(control, LineInput):
                control.value = text
        await self.settled()

    async def to_validation(self, equipment_id: str = SYSTEM, **quantities: str) -> None:
        """An order up to the validation."""
        await self.to_reference(equipment_id, **(quantities or {"BHW1095A": "8"}))
        await self.fill(order_reference=REFERENCE, licensee=LICENSEE)
        await self.press("f8")
        await self.until(lambda: self.step == 4)

    async def confirm(self) -> None:
        await self.app.screen.run_action("screen.confirm")
        await self.until(lambda: self.step == 5)

    @property
    def step(self) -> int:
        """The step of the order that is shown, 5 for the deliverables."""
        from textual.widgets import ContentSwitcher

        switchers = self.app.screen.query(ContentSwitcher)
        return int((switchers.first().current or "step-0")[-1]) if switchers else 0

    @property
    def status(self) -> str:
        """The message of the foot."""
        return self.app.screen.query_one(Foot).message

    def text(self, selector: str) -> str:
        """What a widget says."""
        return str(self.app.screen.query_one(selector, Static).visual)

    def shown(self) -> str:
        """Everything that the screen says, in its order."""
        return "\n".join(
            _said(widget)
            for widget in self.app.screen.query(Widget)
            if isinstance(widget, Static | DrawnCells | OptionList)
            and widget.display
            and all(node.display for node in _parents(widget))
        )


def _said(widget: Static | DrawnCells | OptionList) -> str:
    if isinstance(widget, OptionList):
        return "\n".join(str(option.prompt) for option in widget.options)
    return str(widget.visual if isinstance(widget, Static) else widget.render())


def _parents(widget: Widget) -> list[Widget]:
    return [node for node in widget.ancestors if isinstance(node, Widget)]


def demo_portal(clock: Clock, language: Language = "en") -> Portal:
    """The demonstration, with a clock that stands."""
    return open_demo(Settings(store="", language=language), clock)


@asynccontextmanager
async def operator(
    language: Language = "en", *, signed_in: bool = True, size: tuple[int, int] = SIZE
) -> AsyncIterator[PilotOperator]:
    """The portal on demonstration data, opened for one test."""
    clock = Clock()
    set_language(language)
    app = PortalApp(demo_portal(clock, language))
    async with app.run_test(size=size) as pilot:
        person = PilotOperator(app, pilot, clock)
        await person.settled()
        if signed_in:
            await person.log_in()
        yield person
    app.visit.portal.close()
