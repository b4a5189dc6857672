"""Signing in and out.

Every wrong combination gets the same answer (`SignInRefused`) after the same time: one bcrypt and
the same reads and writes whatever happened, and a floor under failures. An attempt is written down
before the password is looked at, so that many processes guessing at once share one count.

Where the store cannot be written (a full or read-only disk), people can still come in to read. So
that nobody gains by filling the disk, one attempt at a time is looked at then, in all processes
together, each after a pause; a process that has failed three times looks at no more; and what
would be in the audit log is told to the system's log.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple

from msgspec.structs import replace

from engine.accounts.passwords import Passwords
from engine.accounts.people import Company, Role, User
from engine.audit import UNKNOWN_COMPANY, UNKNOWN_USER, EventName, UserName
from engine.errors import (
    SignInRefused,
    StoreTrouble,
    UserUnknown,
    WriteFailed,
)
from engine.ports import Clock, Store
from engine.safe_text import clean
from engine.services.access import Access, Session, new_session
from engine.services.attempts import Attempts, unchanged
from engine.services.companies import known_company

FLOOR_SECONDS = 0.5
"""A refusal takes at least as long, whatever its reason."""
UNWRITTEN_SECONDS = 3.0
"""An attempt that cannot be written down waits as long before it is looked at."""


def system_log(text: str) -> None:
    """Tell the machine's own log, which often lies on another disk than the store."""
    import syslog

    syslog.syslog(syslog.LOG_AUTHPRIV | syslog.LOG_WARNING, f"keycode-portal: {text}")


class _Claim(NamedTuple):
    """Who somebody says he is: what was typed, and whom it means."""

    company: Company | None
    login: str
    user: User | None

    @property
    def company_id(self) -> str:
        """The company's, or nobody's: both are looked for in the same way."""
        return self.company.company_id if self.company else ""

    @property
    def known(self) -> str:
        """What a log may say: only names that exist, never what was typed (people type passwords
        into the wrong field)."""
        if self.company is None:
            return UNKNOWN_COMPANY
        return str(UserName(self.company_id, self.user.login if self.user else UNKNOWN_USER))


class SigningIn:
    """Checks names and passwords, and begins and ends sessions."""

    def __init__(
        self,
        store: Store,
        access: Access,
        passwords: Passwords,
        attempts: Attempts,
        clock: Clock,
        pause: Callable[[float], None] = time.sleep,
        tell: Callable[[str], None] = system_log,
    ) -> None:
        self._store = store
        self._access = access
        self._passwords = passwords
        self._attempts = attempts
        self._clock = clock
        self._pause = pause
        self._tell = tell

    def sign_in(self, company_name: str, login: str, password: str) -> tuple[Session, User]:
        """A session for a right combination, with the user's details.

        Raises `SignInRefused`, at least half a second later, for everything else. Blocks for a
        bcrypt: run it in a thread.
        """
        began = time.monotonic()
        claim = self._claim(clean(company_name), clean(login))
        try:
            return self._admitted(claim, password)
        except SignInRefused:
            self._note_refusal(claim)
            self._pause(max(0.0, began + FLOOR_SECONDS - time.monotonic()))
            raise

    def _claim(self, company_name: str, login: str) -> _Claim:
        company = self._store.company_named(company_name)
        claim = _Claim(company, login, None)
        return claim._replace(user=self._store.user(claim.company_id, login))

    def _admitted(self, claim: _Claim, password: str) -> tuple[Session, User]:
        try:
            return self._admit(claim, password)
        except WriteFailed as error:
            return self._admit_unwritten(claim, password, error)

    def _note_refusal(self, claim: _Claim) -> None:
        try:
            self._store.record(EventName.SIGN_IN_REFUSED, claim.known)
        except StoreTrouble as error:
            self._tell(f"refused, and not written down ({error.code}): {claim.known}")

    def _admit(self, claim: _Claim, password: str) -> tuple[Session, User]:
        attempt = None
        if claim.user is None:
            self._store.change_nobody(claim.company_id, claim.login)
        else:
            attempt = self._attempts.reserve(claim.user)
        right = self._passwords.verify(password, attempt.password if attempt else None)
        if claim.company is None or attempt is None:
            raise SignInRefused()
        if not right:
            self._attempts.close_after_too_many(attempt)
            raise SignInRefused()
        user = self._welcome(attempt, password)
        return new_session(claim.company, user, self._clock()), user

    def _admit_unwritten(
        self, claim: _Claim, password: str, error: WriteFailed
    ) -> tuple[Session, User]:
        """The same where the store cannot be written.

        Raises `SignInRefused`; `error` for an issued password, whose use has to be written down.
        """
        with self._store.one_at_a_time():
            self._pause(UNWRITTEN_SECONDS)  # before, not after: hanging up gains no time
            user = self._store.user(claim.company_id, claim.login)
            if user is not None and not self._attempts.may_try_unwritten(user):
                user = None
            right = self._passwords.verify(password, user.password if user else None)
            if not right or user is None or claim.company is None:
                self._attempts.count_unwritten(claim.company_id, claim.login)
                raise SignInRefused()
        if user.issued_until is not None:
            raise error
        self._tell(f"signed in, and not written down ({error.reason}): {claim.known}")
        session = new_session(claim.company, user, self._clock())
        session.written = False
        return session, user

    def act_as(self, company_name: str, login: str, unix_user: str) -> Session:
        """A session for a command that the licence desk runs in a user's name (`--as`).

        Raises `CompanyUnknown`, `UserUnknown`, and `SessionEnded` for a closed account.
        """
        company = known_company(self._store, company_name)
        user = self._store.user(company.company_id, login)
        if user is None:
            raise UserUnknown(company=company.name, login=login)
        session = new_session(company, user, self._clock())
        session.unix_user = unix_user
        self._access.require_signed_in(session)
        return session

    def at_the_desk(self, unix_user: str) -> Session:
        """A session for a command of the licence desk, for all companies."""
        now = self._clock()
        return Session(
            company=None,
            login="licence-desk",
            role=Role.LICENCE_DESK,
            credential=0,
            began_at=now,
            seen_at=now,
            unix_user=unix_user,
        )

    def sign_out(self, session: Session) -> None:
        """Note the end of a session."""
        self._store.record(EventName.SIGN_OUT, session.who)

    def _welcome(self, attempt: User, password: str) -> User:
        """Note it, forget the failures, use up an issued password, and raise the cost of an old
        hash. Raises `SignInRefused`."""
        kept = attempt.password
        if self._passwords.outdated(kept):
            kept = self._passwords.hash(password)

        def welcome(now: User) -> User:
            # Comparing takes a third of a second: time enough for the licence desk to close the
            # account, or to issue a password that must not be undone here.
            if not unchanged(now, attempt) or now.issued_used:
                raise SignInRefused()
            self._store.record(EventName.SIGN_IN, str(now.name))
            issued = now.issued_until is not None
            return replace(now, failures=0, not_before=None, password=kept, issued_used=issued)

        return self._store.change_user(attempt.company_id, attempt.login, welcome)
