"""Users and actors by name, as the audit log, the orders and the command line write them."""

from __future__ import annotations

import re
from typing import NamedTuple

UNKNOWN_COMPANY = "unknown company"
UNKNOWN_USER = "unknown user"
"""Stand for names in the line of a refused login: what was typed is never written down."""

_AT_COMMAND = re.compile(r"(?:(.+) \(unix:(.*)\)|unix:(.*))", re.DOTALL)


class UserName(NamedTuple):
    """A user of a company: `COMPANY/LOGIN`."""

    company: str
    """Its id in everything that is stored; its name where a person writes it."""
    login: str

    def __str__(self) -> str:
        return f"{self.company}/{self.login}"

    @classmethod
    def parse(cls, text: str) -> UserName | None:
        """What `str` gives, or None. A login has no slash; a company's name may have one."""
        company, _slash, login = text.rpartition("/")
        return cls(company, login) if company and login else None


class Actor(NamedTuple):
    """Who did something: `COMPANY-ID/LOGIN`, `unix:NAME` at the command line, or both as
    `COMPANY-ID/LOGIN (unix:NAME)`, for a command in a user's name."""

    name: str = ""
    """A user, or one who needs no company: `licence-desk`, `portal`, and a login alone in orders
    of earlier versions. Empty for a command in nobody's name."""
    unix_user: str | None = None
    """Who ran the command on this machine."""

    def __str__(self) -> str:
        if self.unix_user is None:
            return self.name
        return f"{self.name} (unix:{self.unix_user})" if self.name else f"unix:{self.unix_user}"

    @classmethod
    def parse(cls, text: str) -> Actor:
        """What `str` gives; any other text is a name."""
        if at_command := _AT_COMMAND.fullmatch(text):
            name, of_user, alone = at_command.groups()
            return cls(name or "", of_user if name else alone)
        return cls(text)

    @property
    def user(self) -> UserName | None:
        """The user, if it is one."""
        return UserName.parse(self.name)
