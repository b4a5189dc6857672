"""Order documents: an order as JSON, for scripts (`keycode-portal order FILE`).

    {"equipment_id": "03FFFF0302AD4",
     "items": {"BHW1063A": 1, "BHW1095A": 8},
     "order_reference": "2125469-65891", "licensee": "John Smith",
     "address": {"name": "John Smith", "lines": ["1 rue des Essais"], "city": "Guyancourt",
                 "zip_code": "78280", "country": "FR"},
     "draft_id": "optional: the same id twice is the same order"}

Read strictly: what is not understood is refused, never skipped. Only the shape is judged here;
whether the values make an order is for `Ordering` to say.
"""

from __future__ import annotations

import json
import re
from typing import Any, Never

import msgspec
from msgspec import Struct

from engine.errors import OrderDocumentFault, OrderDocumentWrong
from engine.licences.order import ADDRESS_LINES, Address, Draft
from engine.ports import NewId

MOST_BYTES = 1_000_000
_DRAFT_ID = re.compile(r"[A-Za-z0-9._-]{1,64}", re.ASCII)
_MOST_DIGITS = 18
_QUOTED = re.compile(r"`([^`]*)`")


class _Address(Struct, forbid_unknown_fields=True):
    name: str = ""
    lines: list[str] = []
    city: str = ""
    zip_code: str = ""
    country: str = ""


class _Document(Struct, forbid_unknown_fields=True):
    equipment_id: str
    items: dict[str, Any]
    order_reference: str
    licensee: str
    address: _Address = msgspec.field(default_factory=_Address)
    draft_id: str | None = None


class _Wrong(Exception):
    """On the way to `OrderDocumentWrong`."""

    def __init__(self, place: str, reason: OrderDocumentFault) -> None:
        super().__init__(place, reason)
        self.place, self.reason = place, reason


def read_order_document(data: bytes, path: str, new_id: NewId) -> Draft:
    """The draft in a document; `path` is its name in an error. Raises `OrderDocumentWrong`."""
    try:
        return _draft(_parsed(data), new_id)
    except _Wrong as wrong:
        raise OrderDocumentWrong(path=path, place=wrong.place, reason=wrong.reason) from None


def _parsed(data: bytes) -> _Document:
    if len(data) > MOST_BYTES:
        raise _Wrong("", OrderDocumentFault.TOO_BIG)
    try:
        values = json.loads(
            data.decode("utf-8-sig"),
            object_pairs_hook=_object,
            parse_int=_whole_number,
            parse_constant=_no_number,
        )
    except UnicodeDecodeError:
        raise _Wrong("", OrderDocumentFault.ENCODING) from None
    except json.JSONDecodeError as error:
        raise _Wrong(f"{error.lineno}:{error.colno}", OrderDocumentFault.JSON) from None
    except RecursionError:
        raise _Wrong("", OrderDocumentFault.TOO_DEEP) from None
    try:
        return msgspec.convert(values, _Document, strict=True)
    except msgspec.ValidationError as error:
        raise _misshapen(str(error)) from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise _Wrong(name, OrderDocumentFault.DUPLICATE_KEY)
        found[name] = value
    return found


def _whole_number(digits: str) -> int:
    """Cut to a size that can be meant: `int` refuses some thousand digits, msgspec some twenty."""
    return int(digits[:_MOST_DIGITS])


def _no_number(name: str) -> Never:
    """`NaN` and `Infinity` are not JSON, though Python reads them."""
    raise _Wrong(name, OrderDocumentFault.JSON)


def _misshapen(message: str) -> _Wrong:
    """What msgspec says: `Expected `str`, got `int` - at `$.address.city``."""
    said, _, place = message.partition(" - at `")
    place = place.rstrip("`") or "$"
    key = _QUOTED.search(said)
    if said.startswith("Object contains unknown field") and key:
        return _Wrong(f"{place}.{key[1]}", OrderDocumentFault.UNKNOWN_KEY)
    if said.startswith("Object missing required field") and key:
        return _Wrong(f"{place}.{key[1]}", OrderDocumentFault.MISSING_KEY)
    return _Wrong(place, OrderDocumentFault.WRONG_TYPE)


def _draft(document: _Document, new_id: NewId) -> Draft:
    for part, quantity in document.items.items():
        if type(quantity) is not int or quantity < 0:  # True is an int to isinstance
            raise _Wrong(f"$.items.{part}", OrderDocumentFault.QUANTITY)
    lines = document.address.lines
    if len(lines) > ADDRESS_LINES:
        raise _Wrong("$.address.lines", OrderDocumentFault.WRONG_TYPE)
    if document.draft_id is not None and not _DRAFT_ID.fullmatch(document.draft_id):
        raise _Wrong("$.draft_id", OrderDocumentFault.DRAFT_ID)
    line1, line2, line3 = (*lines, *[""] * (ADDRESS_LINES - len(lines)))
    address = document.address
    return Draft(
        draft_id=document.draft_id or new_id(),
        equipment_id=document.equipment_id,
        quantities={part: str(quantity) for part, quantity in document.items.items()},
        reference=document.order_reference,
        licensee=document.licensee,
        address=Address(
            name=address.name,
            lines=(line1, line2, line3),
            city=address.city,
            zip_code=address.zip_code,
            country=address.country,
        ),
        step=4,
    )
