"""Reading systems and their orders from the database."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from msgspec.structs import replace
from typing_extensions import override

from engine.licences.order import Order
from engine.licences.system import EquipmentId, System
from engine.ports import SystemStore
from engine.store.postgresql.changing import Database, Statement
from engine.store.postgresql.line import Rows
from engine.store.postgresql.order_rows import ORDER, order_of, system_in

_LATEST = 50
"""Orders that are read with a system; the others are older ones."""
PAGE = 500
_EQUIPMENT_ID = frozenset("0123456789ABCDEF")


def is_id(text: str) -> bool:
    """Whether it can be one at all: nothing else reaches the database."""
    return len(text) == 13 and set(text) <= _EQUIPMENT_ID


class ReadSystems(SystemStore):
    """The systems of a store on PostgreSQL."""

    database: Database

    @override
    def system(self, equipment_id: EquipmentId) -> System | None:
        if not is_id(equipment_id):
            return None
        return self.system_from(self.database.read(*whole(equipment_id)))

    def system_from(self, read: list[Rows]) -> System | None:
        """A system of the answers to `_whole`."""
        found, latest, ((count,),) = read[:3]
        if not found:
            return None
        place = self.database.place
        orders = tuple(order_of(row, place) for row in reversed(latest))
        older = count - len(orders)
        return replace(
            system_in(found[0][0], place),
            orders=orders,
            sealed=bool(older) * 1,
            sealed_orders=older,
        )

    @override
    def older_orders(self, system: System) -> tuple[Order, ...]:
        if not system.sealed:
            return ()
        rows = self.database.rows(
            f"{ORDER} WHERE equipment_id = %s ORDER BY sequence LIMIT %s",
            *(system.equipment_id, system.sealed_orders),
        )
        return tuple(order_of(row, self.database.place) for row in rows)

    @override
    def systems(self) -> Iterator[System]:
        after = ""
        while page := self.page(after):
            yield from page
            after = page[-1].equipment_id

    def page(self, after: str) -> list[System]:
        """The next systems, in three questions but for those with many orders."""
        rows = self.database.rows(
            "SELECT s.equipment_id, s.body, (SELECT count(*) FROM orders o"
            " WHERE o.equipment_id = s.equipment_id) FROM systems s WHERE s.equipment_id > %s"
            " ORDER BY 1 LIMIT %s",
            *(after, PAGE),
        )
        few = [row[0] for row in rows if 0 < row[2] <= _LATEST]
        orders: dict[str, list[Order]] = {}
        if few:
            asked = f"{ORDER} WHERE equipment_id = ANY(%s) ORDER BY equipment_id, sequence"
            for row in self.database.rows(asked, few):
                orders.setdefault(row[0], []).append(order_of(row, self.database.place))
        found: list[System] = []
        for equipment_id, body, count in rows:
            if count > _LATEST:
                system = self.system(EquipmentId(equipment_id))
                assert system is not None, "systems are never removed"
            else:
                has = tuple(orders.get(equipment_id, ()))
                system = replace(system_in(body, self.database.place), orders=has)
            found.append(system)
        return found

    @override
    def known_ids(self, equipment_ids: Collection[EquipmentId]) -> frozenset[EquipmentId]:
        asked = list(filter(is_id, equipment_ids))
        rows = self.database.rows(
            "SELECT equipment_id FROM systems WHERE equipment_id = ANY(%s::text[])", asked
        )
        return frozenset(EquipmentId(row[0]) for row in rows)

    @override
    def system_count(self) -> int:
        count: int = self.database.rows("SELECT count(*) FROM systems")[0][0]
        return count


def whole(equipment_id: str) -> tuple[Statement, ...]:
    """What a system is made of: its row, its latest orders, how many there are."""
    return (
        ("SELECT body FROM systems WHERE equipment_id = %s", (equipment_id,)),
        (
            f"{ORDER} WHERE equipment_id = %s ORDER BY sequence DESC LIMIT {_LATEST}",
            (equipment_id,),
        ),
        ("SELECT count(*) FROM orders WHERE equipment_id = %s", (equipment_id,)),
    )
