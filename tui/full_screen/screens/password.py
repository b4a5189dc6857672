"""Changing one's password (guide, Change password)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget

from engine.accounts.passwords import MOST
from engine.accounts.people import User
from engine.errors import BadValue, FieldRequired, PasswordChangeDue, PortalError
from tui.full_screen.host import Host
from tui.full_screen.keymap import BACK, GUIDE, LANGUAGE, LOG_OUT, MENU, Command
from tui.full_screen.screens.asking import PortalScreen
from tui.full_screen.widgets.buttons import PushButton
from tui.full_screen.widgets.containers import Row
from tui.full_screen.widgets.fields import Field, LineInput
from tui.full_screen.widgets.text import TranslatedText, lines
from tui.wording.brief_errors import brief
from tui.wording.errors import sentence
from tui.wording.labels import field_label
from tui.wording.password_change import FIELDS, NEW, at_least, rules, to_type_again, user_details
from tui.wording.translation import N_, _

WIDTH = 76
_EXTRA = 40
"""A field takes more than is allowed, so that what was pasted is not cut in silence."""


class PasswordScreen(PortalScreen):
    """The user's details, the previous password, and the new one twice."""

    TITLE_WORDS = N_("Password")
    KEYS: ClassVar[tuple[Command, ...]] = (GUIDE, BACK, LANGUAGE, MENU, LOG_OUT)
    GUIDE_PAGE = "password"

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._fields = {name: _field(name) for name in FIELDS}

    def body(self) -> Iterable[Widget]:
        """The guide's page."""
        yield TranslatedText(lambda: _("Change password"), classes="title")
        yield TranslatedText(self._why, id="why", classes="warning")
        yield TranslatedText(lambda: _("User details"), classes="heading")
        yield TranslatedText(self._details, id="details")
        yield from self._fields.values()
        yield TranslatedText(rules, id="rules")
        with Row(classes="buttons"):
            yield PushButton(lambda: _("Save"), "screen.save", id="save")
            yield PushButton(lambda: _("Cancel"), "screen.back", id="cancel")

    def begin(self) -> None:
        """Say the rule beside its field."""
        self._clear_notes()
        self._show_why()

    # Saving

    def main_action(self) -> None:
        """Enter in the last field saves."""
        self.action_save()

    def action_save(self) -> None:
        """Change it. With a field that is empty nothing is asked: it counts as no attempt."""
        self._clear_notes()
        previous, new, again = (self._fields[name].line.value for name in FIELDS)
        empty = [name for name in FIELDS if not self._fields[name].line.value]
        if empty:
            self._at(empty[0], FieldRequired(field=empty[0]))
            return
        session, own_account = self.visit.signed_in, self.visit.portal.own_account

        def change() -> User:
            own_account.change_password(session, previous, new, again)
            return own_account.user(session)

        self.ask(change, self._changed, self._refused)

    def _changed(self, user: User) -> None:
        self.visit.user = user
        self._show_why()
        self._empty(*FIELDS)
        self.set_focus(self.query_one("#cancel"))
        self.say(
            lambda: _("Your password is changed, and your other sessions have ended. F3: home.")
        )

    def _refused(self, error: PortalError) -> None:
        """Only what was wrong has to be typed again; trouble with the store is not at a field."""
        if isinstance(error, BadValue):
            wrong = to_type_again(error)
            self._empty(*wrong)
            self._at(wrong[0], error)
        else:
            self.say_error(error)

    # What stands at the fields

    def _at(self, name: str, error: PortalError) -> None:
        self._fields[name].say(partial(brief, error), error=True)
        self.set_focus(self._fields[name].line)
        self.say_error(error)

    def _empty(self, *names: str) -> None:
        for name in names:
            self._fields[name].line.value = ""

    def _clear_notes(self) -> None:
        for field in self._fields.values():
            field.clear()
        least = self.visit.portal.settings.password_length
        self._fields[NEW].say(lambda: at_least(least))

    # An issued password

    def _show_why(self) -> None:
        self.query_one("#why").display = self.visit.change_due

    def _why(self) -> str:
        return sentence(PasswordChangeDue())

    def _details(self) -> Content:
        return lines(user_details(self.visit.user, WIDTH))


def _field(name: str) -> Field:
    line = LineInput(id=name.replace("_", "-"), password=True, max_length=MOST + _EXTRA)
    return Field(partial(field_label, name), line)
