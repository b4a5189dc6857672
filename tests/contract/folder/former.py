"""Stores as the first release left them: layout 1, with all accounts in one file."""

from __future__ import annotations

from pathlib import Path

from engine.accounts.people import user_key
from engine.store.folder.documents import sealed
from engine.store.folder.store import FolderStore
from engine.store.rows import row_of


def accounts_json(store: FolderStore) -> bytes:
    """What the first release had in `accounts.json`."""
    companies = {each.company_id: row_of(each) for each in store.companies()}
    users = {user_key(each.company_id, each.login): row_of(each) for each in store.users()}
    for row in users.values():
        del row["issued_used"]  # it did not know this
    return sealed({"companies": companies, "users": users})


def make_former(store: FolderStore) -> None:
    """Make a store one of layout 1."""
    paths = store.folder.paths
    data = accounts_json(store)
    for folder in (Path(paths.companies), Path(paths.users)):
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()
    Path(paths.former_accounts).write_bytes(data)
    Path(paths.version).write_text("1\n")
