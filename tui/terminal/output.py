"""Writing to standard output and standard error, with trouble on the way told from any other."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import msgspec

from engine.errors import system_word


class OutputFailed(Exception):  # what happened, not whose mistake it is
    """What was asked for could not be written. Its text is the system's word (`ENOSPC`)."""


@contextmanager
def writing() -> Iterator[None]:
    """Tell trouble with standard output from any other. Raises `OutputFailed`, and
    `BrokenPipeError` when nobody reads on."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputFailed(system_word(error)) from None


@contextmanager
def answering(*facts: str) -> Iterator[None]:
    """Around the answer of a command that has changed something. Where it cannot be written, the
    `facts` are noted: what is so now, and how to get what is lost."""
    try:
        yield
        with writing():
            sys.stdout.flush()
    except (BrokenPipeError, OutputFailed):
        note(*facts)
        raise


def say(*lines: str) -> None:
    """Lines of what was asked for."""
    with writing():
        for line in lines:
            print(line)


def note(*lines: str) -> None:
    """Lines for the person at the terminal, who may have sent the output elsewhere."""
    for line in lines:
        print(line, file=sys.stderr)


def say_utf8(text: str) -> None:
    """A file to keep, in UTF-8 whatever the terminal speaks."""
    _write(text.encode())


def say_json(value: Any) -> None:
    """One JSON document, always UTF-8."""
    _write(msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n")


def say_json_rows(rows: Iterable[bytes]) -> None:
    """One JSON array of rows that are JSON already, each written as soon as it is there."""
    separator = b"[\n  "
    for row in rows:
        _write(separator + row)
        separator = b",\n  "
    _write(b"[]\n" if separator.startswith(b"[") else b"\n]\n")


def _write(data: bytes) -> None:
    with writing():
        sys.stdout.buffer.write(data)
