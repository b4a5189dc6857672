"""Attempts at a password: counted in the store, so that many processes share one count."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec.structs import replace

from engine.accounts.people import User
from engine.ports import Clock, Store

FREE_FAILURES = 5
"""From this failure in a row on, the next attempt has to wait."""
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=1)
MOST_FAILURES = 50
"""After so many failures in a row the account is closed, until the licence desk opens it again."""


class Attempts:
    """Each attempt is written down as a failure before the password is looked at."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def reserve(self, user: User) -> User | None:
        """Count an attempt, and answer the user as he is then.

        None: it is too early, the account is closed, or the issued password has expired.
        """
        now = self._clock()
        usable = False

        def one_more(kept: User) -> User:
            nonlocal usable
            usable = _may_try(kept, now)
            return _with_failure(kept, now) if usable else kept

        reserved = self._store.change_user(user.company_id, user.login, one_more)
        return reserved if usable else None

    def close_after_too_many(self, attempt: User) -> None:
        """Close the account when this attempt, which has failed, was the last."""
        if attempt.failures < MOST_FAILURES:
            return
        who = f"{attempt.company_id}/{attempt.login}"

        def close(now: User) -> User:
            if now.failures < MOST_FAILURES:  # opened again meanwhile
                return now
            self._store.record("user-closed", who)
            return replace(now, disabled=True, credential=now.credential + 1)

        self._store.change_user(attempt.company_id, attempt.login, close)


def _may_try(user: User, now: datetime) -> bool:
    return not (
        user.disabled
        or user.failures >= MOST_FAILURES
        or (user.not_before is not None and now < user.not_before)
        or (user.issued_until is not None and now > user.issued_until)
    )


def _with_failure(user: User, now: datetime) -> User:
    failures = user.failures + 1
    not_before = None
    if failures >= FREE_FAILURES:
        not_before = now + min(FIRST_WAIT * 2 ** min(failures - FREE_FAILURES, 12), LONGEST_WAIT)
    return replace(user, failures=failures, not_before=not_before)
