"""What the licence desk does from a screen: companies, systems, and the journal, which the auditor
reads too. Keys, backup, restore and erasing stay commands."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from engine.accounts.people import Company, Right
from engine.audit import AuditEvent, UserName
from engine.licences.system import System
from engine.ports import Store
from engine.services.access import Access, Session
from engine.services.administration import Administration
from engine.services.registering import Registering


class Names(NamedTuple):
    """What is needed to name who did something, and to what."""

    companies: dict[str, str]
    """By their ids."""
    users: frozenset[UserName]


class Desk:
    """Each checks the right itself, and is done by the service that the commands use."""

    def __init__(
        self,
        store: Store,
        access: Access,
        administration: Administration,
        registering: Registering,
    ) -> None:
        self._store = store
        self._access = access
        self._administration = administration
        self._registering = registering

    def companies(self, session: Session) -> list[Company]:
        """All companies, by name."""
        self._access.require(session, Right.ALL_COMPANIES)
        return self._administration.companies()

    def add_company(self, session: Session, name: str) -> Company:
        """A new reseller. Raises as `Administration.add_company`."""
        self._access.require(session, Right.DESK)
        return self._administration.add_company(name, session.who)

    def set_terms(self, session: Session, name: str, discount: str, four_eyes_over: str) -> Company:
        """The discount in per cent, and from which total on an order needs a second person ("":
        none does). Raises `CompanyUnknown`, `DiscountMalformed`, `AmountMalformed`: then neither
        has changed."""
        self._access.require(session, Right.DESK)
        return self._administration.set_terms(name, discount, four_eyes_over, session.who)

    def hold(self, session: Session, name: str, *, on_hold: bool) -> Company:
        """Put a company on hold, or release it. Raises `CompanyUnknown`."""
        self._access.require(session, Right.DESK)
        return self._administration.hold(name, session.who, on_hold=on_hold)

    def add_system(
        self,
        session: Session,
        equipment_id: str,
        company: str,
        product: str,
        release: str,
        model: str = "",
    ) -> System:
        """Make a system known. Raises `CompanyUnknown`, `SystemKnown`, and as
        `Registering.new_system`."""
        self._access.require(session, Right.DESK)
        of = self._administration.company(company)
        system = self._registering.new_system(equipment_id, product, release, of, model)
        self._registering.add_system(system, session.who)
        return system

    def edit_system(
        self, session: Session, equipment_id: str, *, company: str, release: str, model: str
    ) -> System:
        """Put right what is wrong of a system without orders; what is empty stays. Raises
        `CompanyUnknown`, and as `Registering.edit_system`."""
        self._access.require(session, Right.DESK)
        return self._registering.edit_system(
            equipment_id,
            session.who,
            release=release or None,
            model=model or None,
            company=self._administration.company(company) if company else None,
        )

    def journal(
        self,
        session: Session,
        since: datetime,
        wanted: Callable[[AuditEvent], bool],
        limit: int,
    ) -> list[AuditEvent]:
        """The last lines of the audit log since a moment that are wanted, the latest first."""
        self._access.require(session, Right.JOURNAL)
        return [*deque(filter(wanted, self._store.events(since)), limit)][::-1]

    def names(self, session: Session) -> Names:
        """Of all companies and users."""
        self._access.require(session, Right.JOURNAL)
        companies = {company.company_id: company.name for company in self._store.companies()}
        return Names(companies, frozenset(user.name for user in self._store.users()))
