"""Signing in and out, and changing one's password.

Every wrong combination gets the same answer (`SignInRefused`) after the same time: one bcrypt
whatever happened, and a floor under failures. An attempt is written down before the password is
looked at, so that many processes guessing at once share one count.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from msgspec.structs import replace

from engine.accounts.passwords import Passwords, check_new_password, composed
from engine.accounts.people import Company, Role, User, named
from engine.errors import (
    CompanyUnknown,
    PasswordsDiffer,
    PasswordUnchanged,
    PasswordWrong,
    SessionEnded,
    SignInRefused,
    UserUnknown,
)
from engine.ports import Clock, Store
from engine.safe_text import clean
from engine.services.access import Access, Session
from engine.services.attempts import Attempts
from engine.settings import Settings

FLOOR_SECONDS = 0.5
"""A refusal takes at least as long, whatever its reason."""


class SigningIn:
    """The door."""

    def __init__(
        self,
        store: Store,
        access: Access,
        passwords: Passwords,
        settings: Settings,
        clock: Clock,
        product_names: tuple[str, ...],
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._store = store
        self._access = access
        self._passwords = passwords
        self._settings = settings
        self._clock = clock
        self._product_names = product_names
        self._pause = pause
        self._attempts = Attempts(store, clock)

    def sign_in(self, company_name: str, login: str, password: str) -> tuple[Session, User]:
        """A session for a right combination, with the user's details.

        Raises `SignInRefused`, at least half a second later, for everything else. Blocks for a
        bcrypt: run it in a thread.
        """
        began = time.monotonic()
        company = named(self._store.companies(), clean(company_name))
        user = self._store.user(company.company_id, clean(login)) if company else None
        try:
            return self._admit(company, user, password)
        except SignInRefused:
            self._store.record("sign-in-refused", _known(company, user))
            self._pause(max(0.0, began + FLOOR_SECONDS - time.monotonic()))
            raise

    def _admit(
        self, company: Company | None, user: User | None, password: str
    ) -> tuple[Session, User]:
        attempt = self._attempts.reserve(user) if user else None
        right = self._passwords.verify(password, attempt.password if attempt else None)
        if company is None or attempt is None:
            raise SignInRefused()
        if not right:
            self._attempts.close_after_too_many(attempt)
            raise SignInRefused()
        user = self._welcome(attempt, password)
        session = self._session(company, user)
        self._store.record("sign-in", session.who)
        return session, user

    def act_as(self, company_name: str, login: str, unix_user: str) -> Session:
        """A session for a command that the licence desk runs in a user's name (`--as`).

        Raises `CompanyUnknown`, `UserUnknown`, and `SessionEnded` for a closed account.
        """
        company = named(self._store.companies(), clean(company_name))
        if company is None:
            raise CompanyUnknown(name=company_name)
        user = self._store.user(company.company_id, login)
        if user is None:
            raise UserUnknown(company=company.name, login=login)
        session = self._session(company, user)
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
        self._store.record("sign-out", session.who)

    def user(self, session: Session) -> User:
        """The details of the signed-in user. Raises `SessionEnded`."""
        self._access.require_signed_in(session)
        return self._own(session)

    def remember_language(self, session: Session, language: str) -> None:
        """Keep the user's last choice of language. Raises `WriteFailed`, `StoreBusy`."""
        if session.company is not None:
            self._store.change_user(
                session.company.company_id, session.login, lambda u: replace(u, language=language)
            )

    def change_password(self, session: Session, previous: str, new: str, again: str) -> None:
        """Change the password of the signed-in user; his other sessions end at their next action.

        Raises `PasswordWrong`, `PasswordsDiffer`, `PasswordUnchanged`, what
        `check_new_password` raises, and `SessionEnded`. Blocks for two bcrypts.
        """
        self._access.require_signed_in(session)
        user = self._own(session)
        assert session.company is not None
        names = (user.login, session.company.name, *self._product_names)
        check_new_password(new, self._settings.password_length, names)
        if new != again:
            raise PasswordsDiffer()
        if composed(new) == composed(previous):
            raise PasswordUnchanged()
        attempt = self._attempts.reserve(user)
        if attempt is None or not self._passwords.verify(previous, attempt.password):
            self._store.record("password-change-refused", session.who)
            if attempt is not None:
                self._attempts.close_after_too_many(attempt)
            raise PasswordWrong()
        session.credential = self._change_password(session, attempt, self._passwords.hash(new))

    def _change_password(self, session: Session, attempt: User, kept: str) -> int:
        """Put the new hash in the place of the one that `attempt` was compared with."""

        def change(now: User) -> User:
            if not _unchanged(now, attempt):  # meanwhile the desk has issued another
                raise SessionEnded(reason="password")
            self._store.record("password-change", session.who)
            return _with_password(now, kept)

        return self._store.change_user(attempt.company_id, attempt.login, change).credential

    def _own(self, session: Session) -> User:
        assert session.company is not None
        user = self._store.user(session.company.company_id, session.login)
        assert user is not None, "require_signed_in has just read it"
        return user

    def _session(self, company: Company, user: User) -> Session:
        now = self._clock()
        return Session(
            company=company,
            login=user.login,
            role=user.role,
            credential=user.credential,
            began_at=now,
            seen_at=now,
        )

    def _welcome(self, attempt: User, password: str) -> User:
        """Forget the failures, and raise the cost of an old hash. Raises `SignInRefused`."""
        kept = attempt.password
        if self._passwords.outdated(kept):
            kept = self._passwords.hash(password)

        def welcome(now: User) -> User:
            # Comparing takes a third of a second: time enough for the licence desk to close the
            # account, or to issue a password that must not be undone here.
            if not _unchanged(now, attempt):
                raise SignInRefused()
            return replace(now, failures=0, not_before=None, password=kept)

        return self._store.change_user(attempt.company_id, attempt.login, welcome)


def _unchanged(now: User, attempt: User) -> bool:
    """Whether the account is still as it was when the attempt was reserved."""
    return now.credential == attempt.credential and not now.disabled


def _with_password(user: User, kept: str) -> User:
    return replace(
        user,
        password=kept,
        credential=user.credential + 1,
        issued_until=None,
        failures=0,
        not_before=None,
    )


def _known(company: Company | None, user: User | None) -> str:
    """What the audit log may say of a refused attempt: only names that exist, never what was
    typed (people type passwords into the wrong field)."""
    if company is None:
        return "unknown company"
    return f"{company.company_id}/{user.login if user else 'unknown user'}"
