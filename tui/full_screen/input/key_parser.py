"""Keys and pastes, from the text that a terminal sends.

Textual's parser gathers a bracketed paste without end, takes an Esc within it for a key, and
stumbles over sequences that no terminal sends. Here a paste has its longest, is over when nothing
more of it comes, and a parser that has stumbled is replaced by another.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual.events import Key, Paste
from textual.message import Message

from tui.full_screen.input.textual_private import (
    BRACKETED_PASTE_END,
    BRACKETED_PASTE_START,
    TextualKeys,
)

DIGITS = "1234567890"
LONGEST_PASTE = 10_000
"""Characters that a paste may have, by far more than any field takes. Of a longer one a character
more is kept, by which it is known."""


class PortalParser(TextualKeys):
    """Tells keys from sequences."""

    def meant_by(self, sequence: str) -> Key | None:
        """Esc and a digit is a function key. Textual takes them for what a Mac types with the
        Option key."""
        if len(sequence) == len("\x1b2") and sequence[0] == "\x1b" and sequence[1] in DIGITS:
            return Key(f"f{sequence[1].replace('0', '10')}", None)
        return None


class KeyParser:
    """Makes messages of text, however it is cut into pieces."""

    def __init__(self, *, debug: bool) -> None:
        self._debug = debug
        self._parser = PortalParser(debug)
        self._before = ""
        """The last characters that came: a mark may come in two pieces."""
        self._pasted: list[str] | None = None
        """What has come of a paste that is not yet over."""
        self._length = 0

    @property
    def pasting(self) -> bool:
        """A paste has begun and is not over."""
        return self._pasted is not None

    def feed(self, text: str) -> list[Message]:
        """What the next text means."""
        messages: list[Message] = []
        while text:
            read = self._keys if self._pasted is None else self._paste
            text = read(text, messages)
        return messages

    def tick(self) -> Iterable[Message]:
        """What has waited long enough for more: an Esc that was meant alone."""
        return self._parser.tick()

    def end_paste(self) -> Paste:
        """Its end has been lost, or has come: what there is of it."""
        text = "".join(self._pasted or ()) + self._before
        self._pasted, self._before = None, ""
        return Paste(text.replace("\0", "")[: LONGEST_PASTE + 1])

    def _keys(self, text: str, messages: list[Message]) -> str:
        """Up to where a paste begins; answers what comes after that."""
        place = (self._before + text).find(BRACKETED_PASTE_START)
        if place < 0:
            self._before = (self._before + text)[1 - len(BRACKETED_PASTE_START) :]
            messages += self._parse(text)
            return ""
        end = place + len(BRACKETED_PASTE_START) - len(self._before)
        self._before = ""
        # To the parser it ends where it begins; where it sees none, an Esc has waited too long.
        for message in self._parse(text[:end] + BRACKETED_PASTE_END):
            if isinstance(message, Paste):
                self._pasted, self._length = [], 0
            else:
                messages.append(message)
        return text[end:]

    def _paste(self, text: str, messages: list[Message]) -> str:
        """Up to the end of the paste; answers what comes after that."""
        text = self._before + text
        place = text.find(BRACKETED_PASTE_END)
        if place >= 0:
            self._keep(text[:place])
            self._before = ""
            messages.append(self.end_paste())
            return text[place + len(BRACKETED_PASTE_END) :]
        kept = max(0, len(text) - len(BRACKETED_PASTE_END) + 1)
        self._keep(text[:kept])
        self._before = text[kept:]
        return ""

    def _keep(self, text: str) -> None:
        assert self._pasted is not None, "a paste has begun"
        kept = text[: LONGEST_PASTE + 1 - self._length]
        self._pasted.append(kept)
        self._length += len(kept)

    def _parse(self, text: str) -> list[Message]:
        messages: list[Message] = []
        try:
            messages += self._parser.feed(text)
        except Exception:  # noqa: BLE001  # whoever types can make it stumble, in many ways
            self._parser = PortalParser(self._debug)
        return messages
