"""What signed-in people do with their own account: details, language, password."""

from __future__ import annotations

from msgspec.structs import replace

from engine.accounts.passwords import Passwords, check_new_password, composed
from engine.accounts.people import User
from engine.audit import EventName
from engine.errors import (
    PasswordsDiffer,
    PasswordUnchanged,
    PasswordWrong,
    SessionEnd,
    SessionEnded,
)
from engine.ports import Store
from engine.services.access import Access, Session
from engine.services.attempts import Attempts, unchanged


class OwnAccount:
    """Reads and changes the account of whoever is signed in."""

    def __init__(
        self,
        store: Store,
        access: Access,
        passwords: Passwords,
        attempts: Attempts,
        password_length: int,
        product_names: tuple[str, ...],
    ) -> None:
        """`password_length` is the least; a password must not be made of `product_names`."""
        self._store = store
        self._access = access
        self._passwords = passwords
        self._attempts = attempts
        self._length = password_length
        self._product_names = product_names

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

    def remember_theme(self, session: Session, theme: str) -> None:
        """Keep the user's last choice of colours. Raises `WriteFailed`, `StoreBusy`."""
        if session.company is not None:
            self._store.change_user(
                session.company.company_id, session.login, lambda u: replace(u, theme=theme)
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
        check_new_password(new, self._length, names)
        if new != again:
            raise PasswordsDiffer()
        if composed(new) == composed(previous):
            raise PasswordUnchanged()
        attempt = self._compared(session, user, previous)
        session.credential = self._change_password(session, attempt, self._passwords.hash(new))

    def confirm(self, session: Session, password: str) -> None:
        """That it is still the person who has logged in, before something that matters. Wrong ones
        count as wrong logins do. Raises `PasswordWrong`, `SessionEnded`. Blocks for a bcrypt."""
        self._access.require_signed_in(session, change_due=False)
        refused = EventName.CONFIRM_REFUSED
        self._attempts.forget(self._compared(session, self._own(session), password, refused))

    def _compared(
        self,
        session: Session,
        user: User,
        password: str,
        refused: EventName = EventName.PASSWORD_CHANGE_REFUSED,
    ) -> User:
        """The account as it was when the password was found right; a wrong one is written down as
        what was `refused`."""
        attempt = self._attempts.reserve(user, signed_in=True)
        if attempt is None or not self._passwords.verify(password, attempt.password):
            self._store.record(refused, session.who)
            if attempt is not None:
                self._attempts.close_after_too_many(attempt)
            raise PasswordWrong()
        return attempt

    def _change_password(self, session: Session, attempt: User, kept: str) -> int:
        """Put the new hash in the place of the one that `attempt` was compared with."""

        def change(now: User) -> User:
            if not unchanged(now, attempt):  # meanwhile the desk has issued another
                raise SessionEnded(reason=SessionEnd.PASSWORD)
            self._store.record(EventName.PASSWORD_CHANGE, session.who)
            return _with_password(now, kept)

        return self._store.change_user(attempt.company_id, attempt.login, change).credential

    def _own(self, session: Session) -> User:
        assert session.company is not None
        user = self._store.user(session.company.company_id, session.login)
        assert user is not None, "require_signed_in has just read it"
        return user


def _with_password(user: User, kept: str) -> User:
    return replace(
        user,
        password=kept,
        credential=user.credential + 1,
        issued_until=None,
        issued_used=False,
        failures=0,
        not_before=None,
    )
