"""Which documents of companies, users, keys, requests and quotes are to be put back."""

from __future__ import annotations

from collections.abc import Callable

from engine.errors import DocumentDamaged, StoreTooNew
from engine.files.system_calls import reading
from engine.store.folder.store import FolderStore


def is_damaged(store: FolderStore, path: str) -> bool:
    """Whether a document is not there or not sound. An SSH key that is not there was removed, and
    a paper may have been closed since: neither is to come back."""
    read, may_be_gone = _reading(store, path)
    try:
        read(path)
    except FileNotFoundError:
        return not may_be_gone
    except (DocumentDamaged, StoreTooNew) as error:
        return isinstance(error, DocumentDamaged)
    return False


def _reading(store: FolderStore, path: str) -> tuple[Callable[[str], object], bool]:
    """How to read it, and whether it may be gone with nothing wrong."""
    paths, calls = store.folder.paths, store.folder.calls
    folder, _slash, name = path.rpartition("/")
    if folder == paths.ssh_keys:
        return store.read_ssh_key, True
    papers = (paths.open_papers, paths.closed_papers)
    if folder in papers:
        with reading(path):
            return store.read_paper, any(calls.exists(f"{each}/{name}") for each in papers)
    return store.read_account, False
