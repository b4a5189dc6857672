"""Everything that changes a store, each as one call, with the store it needs before."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import msgspec

from engine.licences.order import OrderKind
from engine.licences.system import System
from engine.store.folder.store import FolderStore
from tests.contract.folder.former import make_former
from tests.contract.folder.small import ORDERS_MOST, THIRD_ID
from tests.contract.values import ID, OTHER_ID, company, decide, draft, order, system, user


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


def prepare(store: FolderStore) -> None:
    store.add_systems([system()])
    store.add_company(company())
    store.add_user(user())
    store.place(ID, "d1", decide("d1"))
    store.keep_draft("c1", "jsmith", draft("d2"))


def prepare_former(store: FolderStore) -> None:
    prepare(store)
    make_former(store)


def prepare_full(store: FolderStore) -> None:
    prepare(store)
    store.add_systems([with_orders(OTHER_ID, ORDERS_MOST)])


UPGRADE = decide("d2", release="R5.2", kind=OrderKind.UPGRADE, reason="", lines=())

OPERATIONS = {
    "place": Operation(prepare, lambda store: store.place(ID, "d2", decide("d2"))),
    "place-and-roll-over": Operation(
        prepare_full, lambda store: store.place(OTHER_ID, "d2", decide("d2"))
    ),
    "upgrade": Operation(prepare, lambda store: store.place(ID, "d2", UPGRADE)),
    "upgrade-and-roll-over": Operation(
        prepare_full, lambda store: store.place(OTHER_ID, "d2", UPGRADE)
    ),
    "withdraw-key": Operation(prepare, lambda store: store.withdraw_key(1, "desk")),
    "erase": Operation(prepare, lambda store: store.erase_personal(ID, [f"{ID}-0001"], "desk")),
    "add-company": Operation(prepare, lambda store: store.add_company(company("c2", "Two"))),
    "add-user": Operation(prepare, lambda store: store.add_user(user("bob"))),
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
    "keep-draft": Operation(
        prepare, lambda store: store.keep_draft("c1", "jsmith", draft("d3", reference="longer"))
    ),
    "drop-draft": Operation(prepare, lambda store: store.drop_draft("c1", "jsmith", "d2")),
    "add-systems": Operation(
        prepare,
        lambda store: store.add_systems([system(OTHER_ID), with_orders(THIRD_ID, 2)]),
    ),
}
