"""The upkeep of a store on PostgreSQL: check and keys. A backup is one moment of it, in the format
of a store in a folder; what is damaged the server's own backup puts back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from typing_extensions import override

from engine.audit import AuditEvent, EventName
from engine.errors import DocumentDamaged, KeysNotOfStore, NotForDatabase, OrderUnknown
from engine.files.system_calls import SystemCalls
from engine.findings import Finding, FindingCode
from engine.keys.folder import KeysFolder, signing_name
from engine.keys.making import add_key, confirm_keys
from engine.licences.order import Order
from engine.licences.system import EquipmentId, System
from engine.papers.paper import Paper, Series, number_of
from engine.ports import Progress
from engine.store.digests import PERSONAL, digests
from engine.store.papers_given import PapersGiven
from engine.store.postgresql.accounts import value_in
from engine.store.postgresql.audit import FIRST_MAC, mac_of
from engine.store.postgresql.changing import Change, Gate
from engine.store.postgresql.copying import contents_of
from engine.store.postgresql.former_log import former_findings
from engine.store.postgresql.installing import key_marks, mark_keys
from engine.store.postgresql.order_rows import Looked, looked_up, system_mac
from engine.store.postgresql.read_systems import PAGE
from engine.store.postgresql.store import PostgresqlStore
from engine.store.postgresql.surroundings import server_findings
from engine.store.postgresql.systems import COPIED
from engine.store_contents import Contents
from engine.upkeep import BackupMade, Checked, Examine, Measured, Restored, Upkeep

_PAGE = 1000
_ORDERS = """SELECT number, body, mac, draft, company, kind, placed_at, reference, licensee,
ARRAY(SELECT k.keycode FROM keycodes k WHERE k.equipment_id = o.equipment_id
AND k.sequence = o.sequence ORDER BY 1) FROM orders o WHERE equipment_id = %s"""
_LONG = 24 * 3600.0
"""Seconds that a backup may take."""
Pack = Callable[[Contents, Path, bool, Progress | None], BackupMade]
"""Makes a backup of contents, as a store in a folder has it: target, whether with keys."""


class DatabaseUpkeep(Upkeep):
    """`engine.upkeep.Upkeep` of a store in a database and the folder of its keys."""

    def __init__(self, store: PostgresqlStore, keys_folder: Path, pack: Pack) -> None:
        self._store = store
        self._key = store.database.audit_key
        self._keys_folder = keys_folder
        self._pack = pack

    @override
    def check(
        self, examine: Examine, progress: Progress | None = None, checked: Checked | None = None
    ) -> Iterator[Finding]:
        counted = checked or Checked()
        after = ""
        while rows := self._rows(
            "SELECT equipment_id, body, mac FROM systems WHERE equipment_id > %s"
            " ORDER BY equipment_id LIMIT %s",
            *(after, _PAGE),
        ):
            for equipment_id, body, mac in rows:
                if system_mac(self._key, body) != mac:
                    yield Finding(equipment_id, FindingCode.SYSTEM_CHANGED)
            after = rows[-1][0]
        after = ""
        while ids := self._ids(after):
            try:
                systems = self._store.page(after)
            except DocumentDamaged:  # one of them is: each for itself
                systems = []
                for each in ids:
                    yield from self._system(each, examine, counted)
            for system in systems:
                yield from self._examined(system, examine, counted)
            if progress:
                progress(counted.systems)
            after = ids[-1]
        for lane in self._lanes_without_orders():
            yield from self._orders(lane, ())
        yield from self._users()
        yield from self._papers()
        yield from self.audit_findings()

    def _system(self, equipment_id: str, examine: Examine, checked: Checked) -> Iterator[Finding]:
        try:
            system = self._store.system(EquipmentId(equipment_id))
        except DocumentDamaged as error:
            checked.systems += 1
            yield Finding(error.path, FindingCode.DAMAGED_SHAPE)
            return
        assert system is not None, "systems are never removed"
        yield from self._examined(system, examine, checked)

    def _examined(self, system: System, examine: Examine, checked: Checked) -> Iterator[Finding]:
        checked.systems += 1
        try:
            orders = (*self._store.older_orders(system), *system.orders)
        except DocumentDamaged as error:
            yield Finding(error.path, FindingCode.DAMAGED_SHAPE)
            return
        checked.orders += len(orders)
        if orders:
            yield from self._orders(system.equipment_id, orders)
        yield from examine(system, orders)

    def _lanes_without_orders(self) -> list[str]:
        """Systems of which the audit log has lines, and that have no order at all."""
        rows = self._rows(
            "SELECT DISTINCT lane FROM audit a WHERE EXISTS (SELECT 1 FROM systems s"
            " WHERE s.equipment_id = a.lane) AND NOT EXISTS (SELECT 1 FROM orders o"
            " WHERE o.equipment_id = a.lane)"
        )
        return [row[0] for row in rows]

    def _ids(self, after: str) -> list[str]:
        """Those of the page of systems after that one."""
        rows = self._rows(
            "SELECT equipment_id FROM systems WHERE equipment_id > %s ORDER BY 1 LIMIT %s",
            *(after, PAGE),
        )
        return [row[0] for row in rows]

    def _orders(self, equipment_id: str, orders: Sequence[Order]) -> Iterator[Finding]:
        """What is not as the audit log says: each order has a line, and a mac over both."""
        macs: dict[str, tuple[str, str]] = {}
        columns: dict[str, Looked] = {}
        for number, body, mac, *looked in self._rows(_ORDERS, equipment_id):
            macs[number] = (body, mac)
            columns[number] = Looked(*looked)
        lines = self._rows("SELECT line, mac FROM audit WHERE lane = %s", equipment_id)
        known: dict[str, tuple[str, str]] = {}
        of = {order.number: order for order in orders}
        found = {order.number: digests(order, self._store.database) for order in orders}
        for text, mac in lines:
            line = self._store.audit_line(text)
            if line.event in (EventName.ORDER, EventName.ORDER_IMPORT):
                known[line.details.get("number", "")] = (mac, line.details.get(PERSONAL, ""))
        for number, (body, mac) in macs.items():
            line_mac, personal = known.pop(number, (COPIED, ""))
            # Columns that say something else would have it found as another, or not at all.
            right = number in of and columns[number] == looked_up(of[number])
            now = found[number].personal if right else ""
            changed = now and personal and now != personal  # or erased, or of before
            if not right or mac_of(self._key, line_mac, body) != mac or changed:
                yield Finding(number, FindingCode.ORDER_CHANGED)
        for number in known:
            yield Finding(number, FindingCode.ORDER_LOST)

    def _users(self) -> Iterator[Finding]:
        companies = {company.company_id for company in self._store.companies()}
        users = {(user.company_id, user.login) for user in self._store.users()}
        for company_id, login in sorted(users):
            if company_id not in companies:
                yield Finding(f"{company_id}/{login}", FindingCode.USER_COMPANY)
        for key in self._store.ssh_keys():
            if (key.company_id, key.login) not in users:
                yield Finding(key.fingerprint, FindingCode.SSH_KEY_USER)

    def _papers(self) -> Iterator[Finding]:
        given, there = PapersGiven(), set[str]()
        for event in self._store.events():  # first: a paper that is added meanwhile is there
            given.take(event.event, event.details)
        for series, year, count, body in self._rows("SELECT series, year, count, body FROM papers"):
            number = number_of(Series(series), year, count)
            try:
                right = value_in(Paper, body, number).number == number
            except DocumentDamaged:
                right = False
            there.add(number)
            if not right:
                yield Finding(number, FindingCode.DAMAGED_SHAPE)
        for number in sorted(given.numbers - there):
            yield Finding(number, FindingCode.PAPER_MISSING)

    @override
    def surroundings(self) -> list[Finding]:
        return list(server_findings(self._store.database))

    @override
    def measured(self) -> Measured:
        ((standby,),) = self._rows("SELECT pg_is_in_recovery()")
        return Measured(self._store.database.place, None, None, writable=not standby)

    @override
    def audit_findings(self) -> list[Finding]:
        """Each lane is a chain: what was changed, removed or put in breaks it."""
        found = list(former_findings(self._store.database))
        lane, n, mac = "", 0, FIRST_MAC
        for now_lane, now_n, text, now_mac in self._lines():
            if now_lane != lane:
                lane, n, mac = now_lane, 0, FIRST_MAC
            place = f"{lane}#{now_n}"
            if now_n != n + 1:
                found.append(Finding(place, FindingCode.JOURNAL_REMOVED, {"line": str(now_n)}))
            elif mac_of(self._key, mac, text) != now_mac:
                found.append(Finding(place, FindingCode.JOURNAL_CHANGED, {"line": str(now_n)}))
            n, mac = now_n, now_mac
        return found

    def _lines(self) -> Iterator[tuple[Any, ...]]:
        lane, n = "", 0
        while rows := self._rows(
            "SELECT lane, n, line, mac FROM audit WHERE (lane, n) > (%s, %s)"
            " ORDER BY lane, n LIMIT %s",
            *(lane, n, _PAGE),
        ):
            yield from rows
            lane, n = rows[-1][:2]

    @override
    def is_unplaced(self, event: AuditEvent) -> bool:
        return False  # an order and its line are one transaction

    @override
    def back_up(
        self, target: Path, *, with_keys: bool, progress: Progress | None = None
    ) -> BackupMade:
        def pack(_change: Change) -> BackupMade:
            return self._pack(contents_of(self._store), target, with_keys, progress)

        return self._store.database.changed(pack, "again", _LONG, Gate.SNAPSHOT)

    @override
    def restore_damaged(self, source: Path, who: str, progress: Progress | None = None) -> Restored:
        raise NotForDatabase(path=self._store.database.place)

    @override
    def settle(self, number: str, who: str) -> None:
        raise OrderUnknown(number=number)  # none is ever waiting for that

    @override
    def prepare_key(self, who: str) -> int:
        return self._new_key(who, EventName.KEY_PREPARE)

    @override
    def rotate_key(self, who: str) -> int:
        number = self._new_key(who, EventName.KEY_ROTATE)
        self._say_which_signs(number)
        return number

    def _new_key(self, who: str, event: EventName) -> int:
        """The number of a key that does not sign: one that is prepared, unless it was withdrawn, or
        one that is made. With its line in the audit log first."""
        known = self._store.signing_key()
        ring = KeysFolder(self._keys_folder).signing(known)
        waiting = ring.newest > ring.signs and ring.newest not in self._store.withdrawn_keys()
        number = ring.newest if waiting else ring.next_number()
        if not waiting and signing_name(number) in key_marks(self._store):
            raise KeysNotOfStore(path=str(self._keys_folder))  # another server has made it
        if not waiting or event is EventName.KEY_ROTATE:
            self._store.record(event, who, key=str(number))
        if waiting:
            confirm_keys(self._keys_folder, SystemCalls())
            return number
        if known is None:  # else the highest signs, which will be this one
            self._say_which_signs(ring.signs)
        made = add_key(self._keys_folder)
        mark_keys(self._store, KeysFolder(self._keys_folder))
        return made

    def _say_which_signs(self, number: int) -> None:
        put = "INSERT INTO meta VALUES ('signing-key', %s) ON CONFLICT (name) DO UPDATE SET value"

        def work(change: Change) -> None:
            change.write(f"{put} = excluded.value", str(number))

        self._store.database.changed(work, "again")

    def _rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        return self._store.database.rows(sql, *values)
