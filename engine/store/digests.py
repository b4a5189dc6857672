"""What the audit log says of the content of orders and systems: digests, so that `check` finds what
was changed and sealed again. Every store writes the same: its log may go into another.

They are made with the audit key: nobody without it can try names until one fits. Of an order, one
covers all that is never changed, the other licensee and address, which may be erased.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC
from typing import NamedTuple, Protocol

import msgspec

from engine.catalogue.versions import CatalogueVersion
from engine.licences.order import Order
from engine.licences.system import System
from engine.store.order_rules import order_details


class Digester(Protocol):
    """Who has the audit key."""

    def digest(self, data: bytes) -> str:
        """As `keyed_digest`."""


def keyed_digest(key: bytes, data: bytes) -> str:
    """A digest with the audit key, 32 hexadecimal digits, that no mac can be taken for."""
    return hmac.digest(key, b"digest\0" + data, "sha256").hex()[:32]


CONTENT = "content"
PERSONAL = "personal"
"""The names of both in the details of a line."""

_FIRST = (
    *("number", "draft_id", "equipment_id", "placed_at", "company_id", "placed_by", "product"),
    *("release", "currency", "reference", "inventory", "keycode"),
)
_APART = {*_FIRST, "lines", "function_keycodes", "licensee", "address"}
_LATER = [field for field in msgspec.structs.fields(Order) if field.name not in _APART]
"""Fields that an order has got since: covered where they say something, so that lines written
before they were there stay right."""


class Digests(NamedTuple):
    """Both digests of one order."""

    content: str
    personal: str
    """Empty where there is no licensee and no address."""


def digests(order: Order, key: Digester) -> Digests:
    """The digests that the line of this order must have."""
    personal = [order.licensee, order.address.name, order.address.lines, order.address.city]
    personal += [order.address.zip_code, order.address.country]
    return Digests(
        key.digest(_encoded([CONTENT, *_content(order)])),
        key.digest(_encoded([PERSONAL, order.number, order.draft_id, *personal]))
        if order.is_personal
        else "",
    )


def _content(order: Order) -> list[object]:
    content: list[object] = [getattr(order, name) for name in _FIRST]
    content.append([(each.part, each.name, each.quantity, each.unit_price) for each in order.lines])
    content.append([(each.function, each.keycode) for each in order.function_keycodes])
    later = {field.name: getattr(order, field.name) for field in _LATER}
    content += [(f.name, later[f.name]) for f in _LATER if later[f.name] != f.default]
    return content


def _encoded(values: list[object]) -> bytes:
    return msgspec.json.encode(values, order="deterministic")


def order_said(order: Order, key: Digester) -> dict[str, str]:
    """The details of a line of an order: which, and digests of all that it says."""
    content, personal = digests(order, key)
    said = {CONTENT: content} | ({PERSONAL: personal} if personal else {})
    return order_details(order) | said


def system_digest(system: System, key: Digester) -> str:
    """A digest of what is never changed of a system."""
    what = ["system", system.equipment_id, system.company_id, system.product]
    return key.digest(msgspec.json.encode([*what, system.model, system.release]))


def catalogue_file(version: CatalogueVersion) -> str:
    """The name of the file that a version of the catalogue has, or would have."""
    return f"{version.since.astimezone(UTC):%Y%m%dT%H%M%SZ}-{version.product}.toml"


def catalogue_said(version: CatalogueVersion) -> dict[str, str]:
    """The details of the line of a version that is put in use."""
    digest = hashlib.sha256(version.text).hexdigest()
    return {"product": version.product, "file": catalogue_file(version), "digest": digest}
