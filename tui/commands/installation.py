"""What every command has in common: the installation it works on, and who runs it."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from engine.audit import Actor
from engine.settings import Settings, load_settings
from tui.wording.unix_users import user_name

if TYPE_CHECKING:
    from argparse import Namespace

    from engine.assembly import Portal
    from engine.maintenance import Maintenance


class WrongUse(Exception):  # a sentence, not an error of the engine
    """The command was called in a way that means nothing. Its text is the sentence."""


def settings_of(arguments: Namespace) -> Settings:
    """The settings of the installation that the arguments name. Raises `SettingsWrong`,
    `StoreTrouble`."""
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
def opened_for_maintenance(arguments: Namespace) -> Iterator[Maintenance]:
    """The maintenance of that installation, closed afterwards."""
    from engine.maintenance import Maintenance

    maintenance = Maintenance(settings_of(arguments))
    gc.enable()
    try:
        yield maintenance
    finally:
        maintenance.close()


def unix_user() -> str:
    """Who runs this command on this machine, by the process, not by what the environment says."""
    return user_name(os.getuid())


def actor() -> str:
    """Who runs this command, for the audit log: `unix:` and the user's name."""
    return str(Actor(unix_user=unix_user()))
