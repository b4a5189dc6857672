"""What an administrator of a company may not do to its people."""

from __future__ import annotations

from engine.errors.refusals import Refused


class PeopleFull(Refused):
    """The company has as many users as it may have: `most`."""

    most: int


class LastAdministrator(Refused):
    """Without `login`, nobody could look after the company's people."""

    login: str


class NotOneself(Refused):
    """Nobody takes the role from himself, or closes his own account."""

    login: str


class DeskAccount(Refused):
    """The account of `login`, or the role that is wanted, is the licence desk's affair."""

    login: str
