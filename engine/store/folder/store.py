"""The store on files: TinyDB documents, a journal, an index. See `engine/store/README.md`."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime

from typing_extensions import override

from engine.audit import AuditEvent, EventName
from engine.catalogue.versions import CatalogueVersion
from engine.files.system_calls import SystemCalls
from engine.licences.order import Order
from engine.licences.system import System
from engine.ports import Clock, KeptDraft, OrderQuery, Progress, Store, now
from engine.store.folder.accounts import Accounts
from engine.store.folder.bulk_add import finish_import, import_systems
from engine.store.folder.catalogue_files import (
    catalogue_mark,
    catalogue_versions,
    put_catalogue,
)
from engine.store.folder.drafts import Drafts
from engine.store.folder.former_accounts import FormerAccounts
from engine.store.folder.index.index import Index
from engine.store.folder.journal.journal import Entry
from engine.store.folder.newest_key import signing_key
from engine.store.folder.opening import require_store
from engine.store.folder.papers import Papers
from engine.store.folder.paths import Paths
from engine.store.folder.ssh_keys import SshKeys
from engine.store.folder.store_folder import StoreFolder
from engine.store.folder.systems import Systems
from engine.store.folder.withdrawn_keys import withdraw_key, withdrawn_keys


def open_store(
    path: str | os.PathLike[str],
    audit_key: bytes,
    clock: Clock = now,
    lock_seconds: float = 10.0,
    calls: SystemCalls | None = None,
    *,
    closed: bool = False,
) -> FolderStore:
    """The store at `path`, ready to work; an import that was cut short is finished.

    Raises `StoreMissing`, `StoreTooNew`, `StoreNotWritable`, `StoreOnNetwork`, `DocumentDamaged`;
    `StoreMoved` unless it may be `closed`.
    """
    calls = calls or SystemCalls()
    paths = Paths(path)
    require_store(paths, calls, closed=closed)
    folder = StoreFolder(paths, audit_key, calls, lock_seconds, clock)
    finish_import(folder)
    return FolderStore(folder)


class FolderStore(Systems, Accounts, SshKeys, Drafts, Papers, Store):
    """`engine.ports.Store` on a folder; made by `open_store`."""

    def __init__(self, folder: StoreFolder) -> None:
        self.folder = folder
        self.former = FormerAccounts(folder)
        self.index = Index(self)

    @override
    def add_systems(self, systems: Iterable[System], progress: Progress | None = None) -> int:
        """All of them or none, read once, in little memory: see `bulk_add`."""
        return import_systems(self.folder, systems, progress)

    @override
    def find_orders(self, query: OrderQuery, limit: int) -> list[Order]:
        return self.index.find(query, limit)

    @override
    def unread(self, query: OrderQuery, but: Collection[str] = ()) -> list[str]:
        return self.index.unread(query, but)

    @override
    def all_drafts(self) -> Iterator[KeptDraft]:
        for user in self.users():  # a document of drafts does not say whose it is
            for draft in self.drafts(user.company_id, user.login):
                yield KeptDraft(user.company_id, user.login, draft)

    @override
    def signing_key(self) -> int | None:
        return signing_key(self.folder.calls, self.folder.paths)

    @override
    def withdrawn_keys(self) -> frozenset[int]:
        return withdrawn_keys(self.folder.calls, self.folder.paths)

    @override
    def withdraw_key(self, number: int, who: str) -> bool:
        return withdraw_key(self.folder, number, who)

    @override
    def catalogue_versions(self) -> list[CatalogueVersion]:
        return catalogue_versions(self.folder.calls, self.folder.paths)

    @override
    def catalogue_mark(self) -> object:
        return catalogue_mark(self.folder.calls, self.folder.paths)

    @override
    def put_catalogue(self, versions: Sequence[CatalogueVersion], who: str) -> None:
        put_catalogue(self.folder, versions, who)

    @override
    def record(self, event: EventName, who: str, **details: str) -> None:
        self.folder.journal.append([Entry(event, who, details)])

    @override
    def events(self, since: datetime | None = None) -> Iterator[AuditEvent]:
        """Whether they are as they were written, `journal.verification` tells."""
        for line in self.folder.journal.events(since):
            if line.event != EventName.SYSTEM_DIGESTS:  # the store's own
                yield AuditEvent(line.at, line.event, line.who, line.details)

    @override
    def follow(self) -> Iterator[AuditEvent | None]:
        for line in self.folder.journal.follow():
            if line is None:
                yield None
            elif line.event != EventName.SYSTEM_DIGESTS:
                yield AuditEvent(line.at, line.event, line.who, line.details)

    @override
    def close(self) -> None:
        """Let go of the index; nothing else is held between calls."""
        self.index.close()
