"""A new order, from the Equipment ID to the keycode (guide, Order Process).

One screen, whose steps change places: going back and forth is free until the confirmation, and
`visit.draft` always holds what stands in the fields.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from msgspec.structs import replace
from textual import on
from textual.widget import Widget

from engine.errors import OrderRefused, PortalError
from engine.licences.order import Draft, Order
from engine.licences.quote import Quote
from engine.licences.system import System
from engine.ports import Placement
from engine.services.ordering import Ordering
from tui.full_screen.keymap import (
    BACK,
    GUIDE,
    KEYCODE,
    LANGUAGE,
    LOG_OUT,
    NEW_ORDER,
    NEXT,
    PREVIOUS,
    Command,
)
from tui.full_screen.screens.asking import PortalScreen
from tui.full_screen.screens.order.deliverables import DeliverablesStep
from tui.full_screen.screens.order.identify import Found, IdStep
from tui.full_screen.screens.order.items import ItemsStep
from tui.full_screen.screens.order.reference import ReferenceStep
from tui.full_screen.screens.order.step import (
    DELIVERABLES,
    ID,
    ITEMS,
    REFERENCE,
    VALIDATION,
    OrderStep,
)
from tui.full_screen.screens.order.validation import ValidationStep
from tui.full_screen.widgets.buttons import PushButton
from tui.full_screen.widgets.containers import Row, Switcher
from tui.full_screen.widgets.deliberate_button import DeliberateButton
from tui.full_screen.widgets.head_and_foot import Foot
from tui.full_screen.widgets.steps import StepHeader
from tui.full_screen.widgets.text import Words
from tui.visit.visit import Visit
from tui.wording.order import identity
from tui.wording.translation import N_, _

_KEYS_AT_THE_END = (GUIDE, NEW_ORDER, BACK, LANGUAGE, KEYCODE, LOG_OUT)


class OrderScreen(PortalScreen):
    """The four steps and the deliverables."""

    TITLE_WORDS = N_("Order a keycode")
    KEYS: ClassVar[tuple[Command, ...]] = (GUIDE, BACK, LANGUAGE, PREVIOUS, NEXT, LOG_OUT)

    def __init__(self, visit: Visit, *, resume: bool = False) -> None:
        super().__init__(visit)
        self._resume = resume
        self._step = ID
        self._system: System | None = None
        self._id_step, self._items, self._reference = IdStep(), ItemsStep(), ReferenceStep()
        self._validation, self._deliverables = ValidationStep(), DeliverablesStep()
        steps = (self._id_step, self._items, self._reference, self._validation, self._deliverables)
        self._steps: dict[int, OrderStep] = {step.NUMBER: step for step in steps}

    @property
    def guide_page(self) -> str:
        """Of the step that is shown."""
        return self._steps[self._step].GUIDE_PAGE

    @property
    def keys(self) -> tuple[Command, ...]:
        """Where there is a keycode, the key to show it; before the first step there is none."""
        if self._step == DELIVERABLES:
            return _KEYS_AT_THE_END
        return tuple(c for c in self.KEYS if c is not PREVIOUS or self._step > ID)

    @property
    def finished(self) -> bool:
        """The order is placed: another one would be new."""
        return self._step == DELIVERABLES

    def body(self) -> Iterable[Widget]:
        """Step header, the steps, and the way on."""
        yield StepHeader()
        yield Words(self._identity, id="identity")
        with Switcher(initial="step-1"):
            yield from self._steps.values()
        with Row(id="ways"):
            yield PushButton(lambda: _("<< Previous"), "screen.previous", id="previous")
            yield PushButton(lambda: _("Next >>"), "screen.next", id="next")
            yield DeliberateButton(
                lambda: _("YES, I confirm this order"), "screen.confirm", id="confirm"
            )
            yield Words(self._total, id="total")

    def on_mount(self) -> None:
        """Begin, or go on where the order was left."""
        self.go(ID)
        draft = self.visit.draft
        if self._resume and draft is not None:
            self._id_step.find(draft.equipment_id, draft.step)

    # The order under way

    @property
    def draft(self) -> Draft:
        """There is one from step 2 on."""
        assert self.visit.draft is not None, "asked for only then"
        return self.visit.draft

    @property
    def ordering(self) -> Ordering:
        """The service that the steps ask."""
        return self.visit.portal.ordering

    async def open(self, found: Found, draft: Draft, then: int) -> None:
        """Go on with this draft of this system, at step `then`."""
        self._system, self.visit.draft = found.system, draft
        self._reference.show(draft)
        product = self.ordering.product(found.system)
        await self._items.show(found.system, product, found.choices, draft.quantities)
        self.go(min(max(then, ITEMS), REFERENCE))
        if then == VALIDATION:
            self._reference.go_on()

    def leave(self) -> None:
        """Whatever stands in the fields stays in the order under way."""
        self._read()
        self._keep()

    @on(ItemsStep.Changed)
    @on(ReferenceStep.Changed)
    def _something_typed(self) -> None:
        before = self.visit.draft
        self._read()
        self.query_one("#total", Words).relabel()
        # Fields that are filled by the portal say so too: an error is not about that.
        if self.visit.draft != before and self.query_one(Foot).says_error:
            self.hush()
            self.watch_focused(self.focused)

    def _read(self) -> None:
        """Take what stands in the fields into the draft."""
        if self.visit.draft is not None and self._system is not None and self._step < DELIVERABLES:
            draft = self._reference.read(self.visit.draft)
            quantities = self._items.quantities()
            self.visit.draft = replace(draft, quantities=quantities, step=max(self._step, ITEMS))

    def _keep(self) -> None:
        """Write the draft down at every step, so that not even a power cut loses more than one."""
        if self.visit.draft is not None:
            self.run_worker(self.visit.keep_draft, thread=True, group="draft", exclusive=True)

    def _identity(self) -> str:
        if self._system is None:
            return ""
        return identity(self._system, self.ordering.product(self._system))

    def _total(self) -> str:
        return _("Total: {amount}").format(amount=self._items.total())

    def watch_focused(self, focused: Widget | None) -> None:
        """Say what the item under the cursor unlocks, in the same frame that moves the cursor."""
        if focused is None or self._step != ITEMS:
            return
        if hint := self._items.hint(focused):
            self.say(hint)

    # Going back and forth

    def action_next(self) -> None:
        """F8: the next step, when this one is right."""
        self._read()
        self._steps[self._step].go_on()

    def action_previous(self) -> None:
        """F7: the step before; nothing is lost."""
        self._read()
        if ID < self._step < DELIVERABLES:
            self.go(self._step - 1)

    async def action_back(self) -> None:
        """F3, Esc: the step before, and from the first one home, with the order kept."""
        if ID < self._step < DELIVERABLES:
            self.action_previous()
        else:
            await super().action_back()

    def main_action(self) -> None:
        """Enter in the last field."""
        self.action_next()

    def go(self, step: int) -> None:
        """Show a step."""
        self._read()
        self.hush()
        self._step = step
        self.query_one(Switcher).current = f"step-{step}"
        self.query_one(StepHeader).current = step
        for name, there in {
            "previous": ID < step < DELIVERABLES,
            "next": step < VALIDATION,
            "confirm": step == VALIDATION,
            "total": step == ITEMS,
            "ways": step < DELIVERABLES,
            "identity": step in (ITEMS, REFERENCE),
        }.items():
            self.query_one(f"#{name}").display = there
        for name in ("identity", "total"):
            self.query_one(f"#{name}", Words).relabel()
        self.name_keys()
        self._read()
        self._keep()
        self._steps[step].focus_first()

    def validate(self, answer: tuple[Draft, Quote, Order | None]) -> None:
        """To the validation, with a draft that is right; an earlier order has its reference."""
        draft, quote, earlier = answer
        self.visit.draft = draft
        self._reference.show(draft)
        self.go(VALIDATION)
        self._validation.show(draft, quote, earlier)
        self.say(lambda: _("PageDown: read on. F8: go to “YES, I confirm this order”."))

    def say_wrong(self, error: PortalError) -> None:
        """Go to the step that has the first problem, with every problem at its field."""
        if isinstance(error, OrderRefused):
            items, reference = self._items, self._reference
            at_items = any(items.has(problem.field) for problem in error.problems)
            self.go(ITEMS if at_items or self._step == ITEMS else REFERENCE)
            for step in (reference, items) if self._step == ITEMS else (items, reference):
                step.say_problems(error.problems)
            if len(error.problems) == 1:
                error = error.problems[0].error
        self.say_error(error)

    def action_take_over(self) -> None:
        """Licensee and address of the company's last order, on request."""
        self._reference.take_over()

    # Step 4

    def action_confirm(self) -> None:
        """Place the order. However often this is asked, one draft is one order."""
        session, draft, ordering = self.visit.signed_in, self.draft, self.ordering
        self.ask(lambda: ordering.place(session, draft), self._placed, self._not_placed)

    def _placed(self, placement: Placement) -> None:
        assert self._system is not None, "found in the first step"
        self.visit.draft = None
        self.go(DELIVERABLES)
        product = self.ordering.product(self._system)
        self._deliverables.show(placement.order, product, self._system, already=placement.already)

    def _not_placed(self, error: PortalError) -> None:
        """Somebody else ordered meanwhile and it no longer fits: show what the system has now."""
        if isinstance(error, OrderRefused):
            self._id_step.find(self.draft.equipment_id, ITEMS, partial(self.say_wrong, error))
        else:
            self.say_error(error)

    # Deliverables

    def action_export(self) -> None:
        """Export .txt file."""
        self._deliverables.export()

    def action_keycode(self) -> None:
        """F9: show and copy the keycode."""
        self._deliverables.show_keycode()

    async def action_another(self) -> None:
        """A new order, from the start."""
        await self.portal_app.go_to(OrderScreen(self.visit))
