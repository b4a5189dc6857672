"""Unfinished orders on disk: one small document a user, a row an order."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from typing_extensions import override

from engine.accounts.people import same_name
from engine.errors import (
    DocumentDamaged,
    DocumentFault,
    OwnerWrong,
    ReadFailed,
    StoreTooNew,
    StoreTrouble,
    WriteFailed,
    system_word,
)
from engine.files.system_calls import reading
from engine.licences.order import Draft
from engine.ports import DraftStore
from engine.store.folder.documents import open_document, replace_file, sealed
from engine.store.folder.locks import hashed_place
from engine.store.folder.store_folder import StoreFolder
from engine.store.rows import row_of, value_of


class Drafts(DraftStore):
    """The drafts of a store."""

    folder: StoreFolder

    @override
    def drafts(self, company_id: str, login: str) -> list[Draft]:
        with suppress(StoreTrouble):
            return self.read_drafts(company_id, login)
        return []

    def read_drafts(self, company_id: str, login: str) -> list[Draft]:
        """The same where none is to be missed. Raises `StoreTrouble`."""
        return list(self._read(self._path(company_id, login)).values())

    @override
    def reads_drafts(self, company_id: str, login: str) -> bool:
        try:
            self._read(self._path(company_id, login))
        except StoreTrouble:
            return False
        return True

    @override
    def unread_drafts(self) -> list[str]:
        folder = self.folder.paths.drafts
        with reading(folder):
            names = self.folder.calls.names(folder)
        paths = [f"{folder}/{name}" for name in sorted(names) if name.endswith(".json")]
        return [path for path in paths if not self._is_sound(path)]

    def _is_sound(self, path: str) -> bool:
        try:
            self._read(path)
        except (DocumentDamaged, StoreTooNew, ReadFailed, OwnerWrong):
            return False
        return True

    @override
    def keep_draft(self, company_id: str, login: str, draft: Draft) -> None:
        """Keep it beside the others, in place of the one with its id.

        Raises `WriteFailed`, `StoreBusy`, and `DocumentDamaged` or `ReadFailed` when the system
        does not let the others be read: they are not to be written over.
        """
        path = self._path(company_id, login)
        with self.folder.locks.held(hashed_place(path), "draft"):
            self._write(path, {**self._readable(path), draft.draft_id: draft})

    @override
    def drop_draft(self, company_id: str, login: str, draft_id: str) -> None:
        path = self._path(company_id, login)
        with self.folder.locks.held(hashed_place(path), "draft"):
            kept = self._readable(path)
            if kept.pop(draft_id, None) is not None and kept:
                self._write(path, kept)
            elif not kept:
                self._unlink(path)

    def _path(self, company_id: str, login: str) -> str:
        return self.folder.paths.draft(company_id, same_name(login))

    def _read(self, path: str) -> dict[str, Draft]:
        """By their ids, whatever their keys: releases before 0.2 kept one, under the key `draft`.

        Raises `DocumentDamaged`, `StoreTooNew`.
        """
        try:
            rows = open_document(self.folder.calls, path).own("drafts").rows()
        except FileNotFoundError:
            return {}
        drafts = [value_of(Draft, row, path) for row in rows]
        return {draft.draft_id: draft for draft in drafts}

    def _readable(self, path: str) -> dict[str, Draft]:
        """The same; none of a document that is broken, since nobody can read it any more."""
        try:
            return self._read(path)
        except DocumentDamaged as damaged:
            if damaged.reason not in {DocumentFault.SEAL, DocumentFault.JSON, DocumentFault.SHAPE}:
                raise
            return {}

    def _write(self, path: str, drafts: dict[str, Draft]) -> None:
        replace_file(self.folder.calls, path, drafts_document(drafts.values()))

    def _unlink(self, path: str) -> None:
        """Not synced: a draft that a power cut brings back was placed, or is welcome."""
        try:
            if self.folder.calls.exists(path):  # a read-only disk refuses to remove nothing, too
                self.folder.calls.unlink(path)
        except FileNotFoundError:
            pass
        except OSError as error:
            raise WriteFailed(path=path, reason=system_word(error)) from error


def drafts_document(drafts: Iterable[Draft]) -> bytes:
    """The document of a user's unfinished orders."""
    return sealed({"drafts": {draft.draft_id: row_of(draft) for draft in drafts}})
