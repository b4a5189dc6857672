"""Signing keys and tags (keycode format, "tag").

The tag is the first 16 hexadecimal digits of HMAC-SHA-256 over five fields joined by NUL. The
key, not the tag, carries the strength: 256 bits. The number of the key stands in the body, so
that keycodes of earlier keys go on verifying after a rotation; one key signs.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping

from engine.errors import KeysUsedUp

KEY_BYTES = 32
TAG_DIGITS = 16
MOST_KEYS = 15
_CONTEXT = "keycode/1"


class KeyRing:
    """The signing keys by number (1–15). `signs` is the number of the one that signs: the highest
    when nobody says; a higher one is prepared, for a rotation to come."""

    def __init__(self, keys: Mapping[int, bytes], signs: int | None = None) -> None:
        for number, key in keys.items():
            if not 1 <= number <= MOST_KEYS or len(key) != KEY_BYTES:
                raise ValueError(f"key {number}: 1–{MOST_KEYS}, {KEY_BYTES} bytes")
        if not keys:
            raise ValueError("a key ring needs a key")
        self._keys = dict(keys)
        self.signs = max(keys) if signs is None else signs
        if self.signs not in keys:
            raise ValueError(f"key {self.signs}: not on the ring")

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of the keys, ascending."""
        return tuple(sorted(self._keys))

    @property
    def newest(self) -> int:
        """The highest number."""
        return max(self._keys)

    def signing_with(self, number: int) -> KeyRing:
        """The same keys, of which that one signs. Raises `ValueError` when it is not there."""
        return KeyRing(self._keys, number)

    def next_number(self) -> int:
        """The number for a new key. Raises `KeysUsedUp` after the fifteenth."""
        if self.newest == MOST_KEYS:
            raise KeysUsedUp()
        return self.newest + 1

    def tag(self, number: int, code: str, release: str, equipment_id: str, body: str) -> str:
        """The tag of a body for one system, 16 digits. `KeyError` for an unknown number."""
        message = "\0".join((_CONTEXT, code, release, equipment_id, body)).encode("ascii")
        return hmac.digest(self._keys[number], message, "sha256").hex()[:TAG_DIGITS].upper()

    def verifies(
        self, number: int, code: str, release: str, equipment_id: str, body: str, tag: str
    ) -> bool:
        """Whether a tag is this system's, compared in constant time. No key: no system's."""
        if number not in self._keys:
            return False
        return hmac.compare_digest(self.tag(number, code, release, equipment_id, body), tag)

    def __repr__(self) -> str:
        return f"KeyRing({list(self.numbers)})"


Keys = Callable[[], KeyRing]
"""The signing keys as they are now: asked for at every order, so that a rotation takes effect."""
