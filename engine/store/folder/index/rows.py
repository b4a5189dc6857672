"""What the index takes of an order, read without the rest: a million documents are read for it."""

from __future__ import annotations

from collections.abc import Collection

import msgspec
from msgspec import Struct

from engine.errors import DocumentDamaged
from engine.licences.order import FunctionKeycode, OrderKind
from engine.moments import Moment
from engine.store.folder.documents import NOT_JSON, body_of, read_bytes
from engine.store.folder.paths import EQUIPMENT_ID
from engine.store.folder.store_folder import StoreFolder
from engine.store.folder.two_systems import AWAITS, awaited
from engine.store.rows import Row


class _Place(Struct, frozen=True):
    city: str = ""


class OrderRow(Struct, frozen=True, kw_only=True):
    """The fields of `Order` that are looked for."""

    number: str
    equipment_id: str
    company_id: str
    placed_at: Moment
    reference: str
    licensee: str
    keycode: str | None = None
    function_keycodes: tuple[FunctionKeycode, ...] = ()
    kind: OrderKind = OrderKind.ORDER
    address: _Place = _Place()


class _System(Struct):
    sealed: int = 0


class _Document(Struct):
    system: dict[str, _System] = {}
    orders: dict[str, OrderRow] = {}
    awaits: dict[str, Row] = {}
    """See `two_systems`."""


_DECODER = msgspec.json.Decoder(_Document)


def index_rows(
    folder: StoreFolder, equipment_id: str, numbers: Collection[str]
) -> dict[str, OrderRow]:
    """Those orders of a system, by number; what is not there is left out, and so is what lies in
    a damaged document: that is for the check to name. Raises `ReadFailed`."""
    if not EQUIPMENT_ID.fullmatch(equipment_id):  # never part of a path
        return {}
    document = _read(folder, folder.paths.system(equipment_id))
    found = _among(document, numbers)
    if document.awaits and (row := _awaited(folder, document, equipment_id)):
        found |= {row.number: row} if row.number in numbers else {}
    sealed = document.system.get(equipment_id, _System()).sealed
    while sealed and len(found) < len(numbers):
        found |= _among(_read(folder, folder.paths.segment(equipment_id, sealed)), numbers)
        sealed -= 1
    return found


def _awaited(folder: StoreFolder, document: _Document, equipment_id: str) -> OrderRow | None:
    """The order that another system's document carries for this one."""
    try:
        row = awaited(folder.calls, folder.paths, {AWAITS: document.awaits}, equipment_id)
        return msgspec.convert(row, OrderRow) if row else None
    except (DocumentDamaged, msgspec.ValidationError):
        return None


def _among(document: _Document, numbers: Collection[str]) -> dict[str, OrderRow]:
    return {number: row for number, row in document.orders.items() if number in numbers}


def _read(folder: StoreFolder, path: str) -> _Document:
    try:
        return _DECODER.decode(body_of(path, read_bytes(folder.calls, path)))
    except (FileNotFoundError, DocumentDamaged, *NOT_JSON):
        return _Document()
