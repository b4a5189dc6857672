"""The audit log in the database: chained lines, a chain a lane. One chain for all would let one
order through at a time, wherever the standby is."""

from __future__ import annotations

import hashlib
import hmac

import msgspec
from msgspec import Struct

from engine.moments import Moment

FIRST_MAC = "0" * 64
"""Stands for the line before the first."""


class Line(Struct, frozen=True, forbid_unknown_fields=True):
    """What a row says. Holds no personal data of licensees and no keycode."""

    lane: str
    n: int
    """Which line of its lane it is, from 1."""
    at: Moment
    event: str
    who: str
    details: dict[str, str]


def key_of(*texts: str) -> str:
    """What stands for texts in a column that is looked up: 32 hexadecimal digits. What is no text
    (a lone surrogate) is nobody's name, and no error either."""
    joined = "\0".join(texts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(joined).hexdigest()[:32]


def lane_of(who: str) -> str:
    """The lane of what somebody does."""
    return f"who:{key_of(who)}"


def lane_lock(lane: str) -> int:
    """The number of the advisory lock of a lane."""
    return int.from_bytes(hashlib.sha256(lane.encode()).digest()[:8], "big", signed=True)


def mac_of(key: bytes, *parts: str) -> str:
    """An HMAC with the audit key."""
    return hmac.digest(key, "\0".join(parts).encode("utf-8", "surrogatepass"), "sha256").hex()


def encoded(line: Line) -> str:
    """As it is stored. Raises `UnicodeEncodeError` for what is no text."""
    return msgspec.json.encode(line).decode()
