"""Attempts at a password: counted in the store, so that many processes share one count."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from msgspec.structs import replace

from engine.accounts.people import User, user_key
from engine.audit import EventName
from engine.ports import Clock, Store

FREE_FAILURES = 5
"""From this failure in a row on, the next attempt has to wait."""
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=1)
MOST_FAILURES = 50
"""After so many failures in a row the account is closed, until the licence desk opens it again."""
MOST_UNWRITTEN = 3
"""After so many failures that could not be written down, a process looks at no more passwords."""


class Attempts:
    """Each attempt is written down as a failure before the password is looked at.

    Where the store cannot be written, the failures are counted here, and added to the account's
    when it can be again.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._unwritten: Counter[str] = Counter()

    def reserve(self, user: User, *, signed_in: bool = False) -> User | None:
        """Count an attempt, and answer the user as he is then. `signed_in`: who has used an issued
        password to come in may still change it.

        None: it is too early, the account is closed, or the issued password is used up.
        """
        now = self._clock()
        usable = False

        def one_more(kept: User) -> User:
            nonlocal usable
            kept = _with_failures(kept, self._unwritten[_key(kept)], now)
            usable = _may_try(kept, now) and (signed_in or _is_fresh(kept, now))
            return _with_failures(kept, 1, now) if usable else kept

        reserved = self._store.change_user(user.company_id, user.login, one_more)
        self._unwritten.pop(_key(user), None)
        return reserved if usable else None

    def may_try_unwritten(self, user: User) -> bool:
        """Whether a password may be compared although the attempt cannot be written down."""
        now = self._clock()
        few = self._unwritten.total() < MOST_UNWRITTEN
        return few and _may_try(user, now) and _is_fresh(user, now)

    def count_unwritten(self, company_id: str, login: str) -> None:
        """An attempt that could not be written down has failed."""
        self._unwritten[user_key(company_id, login)] += 1

    def forget(self, attempt: User) -> None:
        """Of an attempt that was right: the failures before it count no more."""
        self._store.change_user(
            attempt.company_id,
            attempt.login,
            lambda now: (
                replace(now, failures=0, not_before=None) if unchanged(now, attempt) else now
            ),
        )

    def close_after_too_many(self, attempt: User) -> None:
        """Close the account when this attempt, which has failed, was the last."""
        if attempt.failures < MOST_FAILURES:
            return
        who = str(attempt.name)

        def close(now: User) -> User:
            if now.failures < MOST_FAILURES:  # opened again meanwhile
                return now
            self._store.record(EventName.USER_CLOSED, who)
            return replace(now, disabled=True, credential=now.credential + 1)

        self._store.change_user(attempt.company_id, attempt.login, close)


def _may_try(user: User, now: datetime) -> bool:
    return not (
        user.disabled
        or user.failures >= MOST_FAILURES
        or (user.not_before is not None and now < user.not_before)
    )


def _is_fresh(user: User, now: datetime) -> bool:
    """Not a password that was issued and has been used, or has expired."""
    return user.issued_until is None or not (user.issued_used or now > user.issued_until)


def _with_failures(user: User, more: int, now: datetime) -> User:
    if not more:
        return user
    failures = user.failures + more
    not_before = None
    if failures >= FREE_FAILURES:
        not_before = now + min(FIRST_WAIT * 2 ** min(failures - FREE_FAILURES, 12), LONGEST_WAIT)
    return replace(user, failures=failures, not_before=not_before)


def _key(user: User) -> str:
    return user_key(user.company_id, user.login)


def unchanged(now: User, attempt: User) -> bool:
    """Whether the account is still as it was when the attempt was reserved."""
    return now.credential == attempt.credential and not now.disabled
