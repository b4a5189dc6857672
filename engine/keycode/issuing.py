"""Making keycodes: body, tag, text."""

from __future__ import annotations

from engine.catalogue.product import Product
from engine.inventory import Inventory
from engine.keycode.codec import compress, encode_body, encode_function_body
from engine.keycode.signing import KeyRing


def issue(
    product: Product, release: str, equipment_id: str, inventory: Inventory, ring: KeyRing
) -> str:
    """The unique keycode for the whole inventory of a system, signed with the key that signs."""
    body = encode_body(product, inventory, ring.signs)
    return _signed(product, release, equipment_id, body, ring)


def issue_function(
    product: Product, release: str, equipment_id: str, function: str, ring: KeyRing
) -> str:
    """The keycode of one function (its key in the catalogue), signed with the key that signs."""
    body = encode_function_body(product, function, ring.signs)
    return _signed(product, release, equipment_id, body, ring)


def _signed(product: Product, release: str, equipment_id: str, body: str, ring: KeyRing) -> str:
    return compress(body + ring.tag(ring.signs, product.code, release, equipment_id, body))
