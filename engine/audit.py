"""The audit log: what is written in it, and who did it."""

from __future__ import annotations

import re
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

UNKNOWN_COMPANY = "unknown company"
UNKNOWN_USER = "unknown user"
"""Stand for names in the line of a refused login: what was typed is never written down."""

_AT_COMMAND = re.compile(r"(?:(.+) \(unix:(.*)\)|unix:(.*))", re.DOTALL)


class EventName(StrEnum):
    """What happened. A name that was ever written is never changed."""

    SIGN_IN = "sign-in"
    SIGN_IN_REFUSED = "sign-in-refused"
    SIGN_OUT = "sign-out"
    USER_CLOSED = "user-closed"
    """After too many failed attempts."""
    PASSWORD_CHANGE = "password-change"  # noqa: S105  # a name
    PASSWORD_CHANGE_REFUSED = "password-change-refused"  # noqa: S105  # a name
    CONFIRM_REFUSED = "confirm-refused"
    """One's own password, asked again before something that matters, was wrong."""
    ORDER = "order"
    ORDER_IMPORT = "order-import"
    """An order that a system brought with it when it was added."""
    KEYCODE_NEVER_ISSUED = "keycode-never-issued"
    """One that is signed was checked, and no order has it."""
    COMPANY_ADD = "company-add"
    COMPANY_EDIT = "company-edit"
    """Its discount."""
    COMPANY_HOLD = "company-hold"
    COMPANY_RELEASE = "company-release"
    USER_ADD = "user-add"
    USER_DISABLE = "user-disable"
    USER_ENABLE = "user-enable"
    USER_EDIT = "user-edit"
    """Names or e-mail."""
    USER_ROLE = "user-role"
    USER_RESET_PASSWORD = "user-reset-password"  # noqa: S105  # a name
    USER_SESSIONS_END = "user-sessions-end"
    SSH_KEY_ADD = "ssh-key-add"
    SSH_KEY_REMOVE = "ssh-key-remove"
    SYSTEM_ADD = "system-add"
    SYSTEM_EDIT = "system-edit"
    """Wrong data of a system without orders."""
    SYSTEMS_IMPORT = "systems-import"
    SYSTEM_DIGESTS = "system-digests"
    """Of systems that were added: for `check`, and nothing that anybody did."""
    CATALOGUE_PUT = "catalogue-put"
    KEY_PREPARE = "key-prepare"
    """One that does not sign yet."""
    KEY_ROTATE = "key-rotate"
    KEY_WITHDRAW = "key-withdraw"
    BACKUP = "backup"
    RESTORE = "restore"
    STORE_COPY = "store-copy"
    """To another place; closed for good here."""
    STORE_COPY_UNDONE = "store-copy-undone"
    SYSTEM_RESTORE = "system-restore"
    """A document that was put back from a backup: of its system, lines before this one of orders
    beyond the first `orders` are known to have lost theirs."""
    ACCOUNTS_RESTORE = "accounts-restore"
    JOURNAL_CUT = "journal-cut"
    """The index found lines gone which it had read."""
    ORDER_LOST = "order-lost"
    """Of each of those orders, before the document is put back: its number is never given again,
    and `check` names it until it is settled."""
    ORDER_SETTLED = "order-settled"
    """Somebody says that a lost order was ordered again."""
    MOVE_PROOF = "move-proof"
    """The return note of a move was given later."""
    QUOTE_ADD = "quote-add"
    QUOTE_ORDER = "quote-order"
    QUOTE_WITHDRAW = "quote-withdraw"
    REQUEST_ADD = "request-add"
    REQUEST_ANSWER = "request-answer"
    """What the company that has a system says to its going to another."""
    REQUEST_APPROVE = "request-approve"
    REQUEST_REFUSE = "request-refuse"
    REQUEST_WITHDRAW = "request-withdraw"
    ERASE = "erase"
    """Personal data, of an order or a quote."""


class AuditEvent(NamedTuple):
    """One line of the audit log."""

    at: datetime
    event: str
    """An `EventName`, or what a newer version of the portal wrote."""
    who: str
    details: dict[str, str]


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

    def is_same_person(self, other: Actor) -> bool:
        """Of commands in nobody's name only the account on the machine is known."""
        if self.user and other.user:
            return self.user == other.user
        return self.unix_user is not None and self.unix_user == other.unix_user
