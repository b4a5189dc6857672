"""Whether a keycode is signed for a system. Whether it was issued, only the orders can tell."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from engine.catalogue.product import Catalogue
from engine.errors import KeycodeMalformed
from engine.keycode.codec import Keycode, decode
from engine.keycode.signing import KeyRing


class Outcome(StrEnum):
    """The three answers."""

    GENUINE = "genuine"
    """Signed by these keys for this Equipment ID and release."""
    MALFORMED = "malformed"
    OTHER_SYSTEM = "other-system"
    """Well-formed, but not signed by these keys for this Equipment ID and release."""


class Reading(NamedTuple):
    """The answer, and what it rests on: the `keycode` that was read, or the `error` that stopped
    the reading."""

    outcome: Outcome
    keycode: Keycode | None = None
    error: KeycodeMalformed | None = None

    @property
    def genuine(self) -> bool:
        """Whether the keycode is signed for this system."""
        return self.outcome is Outcome.GENUINE


def verify(
    text: str, catalogue: Catalogue, ring: KeyRing, equipment_id: str, release: str
) -> Reading:
    """Read a keycode, typed in any forgiven way, and compare its tag in constant time.

    A tag that is not 16 digits long was made by somebody else: it is of another system.
    """
    try:
        keycode = decode(text, catalogue)
    except KeycodeMalformed as error:
        return Reading(Outcome.MALFORMED, error=error)
    genuine = ring.verifies(
        keycode.key_number,
        keycode.product.code,
        release,
        equipment_id,
        keycode.body,
        keycode.tag,
    )
    return Reading(Outcome.GENUINE if genuine else Outcome.OTHER_SYSTEM, keycode)
