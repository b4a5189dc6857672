"""The one place where the services are put together, over an installation or in memory."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import NamedTuple

from engine.accounts.passwords import Passwords
from engine.catalogue.product import Catalogue
from engine.catalogue.toml_files import CATALOGUE_FOLDER, load_catalogue
from engine.installation import open_parts
from engine.keycode.signing import KEY_BYTES, KeyRing, Keys
from engine.licences.unusual import Usual
from engine.ports import Clock, Exports, Store, now
from engine.services.access import Access
from engine.services.administration import Administration
from engine.services.asking import Asking
from engine.services.attempts import Attempts
from engine.services.carrying_out import CarryingOut
from engine.services.cataloguing import Cataloguing
from engine.services.changing import Changing
from engine.services.checking import Checking
from engine.services.desk import Desk
from engine.services.erasing import Erasing
from engine.services.exporting import Exporting
from engine.services.looking_up import LookingUp
from engine.services.moving import Moving
from engine.services.ordering import Ordering
from engine.services.own_account import OwnAccount
from engine.services.people import People
from engine.services.price_lists import PriceLists
from engine.services.proving import Proving
from engine.services.quotations import Quotations
from engine.services.registering import Registering
from engine.services.reissuing import Reissuing
from engine.services.reporting import Reporting
from engine.services.requests import Requests
from engine.services.searching import Searching
from engine.services.signing_in import SigningIn
from engine.services.ssh_access import SshAccess
from engine.services.transferring import Transferring
from engine.settings import Settings

DEMO_BCRYPT_COST = 4
"""The passwords of the demonstration are public: a costly hash would only slow its start."""


class Portal(NamedTuple):
    """A portal that is ready to work: its services, and what they stand on."""

    settings: Settings
    catalogue: Catalogue
    clock: Clock
    signing_in: SigningIn
    ssh_access: SshAccess
    own_account: OwnAccount
    access: Access
    ordering: Ordering
    quotations: Quotations
    changing: Changing
    moving: Moving
    proving: Proving
    transferring: Transferring
    reissuing: Reissuing
    searching: Searching
    checking: Checking
    reporting: Reporting
    looking_up: LookingUp
    exporting: Exporting
    administration: Administration
    people: People
    desk: Desk
    registering: Registering
    asking: Asking
    requests: Requests
    cataloguing: Cataloguing
    erasing: Erasing
    close: Callable[[], None]
    demo: bool = False


def new_id() -> str:
    """128 bits of chance, hexadecimal."""
    return secrets.token_hex(16)


def open_installation(settings: Settings, clock: Clock = now) -> Portal:
    """The portal on a store. Raises `StoreTrouble`, `KeyTrouble`, `CatalogueWrong`."""
    from engine.files.exports import ExportFolder

    parts = open_parts(settings, clock)
    exports, pepper = ExportFolder(settings.export_folder), parts.keys.pepper()
    keys = parts.signing_keys
    return assemble(settings, parts.catalogue, parts.store, exports, keys, pepper, clock)


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
    usual = Usual(settings.usual_quantity, settings.usual_total)
    proving = Proving(store, access, clock, settings.move_proof_days)
    names = tuple(product.name for product in catalogue.products.values())
    own_account = OwnAccount(store, access, passwords, attempts, settings.password_length, names)
    ordering = Ordering(store, access, prices, keys, clock, new_id, usual)
    ssh_access = SshAccess(store, access, clock)
    administration = Administration(store, catalogue, passwords, settings, clock, new_id)
    changing = Changing(store, access, catalogue, prices, keys, clock, new_id)
    moving = Moving(store, access, catalogue, keys, clock, proving, settings.moves_a_year)
    transferring = Transferring(store, access, catalogue, keys, clock)
    searching = Searching(store, access, catalogue)
    registering = Registering(store, catalogue)
    carrying_out = CarryingOut(store, changing, moving, transferring, registering)
    return Portal(
        settings=settings,
        catalogue=catalogue,
        clock=clock,
        signing_in=SigningIn(store, access, passwords, attempts, clock),
        ssh_access=ssh_access,
        own_account=own_account,
        access=access,
        ordering=ordering,
        quotations=Quotations(store, access, ordering, prices, clock, settings.quote_days),
        changing=changing,
        moving=moving,
        proving=proving,
        transferring=transferring,
        reissuing=Reissuing(store, access, catalogue, keys, clock),
        looking_up=LookingUp(store, access),
        searching=searching,
        checking=Checking(store, access, catalogue, keys, searching),
        reporting=Reporting(store, access, catalogue),
        exporting=Exporting(exports, access),
        administration=administration,
        people=People(store, access, administration, own_account, ssh_access, settings.most_users),
        desk=Desk(store, access, administration, registering),
        registering=registering,
        asking=Asking(store, access, clock, changing, moving, registering),
        requests=Requests(store, access, clock, changing, carrying_out),
        cataloguing=Cataloguing(store, clock),
        erasing=Erasing(store, settings, clock),
        close=store.close,
    )
