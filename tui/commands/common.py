"""What every command has in common: the store it works on, who runs it, and how it answers."""

from __future__ import annotations

import gc
import os
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from engine.errors import system_word
from engine.settings import Settings, load_settings
from tui.users import user_name

if TYPE_CHECKING:
    from engine.assembly import Portal
    from engine.keeping import Keeping


class WrongUse(Exception):  # a sentence, not an error of the engine
    """The command was called in a way that means nothing. Its text is the sentence."""


def settings_of(arguments: Namespace) -> Settings:
    """The settings of the installation that the arguments name. Raises `SettingsWrong`."""
    store = Path(arguments.store) if arguments.store else None
    return load_settings(store, os.environ, {"language": arguments.language})


@contextmanager
def opened(arguments: Namespace) -> Iterator[Portal]:
    """The installation that the arguments name, closed afterwards.

    Raises `SettingsWrong`, `StoreTrouble`, `KeyTrouble`, `CatalogueWrong`.
    """
    # `decode` and its like need no store: only who opens one imports it.
    from engine.assembly import open_installation

    portal = open_installation(settings_of(arguments))
    gc.enable()  # all that is needed is imported: see `tui.__main__`
    try:
        yield portal
    finally:
        portal.close()


@contextmanager
def opened_for_keeping(arguments: Namespace) -> Iterator[Keeping]:
    """The same for what concerns the installation as a whole."""
    from engine.keeping import Keeping

    keeping = Keeping(settings_of(arguments))
    gc.enable()
    try:
        yield keeping
    finally:
        keeping.close()


def unix_user() -> str:
    """Who runs this command on this machine, by the process, not by what the environment says."""
    return user_name(os.getuid())


def who() -> str:
    """The same for the audit log."""
    return f"unix:{unix_user()}"


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


def say(*lines: str) -> None:
    """Lines of what was asked for."""
    with writing():
        for line in lines:
            print(line)


def note(*lines: str) -> None:
    """Lines for the person at the terminal, who may have sent the output elsewhere."""
    for line in lines:
        print(line, file=sys.stderr)


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
