"""Systems and orders as rows of tables, and back."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from engine.errors import DocumentDamaged, DocumentFault
from engine.licences.order import Address, Order
from engine.licences.system import System
from engine.safe_text import folded
from engine.store.postgresql.audit import key_of, mac_of
from engine.store.postgresql.changing import Change
from engine.store.rows import Row, row_of, value_of

ORDER = """SELECT o.equipment_id, o.sequence, o.body, o.personal, p.proof FROM orders o
LEFT JOIN proofs p USING (equipment_id, sequence)"""
_APART = ("licensee", "address", "proof")
_NO_PERSON: Row = {"licensee": "", "address": msgspec.to_builtins(Address())}


class OrderRow(NamedTuple):
    """What is written of an order."""

    body: str
    personal: str | None
    order: Order
    """As it is read."""


class Looked(NamedTuple):
    """The columns that orders are looked for by: all of them follow from the order."""

    draft: str
    company: str
    kind: str
    placed_at: datetime
    reference: str
    licensee: str | None
    keycodes: list[str]


def looked_up(order: Order) -> Looked:
    """Those of an order as it is read."""
    return Looked(
        *(key_of(order.draft_id), key_of(order.company_id), order.kind.value, order.placed_at),
        key_of(folded(order.reference)),
        searched(order.licensee) if order.is_personal else None,
        sorted({key_of(folded(each)) for each in order.keycodes}),
    )


def order_row(order: Order, place: str) -> OrderRow:
    """The row of an order, but for its mac. Raises `UnicodeEncodeError`."""
    row = row_of(order)
    clean = value_of(Order, row, place)
    personal = {name: row[name] for name in ("licensee", "address")}
    body = {name: value for name, value in row.items() if name not in _APART}
    return OrderRow(
        _text(body),
        _text(personal) if order.is_personal else None,
        clean,
    )


def order_of(row: tuple[Any, ...], place: str) -> Order:
    """The order in a row of `ORDER`. Raises `DocumentDamaged`."""
    equipment_id, sequence, body, personal, proof = row
    where = f"{place}#{equipment_id}-{sequence:04d}"
    whole = _read(body, where) | (_read(personal, where) if personal else _NO_PERSON)
    return value_of(Order, whole | ({"proof": proof} if proof else {}), where)


def put_order(change: Change, order: Order, sequence: int, line_mac: str, key: bytes) -> None:
    """Write an order and its keycodes; `line_mac` is that of its line in the audit log."""
    row = order_row(order, "")
    of = order.equipment_id
    looked = looked_up(row.order)
    change.write(
        "INSERT INTO orders VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
        *(of, sequence, looked.draft, order.number, looked.company, looked.kind),
        *(looked.placed_at, looked.reference, row.body, mac_of(key, line_mac, row.body)),
        *(looked.licensee, row.personal),
    )
    for keycode in looked.keycodes:
        change.write("INSERT INTO keycodes VALUES (%s, %s, %s)", keycode, of, sequence)
    if order.proof:
        change.write("INSERT INTO proofs VALUES (%s, %s, %s)", of, sequence, order.proof)


def searched(licensee: str) -> str:
    """The text in which a licensee is looked for."""
    return folded(licensee).replace("\0", "\ufffd")


def system_body(system: System) -> str:
    """The row of a system: all that it is, but for its orders."""
    row = row_of(replace(system, orders=(), sealed=0, sealed_orders=0))
    del row["orders"]
    return _text(row)


def system_mac(key: bytes, body: str) -> str:
    """What `check` compares."""
    return mac_of(key, "system", body)


def system_in(body: str, place: str) -> System:
    """The system in such a row, without its orders. Raises `DocumentDamaged`."""
    return value_of(System, _read(body, place), place)


def _text(row: Row) -> str:
    return msgspec.json.encode(row).decode()


def _read(text: str, place: str) -> Row:
    try:
        row: Row = msgspec.json.decode(text, type=dict[str, Any])
    except msgspec.DecodeError:
        raise DocumentDamaged(path=place, reason=DocumentFault.JSON) from None
    return row
