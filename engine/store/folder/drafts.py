"""Unfinished orders on disk: one small document a user."""

from __future__ import annotations

from contextlib import suppress

from engine.accounts.people import same_name
from engine.errors import StoreTrouble, WriteFailed, system_word
from engine.licences.order import Draft
from engine.store.folder.context import Room
from engine.store.folder.documents import commit, new_document, open_document
from engine.store.folder.locks import hashed_place
from engine.store.folder.values import row_of, value_of

_KEY = "draft"


class Drafts:
    """The drafts of a store."""

    room: Room

    def draft(self, company_id: str, login: str) -> Draft | None:
        """The draft of a user, or None, also when its document cannot be read."""
        path = self.room.layout.draft(company_id, same_name(login))
        with suppress(FileNotFoundError, StoreTrouble):
            row = open_document(self.room.calls, path).own("drafts").row(_KEY)
            return value_of(Draft, row, path)
        return None

    def keep_draft(self, company_id: str, login: str, draft: Draft) -> None:
        """Keep it in place of the one before. Raises `WriteFailed`, `StoreBusy`."""
        path = self.room.layout.draft(company_id, same_name(login))
        with self.room.locks.held(hashed_place(path), "draft"):
            database = new_document(self.room.calls, path)
            database.own("drafts").put(_KEY, row_of(draft))
            commit(database)

    def drop_draft(self, company_id: str, login: str) -> None:
        """Forget it. Not synced: one that a power cut brings back was placed, or is welcome."""
        path = self.room.layout.draft(company_id, same_name(login))
        try:
            self.room.calls.unlink(path)
        except FileNotFoundError:
            pass
        except OSError as error:
            raise WriteFailed(path=path, reason=system_word(error)) from error
