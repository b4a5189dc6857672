"""Login (guide, Login)."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from engine.accounts.people import User
from engine.errors import PortalError
from engine.services.access import Session
from tui.full_screen.host import Host
from tui.full_screen.keymap import GUIDE, LANGUAGE, LOG_OUT, MENU
from tui.full_screen.screens.asking import PortalScreen
from tui.full_screen.widgets.buttons import Link, PushButton
from tui.full_screen.widgets.containers import Row
from tui.full_screen.widgets.fields import Field, LineInput
from tui.full_screen.widgets.text import Say, TranslatedText, lines
from tui.wording.contact import demonstration_login, demonstration_words, whom_to_ask
from tui.wording.translation import N_, _

LONGEST = 128
_FIELDS = ("company", "login", "password")


class LoginScreen(PortalScreen):
    """Company name, username, password."""

    TITLE_WORDS = N_("Log in")
    KEYS = (GUIDE, LANGUAGE, LOG_OUT, MENU)
    GUIDE_PAGE = "login"

    def __init__(self, host: Host, why: Say | None = None) -> None:
        super().__init__(host)
        self._why = why

    def body(self) -> Iterable[Widget]:
        """The guide's page: title, three fields, Login, and whom to ask."""
        yield TranslatedText(lambda: _("Licence server"), classes="title")
        yield TranslatedText(lambda: _("Licences · Aastra 5000 and Nexspan"), classes="subtitle")
        yield Field(
            lambda: _("Company name"),
            LineInput(self.visit.arrival.company, id="company", max_length=LONGEST),
        )
        yield Field(
            lambda: _("Username"),
            LineInput(self.visit.arrival.login, id="login", max_length=LONGEST),
        )
        yield Field(
            lambda: _("Password"), LineInput(id="password", password=True, max_length=LONGEST)
        )
        with Row(classes="buttons"):
            yield PushButton(lambda: _("Log in"), "screen.main", id="sign-in")
            yield Link(lambda: _(GUIDE.label), GUIDE.action)
        yield TranslatedText(lambda: whom_to_ask(self.visit.portal.settings), classes="paragraph")
        if self.visit.portal.demo:
            yield TranslatedText(lambda: lines(demonstration_login()), classes="paragraph")

    def begin(self) -> None:
        """Say why somebody is back here, when there is a reason; where it is known who comes, only
        the password is missing, or not even that."""
        if self._why is not None:
            self.say(self._why)
        if self.visit.arrival.login:
            self.set_focus(self.query_one("#password"))
        if key := self.visit.enters_with_key():
            ssh_access = self.visit.portal.ssh_access
            self.ask(lambda: ssh_access.sign_in(key), self._welcome)

    async def action_enter(self) -> None:
        """Enter alone logs in to the demonstration."""
        typed = (self.query_one(f"#{name}", LineInput).value for name in _FIELDS)
        if isinstance(self.focused, LineInput) and self._demonstrates(*typed):
            self.main_action()
        else:
            await super().action_enter()

    def _demonstrates(self, *typed: str) -> bool:
        return self.visit.portal.demo and not any(typed)

    def action_main(self) -> None:
        """Login."""
        self.main_action()

    def main_action(self) -> None:
        """Log in; the password is cleared whatever the answer is."""
        company, login, password = (self.query_one(f"#{name}", LineInput) for name in _FIELDS)
        signing_in = self.visit.portal.signing_in
        typed = (company.value, login.value, password.value)
        if self._demonstrates(*typed):
            typed = demonstration_words()
        self.ask(lambda: signing_in.sign_in(*typed), self._welcome, self._refused)

    def _welcome(self, answer: tuple[Session, User]) -> None:
        self.query_one("#password", LineInput).value = ""
        self.host.signed_in(self, *answer)

    def _refused(self, error: PortalError) -> None:
        password = self.query_one("#password", LineInput)
        password.value = ""
        self.set_focus(password)
        self.say_error(error)

    async def action_back(self) -> None:
        """There is nothing behind the login: say how to leave."""
        self.host.say_how_to_leave()
