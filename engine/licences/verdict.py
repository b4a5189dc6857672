"""What there is to say about a keycode and a system."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from engine.keycode.repair import Repair
from engine.keycode.verifying import Reading
from engine.licences.order import Order
from engine.licences.system import System


class Verdict(StrEnum):
    """Of a keycode. The orders decide: a signature alone proves nothing after a key has leaked."""

    CURRENT = "current"
    """Issued for this system, and none has replaced it."""
    SUPERSEDED = "superseded"
    """Issued for this system; a later order has given it another keycode."""
    NEVER_ISSUED = "never-issued"
    """Signed for this system, and not among its orders: forged by whoever has the key."""
    MISTYPED = "mistyped"
    """One slip of the hand away from a keycode that was issued for this system."""
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
        return self.verdict in {Verdict.CURRENT, Verdict.SUPERSEDED}

    @property
    def superseded(self) -> bool:
        """Valid once, and not the keycode that the system has now."""
        return self.verdict is Verdict.SUPERSEDED


def replaced_by(system: System, keycode: str) -> Order | None:
    """The system's latest order, if it has replaced this keycode by another. Keycodes of single
    functions are never replaced."""
    latest = system.orders[-1] if system.orders else None
    if latest is None or latest.keycode is None or latest.keycode == keycode:
        return None
    return latest
