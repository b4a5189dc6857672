"""A new order, from the Equipment ID to the keycode (guide, Order Process).

One screen, whose steps change places: going back and forth is free until the confirmation, and
the order under way (`tui.visit.order_flow`) always holds what stands in the fields.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from msgspec.structs import replace
from textual import on
from textual.widget import Widget

from engine.errors import DraftPlaced, OrderRefused, PortalError
from engine.licences.order import Address, Draft
from engine.ports import Placement
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
from tui.full_screen.screens.keycode import show_keycode
from tui.full_screen.screens.order.deliverables import DeliverablesStep
from tui.full_screen.screens.order.identify import IdStep
from tui.full_screen.screens.order.items import ItemsStep
from tui.full_screen.screens.order.reference import ReferenceStep
from tui.full_screen.screens.order.step import OrderStep
from tui.full_screen.screens.order.validation import ValidationStep
from tui.full_screen.widgets.buttons import PushButton
from tui.full_screen.widgets.containers import Row, Switcher
from tui.full_screen.widgets.deliberate_button import DeliberateButton
from tui.full_screen.widgets.head_and_foot import Foot
from tui.full_screen.widgets.question import ConfirmDialog
from tui.full_screen.widgets.steps import StepHeader
from tui.full_screen.widgets.text import Words
from tui.visit.order_flow import (
    DELIVERABLES,
    ID,
    ITEMS,
    REFERENCE,
    VALIDATION,
    Found,
    Review,
    step_of,
)
from tui.visit.visit import Visit
from tui.wording.order import identity, what_is_dropped
from tui.wording.translation import N_, _

_KEYS_AT_THE_END = (GUIDE, NEW_ORDER, BACK, LANGUAGE, KEYCODE, LOG_OUT)


class OrderScreen(PortalScreen):
    """The four steps and the deliverables."""

    TITLE_WORDS = N_("Order a keycode")
    KEYS: ClassVar[tuple[Command, ...]] = (GUIDE, BACK, LANGUAGE, PREVIOUS, NEXT, LOG_OUT)

    def __init__(self, visit: Visit, *, resume: Draft | None = None) -> None:
        super().__init__(visit)
        self._flow = visit.order_flow
        self._resume = resume
        self._step = ID
        self._found: Found | None = None
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
        if (draft := self._resume) is not None:
            self._id_step.text = draft.equipment_id
            flow = self._flow
            self.ask(lambda: flow.resume(draft), self._resumed, self._id_step.say_error)

    async def _resumed(self, answer: tuple[Found, Draft]) -> None:
        found, draft = answer
        self._flow.open(draft, aside=True)
        await self._show(found, draft.step)

    # The order under way

    def moment(self) -> object:
        """An answer about an order, or for a step, that has changed since is dropped."""
        return super().moment(), self._step, self._flow.draft

    async def _show(self, found: Found, then: int) -> None:
        """Show the order under way, of that system, at step `then`."""
        self._found, draft = found, self._flow.now
        self._reference.show(draft)
        await self._items.show(found, draft.quantities)
        self.go(min(max(then, ITEMS), REFERENCE))
        if then == VALIDATION:
            self._review()

    def leave(self) -> None:
        """Whatever stands in the fields stays in the order under way."""
        self._read()
        self._keep()

    @on(OrderStep.Changed)
    def _something_typed(self) -> None:
        if not self.is_open:
            return
        before = self._flow.draft
        self._read()
        self.query_one("#total", Words).relabel()
        # Fields that are filled by the portal say so too: an error is not about that.
        if self._flow.draft != before and self.query_one(Foot).says_error:
            self.hush()
            self.watch_focused(self.focused)

    def _read(self) -> None:
        """Take what stands in the fields that are shown."""
        draft = self._flow.draft
        if draft is None or self._step not in (ITEMS, REFERENCE):
            return
        draft = replace(draft, quantities=self._items.quantities(), step=self._step)
        self._flow.take(self._reference.read(draft))

    def _keep(self) -> None:
        """Write the draft down at every step, so that not even a power cut loses more than one."""
        self.run_worker(self._flow.keep, thread=True, group="draft", exclusive=True)

    def _identity(self) -> str:
        return identity(self._found.system, self._found.product) if self._found else ""

    def _total(self) -> str:
        return _("Total: {amount}").format(amount=self._items.total())

    def watch_focused(self, focused: Widget | None) -> None:
        """Say what the item under the cursor unlocks, in the same frame that moves the cursor."""
        if focused is None or self._step != ITEMS:
            return
        if hint := self._items.hint(focused):
            self.hint(hint)

    # Going back and forth

    def action_next(self) -> None:
        """F8: the next step, when this one is right."""
        self._read()
        match self._step:
            case 1:
                self._identify()
            case 2:
                flow, draft = self._flow, self._flow.now
                self.ask(
                    lambda: flow.check_items(draft),
                    lambda _quote: self.go(REFERENCE),
                    self._say_wrong,
                )
            case 3:
                self._review()
            case 4:  # nothing is ordered but by the button
                self.say(lambda: _("To place the order, choose “YES, I confirm this order”."))
                self.set_focus(self.query_one("#confirm"))

    def action_previous(self) -> None:
        """F7: the step before; nothing is lost."""
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

    # Step 1

    def _identify(self) -> None:
        flow, typed = self._flow, self._id_step.text
        self.ask(lambda: flow.look(typed), self._identified, self._id_step.say_error)

    async def _identified(self, found: Found) -> None:
        """Another ID after items were chosen: say first what it drops."""
        old, new = self._flow.draft, self._flow.successor(found)
        if old is None or not self._flow.drops(new):
            await self._go_on_with(found, new)
            return
        under_way = old

        async def answered(drop: bool | None) -> None:
            if drop and self._flow.draft == under_way:
                await self._go_on_with(found, new)
            else:
                self._id_step.text = under_way.equipment_id
                self._id_step.focus_first()

        dialog = ConfirmDialog(
            lambda: what_is_dropped(under_way, new), lambda: _("Discard and continue")
        )
        self.app.push_screen(dialog, answered)

    async def _go_on_with(self, found: Found, draft: Draft) -> None:
        self._flow.open(draft)
        await self._show(found, ITEMS)

    # Step 3

    def action_take_over(self) -> None:
        """Licensee and address of the company's last order, on request."""
        self.ask(self._flow.last_address, self._take_over)

    def _take_over(self, last: tuple[str, Address] | None) -> None:
        if last is None:
            self.say(lambda: _("Your company has no earlier order."))
        else:
            self._reference.fill_in(*last)
            self.say(lambda: _("Copied from the last order: check licensee and address."))

    def _review(self, then: PortalError | None = None) -> None:
        """To the validation, when everything about the order is right; `then` is said there."""
        flow, draft = self._flow, self._flow.now
        self.ask(lambda: flow.review(draft), partial(self._validate, then), self._say_wrong)

    def _validate(self, then: PortalError | None, review: Review) -> None:
        self._flow.take(review.draft)
        self._reference.show(review.draft)
        self.go(VALIDATION)
        self._validation.show(review)
        if then is not None:
            self.say_error(then)
        else:
            self.say(lambda: _("PageDown: read on. F8: go to “YES, I confirm this order”."))

    def _say_wrong(self, error: PortalError) -> None:
        """Go to the step that has the first problem, with every problem at its field."""
        if isinstance(error, OrderRefused):
            self.go(step_of(error, self._step))
            items, reference = self._items, self._reference
            for step in (reference, items) if self._step == ITEMS else (items, reference):
                step.say_problems(error.problems)
            if len(error.problems) == 1:
                error = error.problems[0].error
        self.say_error(error)

    # Step 4

    def action_confirm(self) -> None:
        """Place what stands on the page. However often this is asked, one draft is one order;
        until it is answered, nobody leaves."""
        flow, review = self._flow, self._validation.shown
        if self._step == VALIDATION and review is not None:
            self.ask(
                lambda: flow.place(review),
                partial(self._placed, review),
                self._not_placed,
                hold=True,
            )

    def _placed(self, review: Review, placement: Placement) -> None:
        self._flow.placed(review)
        self.go(DELIVERABLES)
        product, system = review.quote.product, review.quote.system
        self._deliverables.show(placement.order, product, system, already=placement.already)

    def _not_placed(self, error: PortalError) -> None:
        if isinstance(error, DraftPlaced):
            self._flow.renew()
            self._review(error)
        elif isinstance(error, OrderRefused):  # somebody else ordered meanwhile: look again
            flow, typed = self._flow, self._flow.now.equipment_id
            self.ask(lambda: flow.look(typed), partial(self._no_longer_fits, error))
        else:
            self.say_error(error)

    async def _no_longer_fits(self, error: PortalError, found: Found) -> None:
        """Show what the system has now, and what of the order is too much."""
        await self._show(found, ITEMS)
        self._say_wrong(error)

    # Deliverables

    def action_export(self) -> None:
        """Export .txt file: the deliverables, in the language of now."""
        if (order := self._deliverables.order) is not None:
            session, exporting = self.visit.signed_in, self.visit.portal.exporting
            text = self._deliverables.text()
            self.ask(lambda: exporting.export(session, order, text), self._exported)

    def _exported(self, path: str) -> None:
        self.say(lambda: _("Exported: {path}").format(path=path))

    def action_keycode(self) -> None:
        """F9: the keycode, or one of the function keycodes, for telephone and camera."""
        show_keycode(self, self._deliverables.codes())

    async def action_another(self) -> None:
        """A new order, from the start."""
        await self.portal_app.go_to(OrderScreen(self.visit))
