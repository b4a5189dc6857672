"""What there is to say about a keycode and a system."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from enum import StrEnum
from typing import NamedTuple

from engine.catalogue.product import Catalogue, Product
from engine.keycode.repair import Repair, repair
from engine.keycode.signing import KeyRing
from engine.keycode.verifying import Reading, verify
from engine.licences.order import Order, OrderKind
from engine.licences.system import System


class Verdict(StrEnum):
    """Of a keycode. The orders decide: a signature alone proves nothing after a key has leaked."""

    CURRENT = "current"
    """Issued for this system, and none has replaced it."""
    SUPERSEDED = "superseded"
    """Issued for this system; a later order has given it another keycode."""
    EARLIER_RELEASE = "earlier-release"
    """Issued for this system when it ran an earlier release: right until the upgrade is done."""
    WITHDRAWN_KEY = "withdrawn-key"
    """Issued for this system, with a signing key that was withdrawn since: to be replaced."""
    REPLACED_HARDWARE = "replaced-hardware"
    """Issued for the hardware whose place this system has taken."""
    NEVER_ISSUED = "never-issued"
    """Signed for this system, and not among its orders: forged by whoever has the key."""
    MISTYPED = "mistyped"
    """Close to a keycode that was issued for this system: mistakes are in it, one or several."""
    PARTIAL = "partial"
    """The beginning or the end of a keycode that was issued for this system, or what is between."""
    OTHER_SYSTEM = "other-system"
    """A keycode, but not signed for this system and release."""
    MALFORMED = "malformed"
    """Not a keycode, and not close to one of this system."""


class Check(NamedTuple):
    """The verdict, and what it rests on."""

    verdict: Verdict
    reading: Reading
    system: System
    issued: Order | None = None
    """The order that delivered the keycode that was typed or, where it was mistyped, meant. Of
    another system only where the session may see it."""
    current: Order | None = None
    """This later order of the system has given it another keycode."""
    suggestion: Repair | None = None
    """The keycode that was meant, where it was mistyped."""
    logged: bool = True
    """False: it was never issued, and the audit log could not be told."""

    @property
    def valid(self) -> bool:
        """Whether the keycode was issued for this system, be it long ago."""
        return self.verdict in _ISSUED

    @property
    def superseded(self) -> bool:
        """Valid once, and not the keycode that the system has now."""
        return self.valid and self.current is not None


_ISSUED = {
    Verdict.CURRENT,
    Verdict.SUPERSEDED,
    Verdict.EARLIER_RELEASE,
    Verdict.WITHDRAWN_KEY,
}


def read_for(system: System, text: str, catalogue: Catalogue, ring: KeyRing) -> Reading:
    """A keycode as it reads for this system, whichever of its product's releases it is signed for:
    it may have run others than it runs now."""
    of = system.equipment_id
    first = verify(text, catalogue, ring, of, system.release)
    if first.genuine or first.keycode is None or system.product not in catalogue.products:
        return first
    others = (r for r in catalogue.products[system.product].releases if r != system.release)
    readings = (verify(text, catalogue, ring, of, release) for release in others)
    return next((reading for reading in readings if reading.genuine), first)


def meant_for(system: System, text: str, product: Product, ring: KeyRing) -> Iterator[Repair]:
    """The keycodes signed for this system that a text is one slip of the hand away from."""
    for release in sorted(product.releases, key=lambda each: each != system.release):
        if found := repair(text, product, ring, system.equipment_id, release):
            yield found


def verdict_of_issued(
    system: System, order: Order, keycode: str, withdrawn: Collection[int], key_number: int
) -> tuple[Verdict, Order | None]:
    """Of a keycode that `order` delivered for this system, and the order that has replaced it."""
    later = replaced_by(system, keycode)
    if key_number in withdrawn:
        return Verdict.WITHDRAWN_KEY, later
    if order.release != system.release:
        return Verdict.EARLIER_RELEASE, later
    return (Verdict.SUPERSEDED if later else Verdict.CURRENT), later


def replaced_by(system: System, keycode: str) -> Order | None:
    """The system's latest order, if it has replaced this keycode by another. The keycode of a
    single function is replaced by a later one of that function: for another release, say."""
    latest = system.orders[-1] if system.orders else None
    if latest and latest.keycode:
        return latest if latest.keycode != keycode else None
    codes = [(each, code) for each in system.orders for code in each.function_keycodes]
    functions = {code.function for _order, code in codes if code.keycode == keycode}
    if latest and latest.kind is OrderKind.MOVE_OUT:
        return latest
    last = next((pair for pair in reversed(codes) if pair[1].function in functions), None)
    return last[0] if last and last[1].keycode != keycode else None
