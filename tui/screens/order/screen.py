"""A new order, from the Equipment ID to the keycode (guide, Order Process).

One screen, whose steps change places: going back and forth is free until the confirmation, and
`visit.draft` always holds what stands in the fields.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from msgspec.structs import replace
from textual import on
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import ContentSwitcher

from engine.errors import OrderRefused, OutcomeUnknown, PortalError
from engine.orders import Address, Draft, Order
from engine.services.ordering import ItemChoice, Quote
from engine.services.ports import Placement
from engine.systems import System
from tui.i18n import N_, _
from tui.keymap import BACK, GUIDE, LANGUAGE, LOG_OUT, NEXT, PREVIOUS, Command
from tui.screens.base import PortalScreen
from tui.screens.order.deliverables import DeliverablesStep
from tui.screens.order.identify import IdStep
from tui.screens.order.items import ItemsStep
from tui.screens.order.reference import ReferenceStep
from tui.screens.order.validation import ValidationStep
from tui.session import Visit
from tui.widgets.buttons import PushButton
from tui.widgets.confirm import ConfirmDialog
from tui.widgets.deliberate import DeliberateButton
from tui.widgets.steps import StepHeader
from tui.widgets.words import Words

ID, ITEMS, REFERENCE, VALIDATION, DELIVERABLES = range(1, 6)
_GUIDE = {
    ID: "order-id",
    ITEMS: "order-items",
    REFERENCE: "order-reference",
    VALIDATION: "order-validation",
    DELIVERABLES: "order-deliverables",
}


class OrderScreen(PortalScreen):
    """The four steps and the deliverables."""

    TITLE_WORDS = N_("Order a keycode")
    KEYS: tuple[Command, ...] = (GUIDE, BACK, PREVIOUS, NEXT, LANGUAGE, LOG_OUT)

    def __init__(self, visit: Visit, *, resume: bool = False) -> None:
        super().__init__(visit)
        self._resume = resume
        self._step = ID
        self._system: System | None = None
        self.placed: Order | None = None

    @property
    def guide_page(self) -> str:
        """Of the step that is shown."""
        return _GUIDE[self._step]

    def body(self) -> Iterable[Widget]:
        """Step header, the steps, and the way on."""
        yield StepHeader()
        with ContentSwitcher(initial="step-1"):
            yield IdStep()
            yield ItemsStep()
            yield ReferenceStep()
            yield ValidationStep()
            yield DeliverablesStep()
        with Horizontal(id="ways"):
            yield PushButton(lambda: _("<< Previous"), "screen.previous", id="previous")
            yield PushButton(lambda: _("Next >>"), "screen.next", id="next")
            yield DeliberateButton(
                lambda: _("YES, I confirm this order"), "screen.confirm", id="confirm"
            )
            yield Words(self._total, id="total")

    def on_mount(self) -> None:
        """Begin, or go on where the order was left."""
        draft = self.visit.draft
        if self._resume and draft is not None:
            self.query_one(IdStep).text = draft.equipment_id
            self._identify(draft.equipment_id, draft.step)
        else:
            self._go(ID)

    # The order under way

    @property
    def draft(self) -> Draft:
        """There is one from step 2 on."""
        assert self.visit.draft is not None
        return self.visit.draft

    def _read(self) -> None:
        """Take what stands in the fields into the draft."""
        if self.visit.draft is not None and self._system is not None and self._step < DELIVERABLES:
            draft = self.query_one(ReferenceStep).read(self.visit.draft)
            quantities = self.query_one(ItemsStep).quantities()
            self.visit.draft = replace(draft, quantities=quantities, step=max(self._step, ITEMS))

    @on(ItemsStep.Changed)
    @on(ReferenceStep.Changed)
    def _something_typed(self) -> None:
        self._read()
        self.query_one("#total", Words).relabel()

    def _keep(self) -> None:
        """Write the draft down at every step, so that not even a power cut loses more than one."""
        if self.visit.draft is not None:
            visit = self.visit
            self.run_worker(visit.keep_draft, thread=True, group="draft", exclusive=True)

    def _total(self) -> str:
        items = self.query(ItemsStep)
        return _("Total: {amount}").format(amount=items.first().total()) if items else ""

    @on(ItemsStep.Looked)
    def _looked(self, event: ItemsStep.Looked) -> None:
        self.say(event.say)

    # Going back and forth

    def action_next(self) -> None:
        """F8: the next step, when this one is right."""
        self._read()
        if self._step == ID:
            self._leave_id()
        elif self._step == ITEMS:
            session, draft = self.visit.signed_in, self.draft
            ordering = self.visit.portal.ordering
            self.ask(
                lambda: ordering.check_items(session, draft),
                lambda _quote: self._go(REFERENCE),
                self._at_items,
            )
        elif self._step == REFERENCE:
            self._leave_reference()
        elif self._step == VALIDATION:
            self.say(lambda: _("To place the order, press the button YES, I confirm this order."))
            self.set_focus(self.query_one("#confirm"))

    def action_previous(self) -> None:
        """F7: the step before; nothing is lost."""
        self._read()
        if ID < self._step < DELIVERABLES:
            self._go(self._step - 1)

    async def action_back(self) -> None:
        """F3, Esc: the step before, and from the first one home, with the order kept."""
        if ID < self._step < DELIVERABLES:
            self.action_previous()
        else:
            await self.portal_app.action_home()

    def leave(self) -> None:
        """Whatever stands in the fields stays in the order under way."""
        self._read()
        self._keep()

    def main_action(self) -> None:
        """Enter in the last field."""
        self.action_next()

    def _go(self, step: int) -> None:
        self._step = step
        self.query_one(ContentSwitcher).current = f"step-{step}"
        self.query_one(StepHeader).current = step
        for name, there in {
            "previous": ID < step < DELIVERABLES,
            "next": step < VALIDATION,
            "confirm": step == VALIDATION,
            "total": step == ITEMS,
            "ways": step < DELIVERABLES,
        }.items():
            self.query_one(f"#{name}").display = there
        self.query_one("#total", Words).relabel()
        self._read()
        self._keep()
        self._focus_step(step)

    def _focus_step(self, step: int) -> None:
        if step == ID:
            self.query_one(IdStep).focus_first()
        elif step == ITEMS:
            self.query_one(ItemsStep).focus_first()
        elif step == REFERENCE:
            self.query_one(ReferenceStep).focus_first()

    # Step 1

    def _leave_id(self) -> None:
        self._identify(self.query_one(IdStep).text, ITEMS)

    def _identify(self, text: str, then: int) -> None:
        session, ordering = self.visit.signed_in, self.visit.portal.ordering

        def find() -> tuple[System, tuple[ItemChoice, ...]]:
            system = ordering.find_system(session, text)
            return system, ordering.choices(system)

        self.ask(find, partial(self._identified, then), self._at_id)

    async def _identified(self, then: int, found: tuple[System, tuple[ItemChoice, ...]]) -> None:
        system = found[0]
        draft = self.visit.draft
        if draft is None:
            await self._open(found, self.visit.portal.ordering.new_draft(system), then)
        elif draft.equipment_id == system.equipment_id:
            await self._open(found, draft, then)
        elif not draft.quantities:
            fresh = self.visit.portal.ordering.new_draft(system)
            await self._open(found, _same_reference(fresh, draft), then)
        else:
            self._ask_to_drop(found, draft)

    def _ask_to_drop(self, found: tuple[System, tuple[ItemChoice, ...]], draft: Draft) -> None:
        """Another ID after items were chosen: say what it drops."""
        count = len(draft.quantities)

        def question() -> str:
            text = _(
                "The order under way for {old} has {count} item(s) chosen. Going on with {new} "
                "drops them; order reference and address stay."
            )
            return text.format(old=draft.equipment_id, new=found[0].equipment_id, count=count)

        async def answered(drop: bool | None) -> None:
            if drop:
                fresh = self.visit.portal.ordering.new_draft(found[0])
                await self._open(found, _same_reference(fresh, draft), ITEMS)
            else:
                self.query_one(IdStep).text = draft.equipment_id
                self.query_one(IdStep).focus_first()

        self.app.push_screen(ConfirmDialog(question, lambda: _("Drop them and go on")), answered)

    async def _open(
        self, found: tuple[System, tuple[ItemChoice, ...]], draft: Draft, then: int
    ) -> None:
        system, choices = found
        self._system, self.visit.draft = system, draft
        self.query_one(ReferenceStep).show(draft)
        product = self.visit.portal.ordering.product(system)
        await self.query_one(ItemsStep).show(system, product, choices, draft.quantities)
        self._go(min(max(then, ITEMS), REFERENCE))
        if then == VALIDATION:
            self._leave_reference()

    def _at_id(self, error: PortalError) -> None:
        self.query_one(IdStep).say_error(error)

    # Steps 2 and 3

    def _at_items(self, error: PortalError) -> None:
        if isinstance(error, OrderRefused):
            self.query_one(ItemsStep).say_problems(error.problems)
        self.say_error(error)

    def _leave_reference(self) -> None:
        session, draft, ordering = self.visit.signed_in, self.draft, self.visit.portal.ordering

        def check() -> tuple[Draft, Quote, Order | None]:
            checked = ordering.check_reference(draft)
            return (
                checked,
                ordering.check(session, checked),
                ordering.earlier_order(session, checked.reference),
            )

        self.ask(check, self._validate, self._at_reference)

    def _validate(self, answer: tuple[Draft, Quote, Order | None]) -> None:
        draft, quote, earlier = answer
        self.visit.draft = draft
        self.query_one(ReferenceStep).show(draft)
        self._go(VALIDATION)
        self.query_one(ValidationStep).show(draft, quote, earlier)

    def _at_reference(self, error: PortalError) -> None:
        if isinstance(error, OrderRefused):
            self.query_one(ReferenceStep).say_problems(error.problems)
            if any(problem.field in self.draft.quantities for problem in error.problems):
                self._go(ITEMS)
                self.query_one(ItemsStep).say_problems(error.problems)
        self.say_error(error)

    def action_take_over(self) -> None:
        """Licensee and address of the company's last order, on request."""
        session, ordering = self.visit.signed_in, self.visit.portal.ordering
        self.ask(lambda: ordering.last_address(session), self._take_over)

    def _take_over(self, last: tuple[str, Address] | None) -> None:
        if last is None:
            self.say(lambda: _("Your company has no earlier order."))
        else:
            self.query_one(ReferenceStep).take_over(*last)
            self.say(lambda: _("Taken over from the last order: check licensee and address."))

    # Step 4

    def action_confirm(self) -> None:
        """Place the order. However often this is asked, one draft is one order."""
        session, draft, ordering = self.visit.signed_in, self.draft, self.visit.portal.ordering
        self.ask(lambda: ordering.place(session, draft), self._placed, self._not_placed)

    def _placed(self, placement: Placement) -> None:
        assert self._system is not None
        self.visit.draft = None
        self._go(DELIVERABLES)
        product = self.visit.portal.ordering.product(self._system)
        self.query_one(DeliverablesStep).show(
            placement.order, product, self._system, already=placement.already
        )
        self.placed = placement.order

    def _not_placed(self, error: PortalError) -> None:
        if isinstance(error, OrderRefused):
            self._identify(self.draft.equipment_id, ITEMS)
        elif isinstance(error, OutcomeUnknown):
            self.set_focus(self.query_one("#confirm"))
        self.say_error(error)

    # Deliverables

    def action_export(self) -> None:
        """Export .txt file."""
        session, exporting = self.visit.signed_in, self.visit.portal.exporting
        order, text = self.placed, self.query_one(DeliverablesStep).text()
        self.ask(lambda: exporting.export(session, order, text), self._exported)

    def _exported(self, path: str) -> None:
        self.say(lambda: _("Exported: {path}").format(path=path))

    def action_keycode(self) -> None:
        """F9: copy the keycode; it stays on the screen to be read and selected."""
        if self._step != DELIVERABLES:
            return
        codes = [self.placed.keycode] if self.placed.keycode else []
        codes += [code.keycode for code in self.placed.function_keycodes]
        self.app.copy_to_clipboard("\n".join(codes))
        self.say(
            lambda: _("Sent to the terminal's clipboard. If it did not arrive, select it above.")
        )

    async def action_another(self) -> None:
        """A new order, from the start."""
        await self.portal_app.go_to(OrderScreen(self.visit))


def _same_reference(fresh: Draft, old: Draft) -> Draft:
    return replace(fresh, reference=old.reference, licensee=old.licensee, address=old.address)
