"""Who is asking, and whether he may: every service asks here before it acts."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from engine.accounts.people import Company, Right, Role, User
from engine.audit import Actor, UserName
from engine.errors import (
    CompanyOnHold,
    NotAllowed,
    PasswordChangeDue,
    SessionEnd,
    SessionEnded,
    SystemTransferred,
    SystemUnknown,
)
from engine.licences.system import System, parse_equipment_id
from engine.ports import Clock, Store
from engine.settings import Settings


class Session(Struct, kw_only=True):
    """Somebody who is signed in. The company of everything he does comes only from here."""

    company: Company | None
    """None: the licence desk at the command line, for all companies."""
    login: str
    role: Role
    credential: int
    """The user's credential number when the session began."""
    began_at: datetime
    seen_at: datetime
    """When he last did something; `Access.seen` moves it."""
    written: bool = True
    """False: the store could not be written when it began, so that it is good for reading."""
    unix_user: str = ""
    """Set for a command: who ran it on this machine. Such a session needs no password."""

    @property
    def company_id(self) -> str | None:
        """Of the company, or None for all companies."""
        return self.company.company_id if self.company else None

    @property
    def who(self) -> str:
        """For the audit log: an `Actor`."""
        name = UserName(self.company.company_id, self.login) if self.company else self.login
        return str(Actor(str(name), self.unix_user or None))


def new_session(company: Company, user: User, now: datetime) -> Session:
    """A session of that user's that begins now."""
    return Session(
        company=company,
        login=user.login,
        role=user.role,
        credential=user.credential,
        began_at=now,
        seen_at=now,
    )


_CHANGES = frozenset({Right.ORDER, Right.MOVE, Right.CORRECT})
"""What a company on hold does not do."""


class Access:
    """The rules of sessions and rights."""

    def __init__(self, store: Store, clock: Clock, settings: Settings) -> None:
        self._store = store
        self._clock = clock
        self._idle = timedelta(minutes=settings.idle_minutes)
        self._age = timedelta(hours=settings.session_hours)

    def require(self, session: Session, right: Right) -> None:
        """Let the session do this, or raise `SessionEnded`, `PasswordChangeDue`, `NotAllowed` or
        `CompanyOnHold`.

        The user is read again each time, so that a changed password, a new role or a closed
        account counts from the next action on.
        """
        self.require_signed_in(session, change_due=False)
        if right not in session.role.rights:
            raise NotAllowed(right=right.value)
        if right in _CHANGES and self.is_on_hold(session):
            raise CompanyOnHold(name=session.company.name if session.company else "")

    def is_on_hold(self, session: Session) -> bool:
        """Whether the session's company may only look things up now."""
        name = session.company.name if session.company else ""
        company = self._store.company_named(name) if name else None
        return company is not None and company.on_hold

    def require_signed_in(self, session: Session, *, change_due: bool = True) -> None:
        """Raise `SessionEnded` when the session is over.

        `change_due` False also refuses (`PasswordChangeDue`) whoever still has an issued password.
        """
        now = self._clock()
        if session.company is None:
            return
        user = self._store.user(session.company.company_id, session.login)
        if user is None or user.disabled:
            raise SessionEnded(reason=SessionEnd.DISABLED)
        session.role = user.role
        if not session.unix_user:
            if now - session.seen_at > self._idle:
                raise SessionEnded(reason=SessionEnd.IDLE)
            if now - session.began_at > self._age:
                raise SessionEnded(reason=SessionEnd.AGE)
            if user.credential != session.credential:
                raise SessionEnded(reason=SessionEnd.PASSWORD)
            if user.issued_until is not None and not change_due:
                raise PasswordChangeDue()
        session.seen_at = now

    def seen(self, session: Session) -> None:
        """The user pressed a key: he is not idle. A session that has been idle for too long is
        over, whatever is pressed then."""
        now = self._clock()
        if now - session.seen_at <= self._idle:
            session.seen_at = now

    def system(self, session: Session, text: str) -> System:
        """The system with that Equipment ID, however it was typed.

        Raises `EquipmentIdMalformed`, `DocumentDamaged`; `SystemUnknown` for one that is unknown
        or another company's: one and the same answer, but for a company that had it before
        (`SystemTransferred`).
        """
        equipment_id = parse_equipment_id(text)
        system = self._store.system(equipment_id)
        if system is None or not self.sees(session, system.company_id):
            if system and (went := system.given_up_by(session.company_id)):
                raise SystemTransferred(equipment_id=equipment_id, at=went.placed_at)
            raise SystemUnknown(equipment_id=equipment_id)
        return system

    def sees(self, session: Session, company_id: str) -> bool:
        """Whether the session is that company's, or for all companies."""
        return (
            session.company is None
            or Right.ALL_COMPANIES in session.role.rights
            or company_id == session.company.company_id
        )
