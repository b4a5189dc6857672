"""What the licence desk does: companies and users. Run from the command line, with the
rights of whoever may read the store and the keys on that machine; the audit log names him."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from msgspec.structs import replace

from engine.accounts.field_rules import (
    check_email,
    check_login,
    check_name,
    parse_amount,
    parse_discount,
    parse_role,
)
from engine.accounts.passwords import Passwords, check_new_password, issue_password
from engine.accounts.people import Company, Role, User
from engine.audit import EventName
from engine.catalogue.product import Catalogue
from engine.errors import (
    NameTaken,
    UserUnknown,
)
from engine.ports import Clock, NewId, Store
from engine.services.companies import known_company
from engine.settings import Settings

ISSUED_FOR = timedelta(hours=72)
"""How long a password of the licence desk lets its user in."""


class _Issue(NamedTuple):
    """A password for a user: its hash, until when it can be used unchanged, and what to tell;
    one that was given is good for ever and known already."""

    kept: str
    until: datetime | None
    told: str


class Administration:
    """Setting up an installation and looking after it.

    No line in the audit log, no change: the line is written first, once nothing speaks against
    the change. When the line cannot be written, nothing has changed.
    """

    def __init__(
        self,
        store: Store,
        catalogue: Catalogue,
        passwords: Passwords,
        settings: Settings,
        clock: Clock,
        new_id: NewId,
    ) -> None:
        self._store = store
        self._catalogue = catalogue
        self._passwords = passwords
        self._settings = settings
        self._clock = clock
        self._new_id = new_id

    # Companies

    def companies(self) -> list[Company]:
        """All companies, by name."""
        return self._store.companies()

    def company(self, name: str) -> Company:
        """The company of that name. Raises `CompanyUnknown`."""
        return known_company(self._store, name)

    def add_company(self, name: str, who: str) -> Company:
        """A new reseller. Raises `FieldRequired`, `FieldTooLong`, `NameTaken`."""
        company = Company(
            company_id=self._new_id(), name=check_name("name", name), created_at=self._clock()
        )
        if self._store.company_named(company.name) is not None:
            raise NameTaken(kind="company", name=company.name)
        self._store.record(EventName.COMPANY_ADD, who, company=company.company_id)
        self._store.add_company(company)
        return company

    def set_discount(self, name: str, text: str, who: str) -> Company:
        """So many per cent off the catalogue's prices, from now on. Raises `CompanyUnknown`,
        `DiscountMalformed`."""
        return self._edit_company(name, who, discount=parse_discount(text))

    def set_four_eyes(self, name: str, text: str, who: str) -> Company:
        """From which total on an order of that company needs a second person; an empty text: none
        does. Raises `CompanyUnknown`, `AmountMalformed`."""
        return self._edit_company(name, who, four_eyes_over=_most(text))

    def set_terms(self, name: str, discount: str, four_eyes_over: str, who: str) -> Company:
        """Both. Raises `CompanyUnknown`, `DiscountMalformed`, `AmountMalformed`."""
        return self._edit_company(
            name, who, discount=parse_discount(discount), four_eyes_over=_most(four_eyes_over)
        )

    def _edit_company(self, name: str, who: str, **terms: Decimal | None) -> Company:
        said = {term: "" if value is None else str(value) for term, value in terms.items()}

        def edited(company: Company) -> Company:
            self._store.record(EventName.COMPANY_EDIT, who, company=company.company_id, **said)
            return replace(company, **terms)

        return self._store.change_company(self.company(name).name, edited)

    def hold(self, name: str, who: str, *, on_hold: bool) -> Company:
        """Put a company on hold, or release it; it counts from the next action of its users on.
        Raises `CompanyUnknown`."""
        event = EventName.COMPANY_HOLD if on_hold else EventName.COMPANY_RELEASE

        def changed(company: Company) -> Company:
            self._store.record(event, who, company=company.company_id)
            return replace(company, on_hold=on_hold)

        return self._store.change_company(self.company(name).name, changed)

    # Users

    def users(self, company_name: str | None = None) -> list[tuple[Company, User]]:
        """All users, or one company's, with their companies."""
        if company_name:
            company = self.company(company_name)
            return [(company, user) for user in self._store.users(company.company_id)]
        companies = {company.company_id: company for company in self._store.companies()}
        return [(companies.get(u.company_id, _lost(u)), u) for u in self._store.users()]

    def user(self, company_name: str, login: str) -> tuple[Company, User]:
        """One user, with his company. Raises `CompanyUnknown`, `UserUnknown`."""
        company = self.company(company_name)
        user = self._store.user(company.company_id, login)
        if user is None:
            raise UserUnknown(company=company.name, login=login)
        return company, user

    def add_user(
        self,
        company_name: str,
        login: str,
        *,
        last_name: str,
        first_name: str,
        email: str,
        role: str = Role.ORDER.value,
        password: str | None = None,
        who: str,
    ) -> str:
        """A new user, with a password for him to change at once.

        Answers the issued password, or "" when one was given. Raises `CompanyUnknown`,
        `FieldRequired`, `FieldTooLong`, `EmailMalformed`, `RoleUnknown`, `NameTaken`, and what
        `check_new_password` raises.
        """
        company = self.company(company_name)
        login = check_login(login)
        issue = self._issue(password, login, company)
        user = User(
            company_id=company.company_id,
            login=login,
            last_name=check_name("last_name", last_name),
            first_name=check_name("first_name", first_name),
            email=check_email(email),
            role=parse_role(role),
            password=issue.kept,
            issued_until=issue.until,
            created_at=self._clock(),
        )
        if self._store.user(company.company_id, login) is not None:
            raise NameTaken(kind="user", name=login)
        self._store.record(EventName.USER_ADD, who, user=str(user.name), role=user.role)
        self._store.add_user(user)
        return issue.told

    def disable_user(self, company_name: str, login: str, who: str) -> None:
        """Close an account; its sessions end at their next action."""
        self._change(
            company_name,
            login,
            EventName.USER_DISABLE,
            who,
            lambda u: replace(u, disabled=True, credential=u.credential + 1),
        )

    def enable_user(self, company_name: str, login: str, who: str) -> None:
        """Open an account again and forget its failures."""
        self._change(
            company_name,
            login,
            EventName.USER_ENABLE,
            who,
            lambda u: replace(u, disabled=False, failures=0, not_before=None),
        )

    def end_sessions(self, company_name: str, login: str, who: str) -> None:
        """All sessions of a user end at their next action; he may log in again."""
        self._change(
            company_name,
            login,
            EventName.USER_SESSIONS_END,
            who,
            lambda u: replace(u, credential=u.credential + 1),
        )

    def edit_user(
        self,
        company_name: str,
        login: str,
        who: str,
        *,
        last_name: str | None = None,
        first_name: str | None = None,
        email: str | None = None,
    ) -> None:
        """Names and e-mail; what is None stays. Raises `FieldRequired`, `FieldTooLong`,
        `EmailMalformed`."""
        given = {"last_name": last_name, "first_name": first_name}
        wanted = {name: check_name(name, text) for name, text in given.items() if text is not None}
        if email is not None:
            wanted["email"] = check_email(email)
        self._change(company_name, login, EventName.USER_EDIT, who, lambda u: replace(u, **wanted))

    def set_role(self, company_name: str, login: str, role: str, who: str) -> None:
        """Give a user another role; it counts from his next action on. Raises `RoleUnknown`."""
        wanted = parse_role(role)
        event = EventName.USER_ROLE
        self._change(company_name, login, event, who, lambda u: replace(u, role=wanted))

    def reset_password(
        self, company_name: str, login: str, who: str, password: str | None = None
    ) -> str:
        """Issue a new password, to be changed at once; answers it, or "" when one was given."""
        issue = self._issue(password, login, self.company(company_name))
        self._change(
            company_name,
            login,
            EventName.USER_RESET_PASSWORD,
            who,
            lambda u: replace(
                u,
                password=issue.kept,
                credential=u.credential + 1,
                issued_until=issue.until,
                issued_used=False,
                failures=0,
                not_before=None,
            ),
        )
        return issue.told

    def _issue(self, given: str | None, login: str, company: Company) -> _Issue:
        if given is None:
            issued = issue_password()
            return _Issue(self._passwords.hash(issued), self._clock() + ISSUED_FOR, issued)
        names = (login, company.name, *(p.name for p in self._catalogue.products.values()))
        check_new_password(given, self._settings.password_length, names)
        return _Issue(self._passwords.hash(given), None, "")

    def _change(
        self,
        company_name: str,
        login: str,
        event: EventName,
        who: str,
        change: Callable[[User], User],
    ) -> None:
        company, _user = self.user(company_name, login)

        def changed(user: User) -> User:
            user = change(user)
            self._store.record(event, who, user=str(user.name), role=user.role)
            return user

        self._store.change_user(company.company_id, login, changed)


def _lost(user: User) -> Company:
    """Stands for the company of a user that is not there, which `check` reports."""
    return Company(company_id=user.company_id, name=user.company_id, created_at=user.created_at)


def _most(text: str) -> Decimal | None:
    return parse_amount(text) if text.strip() else None
