"""Esc followed by a digit is a function key, as in mc, for terminals that lose those.

Esc acts at once ("back"); a digit within a third of a second or so is not text but the function
key: long enough for a hand that means it, too short for one that goes on to type an Equipment
ID, which begins with 0. When both arrive together, `key_reader.PortalParser` makes the function
key of them.
"""

from __future__ import annotations

from tui.full_screen.keymap import Command, for_digit

SECONDS = 0.35


class EscapeDigits:
    """Remembers the last Esc."""

    def __init__(self) -> None:
        self._escaped_at: float | None = None

    def command(self, key: str, at: float) -> Command | None:
        """What this key at this time (seconds) asks for after an Esc, or None: it is just a key."""
        escaped_at, self._escaped_at = self._escaped_at, at if key == "escape" else None
        if escaped_at is not None and at - escaped_at <= SECONDS:
            return for_digit(key)
        return None
