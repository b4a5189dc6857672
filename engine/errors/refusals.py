"""The values are fine; the answer is no."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from engine.errors.base import PortalError
from engine.errors.values import BadValue


class Refused(PortalError):
    """The values are fine; the answer is no."""


class SignInRefused(Refused):
    """The one answer to every wrong combination, closed account and too early attempt."""


class SessionEnd(StrEnum):
    """Why a session is over."""

    IDLE = "idle"
    AGE = "age"
    """It has lasted as long as any may."""
    PASSWORD = "password"  # noqa: S105  # a reason
    """Changed elsewhere."""
    DISABLED = "disabled"
    """The account."""


class SessionEnded(Refused):
    """The session is over."""

    reason: SessionEnd


class NotAllowed(Refused):
    """The user's role does not hold this right. `right` is a `Right` value."""

    right: str


class CompanyOnHold(Refused):
    """The company of whoever asks may look things up, and orders nothing."""

    name: str


class PasswordChangeDue(Refused):
    """A password that the licence desk issued has to be changed before anything else."""


class SystemUnknown(Refused):
    """Unknown, or of another company: one and the same answer."""

    equipment_id: str


class UserUnknown(Refused):
    """No such user in that company."""

    company: str
    login: str


class KeycodeNotDelivered(Refused):
    """No order that may be seen delivered this keycode, and no system was named that could tell
    what is wrong with it."""


class KeycodeOfSeveral(Refused):
    """Several systems have a keycode with what was typed in it."""

    systems: tuple[str, ...]


class OrderUnknown(Refused):
    """No such order, or of another company."""

    number: str


class SystemKnown(Refused):
    """That system is in the store already."""

    equipment_id: str


class ExportsClosed(Refused):
    """A kiosk writes no files."""


class DraftPlaced(Refused):
    """The draft has become the order `number` already, and was changed since: nothing more was
    placed."""

    number: str


class Problem(NamedTuple):
    """What is wrong at a field: a part number, `items`, or a name of `LONGEST`."""

    field: str
    error: BadValue


class OrderRefused(Refused):
    """One or more problems. `problems` is a tuple of `Problem`, each at its field."""

    problems: tuple[Problem, ...]


class OrderedBefore(Refused):
    """The order `number` of that system has the same reference and the same items."""

    number: str
    placed_at: datetime


class ResultExists(Refused):
    """The file that the keycodes were to go into is there already."""

    path: str


class OrdersStopped(Refused):
    """A file of orders that came to an end before its last row.

    `placed` are the lines whose orders are placed, those of earlier runs too; `line` is where it
    stopped, and `error` why. `result` is the file with the keycodes so far, or ""; `again`
    whether what was ordered before was to be ordered once more.
    """

    placed: tuple[int, ...]
    line: int
    error: PortalError | None
    result: str
    again: bool


class ChangesStopped(OrdersStopped):
    """The same of a file of changes."""
