"""The one place where adapters and services are put together."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from engine.accounts.passwords import Passwords
from engine.catalogue.in_use import CatalogueInUse, products_at
from engine.catalogue.product import Catalogue
from engine.catalogue.toml_files import CATALOGUE_FOLDER, load_catalogue
from engine.errors import PortalError, StoreNotEmpty
from engine.keycode.signing import KEY_BYTES, KeyRing, Keys
from engine.ports import Clock, Exports, Progress, Store, now
from engine.services.access import Access
from engine.services.administration import Administration
from engine.services.attempts import Attempts
from engine.services.cataloguing import Cataloguing, packaged_versions
from engine.services.changing import Changing
from engine.services.erasing import Erasing
from engine.services.exporting import Exporting
from engine.services.moving import Moving
from engine.services.ordering import Ordering
from engine.services.own_account import OwnAccount
from engine.services.price_lists import PriceLists
from engine.services.proving import Proving
from engine.services.registering import Registering
from engine.services.reissuing import Reissuing
from engine.services.searching import Searching
from engine.services.signing_in import SigningIn
from engine.services.transferring import Transferring
from engine.settings import Settings

if TYPE_CHECKING:
    from engine.files.system_calls import SystemCalls
    from engine.keys.folder import KeysFolder
    from engine.store.folder.store import FolderStore
    from engine.upkeep import Restored, Upkeep

DEMO_BCRYPT_COST = 4
"""The passwords of the demonstration are public: a costly hash would only slow its start."""


class Portal(NamedTuple):
    """A portal that is ready to work: its services, and what they stand on."""

    settings: Settings
    catalogue: Catalogue
    clock: Clock
    signing_in: SigningIn
    own_account: OwnAccount
    access: Access
    ordering: Ordering
    changing: Changing
    moving: Moving
    proving: Proving
    transferring: Transferring
    reissuing: Reissuing
    searching: Searching
    exporting: Exporting
    administration: Administration
    registering: Registering
    cataloguing: Cataloguing
    erasing: Erasing
    close: Callable[[], None]
    demo: bool = False


def new_id() -> str:
    """128 bits of chance, hexadecimal."""
    return secrets.token_hex(16)


def create_installation(
    settings: Settings, calls: SystemCalls | None = None, *, demo: bool = False
) -> None:
    """Make a new store and its keys, or one that `fill_with_demo` is to fill; what was cut short
    can be repeated. Raises `StoreTrouble`, `KeyTrouble`."""
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
    store: FolderStore


def open_parts(settings: Settings, clock: Clock = now) -> Parts:
    """Catalogue, keys and store. Raises `StoreTrouble`, `KeyTrouble`, `CatalogueWrong`."""
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
    keys.signing(store.signing_key())
    catalogue = CatalogueInUse(store.catalogue_versions, store.catalogue_mark, clock)
    return Parts(catalogue, keys, store)


def installed_catalogue(settings: Settings, clock: Clock = now) -> Catalogue:
    """The catalogue of the installation, or where there is none, the one that comes with the
    portal; needs no key. Raises `CatalogueWrong`, `FileUnreadable`, `ReadFailed`."""
    from engine.files.system_calls import SystemCalls
    from engine.store.folder.catalogue_files import catalogue_versions
    from engine.store.folder.paths import Paths

    paths = Paths(settings.store) if settings.store else None
    versions = catalogue_versions(SystemCalls(), paths) if paths else []
    return Catalogue(products_at(versions, clock()))


def open_upkeep(settings: Settings, store: FolderStore) -> Upkeep:
    """The upkeep of a store that is open."""
    from engine.store.folder.upkeep.upkeep import FolderUpkeep

    return FolderUpkeep(store, settings.keys_folder)


def restore_installation(
    settings: Settings, source: Path, progress: Progress | None = None
) -> Restored:
    """A new store, and its keys where there are none, of a backup. Raises `BackupWrong`,
    `FileUnreadable`, `KeyTrouble`, `StoreTrouble`."""
    from engine.store.folder.upkeep.restore import restore_store

    return restore_store(settings.store_folder, settings.keys_folder, source, progress)


def open_installation(settings: Settings, clock: Clock = now) -> Portal:
    """The portal on a store. Raises `StoreTrouble`, `KeyTrouble`, `CatalogueWrong`."""
    from engine.files.exports import ExportFolder
    from engine.store.folder.paths import Paths

    catalogue, keys, store = open_parts(settings, clock)
    exports = ExportFolder(Paths(settings.store_folder).export)

    def signing() -> KeyRing:
        return keys.signing(store.signing_key())

    return assemble(settings, catalogue, store, exports, signing, keys.pepper(), clock)


def signing_keys(settings: Settings) -> KeyRing:
    """The signing keys of an installation. Raises `KeyTrouble`, `StoreTrouble`."""
    _catalogue, keys, store = open_parts(settings)
    try:
        return keys.signing(store.signing_key())
    finally:
        store.close()


def open_demo(settings: Settings, clock: Clock = now, *, files: bool = True) -> Portal:
    """The portal on demonstration data in memory, with keys of its own; nothing is left behind,
    and without `files` nothing is written at all: exports are refused."""
    from engine.demo import fill, load_demo
    from engine.files.exports import NoExports, TemporaryExports
    from engine.store.memory.store import MemoryStore

    catalogue = load_catalogue(CATALOGUE_FOLDER)
    ring = KeyRing({1: secrets.token_bytes(KEY_BYTES)})
    store, temporary = MemoryStore(clock), TemporaryExports()
    pepper = secrets.token_bytes(KEY_BYTES)
    passwords = Passwords(pepper, DEMO_BCRYPT_COST)
    fill(store, load_demo(), catalogue, passwords, lambda: ring, clock)
    exports = temporary if files else NoExports()
    portal = assemble(
        settings, catalogue, store, exports, lambda: ring, pepper, clock, DEMO_BCRYPT_COST
    )
    return portal._replace(close=temporary.close, demo=True)


def fill_with_demo(settings: Settings, clock: Clock = now) -> None:
    """Put the demonstration data into a new store on disk, or what is missing of it."""
    from engine.demo import fill, load_demo
    from engine.files.system_calls import SystemCalls
    from engine.keys.folder import KeysFolder
    from engine.store.folder.creation import FILLING, remove_mark
    from engine.store.folder.paths import Paths
    from engine.store.folder.store import open_store

    keys = KeysFolder(settings.keys_folder)
    store = open_store(settings.store_folder, keys.audit_key(), clock, settings.lock_seconds)
    passwords = Passwords(keys.pepper(), settings.bcrypt_cost)
    fill(store, load_demo(), load_catalogue(CATALOGUE_FOLDER), passwords, keys.ring, clock)
    store.close()
    remove_mark(Paths(settings.store_folder), SystemCalls(), FILLING)


def assemble(
    settings: Settings,
    catalogue: Catalogue,
    store: Store,
    exports: Exports,
    keys: Keys,
    pepper: bytes,
    clock: Clock,
    bcrypt_cost: int | None = None,
) -> Portal:
    """The services over a store, a place for exports, and keys."""
    access = Access(store, clock, settings)
    passwords = Passwords(pepper, bcrypt_cost or settings.bcrypt_cost)
    attempts = Attempts(store, clock)
    prices = PriceLists(store, catalogue)
    proving = Proving(store, access, clock, settings.move_proof_days)
    names = tuple(product.name for product in catalogue.products.values())
    return Portal(
        settings=settings,
        catalogue=catalogue,
        clock=clock,
        signing_in=SigningIn(store, access, passwords, attempts, clock),
        own_account=OwnAccount(store, access, passwords, attempts, settings.password_length, names),
        access=access,
        ordering=Ordering(store, access, prices, keys, clock, new_id),
        changing=Changing(store, access, catalogue, prices, keys, clock, new_id),
        moving=Moving(store, access, catalogue, keys, clock, proving, settings.moves_a_year),
        proving=proving,
        transferring=Transferring(store, access, catalogue, keys, clock),
        reissuing=Reissuing(store, access, catalogue, keys, clock),
        searching=Searching(store, access, catalogue, keys),
        exporting=Exporting(exports, access),
        administration=Administration(store, catalogue, passwords, settings, clock, new_id),
        registering=Registering(store, catalogue),
        cataloguing=Cataloguing(store, clock),
        erasing=Erasing(store, settings, clock),
        close=store.close,
    )
