"""The proofs of moves: the return notes of old hardware, given with the move or later."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from engine.accounts.people import Right
from engine.errors import (
    EquipmentIdMalformed,
    FieldRequired,
    FieldTooLong,
    NotAMove,
    OrderUnknown,
    ProofGiven,
    ProofsOverdue,
)
from engine.licences.moves import WRONG_ID
from engine.licences.order import Order, OrderKind
from engine.licences.order_number import OrderNumber
from engine.licences.system import EquipmentId
from engine.ports import Clock, OrderQuery, Store
from engine.safe_text import clean
from engine.services.access import Access, Session
from engine.services.all_orders import all_orders, order_numbered
from engine.services.changing import PROOF

MOST_OVERDUE = 3
"""With so many overdue a company moves nothing more."""
MOST_MOVES = 10_000
"""That are looked at for open ones."""


class OpenMove(NamedTuple):
    """A move without its proof."""

    order: Order
    """Of the old hardware."""
    due: datetime


class Proving:
    """Which proofs are open, and giving them."""

    def __init__(self, store: Store, access: Access, clock: Clock, days: int) -> None:
        """`days`: until when a proof is wanted; 0: never."""
        self._store = store
        self._access = access
        self._clock = clock
        self._days = days

    def open_moves(self, session: Session) -> list[OpenMove]:
        """Those that the session may see, the oldest first."""
        self._access.require(session, Right.SEARCH)
        everywhere = Right.ALL_COMPANIES in session.role.rights
        return self._open(None if everywhere else session.company_id)

    def require_few_overdue(self, session: Session) -> None:
        """Raises `ProofsOverdue`; the licence desk moves all the same."""
        if Right.CORRECT in session.role.rights:
            return
        count = sum(each.due < self._clock() for each in self._open(session.company_id))
        if count >= MOST_OVERDUE:
            raise ProofsOverdue(count=count, days=self._days)

    def prove(self, session: Session, number: str, proof: str) -> Order:
        """Give the proof of a move, by the number of either of its orders; answers that of the old
        hardware. Cut short, it is finished when it is asked for again.

        Raises `FieldRequired`, `FieldTooLong`, `OrderUnknown`, `NotAMove`, `ProofGiven`, and as
        `Store.give_proof`.
        """
        self._access.require(session, Right.MOVE)
        proof = clean(proof)
        if not proof:
            raise FieldRequired(field="proof")
        if len(proof) > PROOF:
            raise FieldTooLong(field="proof", length=len(proof), most=PROOF)
        out, into = self._move(session, number)
        if out.proof and out.proof != proof:
            raise ProofGiven(number=out.number, proof=out.proof)
        for order in (into, out):  # the old hardware's last: without it the move is open
            self._store.give_proof(
                EquipmentId(order.equipment_id), {order.number}, proof, session.who
            )
        found = order_numbered(self._store, out.number)
        assert found is not None, "it was there a moment ago"
        return found

    def _move(self, session: Session, text: str) -> tuple[Order, Order]:
        """Both sides, the old hardware first."""
        try:
            wanted = OrderNumber.typed(text)
        except EquipmentIdMalformed:
            raise OrderUnknown(number=text) from None
        found = order_numbered(self._store, str(wanted)) if wanted else None
        if found is None or not self._access.sees(session, found.company_id):
            raise OrderUnknown(number=text)
        if found.kind not in {OrderKind.MOVE_OUT, OrderKind.MOVE_IN}:
            raise NotAMove(number=found.number)
        system = self._store.system(EquipmentId(found.other_id))
        orders = all_orders(self._store, system) if system else ()
        other = next((each for each in orders if each.draft_id == found.draft_id), None)
        if other is None:
            raise OrderUnknown(number=text)
        return (found, other) if found.kind is OrderKind.MOVE_OUT else (other, found)

    def _open(self, company_id: str | None) -> list[OpenMove]:
        if not self._days:
            return []
        query = OrderQuery(company_id=company_id, kind=OrderKind.MOVE_OUT)
        moves = self._store.find_orders(query, MOST_MOVES)
        return [
            OpenMove(order, order.placed_at + timedelta(days=self._days))
            for order in reversed(moves)
            if not order.proof and order.reason != WRONG_ID
        ]
