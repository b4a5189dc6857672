r"""A line of the audit log as a file has it, chained to the line before.

    "\n<crc32 of the json, 8 hex digits> <json>\n"

`mac` is the last field of the JSON: HMAC-SHA-256, with the audit key, of the `mac` of the line
before followed by this line's JSON up to `,"mac"`.
"""

from __future__ import annotations

import hmac
import zlib
from collections.abc import Mapping
from datetime import datetime

import msgspec
from msgspec import Struct

from engine.moments import Moment

FIRST_MAC = "0" * 64
"""Stands for the line before the first."""
_MAC_BEGIN = b',"mac":"'
_MAC_END = b'"}'
MAC_LENGTH = len(_MAC_BEGIN) + len(FIRST_MAC) + len(_MAC_END)


class _Line(Struct, frozen=True):
    n: int
    at: Moment
    event: str
    who: str
    details: Mapping[str, str]


class Chain:
    """The end of a log: what the next line is chained to."""

    def __init__(self, key: bytes, n: int = 0, mac: str = FIRST_MAC) -> None:
        self._key = key
        self.n = n
        self.mac = mac

    def add(self, at: datetime, event: str, who: str, details: Mapping[str, str]) -> bytes:
        """The next line."""
        self.n += 1
        body = msgspec.json.encode(_Line(self.n, at, event, who, details))[:-1]
        self.mac = line_mac(self._key, self.mac, body)
        json = body + _MAC_BEGIN + self.mac.encode() + _MAC_END
        return b"\n%08x %s\n" % (zlib.crc32(json), json)

    def follow(self, data: bytes) -> None:
        """Go on behind the last whole line of these bytes, if there is one."""
        for raw in reversed(data.split(b"\n")):
            if found := read_line(raw):
                self.n, self.mac = found[0].n, found[0].mac
                return


class WrittenLine(Struct, frozen=True):
    """What a line says, and its mac."""

    n: int
    at: Moment
    event: str
    who: str
    details: dict[str, str]
    mac: str


def read_line(raw: bytes) -> tuple[WrittenLine, bytes] | None:
    """A line, and the bytes that its mac covers; None for what is none."""
    crc, _, json = raw.partition(b" ")
    if not json or crc != b"%08x" % zlib.crc32(json):
        return None
    try:
        return msgspec.json.decode(json, type=WrittenLine), json[:-MAC_LENGTH]
    except msgspec.DecodeError:
        return None


def line_mac(key: bytes, before: str, body: bytes) -> str:
    """What the mac of a line must be, after a line with the mac `before`."""
    return hmac.digest(key, before.encode() + body, "sha256").hex()
