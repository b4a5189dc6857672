"""A new order, from the Equipment ID to the keycode (guide, Order Process), step by step.

`visit.draft` holds what was answered so far and is written down at each step, as the full
screens do it.
"""

from __future__ import annotations

from msgspec.structs import replace

from engine.errors import OrderRefused, PasswordChangeDue, PortalError, SessionEnded
from engine.licences.order import Draft
from engine.licences.quote import Quote
from engine.licences.system import System
from engine.ports import Placement
from tui.plain import deliverables, identify, validation
from tui.plain.dialogue import Back, Dialogue
from tui.plain.items import ItemsStep
from tui.plain.reference import ReferenceStep
from tui.visit.visit import Visit
from tui.wording.errors import details, sentence
from tui.wording.translation import N_, _

ID, ITEMS, REFERENCE, VALIDATION, DONE = range(1, 6)
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
        self._dialogue = dialogue
        self._system: System | None = None
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

    def resume(self) -> None:
        """Where the order was left."""
        draft = self._draft
        try:
            self._look_for(draft.equipment_id)
        except (SessionEnded, PasswordChangeDue):
            raise
        except PortalError as error:
            self._say_error(error)
            self._go(ID)
        else:
            self._go(min(max(draft.step, ITEMS), VALIDATION))

    def _go(self, step: int) -> None:
        while step != DONE:
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
                step = self._where(error, step)
        if self._placed is not None:
            deliverables.deliver(self._visit, self._dialogue, *self._placed)

    def _where(self, error: PortalError, step: int) -> int:
        """The step that asks about what was wrong. What the validation refuses before it has
        asked anything is asked for at the reference: nothing goes round in a circle."""
        if isinstance(error, OrderRefused):
            at_reference = all(ReferenceStep.asks(problem.field) for problem in error.problems)
            return REFERENCE if at_reference else ITEMS
        return min(step, REFERENCE)

    def _note(self, step: int) -> None:
        """Say which step this is, and write the draft down, so that not even a power cut loses
        more than one."""
        self._dialogue.page, name = _PAGES[step]
        title = _("Order a keycode, step {step} of 4: {name}")
        self._dialogue.say("", title.format(step=step, name=_(name)))
        if self._visit.draft is not None:
            self._visit.draft = replace(self._visit.draft, step=max(step, ITEMS))
            self._visit.keep_draft()

    # The steps

    def _identify(self) -> int:
        self._system, self._visit.draft = identify.identify(self._visit, self._dialogue)
        return ITEMS

    def _choose_items(self) -> int:
        assert self._system is not None, "found by the step before"
        ItemsStep(self._visit, self._dialogue, self._system).ask()
        return REFERENCE

    def _refer(self) -> int:
        ReferenceStep(self._visit, self._dialogue).ask()
        return VALIDATION

    def _validate(self) -> int:
        draft, quote = self._check()
        placement = validation.confirm(self._visit, self._dialogue, draft, quote, self._place)
        self._visit.draft = None
        self._placed = placement, quote
        return DONE

    def _check(self) -> tuple[Draft, Quote]:
        ordering = self._visit.portal.ordering
        quote = ordering.check(self._visit.signed_in, self._draft)
        self._visit.draft = ordering.check_reference(self._draft)
        return self._draft, quote

    def _place(self) -> Placement:
        """Raises `OrderRefused` when somebody ordered meanwhile and this no longer fits: the
        items are then shown against what the system has now."""
        try:
            return self._visit.portal.ordering.place(self._visit.signed_in, self._draft)
        except OrderRefused:
            self._look_for(self._draft.equipment_id)
            raise

    def _look_for(self, equipment_id: str) -> None:
        ordering = self._visit.portal.ordering
        self._system = ordering.find_system(self._visit.signed_in, equipment_id)

    @property
    def _draft(self) -> Draft:
        assert self._visit.draft is not None, "there is one from step 2 on"
        return self._visit.draft

    def _say_error(self, error: PortalError) -> None:
        catalogue = self._visit.portal.catalogue
        self._dialogue.say(sentence(error, catalogue), *details(error, catalogue))
