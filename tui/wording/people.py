"""The people of a company: a list, their roles, and what was done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from engine.accounts.people import Role, User
from tui.wording.labels import field_label
from tui.wording.stored_text import shown
from tui.wording.tables import share, table
from tui.wording.translation import N_, _

ROLES: dict[str, str] = {
    Role.READ.value: N_("Read"),
    Role.ORDER.value: N_("Read and order"),
    Role.COMPANY_ADMIN.value: N_("Administrator"),
    Role.LICENCE_DESK.value: N_("Licence desk"),
    Role.AUDITOR.value: N_("Auditor"),
}
_DONE: dict[str, str] = {
    "person-add": N_("“{login}” is added."),
    "person-edit": N_("The details of “{login}” are changed."),
    "person-role": N_("“{login}” has another role now."),
    "person-issue": N_("“{login}” has a new password."),
    "person-close": N_("The account of “{login}” is closed."),
    "person-open": N_("The account of “{login}” is open."),
    "person-key": N_("“{login}” can log in with this SSH key too."),
    "person-key-remove": N_("“{login}” can no longer log in with that SSH key."),
    "person-sessions": N_("All sessions of “{login}” have ended."),
}


class Done(Protocol):
    """What was done to somebody."""

    @property
    def name(self) -> str:
        """What its words are found by."""


def role_name(role: str) -> str:
    """A role in words."""
    return _(ROLES[role])


def people_rows(people: Sequence[User], width: int) -> list[str]:
    """A heading, and a line for each, in columns of together at most so many cells."""
    headings = (field_label("login"), _("Name"), field_label("role"), "")
    rows = [
        (shown(u.login), shown(f"{u.first_name} {u.last_name}"), role_name(u.role), state_of(u))
        for u in people
    ]
    columns = share(list(zip(headings, *rows, strict=True)), width - 2 * (len(headings) - 1))
    return table(list(zip(*columns, strict=True)))


def state_of(user: User) -> str:
    """Why somebody cannot log in, or has yet to."""
    if user.disabled:
        return _("closed")
    return _("temporary password") if user.issued_until else ""


def what_was_done(done: Done, login: str) -> str:
    """In a sentence."""
    return _(_DONE[done.name]).format(login=shown(login))


def issued_once(login: str, password: str) -> str:
    """The password that somebody has to be told."""
    return _("Password for “{login}”, shown only this once: {password}").format(
        login=shown(login), password=password
    )


def how_long() -> str:
    """… and for what it is good."""
    return _("It is good for one login within 72 hours, and has to be changed then.")
