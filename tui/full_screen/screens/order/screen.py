"""A new order, from the Equipment ID to the keycode (guide, Order Process).

One screen, whose steps change places: going back and forth is free until the confirmation, and
the order under way (`tui.visit.order_flow`) always holds what stands in the fields.
"""

from __future__ import annotations

from functools import partial

from engine.errors import DraftPlaced, OrderRefused, PortalError, PriceChanged, UnusualOrder
from engine.licences.order import Address, Draft, Pattern
from engine.licences.system import parse_equipment_id
from engine.papers.paper import Paper
from engine.ports import Placement
from tui.full_screen.host import Host
from tui.full_screen.screens.looking_up import look_up
from tui.full_screen.screens.order.stepper import Stepper
from tui.full_screen.widgets.question import ConfirmDialog
from tui.visit.order_steps import (
    DELIVERABLES,
    ID,
    ITEMS,
    REFERENCE,
    VALIDATION,
    Identified,
    Review,
    step_of,
)
from tui.wording.errors import sentence
from tui.wording.order import entries_to_correct
from tui.wording.translation import _
from tui.wording.unfinished_orders import gone_on_with, ordered_again, what_is_dropped


class OrderScreen(Stepper):
    """Where each step leads."""

    def __init__(
        self,
        host: Host,
        *,
        resume: Draft | None = None,
        again: Pattern | None = None,
        equipment_id: str = "",
    ) -> None:
        """`equipment_id` is that of the system at hand where one came from."""
        super().__init__(host)
        self._resume = resume
        self._brought = again.equipment_id if again else equipment_id
        self._again = again
        """An order or a quote whose items, licensee and address the new one gets."""

    def begin(self) -> None:
        """Begin, or go on where the order was left."""
        self.go(ID)
        if (draft := self._resume) is not None:
            self._id_step.text = draft.equipment_id
            flow = self._flow
            self.ask(lambda: flow.resume(draft), self._resumed, self._id_step.say_error)
        elif self._brought:
            self._id_step.text = self._brought
            self._id_step.focus_first(overtype=True)

    async def _resumed(self, answer: tuple[Identified, Draft]) -> None:
        found, draft = answer
        self._flow.open(draft, aside=True)
        await self._show(found, draft.step)

    async def _show(self, found: Identified, then: int) -> None:
        """Show the order under way, of that system, at step `then`."""
        self._found, draft = found, self._flow.now
        self._reference.show(draft)
        await self._items.show(found, draft.quantities)
        self.go(min(max(then, ITEMS), REFERENCE))
        if then == VALIDATION:
            self._review()

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

    # Step 1

    def _identify(self) -> None:
        look_up(self, self._id_step.text, self._look)

    def _look(self, equipment_id: str) -> None:
        flow = self._flow
        self.ask(lambda: flow.look(equipment_id), self._identified, self._id_step.say_error)

    def action_ask_desk(self) -> None:
        """The system is not known here: the licence desk can add it."""
        from tui.full_screen.screens.requests import ask_the_desk

        ask_the_desk(self, parse_equipment_id(self._id_step.text))

    async def _identified(self, found: Identified) -> None:
        """Another ID after items were chosen: say first what it drops."""
        old, new = self._flow.draft, self._flow.successor(found, self._again)
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
            lambda: what_is_dropped(under_way, new),
            lambda: _("Discard and continue"),
            self.host.keyboard,
        )
        self.app.push_screen(dialog, answered)

    async def _go_on_with(self, found: Identified, draft: Draft) -> None:
        self._flow.open(draft)
        await self._show(found, ITEMS)
        if (again := self._again) is not None:
            self._again = None  # from now on it is an order like any other
            self.say(lambda: ordered_again(again, found.product, found.orderable))
        elif kept_at := found.kept_at(draft):
            self.say(lambda: gone_on_with(kept_at))

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
        validate, wrong = partial(self._validate, then), partial(self._look_again, then)
        self.ask(lambda: flow.review(draft), validate, wrong)

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
            if len(error.problems) > 1:
                count = len(error.problems)
                self.say(lambda: entries_to_correct(count), error=True)
                return
            error = error.problems[0].error
        self.say_error(error)

    # Step 4

    def action_confirm(self) -> None:
        """Place what stands on the page. However often this is asked, one draft is one order;
        until it is answered, nobody leaves."""
        self._confirm(sure=False)

    def _confirm(self, *, sure: bool) -> None:
        flow, review = self._flow, self._validation.shown
        if self._step == VALIDATION and review is not None:
            self.ask(
                lambda: flow.place(review, sure=sure),
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
        elif isinstance(error, PriceChanged):
            self._review(error)
        elif isinstance(error, UnusualOrder):
            self._ask_whether_meant(error)
        else:
            self._look_again(None, error)

    def _ask_whether_meant(self, error: UnusualOrder) -> None:
        """So much was probably mistyped."""
        shown = self._validation.shown

        def answered(meant: bool | None) -> None:
            if meant and self._validation.shown is shown:
                self._confirm(sure=True)

        dialog = ConfirmDialog(
            lambda: sentence(error), lambda: _("Order it all the same"), self.host.keyboard
        )
        self.app.push_screen(dialog, answered)

    def _look_again(self, before: PortalError | None, error: PortalError) -> None:
        """Items that fitted do so no longer: somebody has ordered meanwhile. `before` is what
        had been refused before that."""
        if isinstance(error, OrderRefused) and step_of(error, self._step) == ITEMS:
            flow, typed = self._flow, self._flow.now.equipment_id
            self.ask(lambda: flow.look(typed), partial(self._no_longer_fits, before, error))
        else:
            self._say_wrong(error)

    async def _no_longer_fits(
        self, before: PortalError | None, error: PortalError, found: Identified
    ) -> None:
        """Show what the system has now, and what of the order is too much."""
        await self._show(found, ITEMS)
        self._say_wrong(error)
        if before is not None:  # the rows say what is wrong; only this says what was ordered
            self.say_error(before)

    def action_save_quote(self) -> None:
        """Save as a quote: no order, and none is under way."""
        flow, review = self._flow, self._validation.shown
        quotations = self.visit.portal.quotations
        if self._step == VALIDATION and review is not None:
            self.ask(
                lambda: flow.quote(review, quotations),
                partial(self._quoted, review),
                self._not_placed,
                hold=True,
            )

    async def _quoted(self, review: Review, paper: Paper) -> None:
        self._flow.placed(review)
        await self.host.navigation.show_quote(paper.number, saved=True)

    # Deliverables

    async def action_another(self) -> None:
        """A new order, from the start."""
        await self.host.navigation.go_to(OrderScreen(self.host))
