"""Companies, users, and what each role may do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from enum import StrEnum
from unicodedata import normalize

from msgspec import UNSET, Struct, UnsetType

from engine.audit import UserName
from engine.moments import Moment


class Right(StrEnum):
    """What a service asks for before it acts."""

    SEARCH = "search"
    ORDER = "order"
    ALL_COMPANIES = "all-companies"
    MOVE = "move"
    """To take a system's licences to other hardware."""
    REPORT = "report"
    """To count what was ordered."""
    PEOPLE = "people"
    """To look after the people of one's own company."""
    CORRECT = "correct"
    """To take back what was done: corrections, an earlier release, another company."""
    DESK = "desk"
    """To look after companies, systems, and the people of every company."""
    JOURNAL = "journal"
    """To read who did what."""
    DECIDE = "decide"
    """To decide what others ask of the licence desk."""


class Role(StrEnum):
    """Who somebody is in his company (or, for the last two, in the installation).

    Audit log and keys are the command line's, with the rights of whoever may read the store there;
    a company's administrator may do what its operators may, move systems, and look after people.
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


_OPERATOR = frozenset({Right.SEARCH, Right.ORDER, Right.REPORT})
_RIGHTS: dict[Role, frozenset[Right]] = {
    Role.READ: frozenset({Right.SEARCH}),
    Role.ORDER: _OPERATOR,
    Role.COMPANY_ADMIN: _OPERATOR | {Right.MOVE, Right.PEOPLE},
    Role.LICENCE_DESK: _OPERATOR
    | {Right.MOVE, Right.PEOPLE, Right.CORRECT, Right.DECIDE, Right.DESK}
    | {Right.ALL_COMPANIES, Right.JOURNAL},
    Role.AUDITOR: frozenset({Right.SEARCH, Right.ALL_COMPANIES, Right.REPORT, Right.JOURNAL}),
}


class Company(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A reseller. What it has not is not written: an earlier portal reads it."""

    company_id: str
    name: str
    created_at: Moment
    discount: Decimal = Decimal(0)
    """Per cent that it pays less than the catalogue says."""
    on_hold: bool = False
    """It looks things up, and orders nothing."""
    four_eyes_over: Decimal | None = None
    """Orders for more than that, in whatever currency, need a second person: somebody makes a
    quote, and somebody else orders it."""


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
    theme: str | UnsetType = UNSET
    """The same of the colours, `dark` or `light`. One that was never chosen is not written: an
    earlier portal reads it."""
    password: str
    """Hash with its scheme tag; see `engine.accounts.passwords`."""
    credential: int = 1
    """Raised by every change of password and by disabling: sessions that began with a lower
    number are over."""
    issued_until: Moment | None = None
    """The password was issued by the licence desk: usable until then, to be changed at once."""
    issued_used: bool = False
    """It has let its user in, who has not chosen his own since: it lets nobody in again."""
    disabled: bool = False
    failures: int = 0
    """Wrong attempts in a row."""
    not_before: Moment | None = None
    """After too many failures, no attempt counts before this moment."""
    created_at: Moment

    @property
    def name(self) -> UserName:
        """By the id of the company."""
        return UserName(self.company_id, self.login)


def named(companies: Iterable[Company], name: str) -> Company | None:
    """The company of that name, or None."""
    wanted = same_name(name)
    return next((each for each in companies if same_name(each.name) == wanted), None)


def by_name(companies: Iterable[Company]) -> list[Company]:
    """In the order in which they are listed."""
    return sorted(companies, key=lambda company: same_name(company.name))


def by_company(users: Iterable[User], companies: Iterable[Company]) -> list[User]:
    """In the order in which they are listed: by the name of their company, and their login."""
    names = {each.company_id: same_name(each.name) for each in companies}
    return sorted(users, key=lambda user: (names.get(user.company_id, ""), same_name(user.login)))


def changed(user: User, change: Callable[[User], User]) -> User:
    """The user after a change, who is still the same. Raises what `change` raises."""
    after = change(user)
    if user_key(after.company_id, after.login) != user_key(user.company_id, user.login):
        raise ValueError("a user keeps company and login")
    return after


def company_changed(company: Company, change: Callable[[Company], Company]) -> Company:
    """The company after a change, which is still the same. Raises what `change` raises."""
    after = change(company)
    if (after.company_id, after.name) != (company.company_id, company.name):
        raise ValueError("a company keeps its id and its name")
    return after


def same_name(text: str) -> str:
    """The form in which names and logins are compared: case, outer or double spaces, and how a
    keyboard makes its accents (NFC or NFD) do not count.

    The documents of companies and users are found by it: whoever changes it has to rename them.
    """
    return normalize("NFC", " ".join(normalize("NFC", text).split()).casefold())


def user_key(company_id: str, login: str) -> str:
    """The id of a user: logins are compared without regard to case."""
    return str(UserName(company_id, same_name(login)))
