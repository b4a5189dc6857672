"""Checking a keycode that "does not work": whose it is, what may be wrong with it, what it
unlocks."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input

from engine.catalogue.product import Catalogue
from engine.errors import (
    EquipmentIdMalformed,
    KeycodeFault,
    KeycodeNotDelivered,
    KeycodeOfSeveral,
    PortalError,
    StoreTrouble,
    SystemTransferred,
    SystemUnknown,
)
from engine.licences.verdict import Check
from tui.full_screen.host import Host
from tui.full_screen.keymap import (
    BACK,
    GUIDE,
    KEYCODE,
    LANGUAGE,
    LOG_OUT,
    NEW_ORDER,
    SEARCH,
    Command,
)
from tui.full_screen.screens.keycode import Labelled, labelled
from tui.full_screen.screens.looking_up import choose_among, look_up
from tui.full_screen.screens.result_page import WIDTH, ResultPage, ResultScreen
from tui.full_screen.widgets.buttons import PushButton
from tui.full_screen.widgets.containers import Page, Row
from tui.full_screen.widgets.equipment_id import EquipmentIdField
from tui.full_screen.widgets.fields import Field, LineInput
from tui.full_screen.widgets.text import TranslatedText, lines
from tui.wording.errors import sentence
from tui.wording.keycode_so_far import so_far
from tui.wording.labels import field_label
from tui.wording.translation import N_, _
from tui.wording.verdict import keycodes_now, verdicts

LONGEST = 400


class CheckForm(Page):
    """The keycode, and the system that it should be for, where it is known."""

    def __init__(self, equipment_id: str, catalogue: Catalogue) -> None:
        super().__init__(id="check-form")
        self._catalogue = catalogue
        self._given: tuple[str, ...] = ()
        self.system = EquipmentIdField()
        self.keycode = Field(
            lambda: field_label("keycode"), LineInput(id="keycode", max_length=LONGEST, joined=True)
        )
        self._equipment_id = equipment_id

    def compose(self) -> ComposeResult:
        """Title, two fields, button."""
        yield TranslatedText(lambda: _("Check a keycode"), classes="title")
        yield self.system
        yield self.keycode
        yield TranslatedText(self._so_far, id="keycode-so-far")
        yield TranslatedText(lambda: "", id="keycode-error", classes="error")
        with Row(classes="buttons"):
            yield PushButton(lambda: _("Check"), "screen.find", id="find")

    def on_mount(self) -> None:
        """Where the system is known, on to the keycode."""
        self.system.text = self._equipment_id
        self.take_focus()

    def take_focus(self) -> None:
        """To the first field that is empty, or to the keycode, to be typed over."""
        if self.system.text:
            self.screen.set_focus(self.keycode.line)
            self.keycode.line.select_all()
        else:
            self.system.go_to()

    def say_missing(self, check: Check) -> None:
        """There is no keycode to check."""
        error = check.reading.error
        assert error is not None, "said only of a keycode that is empty"
        self.query_one("#keycode-error", TranslatedText).say(lambda: f"! {sentence(error)}")
        self.screen.set_focus(self.keycode.line)

    def say_not_delivered(self, error: PortalError) -> None:
        """Without the system nobody can tell what is wrong with it."""
        self.query_one("#keycode-error", TranslatedText).say(lambda: f"! {sentence(error)}")
        self.system.go_to()

    def compare_with(self, keycodes: tuple[str, ...]) -> None:
        """What is typed is compared with these: those that the system was given."""
        self._given = keycodes
        self.query_one("#keycode-so-far", TranslatedText).relabel()

    def _so_far(self) -> Content:
        return lines(so_far(self.keycode.line.value, self._given, self._catalogue, WIDTH))

    @on(Input.Changed)
    def _typed(self) -> None:
        self.query_one("#keycode-error", TranslatedText).say(lambda: "")
        self.query_one("#keycode-so-far", TranslatedText).relabel()


class CheckResult(ResultPage):
    """The verdict."""

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__("check")
        self._catalogue = catalogue
        self._checks: list[tuple[Check, str]] = []

    def show(self, checks: list[tuple[Check, str]]) -> None:
        """Show what there is to say about each keycode, as it was typed."""
        self._checks = checks
        self.say_again()

    def codes(self) -> list[Labelled]:
        """The keycode that counts now; whatever was typed, those that the system has."""
        found: dict[str, Labelled] = {}
        for check, _typed in self._checks:
            system, product = check.system, self._catalogue.product(check.system.product)
            for code in keycodes_now(check, self._catalogue):
                unique, of_functions = ("", [code]) if code.function else (code.keycode, [])
                of = labelled(system.equipment_id, unique, product, of_functions)
                found.setdefault(code.keycode, of[0])
        return list(found.values())

    def title(self) -> str:
        """Whose keycode it should be."""
        systems = dict.fromkeys(check.system.equipment_id for check, _typed in self._checks)
        return _("Keycode for {id}").format(id=", ".join(systems))

    def page(self) -> Content:
        """Whether it is, what may be wrong with it, and what it unlocks."""
        return lines(verdicts(self._checks, self._catalogue, WIDTH) if self._checks else [])


class CheckScreen(ResultScreen):
    """The form, and the verdict in its place."""

    TITLE_WORDS = N_("Check a keycode")
    KEYS: ClassVar[tuple[Command, ...]] = (GUIDE, NEW_ORDER, BACK, SEARCH, LANGUAGE, LOG_OUT)
    KEYS_WITH_KEYCODE = (GUIDE, BACK, SEARCH, LANGUAGE, KEYCODE, LOG_OUT)
    GUIDE_PAGE = "check"

    def __init__(self, host: Host, equipment_id: str = "") -> None:
        self._form = CheckForm(equipment_id, host.visit.portal.catalogue)
        self._compared = ""
        self._result = CheckResult(host.visit.portal.catalogue)
        super().__init__(host, self._result, self._form)

    def begin(self) -> None:
        """Where the system is known, what it was given is, too, before anything is typed."""
        self._compare()

    async def action_enter(self) -> None:
        """In the field of the system, what was typed for it becomes its ID."""
        if self.focused is self.query_one("#equipment-id"):
            look_up(self, self._form.system.text, self._named)
        else:
            await super().action_enter()

    def _named(self, equipment_id: str) -> None:
        self._form.system.text = equipment_id
        self.set_focus(self._form.keycode.line)

    @on(events.DescendantFocus, "#keycode")
    def _begins(self) -> None:
        if self.opened:
            self._compare()

    def _compare(self) -> None:
        """Fetch what the system was given. Whatever is wrong with the system is said when the
        keycode is checked: until then nobody is interrupted."""
        system = self._form.system.text
        if system == self._compared or self.asking:
            return
        self._compared = system
        session, checking = self.visit.signed_in, self.visit.portal.checking

        def given() -> tuple[str, ...]:
            try:
                return checking.keycodes(session, system) if system.strip() else ()
            except (EquipmentIdMalformed, SystemUnknown, SystemTransferred, StoreTrouble):
                return ()

        self.ask(given, self._form.compare_with)

    def action_find(self) -> None:
        """Check."""
        session, checking = self.visit.signed_in, self.visit.portal.checking
        system, typed = self._form.system.text, self._form.keycode.line.value
        self.ask(
            lambda: checking.check_each(session, system, typed),
            self._checked,
            self._refused,
        )

    def _refused(self, error: PortalError) -> None:
        if isinstance(error, KeycodeOfSeveral):
            self._form.say_not_delivered(error)
            choose_among(self, error.systems, self._chosen)
        elif isinstance(error, KeycodeNotDelivered):
            self._form.say_not_delivered(error)
        else:
            self._form.system.say_error(error)

    def _chosen(self, equipment_id: str) -> None:
        self._form.system.text = equipment_id
        self.action_find()

    def main_action(self) -> None:
        """Enter in the last field checks."""
        self.action_find()

    def _checked(self, checks: list[tuple[Check, str]]) -> None:
        check = checks[0][0]
        if check.reading.error and check.reading.error.reason == KeycodeFault.EMPTY:
            self._form.say_missing(check)
            return
        self._result.show(checks)
        self.show_page(self._result)

    def show_form(self, equipment_id: str = "") -> None:
        """The form again, with the last keycode there to be typed over; for the system at hand."""
        self._form.system.text = equipment_id or self._form.system.text
        self.show_page(self._form)

    async def action_back(self) -> None:
        """From the verdict to the form, and from there to where one came from."""
        if self._result.display:
            self.show_form()
        else:
            self.app.pop_screen()
