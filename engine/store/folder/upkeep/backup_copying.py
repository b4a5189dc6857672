"""Copying a store into a backup while the portal is in use.

Documents are replaced whole, so each copy is whole; what matters is that they agree:

1. The place where the journal ends is noted, and every document is copied.
2. Documents of which the journal has got lines since are copied again, until only a few are left.
3. Those few, companies and users among them, are copied while the journal is locked: for that
   moment nobody can confirm an order, and the journal ends where the documents do.
4. The journal is copied up to there, and the file is read again from its beginning.

So every order confirmed before is in it, and none is without its line. Systems cannot be added
meanwhile. A transaction over two systems is waited for at both ends: of one that was under way
neither could tell which of its documents were copied before it and which after.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from engine.findings import Finding
from engine.keys.folder import KeysFolder
from engine.ports import Progress
from engine.store.folder.catalogue_files import catalogue_names
from engine.store.folder.documents import body_of, read_bytes
from engine.store.folder.former_accounts import documents_in
from engine.store.folder.journal.journal import START, Place
from engine.store.folder.journal.system_digest import digests_in
from engine.store.folder.locks import JOURNAL, TWO_SYSTEMS
from engine.store.folder.paths import DOCUMENT, EQUIPMENT_ID, LAYOUT_VERSION
from engine.store.folder.store import FolderStore
from engine.store.folder.upkeep.backup_accounts import (
    COMPANIES,
    PAPERS,
    SSH_KEYS,
    USERS,
    changed_in,
)
from engine.store.folder.upkeep.backup_file import AGAIN, BackupWriter, Manifest
from engine.store.folder.upkeep.systems_reader import UNREADABLE, damage

_FEW = 100


class Copied(NamedTuple):
    """What was written, and what was left out of it as damaged."""

    manifest: Manifest
    left_out: list[Finding]


class Copying:
    """Copies a store into an open backup."""

    def __init__(self, store: FolderStore, writer: BackupWriter, progress: Progress | None) -> None:
        self._store = store
        self._folder = store.folder
        self._paths = store.folder.paths
        self._journal = store.folder.journal
        self._writer = writer
        self._progress = progress
        self._left_out: dict[str, Finding] = {}
        self._accounts: dict[str, bytes] = {}
        self._accounts_read = False
        self._others_read = False
        self._changed_accounts: set[str] = set()
        self._systems = 0

    def copy(self, keys: KeysFolder, *, with_keys: bool) -> Copied:
        """Copy everything and close the backup."""
        with self._none_under_way():
            end = self._end()
        for system_folder in self._paths.system_folders():
            self._copy_system_folder(system_folder)
        self._copy_drafts()
        self._copy_accounts()
        again: dict[str, bytes] = {}
        while len(changed := self._changed_since(end)) > _FEW:
            with self._folder.locks.held(JOURNAL, "journal"):
                end = self._end()
            again |= self._copied(changed)
        with self._none_under_way():
            again |= self._copied(self._changed_since(end))
            made_at = self._folder.clock()
            end = self._end()
            self._copy_accounts()
        self._write_accounts()
        self._writer.add(AGAIN, b"".join(again.values()))
        self._copy_journal(end)
        for path in (self._paths.settings, self._paths.newest_key, self._paths.withdrawn_keys):
            if self._folder.calls.exists(path):
                data = self._folder.calls.read(str(Path(path).resolve()))
                self._writer.add(Path(path).name, data)
        for name in catalogue_names(self._folder.calls, self._paths):
            data = self._folder.calls.read(f"{self._paths.catalogue}/{name}")
            self._writer.add(f"catalogue/{name}", data)
        if with_keys:
            for name, text in keys.texts():
                self._writer.add(f"keys/{name}", text)
        manifest = Manifest(
            layout=LAYOUT_VERSION, made_at=made_at, systems=self._systems, with_keys=with_keys
        )
        manifest = self._writer.finish(manifest, keys.audit_key())
        return Copied(manifest, list(self._left_out.values()))

    @contextmanager
    def _none_under_way(self) -> Iterator[None]:
        """Nobody can confirm an order, and nothing is between two systems."""
        locks = self._folder.locks
        with locks.held(TWO_SYSTEMS, "move"), locks.held(JOURNAL, "journal"):
            yield

    def _end(self) -> Place:
        """Where the journal ends; only while it is locked this is the end of a line."""
        files = self._journal.files()
        return Place(files[-1], self._journal.size(files[-1])) if files else START

    def _changed_since(self, end: Place) -> set[str]:
        """The systems that the journal has lines of since; the accounts, requests and quotes that
        they name are noted."""
        changed: set[str] = set()
        for _place, event in self._journal.after(end):
            if event:
                changed.add(event.details.get("equipment_id", ""))
                changed.update(of for of, _digest in digests_in(event))
                self._changed_accounts |= changed_in(event, self._paths)
        return {each for each in changed if EQUIPMENT_ID.fullmatch(each)}

    def _copy_system_folder(self, system_folder: str) -> None:
        copies: list[bytes] = []
        for name in sorted(self._folder.calls.names(system_folder)):
            match = DOCUMENT.fullmatch(name)
            if match and (data := self._sound(f"{system_folder}/{name}")):
                copies.append(data)
                self._systems += not match[2]
        self._writer.add(f"systems/{Path(system_folder).name}.jsonl", b"".join(copies))
        if self._progress:
            self._progress(self._systems)

    def _copied(self, equipment_ids: set[str]) -> dict[str, bytes]:
        """The documents of these systems, by path. First the system, then its segments: all that
        it counts are there by then."""
        copies: dict[str, bytes] = {}
        for equipment_id in sorted(equipment_ids):
            path = self._paths.system(equipment_id)
            system_folder = self._paths.system_folder(equipment_id)
            if data := self._sound(path):
                copies[path] = data
            for name in self._folder.calls.names(system_folder):
                of, number = match.groups() if (match := DOCUMENT.fullmatch(name)) else ("", "")
                segment = f"{system_folder}/{name}"
                if of == equipment_id and number and (data := self._sound(segment)):
                    copies[segment] = data
        return copies

    def _copy_drafts(self) -> None:
        for name in sorted(self._folder.calls.names(self._paths.drafts)):
            if name.endswith(".json"):
                self._copy_file(f"{self._paths.drafts}/{name}", f"drafts/{name}")

    def _copy_accounts(self) -> None:
        """Companies, users, requests and quotes: all of them; again, those that are new or that
        the journal has lines of since."""
        of_before: dict[str, bytes] = {}
        accounts: tuple[str, ...] = ()
        others: tuple[str, ...] = ()
        all_listed = True
        try:
            former = self._store.former.tables()
            if former is None:
                accounts = (*self._store.company_paths(), *self._store.user_paths())
            else:
                of_before = dict(documents_in(former, self._paths))
            self._accounts_read = True
        except UNREADABLE as error:
            self._left_out[error.path], all_listed = damage(error), False
        try:  # a paper that is closed meanwhile is found as that
            others = (*self._store.ssh_key_paths(), *self._store.paper_paths())
            self._others_read = True
        except UNREADABLE as error:
            self._left_out[error.path], all_listed = damage(error), False
        paths = (*accounts, *others)
        if all_listed:  # else what was copied before stays
            for gone in self._accounts.keys() - set(paths):  # a key removed, a paper closed
                del self._accounts[gone]
        self._accounts |= of_before
        for path in paths:
            if path not in self._accounts or path in self._changed_accounts:
                data = self._sound(path)
                if data is not None:
                    self._accounts[path] = data

    def _write_accounts(self) -> None:
        if self._accounts_read:  # damaged: not the same as none
            self._write_kind(COMPANIES, self._paths.companies)
            self._write_kind(USERS, self._paths.users)
        if self._others_read and self._folder.calls.exists(self._paths.ssh_keys):
            self._write_kind(SSH_KEYS, self._paths.ssh_keys)
        if self._others_read and self._folder.calls.exists(self._paths.open_papers):
            self._write_kind(PAPERS, self._paths.open_papers, self._paths.closed_papers)

    def _write_kind(self, name: str, *folders: str) -> None:
        begin = tuple(f"{folder}/" for folder in folders)
        copies = (data for path, data in self._accounts.items() if path.startswith(begin))
        self._writer.add(name, b"".join(copies))

    def _copy_file(self, path: str, name: str) -> None:
        if data := self._sound(path):
            self._writer.add(name, data)

    def _copy_journal(self, end: Place) -> None:
        for path in self._journal.files():
            if path <= end.path:
                size = end.offset if path == end.path else self._journal.size(path)
                with self._folder.calls.reader(path) as file:
                    self._writer.add_file(f"journal/{Path(path).name}", file, size)

    def _sound(self, path: str) -> bytes | None:
        """The bytes of a document; None when it is not there, or damaged, which is noted."""
        try:
            data = read_bytes(self._folder.calls, path)
            body_of(path, data)
        except FileNotFoundError:
            return None
        except UNREADABLE as error:
            self._left_out[path] = damage(error)
            return None
        self._left_out.pop(path, None)
        return data
