"""A new order, from the Equipment ID to the keycode (guide, Order Process), step by step.

The order under way (`tui.visit.order_flow`) holds what was answered so far and is written down
at each step, as the full screens do it.
"""

from __future__ import annotations

from msgspec.structs import replace

from engine.errors import (
    DraftPlaced,
    OrderRefused,
    PasswordChangeDue,
    PortalError,
    PriceChanged,
    SecondPersonNeeded,
    SessionEnded,
)
from engine.licences.order import Draft, Order
from engine.licences.quote import Quote
from engine.ports import Placement
from tui.plain import deliverables, identify, validation
from tui.plain.dialogue import Back, Dialogue
from tui.plain.items import ItemsStep
from tui.plain.reference import ReferenceStep
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
from tui.visit.visit import Visit
from tui.wording.errors import details, sentence
from tui.wording.order import validation_page
from tui.wording.quotations import quote_saved
from tui.wording.translation import N_, _

_PAGES = {
    ID: ("order-id", N_("ID")),
    ITEMS: ("order-items", N_("Items to order")),
    REFERENCE: ("order-reference", N_("Customer reference")),
    VALIDATION: ("order-validation", N_("Validation")),
}
"""Of each step: its page of the user guide, and its name."""


class OrderJob:
    """The steps of one order. Each answers the next one; `Back` leads to the one before."""

    def __init__(self, visit: Visit, dialogue: Dialogue) -> None:
        self._visit = visit
        self._flow = visit.order_flow
        self._dialogue = dialogue
        self._found: Identified | None = None
        self._like: Order | None = None
        self._placed: tuple[Placement, Quote] | None = None
        self._steps = {
            ID: self._identify,
            ITEMS: self._choose_items,
            REFERENCE: self._refer,
            VALIDATION: self._validate,
        }

    def begin(self) -> None:
        """From the Equipment ID on."""
        self._go(ID)

    def again(self, order: Order) -> None:
        """An order like that one, for its system or another."""
        self._like = order
        self._go(ID)

    def resume(self, draft: Draft) -> None:
        """Where the order was left."""
        try:
            self._found, draft = self._flow.resume(draft)
        except (SessionEnded, PasswordChangeDue):
            raise
        except PortalError as error:
            self._say_error(error)
            self._go(ID)
        else:
            self._flow.open(draft, aside=True)
            self._go(min(max(draft.step, ITEMS), VALIDATION))

    def _go(self, step: int) -> None:
        while step != DELIVERABLES:
            try:
                self._note(step)
                step = self._steps[step]()
            except Back:
                if step == ID:
                    return
                step -= 1
            except (SessionEnded, PasswordChangeDue):
                raise
            except PortalError as error:
                self._say_error(error)
                step = step_of(error, step)
        if self._placed is not None:
            deliverables.deliver(self._visit, self._dialogue, *self._placed)

    def _note(self, step: int) -> None:
        """Say which step this is, and write the draft down, so that not even a power cut loses
        more than one."""
        self._dialogue.page, name = _PAGES[step]
        title = _("Order a keycode, step {step} of 4: {name}")
        self._dialogue.say("", title.format(step=step, name=_(name)))
        if (draft := self._flow.draft) is not None:
            self._flow.take(replace(draft, step=max(step, ITEMS)))
            self._flow.keep()

    # The steps

    def _identify(self) -> int:
        self._found = identify.identify(self._visit, self._dialogue, self._like)
        self._like = None  # from now on it is an order like any other
        return ITEMS

    def _choose_items(self) -> int:
        assert self._found is not None, "by the step before"
        catalogue = self._visit.portal.catalogue
        ItemsStep(self._flow, self._dialogue, self._found, catalogue).ask()
        return REFERENCE

    def _refer(self) -> int:
        ReferenceStep(self._flow, self._dialogue).ask()
        return VALIDATION

    def _validate(self) -> int:
        """Raises `OrderRefused` when somebody ordered meanwhile and this no longer fits: the
        items are then shown against what the system has now."""
        flow = self._flow
        try:
            review = flow.review(flow.now)
            flow.take(review.draft)
            placement = self._confirmed(review)
        except DraftPlaced as error:
            self._say_error(error)
            flow.renew()
            return VALIDATION
        except (PriceChanged, SecondPersonNeeded) as error:
            self._say_error(error)
            return VALIDATION
        except OrderRefused:
            self._found = flow.look(flow.now.equipment_id)
            raise
        flow.placed(review)
        if placement is not None:
            self._placed = placement, review.quote
        return DELIVERABLES

    def _confirmed(self, review: Review) -> Placement | None:
        """None: it was saved as a quote."""
        flow, dialogue = self._flow, self._dialogue

        def place(*, sure: bool) -> Placement:
            return flow.place(review, sure=sure)

        placement = validation.confirm(
            dialogue, lambda: validation_page(*review), place, may_quote=True
        )
        if placement is None:
            dialogue.say(quote_saved(flow.quote(review, self._visit.portal.quotations)))
        return placement

    def _say_error(self, error: PortalError) -> None:
        catalogue = self._visit.portal.catalogue
        self._dialogue.say(sentence(error, catalogue), *details(error, catalogue))
