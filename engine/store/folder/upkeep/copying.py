"""A store on files as what a copy is made of, and as what it is made into."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO

from typing_extensions import override

from engine.accounts.people import same_name
from engine.audit import EventName
from engine.errors import DocumentDamaged, DocumentFault, StoreBusy, WriteFailed, system_word
from engine.files.system_calls import SystemCalls, reading
from engine.files.writing import make_one_folder, sync_folder, write_unsynced
from engine.licences.order import Draft
from engine.ports import KeptDraft, now
from engine.store.folder.catalogue_files import write_first
from engine.store.folder.creation import COPYING, create_store, refuse_other
from engine.store.folder.documents import new_document, replace_file, sealed, tables_in
from engine.store.folder.drafts import drafts_document
from engine.store.folder.former_accounts import company_document, user_document
from engine.store.folder.journal.journal import Entry
from engine.store.folder.locks import IMPORT
from engine.store.folder.moved import moved_to
from engine.store.folder.papers import paper_document
from engine.store.folder.paths import Paths
from engine.store.folder.segments import roll_over
from engine.store.folder.ssh_keys import ssh_key_document
from engine.store.folder.store import FolderStore
from engine.store.folder.store_folder import StoreFolder
from engine.store.folder.system_rows import put_orders, put_system
from engine.store.folder.upkeep.restore import leftovers
from engine.store_contents import Contents, Giving, JournalPart, Taking

_PIECE = 1 << 20


class _FolderContents(Contents):
    """One that cannot be read now, though it could a moment ago, is an error, and not none."""

    def __init__(self, store: FolderStore) -> None:
        super().__init__(store, lambda: _journal(store))
        self._files = store

    @override
    def drafts(self) -> Iterator[KeptDraft]:
        for path in self._files.unread_drafts():
            raise DocumentDamaged(path=path, reason=DocumentFault.SHAPE)
        for user in self._files.users():
            for draft in self._files.read_drafts(*user.name):
                yield KeptDraft(*user.name, draft)


def contents_of(store: FolderStore) -> Contents:
    """All that is in a store on files."""
    return _FolderContents(store)


def _journal(store: FolderStore) -> Iterator[JournalPart]:
    for path in store.folder.journal.files():
        with store.folder.calls.reader(path) as file:
            yield JournalPart(Path(path).name, _pieces(file))


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(_PIECE):
        yield piece


class FolderGiving(Giving):
    """`engine.store_contents.Giving` of a store on files, which was opened even if it is closed."""

    def __init__(self, store: FolderStore) -> None:
        self.contents = contents_of(store)
        self._store = store
        self._folder = store.folder
        self._held = ExitStack()

    @override
    def moved_to(self) -> str | None:
        return moved_to(self._folder.calls, self._folder.paths.moved)

    @override
    def close_for(self, target: str, who: str) -> None:
        folder = self._folder
        self._held.enter_context(folder.locks.turn("copy"))  # one at a time
        if self.moved_to() is None:
            # Not amid an import, which has happened before its last lines are written.
            with folder.locks.held(IMPORT, "import"):
                with reading(folder.paths.import_list):
                    unfinished = folder.calls.exists(folder.paths.import_list)
                if unfinished:
                    raise StoreBusy(what="import", seconds=folder.locks.seconds, holder=0)
                folder.journal.append([Entry(EventName.STORE_COPY, who, {"to": target})])
                replace_file(folder.calls, folder.paths.moved, os.fsencode(target))
        # Who has a lock from before the mark is still at work; who takes one now sees it.
        folder.locks.wait_for_all()

    @override
    def open_again(self, who: str) -> None:
        folder = self._folder
        if self.moved_to() is None:
            return
        try:
            folder.calls.unlink(folder.paths.moved)
            sync_folder(folder.calls, folder.paths.root)
        except OSError as error:
            raise WriteFailed(path=folder.paths.moved, reason=system_word(error)) from error
        folder.journal.append([Entry(EventName.STORE_COPY_UNDONE, who, {})])

    @override
    def close(self) -> None:
        self._held.close()
        self._store.close()


class FolderTaking(Taking):
    """`engine.store_contents.Taking` into a folder; `source` marks it until it is a store, and
    `settings` are those of a folder that has none."""

    def __init__(
        self,
        root: str,
        source: str,
        audit_key: Callable[[], bytes],
        settings: bytes,
        calls: SystemCalls | None = None,
    ) -> None:
        self._paths = Paths(root)
        self._source = os.fsencode(source)
        self._audit_key = audit_key
        self._settings = settings
        self._calls = calls or SystemCalls()

    @override
    def require_empty(self) -> None:
        root = self._paths.root
        try:
            if self._calls.exists(root):
                refuse_other(self._paths, self._calls, {COPYING})
        except OSError as error:
            raise WriteFailed(path=root, reason=system_word(error)) from error

    @override
    def take(self, contents: Contents, verify: Callable[[Contents], None]) -> None:
        def fill(paths: Paths) -> None:
            for path in leftovers(paths, self._calls):
                self._calls.unlink(path)
            folder = StoreFolder(paths, self._audit_key(), self._calls, 0, now)
            self._put_systems(folder, contents)
            self._put_accounts(paths, contents)
            self._put_journal(paths, contents)
            self._put_keys(paths, contents)
            if self._settings and not self._calls.exists(paths.settings):
                write_unsynced(self._calls, paths.settings, self._settings)
            verify(contents_of(FolderStore(folder)))

        create_store(self._paths.root, self._calls, fill, COPYING, self._source)

    def _put_systems(self, folder: StoreFolder, contents: Contents) -> None:
        for system in contents.systems():
            path = folder.paths.system(system.equipment_id)
            database = new_document(self._calls, path)
            put_system(database, system)
            put_orders(database, system.orders)
            roll_over(folder, database, system)
            write_unsynced(self._calls, path, sealed(tables_in(database)))

    def _put_accounts(self, paths: Paths, contents: Contents) -> None:
        for company in contents.companies():
            write_unsynced(self._calls, *company_document(company, paths))
        for user in contents.users():
            write_unsynced(self._calls, *user_document(user, paths))
        for key in contents.ssh_keys():
            make_one_folder(self._calls, paths.ssh_keys)
            path = paths.ssh_key(key.fingerprint)
            write_unsynced(self._calls, path, ssh_key_document(key))
        for paper in contents.papers():
            make_one_folder(self._calls, paths.open_papers)
            make_one_folder(self._calls, paths.closed_papers)
            write_unsynced(self._calls, *paper_document(paper, paths))
        for path, drafts in _by_document(paths, contents.drafts()).items():
            write_unsynced(self._calls, path, drafts_document(drafts))

    def _put_journal(self, paths: Paths, contents: Contents) -> None:
        for part in contents.journal():
            path = f"{paths.journal}/{part.name}"
            fd = self._calls.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW)
            try:
                for piece in part.pieces:
                    self._calls.write(fd, piece)
            finally:
                self._calls.close(fd)

    def _put_keys(self, paths: Paths, contents: Contents) -> None:
        if versions := list(contents.catalogue()):
            write_first(self._calls, paths, versions)
        for path, numbers in (
            (paths.newest_key, [contents.signing_key()]),
            (paths.withdrawn_keys, sorted(contents.withdrawn_keys())),
        ):
            text = "".join(f"{number}\n" for number in numbers if number is not None)
            if text:
                write_unsynced(self._calls, path, text.encode())
            elif self._calls.exists(path):  # of an attempt that was cut short
                self._calls.unlink(path)


def _by_document(paths: Paths, drafts: Iterator[KeptDraft]) -> dict[str, list[Draft]]:
    found: dict[str, list[Draft]] = {}
    for kept in drafts:
        path = paths.draft(kept.company_id, same_name(kept.login))
        found.setdefault(path, []).append(kept.draft)
    return found
