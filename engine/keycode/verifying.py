"""Whether a keycode was issued for a system."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from engine.catalogue.product import Catalogue
from engine.errors import KeycodeMalformed
from engine.keycode.codec import Keycode, decode
from engine.keycode.signing import KeyRing


class Outcome(StrEnum):
    """The three answers."""

    VALID = "valid"
    MALFORMED = "malformed"
    OTHER_SYSTEM = "other-system"
    """Well-formed, but not issued by these keys for this Equipment ID and release."""


class Verdict(NamedTuple):
    """The answer, and what it rests on: the `keycode` that was read, or the `error` that stopped
    the reading."""

    outcome: Outcome
    keycode: Keycode | None = None
    error: KeycodeMalformed | None = None

    @property
    def valid(self) -> bool:
        """Whether the keycode is this system's."""
        return self.outcome is Outcome.VALID


def verify(
    text: str, catalogue: Catalogue, ring: KeyRing, equipment_id: str, release: str
) -> Verdict:
    """Read a keycode, typed in any forgiven way, and compare its tag in constant time.

    A tag that is not 16 digits long was made by somebody else: it is of another system.
    """
    try:
        keycode = decode(text, catalogue)
    except KeycodeMalformed as error:
        return Verdict(Outcome.MALFORMED, error=error)
    genuine = ring.verifies(
        keycode.key_number,
        keycode.product.code,
        release,
        equipment_id,
        keycode.body,
        keycode.tag,
    )
    return Verdict(Outcome.VALID if genuine else Outcome.OTHER_SYSTEM, keycode)
