"""Looking up a system by what an operator has at hand: the last digits of its ID, its licensee or
its city."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import NamedTuple

from engine.accounts.people import Right
from engine.errors import (
    DocumentDamaged,
    EquipmentIdMalformed,
    SystemTransferred,
    SystemUnknown,
)
from engine.licences.order import Order
from engine.licences.system import System, end_of_id, parse_equipment_id
from engine.ports import OrderQuery, Store
from engine.safe_text import folded
from engine.services.access import Access, Session

MOST = 9
"""Systems that are offered: more are not read, they are narrowed down."""
_FEWEST_LETTERS = 3
_ORDERS_A_SYSTEM = 20
"""So many orders of one system do not hide the others."""


class Known(NamedTuple):
    """A system of the company, and the latest of its orders that fits what was typed."""

    system: System
    order: Order


class LookingUp:
    """What a company knows of its own systems."""

    def __init__(self, store: Store, access: Access) -> None:
        self._store = store
        self._access = access

    def systems(self, session: Session, text: str) -> list[Known]:
        """The systems of the session's own company that were ordered for and fit, the latest
        order first; none for too short a text, or for a whole ID, right or wrong."""
        self._access.require(session, Right.SEARCH)
        if not is_looked_up(text):
            return []
        query = OrderQuery(company_id=session.company_id, like=text)
        found: dict[str, Known] = {}
        for order in self._store.find_orders(query, MOST * _ORDERS_A_SYSTEM):
            if order.equipment_id not in found and len(found) < MOST:
                with suppress(SystemUnknown, SystemTransferred, DocumentDamaged):
                    system = self._access.system(session, order.equipment_id)
                    if not system.moved_to and system.company_id == order.company_id:
                        found[order.equipment_id] = Known(system, order)
        return list(found.values())

    def these(self, session: Session, equipment_ids: Iterable[str]) -> list[Known]:
        """Those of these systems that the session may see and that were ordered for, to choose
        from; no more than `MOST`."""
        self._access.require(session, Right.SEARCH)
        found: list[Known] = []
        for equipment_id in equipment_ids:
            with suppress(SystemUnknown, SystemTransferred, DocumentDamaged):
                system = self._access.system(session, equipment_id)
                if system.orders and len(found) < MOST:
                    found.append(Known(system, system.orders[-1]))
        return found


def is_looked_up(text: str) -> bool:
    """Whether a text is no Equipment ID, and long enough to find few systems by."""
    with suppress(EquipmentIdMalformed):
        parse_equipment_id(text)
        return False
    return bool(end_of_id(text)) or len(folded(text)) >= _FEWEST_LETTERS
