"""The line to the server: connect, ask, commit → done or in doubt. All that goes to the database
goes through here, in simple messages: a message may hold several statements."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, TypeVar

import psycopg
from psycopg import ClientCursor, Connection
from psycopg.abc import PQGen
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from engine.errors import StoreMissing, StoreUnreachable, Unreachable
from engine.store.postgresql.troubles import FOR_GOOD, Again, InDoubt, not_connected, translated

Rows = list[tuple[Any, ...]]
_Answer = TypeVar("_Answer")
_CONNECT_SECONDS = 5
_LAST_TRY = 0.5
_WAIT = 0.2


class _Connection(Connection[tuple[Any, ...]]):
    """One with a deadline of its own: a frozen server still acknowledges TCP, and no time limit of
    a server ends the wait of COMMIT for its standby."""

    until = float("inf")

    def wait(
        self, gen: PQGen[_Answer], interval: float = 0.1, timeout: float | None = None
    ) -> _Answer:
        left = max(self.until - time.monotonic(), 0)
        return super().wait(gen, interval, left if timeout is None else min(timeout, left))


class Line:
    """One connection, made when it is needed and again when it was lost."""

    def __init__(self, database: str, lock_seconds: float) -> None:
        self._database = database
        self._lock_seconds = lock_seconds
        self._connection: _Connection | None = None
        self._warned = False
        self.place = _shown(database)
        self.until = float("inf")
        self.open = False
        """A transaction is."""

    def tried(self, work: Callable[[], _Answer], seconds: float) -> _Answer:
        """The answer of `work`, which is tried again while there is no server to be had.

        Raises `StoreUnreachable` after that time, and what `work` raises.
        """
        self.until = time.monotonic() + seconds
        wait = _WAIT
        while True:
            try:
                return work()
            except Again as again:
                self.drop()
                left = self.until - time.monotonic()
                if left <= _LAST_TRY or again.why in FOR_GOOD:
                    raise StoreUnreachable(path=self.place, reason=again.why) from None
                time.sleep(min(left, wait))
                wait = min(wait * 1.5, 2)

    def ask(self, *statements: tuple[str, Sequence[Any]]) -> list[Rows]:
        """The rows of each statement. Raises `Again`, `StoreTrouble`."""
        connection = self._connected()
        cursor = ClientCursor(connection)
        try:
            cursor.execute("; ".join(cursor.mogrify(*each) for each in statements).encode())
            return _rows(cursor)
        except psycopg.Error as error:
            raise self._translated(error) from error

    def begin(self, *statements: tuple[str, Sequence[Any]]) -> list[Rows]:
        """The same, as the first of a transaction."""
        rows = self.ask(("BEGIN", ()), *statements)
        self.open = True
        return rows[1:]

    def commit(self, *statements: tuple[str, Sequence[Any]]) -> None:
        """The last of a transaction. Raises `InDoubt`, `StoreTrouble` (nothing was done)."""
        connection, self.open, self._warned = self._connected(), False, False
        cursor = ClientCursor(connection)
        try:
            said = [cursor.mogrify(*each) for each in (*statements, ("COMMIT", ()))]
            cursor.execute("; ".join(said).encode())
        except psycopg.Error as error:
            found = self._translated(error)
            if isinstance(found, Again) and error.sqlstate not in {"40001", "40P01", "25006"}:
                self.drop()
                raise InDoubt from error
            raise found from error
        # A wait for the standby that was cancelled is a COMMIT, on no standby.
        if self._warned:
            raise InDoubt

    def roll_back(self) -> None:
        """Nothing of the transaction is to happen."""
        if self.open:
            self.open = False
            try:
                if self._connection is not None:
                    ClientCursor(self._connection).execute(b"ROLLBACK")
            except psycopg.Error:
                self.drop()

    def drop(self) -> None:
        """Let go of the connection."""
        connection, self._connection, self.open = self._connection, None, False
        if connection is not None:
            with suppress(psycopg.Error):
                connection.close()

    def _translated(self, error: psycopg.Error) -> Exception:
        connection = self._connection
        if connection is None or connection.closed or time.monotonic() >= self.until:
            self.drop()
            return Again(Unreachable.NO_SERVER)
        if self.open or connection.info.transaction_status:
            self.open = True
            self.roll_back()
        return translated(error, self.place, self._lock_seconds)

    def _connected(self) -> _Connection:
        if self._connection is None or self._connection.closed:
            if self.open:
                raise Again(Unreachable.NO_SERVER)
            self._connection = self._connect()
        self._connection.until = self.until
        return self._connection

    def _connect(self) -> _Connection:
        left = max(min(self.until - time.monotonic(), _CONNECT_SECONDS), 1)
        connection: _Connection | None = None
        try:
            connection = _Connection.connect(
                self._database,
                autocommit=True,
                prepare_threshold=None,
                connect_timeout=int(left),
                client_encoding="utf8",
                application_name="keycode-portal",
            )
            connection.until = self.until
            settings = f"SET lock_timeout = {int(self._lock_seconds * 1000)}; SET timezone = 'UTC'"
            ClientCursor(connection).execute(settings.encode())
        except psycopg.Error as error:
            if connection is not None:  # it is nobody's yet: nobody else closes it
                with suppress(psycopg.Error):
                    connection.close()
            if re.search('database ".*" does not exist', str(error)):
                raise StoreMissing(path=_shown(self._database)) from None
            raise Again(not_connected(error)) from None  # what it says may hold a password
        connection.add_notice_handler(self._noted)
        self.place = f"postgresql://{connection.info.host}:{connection.info.port}"
        return connection

    def _noted(self, notice: psycopg.errors.Diagnostic) -> None:
        if notice.severity_nonlocalized == "WARNING":
            self._warned = True


def _shown(database: str) -> str:
    """Where a database is, for errors: without a password, wherever it came from."""
    try:
        said = conninfo_to_dict(database)
    except psycopg.ProgrammingError:
        return "postgresql"
    hidden = said.pop("password", None) is not None
    return make_conninfo("", **said) if hidden else database


def _rows(cursor: psycopg.Cursor[tuple[Any, ...]]) -> list[Rows]:
    found: list[Rows] = []
    while True:
        found.append(cursor.fetchall() if cursor.description else [])
        if not cursor.nextset():
            return found
