"""A portal in which nothing is left to chance: the same clock, keys and data every time."""

from __future__ import annotations

from datetime import UTC, datetime

from engine.accounts.passwords import Passwords
from engine.assembly import DEMO_BCRYPT_COST, Portal, assemble
from engine.catalogue.toml_files import CATALOGUE_FOLDER, load_catalogue
from engine.demo import fill, load_demo
from engine.files.exports import NoExports
from engine.keycode.signing import KeyRing
from engine.settings import Language, Settings
from engine.store.memory.store import MemoryStore

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
KEY = bytes(range(32))
"""Of the test vectors in `engine/keycode/FORMAT.md`."""


def fixed_portal(language: Language) -> Portal:
    """The demonstration, at a fixed moment and with a fixed key."""
    catalogue = load_catalogue(CATALOGUE_FOLDER)
    store, ring = MemoryStore(lambda: NOW), KeyRing({1: KEY})
    passwords = Passwords(KEY, DEMO_BCRYPT_COST)
    fill(store, load_demo(), catalogue, passwords, lambda: ring, lambda: NOW)
    settings = Settings(store="fixed", language=language)
    portal = assemble(
        settings, catalogue, store, NoExports(), lambda: ring, KEY, lambda: NOW, DEMO_BCRYPT_COST
    )
    return portal._replace(demo=True)
