"""The audit log of the store on PostgreSQL: written, read, and followed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec
from typing_extensions import override

from engine.audit import AuditEvent, EventName
from engine.errors import DocumentDamaged, DocumentFault
from engine.ports import AuditLog
from engine.store.postgresql.audit import Line, lane_of
from engine.store.postgresql.changing import AT_WORK, LOOK, Database
from engine.store.postgresql.former_log import former_lines
from engine.store.postgresql.line import Rows

_PAGE = 1000
_EVER = datetime(1, 1, 2, tzinfo=UTC)
_FIRST, _LAST = 0, 2**63 - 1
_SETTLES = 2.0
"""Seconds that a look waits for changes that are being made; the next look waits again."""
_SOON = 0.02


class Log(AuditLog):
    """The audit log of a store on PostgreSQL."""

    database: Database

    @override
    def record(self, event: EventName, who: str, **details: str) -> None:
        self.database.changed(lambda change: change.append(lane_of(who), event, who, details), LOOK)

    @override
    def events(self, since: datetime | None = None) -> Iterator[AuditEvent]:
        first = since or _EVER
        yield from (event for event in self._former() if event.at >= first)
        after = _FIRST
        while rows := self._page(after, _LAST, first):
            after = rows[-1][0]
            yield from self._told(rows)

    @override
    def follow(self) -> Iterator[AuditEvent | None]:
        yield from self._former()
        after = _FIRST
        while True:
            settled = self._settled()
            while rows := self._page(after, settled, _EVER):
                after = rows[-1][0]
                yield from self._told(rows)
            yield None

    def _settled(self) -> int:
        """The number of a line before which no line comes any more.

        A change takes numbers for its lines while it is made, and they are seen when it is done:
        lines of two come in either order. So what is there counts once nobody is at work who was
        at work then; a number that is taken later is a higher one. 0: not yet.
        """
        ((newest,),) = self.database.rows("SELECT max(id) FROM audit")
        end, at_work = time.monotonic() + _SETTLES, self._at_work()
        while at_work:
            if time.monotonic() > end:
                return _FIRST
            time.sleep(_SOON)
            at_work &= self._at_work()
        return newest or _FIRST

    def _at_work(self) -> set[str]:
        return {each for (each,) in self.database.rows(*AT_WORK)}

    def _former(self) -> Iterator[AuditEvent]:
        for line, _ in former_lines(self.database):
            if line.event != EventName.SYSTEM_DIGESTS:  # the store's own
                yield AuditEvent(line.at, line.event, line.who, line.details)

    def _told(self, rows: Rows) -> Iterator[AuditEvent]:
        for _number, text in rows:
            line = self.audit_line(text)
            if line.event != EventName.SYSTEM_DIGESTS:
                yield AuditEvent(line.at, line.event, line.who, line.details)

    def _page(self, after: int, until: int, since: datetime) -> Rows:
        return self.database.rows(
            "SELECT id, line FROM audit WHERE id > %s AND id <= %s AND at >= %s"
            " ORDER BY id LIMIT %s",
            *(after, until, since, _PAGE),
        )

    def audit_line(self, text: str) -> Line:
        """What a row of the audit log says. Raises `DocumentDamaged`."""
        try:
            return msgspec.json.decode(text, type=Line)
        except msgspec.DecodeError:
            raise DocumentDamaged(path=self.database.place, reason=DocumentFault.SHAPE) from None
