"""The questions of one deed, and the button that does it. Lies over the screen that opened it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import ClassVar, Generic, TypeVar

from textual.widget import Widget

from engine.errors import (
    BadValue,
    FieldRequired,
    FieldTooLong,
    NameTaken,
    OrderRefused,
    PasswordWrong,
    PortalError,
    Problem,
    WhyRequired,
)
from tui.full_screen.host import Host
from tui.full_screen.keymap import BACK, GUIDE, LANGUAGE, LOG_OUT, NEXT, Command
from tui.full_screen.screens.asking import PortalScreen
from tui.full_screen.screens.change_form import ChangeForm
from tui.visit.questions import Answers, Deed
from tui.wording.changes import title_of

Done = TypeVar("Done")


class DeedScreen(PortalScreen, Generic[Done]):
    """A form; each deed has a screen's title and a page of the guide."""

    KEYS: ClassVar[tuple[Command, ...]] = (GUIDE, BACK, LANGUAGE, NEXT, LOG_OUT)

    def __init__(self, host: Host, deed: Deed[Done], done: Callable[[Answers, Done], None]) -> None:
        """`done` is told what was answered, and what came of it, when this screen is gone."""
        super().__init__(host)
        self._deed = deed
        self._told = done
        self._form = ChangeForm(deed, deed.questions, partial(title_of, deed))

    def body(self) -> Iterable[Widget]:
        """A form."""
        yield self._form

    def begin(self) -> None:
        """To its first field."""
        self._form.take_focus()

    def main_action(self) -> None:
        """Enter in the last field."""
        self.action_next()

    def action_next(self) -> None:
        """F8, or the button: do it."""
        answers, deed = self._form.answers, self._deed
        unanswered = [
            each.name for each in deed.questions if each.choices and not answers[each.name]
        ]
        if unanswered:
            self._wrong(FieldRequired(field=unanswered[0]))
            return
        self.ask(lambda: deed.act(answers), partial(self._done, answers), self._wrong, hold=True)

    def _done(self, answers: Answers, done: Done) -> None:
        self.app.pop_screen()
        self._told(answers, done)

    def _wrong(self, error: PortalError) -> None:
        if isinstance(error, OrderRefused):
            self._form.say_problems(error.problems)
            error = error.problems[0].error
        elif isinstance(error, BadValue) and (field := _field_of(error)):
            self._form.say_problems([Problem(field, error)])
        self.say_error(error)

    async def action_back(self) -> None:
        """Nothing is done."""
        self.app.pop_screen()


def _field_of(error: PortalError) -> str:
    """Where an error is about."""
    if isinstance(error, PasswordWrong):
        return "own_password"
    if isinstance(error, WhyRequired):
        return "why"
    if isinstance(error, FieldRequired | FieldTooLong):
        return error.field
    if isinstance(error, NameTaken):
        return "login" if error.kind == "user" else "name"
    return _FIELDS.get(error.code, "")


_FIELDS = {
    "EmailMalformed": "email",
    "SshKeyMalformed": "ssh_key",
    "LoginMalformed": "login",
    "CompanyUnknown": "company",
    "EquipmentIdMalformed": "equipment_id",
    "ReleaseUnknown": "release",
    "ModelUnknown": "model",
    "DiscountMalformed": "discount",
    "AmountMalformed": "four_eyes_over",
}
"""By the names of errors: the field that each is about."""
