"""The steps of an order on one screen, where they change places: what is shown, and how what stands
in the fields comes into the order under way."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from msgspec.structs import replace
from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from tui.full_screen.host import Host
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
from tui.full_screen.screens.exporting import offer_export
from tui.full_screen.screens.keycode import show_keycode
from tui.full_screen.screens.order.deliverables import DeliverablesStep
from tui.full_screen.screens.order.identify import IdStep
from tui.full_screen.screens.order.items import ItemsStep
from tui.full_screen.screens.order.quick_entry import QuickEntryDialog
from tui.full_screen.screens.order.reference import ReferenceStep
from tui.full_screen.screens.order.step import OrderStep
from tui.full_screen.screens.order.validation import ValidationStep
from tui.full_screen.widgets.buttons import PushButton
from tui.full_screen.widgets.containers import Row, Switcher
from tui.full_screen.widgets.deliberate_button import DeliberateButton
from tui.full_screen.widgets.head_and_foot import Foot
from tui.full_screen.widgets.steps import StepHeader
from tui.full_screen.widgets.text import TranslatedText
from tui.visit.export_ways import exported_order
from tui.visit.order_steps import DELIVERABLES, ID, ITEMS, REFERENCE, VALIDATION, Identified
from tui.wording.order import identity, new_features, total_without_vat
from tui.wording.quick_entry import is_all_taken, what_was_taken
from tui.wording.translation import N_, _

_KEYS_AT_THE_END = (GUIDE, NEW_ORDER, BACK, LANGUAGE, KEYCODE, LOG_OUT)


class Stepper(PortalScreen):
    """The four steps and the deliverables."""

    TITLE_WORDS = N_("Order a keycode")
    KEYS: ClassVar[tuple[Command, ...]] = (GUIDE, BACK, LANGUAGE, PREVIOUS, NEXT, LOG_OUT)
    BINDINGS: ClassVar[list[BindingType]] = [Binding("slash", "quick", show=False, priority=True)]

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._flow = host.visit.order_flow
        self._step = ID
        self._found: Identified | None = None
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
        with Row(id="identity-line"):
            yield TranslatedText(self._identity, id="identity")
            yield TranslatedText(new_features, id="new-features")
        with Switcher(initial="step-1"):
            yield from self._steps.values()
        with Row(id="ways"):
            yield PushButton(lambda: _("<< Previous"), "screen.previous", id="previous")
            yield PushButton(lambda: _("Next >>"), "screen.next", id="next")
            yield DeliberateButton(
                lambda: _("YES, I confirm this order"),
                "screen.confirm",
                self.host.keyboard,
                id="confirm",
            )
            yield PushButton(lambda: _("Save as a quote"), "screen.save_quote", id="save-quote")
            yield PushButton(lambda: _("/ Quick entry"), "screen.quick", id="quick")
            yield TranslatedText(self._total, id="total")

    def go(self, step: int) -> None:
        """Show a step."""
        self._read()
        self.clear_message()
        self._step = step
        self.query_one(Switcher).current = f"step-{step}"
        self.query_one(StepHeader).current = step
        for name, there in {
            "previous": ID < step < DELIVERABLES,
            "next": step < VALIDATION,
            "confirm": step == VALIDATION,
            "save-quote": step == VALIDATION,
            "total": step == ITEMS,
            "quick": step == ITEMS,
            "ways": step < DELIVERABLES,
            "identity-line": step in (ITEMS, REFERENCE),
            "new-features": step == ITEMS,
        }.items():
            self.query_one(f"#{name}").display = there
        for name in ("identity", "total"):
            self.query_one(f"#{name}", TranslatedText).relabel()
        self.name_keys()
        self._read()
        self._keep()
        self._steps[step].focus_first()

    @property
    def system_at_hand(self) -> str:
        """That of the order."""
        return self._found.system.equipment_id if self._found else ""

    # Several items on one line

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Elsewhere than over the items, `/` is a character like any other."""
        if action == "quick":
            return self._step == ITEMS or None
        return super().check_action(action, parameters)

    def action_quick(self) -> None:
        """`/`: type or paste several items."""
        draft = self._flow.draft

        def typed(text: str | None) -> None:
            if text and self._step == ITEMS and self._flow.draft == draft:
                entry, owned = self._items.take(text)
                self._read()
                self.query_one("#total", TranslatedText).relabel()
                left_out = not is_all_taken(entry, owned)
                say = lambda: what_was_taken(entry, owned)  # noqa: E731
                self.call_after_refresh(self.say, say, error=left_out)

        self.app.push_screen(QuickEntryDialog(), typed)

    # What was delivered

    def action_export(self) -> None:
        """Export .txt file: the deliverables, in the current language."""
        if (order := self._deliverables.order) is not None:
            offer_export(self, exported_order(self.visit, order, self._deliverables.text()))

    def action_keycode(self) -> None:
        """F9: the keycode, or one of the function keycodes, for telephone and camera."""
        show_keycode(self, self._deliverables.codes())

    # The order under way

    def moment(self) -> object:
        """An answer about an order, or for a step, that has changed since is dropped."""
        return super().moment(), self._step, self._flow.draft

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
        self.query_one("#total", TranslatedText).relabel()
        if self._flow.draft == before:
            return  # fields that are filled by the portal say so too: an error is not about that
        if self.query_one(Foot).says_error:
            self.clear_message()
        self.watch_focused(self.focused)  # one item may have made another needless

    @on(OrderStep.Completed)
    def _filled_in(self) -> None:
        self.set_focus(self.query_one("#next"))

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
        return total_without_vat(self._items.total())

    def watch_focused(self, focused: Widget | None) -> None:
        """Say what the item under the cursor unlocks, in the same frame that moves the cursor."""
        if focused is None or self._step != ITEMS:
            return
        if hint := self._items.hint(focused):
            self.hint(hint)
