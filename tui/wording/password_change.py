"""What a change of password asks for and shows: the same on the screen and in plain mode."""

from __future__ import annotations

from engine.accounts.people import User
from engine.errors import BadValue, PasswordsDiffer, PasswordWrong
from tui.wording.labels import field_label
from tui.wording.stored_text import shown
from tui.wording.tables import pairs
from tui.wording.translation import _

FIELDS = PREVIOUS, NEW, AGAIN = "previous_password", "new_password", "new_password_again"
_DETAILS = ("last_name", "first_name", "email", "login")


def user_details(user: User | None, width: int) -> list[str]:
    """Whose password it is (guide, Change a password)."""
    return pairs([(field_label(name), shown(getattr(user, name, ""))) for name in _DETAILS], width)


def at_least(length: int) -> str:
    """The one rule that has a number."""
    return _("at least {least} characters").format(least=length)


def rules() -> str:
    """The others."""
    return _(
        "Spaces and all letters are allowed. Not a common password, and not the username, "
        "the company's or a product's name, even repeated or with digits or signs."
    )


def to_type_again(error: BadValue) -> tuple[str, ...]:
    """The fields that were wrong, and only those; the first is where the error belongs."""
    match error:
        case PasswordWrong():
            return (PREVIOUS,)
        case PasswordsDiffer():
            return (AGAIN,)
        case _:
            return (NEW, AGAIN)
