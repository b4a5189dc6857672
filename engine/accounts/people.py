"""Companies, users, and what each role may do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from unicodedata import normalize

from msgspec import Struct

from engine.errors import CompanyUnknown


class Right(StrEnum):
    """What a service asks for before it acts."""

    SEARCH = "search"
    ORDER = "order"
    ALL_COMPANIES = "all-companies"


class Role(StrEnum):
    """Who somebody is in his company (or, for the last two, in the installation).

    Users, audit log and keys are the command line's, with the rights of whoever may read the
    store there; a company's administrator is told from its operators in the lists of users.
    """

    READ = "read"
    ORDER = "order"
    COMPANY_ADMIN = "company-admin"
    LICENCE_DESK = "licence-desk"
    AUDITOR = "auditor"

    @property
    def rights(self) -> frozenset[Right]:
        """The rights that this role holds."""
        return _RIGHTS[self]


_RIGHTS: dict[Role, frozenset[Right]] = {
    Role.READ: frozenset({Right.SEARCH}),
    Role.ORDER: frozenset({Right.SEARCH, Right.ORDER}),
    Role.COMPANY_ADMIN: frozenset({Right.SEARCH, Right.ORDER}),
    Role.LICENCE_DESK: frozenset({Right.SEARCH, Right.ORDER, Right.ALL_COMPANIES}),
    Role.AUDITOR: frozenset({Right.SEARCH, Right.ALL_COMPANIES}),
}


class Company(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A reseller."""

    company_id: str
    name: str
    created_at: datetime


class User(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A person who signs in. Unique by company and login, compared without regard to case."""

    company_id: str
    login: str
    last_name: str
    first_name: str
    email: str
    role: Role = Role.ORDER
    language: str | None = None
    """The last choice of this user, or None for the installation's."""
    password: str
    """Hash with its scheme tag; see `engine.accounts.passwords`."""
    credential: int = 1
    """Raised by every change of password and by disabling: sessions that began with a lower
    number are over."""
    issued_until: datetime | None = None
    """The password was issued by the licence desk: usable until then, to be changed at once."""
    disabled: bool = False
    failures: int = 0
    """Wrong attempts in a row."""
    not_before: datetime | None = None
    """After too many failures, no attempt counts before this moment."""
    created_at: datetime


def named(companies: Iterable[Company], name: str) -> Company | None:
    """The company of that name, or None."""
    wanted = same_name(name)
    return next((each for each in companies if same_name(each.name) == wanted), None)


def company_named(companies: Iterable[Company], name: str) -> Company:
    """The company of that name. Raises `CompanyUnknown`."""
    company = named(companies, name)
    if company is None:
        raise CompanyUnknown(name=name)
    return company


def same_name(text: str) -> str:
    """The form in which names and logins are compared: case, outer or double spaces, and how a
    keyboard makes its accents (NFC or NFD) do not count."""
    return normalize("NFC", " ".join(normalize("NFC", text).split()).casefold())
