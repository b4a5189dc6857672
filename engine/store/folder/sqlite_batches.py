"""Statements of SQLite for many rows instead of one for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TypeVar

Value = TypeVar("Value")

_MOST = 500
"""What one statement takes, whatever SQLite it is."""


def batches(values: Sequence[Value]) -> Iterator[list[Value]]:
    """The values, as many at a time as one statement takes."""
    left = iter(values)
    while batch := list(islice(left, _MOST)):
        yield batch


def among(values: Sequence[object]) -> str:
    """`IN (?, ?, …)` for as many values."""
    return f"IN ({', '.join('?' * len(values))})"
