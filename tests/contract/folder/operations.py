"""Everything that changes a store, each as one call, with the store it needs before."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

import msgspec

from engine.catalogue.toml_files import CATALOGUE_FOLDER
from engine.catalogue.versions import CatalogueVersion
from engine.licences.order import Order, OrderKind
from engine.licences.system import EquipmentId, System
from engine.papers.paper import PaperQuery, PaperState
from engine.store.folder.documents import commit, new_document, open_document
from engine.store.folder.store import FolderStore
from engine.store.folder.system_rows import put_system
from engine.store.folder.two_systems import await_order
from tests.contract.folder.former import make_former
from tests.contract.folder.small import ORDERS_MOST, THIRD_ID
from tests.contract.values import (
    BEGIN,
    ID,
    OTHER_ID,
    add_paper,
    company,
    decide,
    draft,
    in_state,
    order,
    ssh_key,
    system,
    user,
)


class Operation(NamedTuple):
    """`prepare` makes the old state, `act` the new one."""

    prepare: Callable[[FolderStore], object]
    act: Callable[[FolderStore], object]


def with_orders(equipment_id: str, count: int) -> System:
    has = system(equipment_id)
    for number in range(count):
        placed = order(has, f"{equipment_id}-{number}")
        has = msgspec.structs.replace(has, orders=(*has.orders, placed))
    return has


def add_second_paper(store: FolderStore) -> None:
    """Whoever asks again looks first whether it is there: the store gives each a number."""
    if len(store.papers(PaperQuery(), 2)) < 2:
        add_paper(store)


def prepare(store: FolderStore) -> None:
    store.add_systems([system()])
    store.add_company(company())
    store.add_user(user())
    store.add_ssh_key(ssh_key(1), "desk")
    add_paper(store)
    store.place(ID, "d1", decide("d1"))
    store.keep_draft("c1", "jsmith", draft("d2"))


def prepare_former(store: FolderStore) -> None:
    prepare(store)
    make_former(store)


def prepare_full(store: FolderStore) -> None:
    prepare(store)
    store.add_systems([with_orders(OTHER_ID, ORDERS_MOST)])


def move(source: System, target: System) -> tuple[Order, Order]:
    out = order(source, "m1", kind=OrderKind.MOVE_OUT, inventory={}, other_id=target.equipment_id)
    came = {"kind": OrderKind.MOVE_IN, "inventory": source.inventory}
    return out, order(target, "m1", other_id=source.equipment_id, **came)


MOVE = move
UPGRADE = decide("d2", release="R5.2", kind=OrderKind.UPGRADE, reason="", lines=())


TRANSFER = decide(
    "d2", kind=OrderKind.TRANSFER, reason="", lines=(), company_id="c2", from_company="c1"
)


def prepare_two(store: FolderStore) -> None:
    prepare(store)
    store.add_systems([system(OTHER_ID)])


TEXT = (CATALOGUE_FOLDER / "aastra5000.toml").read_bytes()
VERSION = CatalogueVersion("aastra5000", BEGIN, TEXT, "new")


def prepare_moved(store: FolderStore) -> None:
    prepare_two(store)
    store.transact(ID, OTHER_ID, "m1", MOVE)


def prepare_awaiting(store: FolderStore) -> None:
    """Another move to the same target died before its commit."""
    prepare_two(store)
    database = open_document(store.folder.calls, store.folder.paths.system(OTHER_ID))
    await_order(database, OTHER_ID, ID, "m0")
    commit(database)


def prepare_new(store: FolderStore) -> None:
    """A move to hardware that would have become known with it died before its commit."""
    prepare(store)
    database = new_document(store.folder.calls, store.folder.paths.system(OTHER_ID))
    put_system(database, system(OTHER_ID))
    await_order(database, OTHER_ID, ID, "m0", new=True)
    commit(database)


def prepare_half(store: FolderStore) -> None:
    """A move died right after its commit."""
    prepare_two(store)
    store.transact(ID, OTHER_ID, "m1", MOVE)
    database = open_document(store.folder.calls, store.folder.paths.system(OTHER_ID))
    number = f"{OTHER_ID}-0001"
    database.own("orders").drop(number)
    await_order(database, OTHER_ID, ID, "m1")
    commit(database)


OPERATIONS = {
    "place": Operation(prepare, lambda store: store.place(ID, "d2", decide("d2"))),
    "place-and-roll-over": Operation(
        prepare_full, lambda store: store.place(OTHER_ID, "d2", decide("d2"))
    ),
    "upgrade": Operation(prepare, lambda store: store.place(ID, "d2", UPGRADE)),
    "upgrade-and-roll-over": Operation(
        prepare_full, lambda store: store.place(OTHER_ID, "d2", UPGRADE)
    ),
    "transfer": Operation(prepare, lambda store: store.place(ID, "d2", TRANSFER)),
    "transfer-and-roll-over": Operation(
        prepare_full, lambda store: store.place(OTHER_ID, "d2", TRANSFER)
    ),
    "transact": Operation(prepare_two, lambda store: store.transact(ID, OTHER_ID, "m1", MOVE)),
    "transact-to-one-that-awaits": Operation(
        prepare_awaiting, lambda store: store.transact(ID, OTHER_ID, "m1", MOVE)
    ),
    "transact-to-a-new-one": Operation(
        prepare, lambda store: store.transact(ID, OTHER_ID, "m1", MOVE, system(OTHER_ID))
    ),
    "transact-to-a-new-one-that-awaits": Operation(
        prepare_new, lambda store: store.transact(ID, OTHER_ID, "m1", MOVE, system(OTHER_ID))
    ),
    "add-one-that-awaits": Operation(
        prepare_new, lambda store: store.add_systems([system(OTHER_ID)])
    ),
    "place-where-one-is-awaited": Operation(
        prepare_half, lambda store: store.place(OTHER_ID, "d9", decide("d9"))
    ),
    "change-system": Operation(
        prepare_two,
        lambda store: store.change_system(
            EquipmentId(OTHER_ID), lambda found: msgspec.structs.replace(found, release="R5.2")
        ),
    ),
    "put-catalogue": Operation(prepare, lambda store: store.put_catalogue([VERSION], "desk")),
    "withdraw-key": Operation(prepare, lambda store: store.withdraw_key(1, "desk")),
    "give-proof": Operation(
        prepare_moved,
        lambda store: store.give_proof(EquipmentId(ID), [f"{ID}-0002"], "RMA-1", "desk"),
    ),
    "give-proof-where-one-is-awaited": Operation(
        prepare_half,
        lambda store: store.give_proof(EquipmentId(OTHER_ID), [f"{OTHER_ID}-0001"], "R", "desk"),
    ),
    "erase": Operation(prepare, lambda store: store.erase_personal(ID, [f"{ID}-0001"], "desk")),
    "add-company": Operation(prepare, lambda store: store.add_company(company("c2", "Two"))),
    "add-user": Operation(prepare, lambda store: store.add_user(user("bob"))),
    "change-company": Operation(
        prepare,
        lambda store: store.change_company(
            "Reseller One", lambda found: msgspec.structs.replace(found, discount=Decimal(5))
        ),
    ),
    "change-user": Operation(
        prepare,
        lambda store: store.change_user(
            "c1", "jsmith", lambda found: msgspec.structs.replace(found, failures=1)
        ),
    ),
    "change-user-of-layout-1": Operation(
        prepare_former,
        lambda store: store.change_user(
            "c1", "jsmith", lambda found: msgspec.structs.replace(found, failures=1)
        ),
    ),
    "add-company-to-layout-1": Operation(
        prepare_former, lambda store: store.add_company(company("c2", "Two"))
    ),
    "add-ssh-key": Operation(prepare, lambda store: store.add_ssh_key(ssh_key(2), "desk")),
    "remove-ssh-key": Operation(
        prepare, lambda store: store.remove_ssh_key(ssh_key(1).fingerprint, "desk")
    ),
    "add-paper": Operation(prepare, add_second_paper),
    "change-paper": Operation(
        prepare,
        lambda store: store.change_paper("R-2026-000001", in_state(PaperState.OPEN)),
    ),
    "close-paper": Operation(
        prepare, lambda store: store.change_paper("R-2026-000001", in_state(PaperState.REFUSED))
    ),
    "keep-draft": Operation(
        prepare, lambda store: store.keep_draft("c1", "jsmith", draft("d3", reference="longer"))
    ),
    "drop-draft": Operation(prepare, lambda store: store.drop_draft("c1", "jsmith", "d2")),
    "add-systems": Operation(
        prepare,
        lambda store: store.add_systems([system(OTHER_ID), with_orders(THIRD_ID, 2)]),
    ),
}
