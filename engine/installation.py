"""An installation on disk: its keys, its store, and what looks after it. The one place that knows
which adapter a store is."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from engine.accounts.passwords import Passwords
from engine.catalogue.in_use import CatalogueInUse, products_at
from engine.catalogue.product import Catalogue
from engine.catalogue.toml_files import CATALOGUE_FOLDER, load_catalogue
from engine.errors import (
    PortalError,
    StoreNotEmpty,
)
from engine.keycode.signing import KeyRing
from engine.ports import Clock, Progress, Store, now
from engine.services.cataloguing import packaged_versions
from engine.settings import Settings, own_settings

if TYPE_CHECKING:
    from engine.files.system_calls import SystemCalls
    from engine.keys.folder import KeysFolder
    from engine.store_contents import Giving, Taking
    from engine.upkeep import Restored, Upkeep


def create_installation(
    settings: Settings, calls: SystemCalls | None = None, *, demo: bool = False
) -> None:
    """Make a new store and its keys, or one that `fill_with_demo` is to fill; what was cut short
    can be repeated. Raises `StoreTrouble`, `KeyTrouble`."""
    if settings.database:
        from engine.database_installation import postgresql

        postgresql(settings).make(
            settings.database,
            settings.database_owner,
            settings.keys_folder.absolute(),
            settings.store_folder,
            packaged_versions(),
        )
        return
    from engine.files.system_calls import SystemCalls
    from engine.keys.folder import KeysFolder
    from engine.keys.making import create_keys, put_keys
    from engine.store.folder.catalogue_files import write_first
    from engine.store.folder.creation import FILLING, MAKING, create_store, is_begun
    from engine.store.folder.paths import Paths

    calls = calls or SystemCalls()
    store, folder = settings.store_folder, settings.keys_folder.absolute()
    mark, marked = FILLING if demo else MAKING, os.fsencode(folder)
    # Keys that are there before are somebody's; after the mark they are those of this very call.
    begun = is_begun(Paths(store), calls, mark, marked)
    if begun and Path(Paths(store).version).exists():
        return  # only the filling was cut short
    if not begun and not KeysFolder(folder, calls).is_empty():
        raise StoreNotEmpty(path=str(folder))

    def fill(paths: Paths) -> None:
        create_keys(folder, calls, again=True)
        write_first(calls, paths, packaged_versions())

    put_keys(folder, {}, calls, again=True)  # where no keys can be, no half store is left
    try:
        create_store(store, calls, fill, mark, marked, keep_mark=demo)
    except PortalError:
        with suppress(OSError):  # keys in it are for the next attempt
            folder.rmdir()
        raise


class Parts(NamedTuple):
    """What an installation on disk stands on."""

    catalogue: Catalogue
    keys: KeysFolder
    store: Store
    upkeep: Callable[[], Upkeep]
    """Made when it is asked for: portals need none."""

    def signing_keys(self) -> KeyRing:
        """The signing keys, and which of them signs now. Raises `KeyTrouble`, `StoreTrouble`."""
        return self.keys.signing(self.store.signing_key())


def open_parts(settings: Settings, clock: Clock = now) -> Parts:
    """What the installation stands on. Raises `StoreTrouble`, `KeyTrouble`, `CatalogueWrong`."""
    if settings.database:
        return _parts_on_database(settings, clock)
    from engine.files.system_calls import SystemCalls
    from engine.keys.folder import KeysFolder
    from engine.store.folder.opening import require_store
    from engine.store.folder.paths import Paths
    from engine.store.folder.store import open_store

    # First the store: where there is none, its keys are not what is missing.
    paths = Paths(settings.store_folder)
    require_store(paths, SystemCalls())
    keys = KeysFolder(settings.keys_folder)
    store = open_store(settings.store_folder, keys.audit_key(), clock, settings.lock_seconds)

    def upkeep() -> Upkeep:
        from engine.store.folder.upkeep.upkeep import FolderUpkeep

        return FolderUpkeep(store, settings.keys_folder)

    catalogue = CatalogueInUse(store.catalogue_versions, store.catalogue_mark, clock)
    parts = Parts(catalogue, keys, store, upkeep)
    parts.signing_keys()  # missing, they would only be missed at an order
    return parts


def _parts_on_database(settings: Settings, clock: Clock) -> Parts:
    from engine.database_installation import packed, postgresql, refuse_both
    from engine.keys.folder import KeysFolder

    refuse_both(settings)
    keys = KeysFolder(settings.keys_folder)
    store = postgresql(settings).opened(settings.database, keys, clock, settings.lock_seconds)

    def upkeep() -> Upkeep:
        from engine.store.postgresql.upkeep import DatabaseUpkeep

        return DatabaseUpkeep(store, settings.keys_folder, partial(packed, settings))

    catalogue = CatalogueInUse(store.catalogue_versions, store.catalogue_mark, clock)
    parts = Parts(catalogue, keys, store, upkeep)
    parts.signing_keys()
    return parts


def installed_catalogue(settings: Settings, clock: Clock = now) -> Catalogue:
    """The catalogue of the installation, or where there is none, the one that comes with the
    portal; needs no key. Raises `CatalogueWrong`, `FileUnreadable`, `ReadFailed`."""
    from engine.files.system_calls import SystemCalls
    from engine.store.folder.catalogue_files import catalogue_versions
    from engine.store.folder.paths import Paths

    if settings.database:
        parts = open_parts(settings, clock)
        parts.store.close()
        return parts.catalogue
    paths = Paths(settings.store) if settings.store else None
    versions = catalogue_versions(SystemCalls(), paths) if paths else []
    return Catalogue(products_at(versions, clock()))


def restore_installation(
    settings: Settings, source: Path, progress: Progress | None = None
) -> Restored:
    """A new store, and its keys where there are none, of a backup. Raises `BackupWrong`,
    `FileUnreadable`, `KeyTrouble`, `StoreTrouble`."""
    if settings.database:
        from engine.database_installation import unpacked

        return unpacked(settings, source, progress)
    from engine.store.folder.upkeep.restore import restore_store

    return restore_store(settings.store_folder, settings.keys_folder, source, progress)


def giving_store(settings: Settings, calls: SystemCalls | None = None) -> Giving:
    """The store of an installation, to be copied from, also where it was moved. Raises
    `StoreTrouble`, `KeyTrouble`."""
    from engine.files.system_calls import SystemCalls
    from engine.keys.folder import KeysFolder
    from engine.store.folder.opening import require_store
    from engine.store.folder.paths import Paths
    from engine.store.folder.store import open_store
    from engine.store.folder.upkeep.copying import FolderGiving

    if settings.database:
        from engine.database_installation import giving_database

        return giving_database(settings)
    path, calls = settings.store_folder, calls or SystemCalls()
    require_store(Paths(path), calls, closed=True)
    key = KeysFolder(settings.keys_folder, calls).audit_key()
    seconds = settings.lock_seconds
    return FolderGiving(open_store(path, key, now, seconds, calls, closed=True))


def taking_store(source: Settings, target: Settings, calls: SystemCalls | None = None) -> Taking:
    """Where the installation `target` will have a store that was copied from `source`. Raises
    `HomeUnknown`."""
    from engine.keys.folder import KeysFolder
    from engine.store.folder.upkeep.copying import FolderTaking

    if target.database:
        from engine.database_installation import taking_database

        return taking_database(target)
    return FolderTaking(
        target.store_folder,
        source.store_folder,
        KeysFolder(target.keys_folder).audit_key,
        own_settings(source),
        calls,
    )


def bring_keys(source: Settings, target: Settings, calls: SystemCalls | None = None) -> None:
    """The keys of an installation to the folder that another one has for them, or what is missing
    of them there. Raises `StoreNotEmpty` where there are others, `WriteFailed`, `KeyTrouble`."""
    from engine.keys.folder import KeysFolder
    from engine.keys.making import put_keys

    keys = dict(KeysFolder(source.keys_folder, calls).texts())
    if not KeysFolder(target.keys_folder, calls).files().items() <= keys.items():
        raise StoreNotEmpty(path=str(target.keys_folder))
    put_keys(target.keys_folder, keys, calls, again=True)


def signing_keys(settings: Settings) -> KeyRing:
    """The signing keys of an installation. Raises `KeyTrouble`, `StoreTrouble`."""
    parts = open_parts(settings)
    try:
        return parts.signing_keys()
    finally:
        parts.store.close()


def fill_with_demo(settings: Settings, clock: Clock = now) -> None:
    """Put the demonstration data into a new store, or what is missing of it."""
    from engine.demo import fill, load_demo
    from engine.files.system_calls import SystemCalls
    from engine.store.folder.creation import FILLING, remove_mark
    from engine.store.folder.paths import Paths

    parts = open_parts(settings, clock)
    keys, store = parts.keys, parts.store
    passwords = Passwords(keys.pepper(), settings.bcrypt_cost)
    fill(store, load_demo(), load_catalogue(CATALOGUE_FOLDER), passwords, keys.ring, clock)
    store.close()
    if not settings.database:
        remove_mark(Paths(settings.store_folder), SystemCalls(), FILLING)
