"""The installation's own catalogue: a file for each version of a product, named by from when it
counts.

    catalogue/20261201T000000Z-aastra5000.toml
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import UTC, datetime

from engine.audit import EventName
from engine.catalogue.versions import CatalogueVersion
from engine.errors import WriteFailed, system_word
from engine.files.system_calls import SystemCalls, reading
from engine.files.writing import make_one_folder, sync_folder, write_unsynced
from engine.store.digests import catalogue_file, catalogue_said
from engine.store.folder.documents import read_bytes, replace_file
from engine.store.folder.journal.journal import Entry
from engine.store.folder.locks import CATALOGUE
from engine.store.folder.paths import Paths
from engine.store.folder.store_folder import StoreFolder

_NAME = re.compile(r"(\d{8}T\d{6}Z)-([a-z0-9-]+)\.toml")
_MOMENT = "%Y%m%dT%H%M%SZ"


def digest_of(text: bytes) -> str:
    """What the journal says of its content."""
    return hashlib.sha256(text).hexdigest()


def catalogue_names(calls: SystemCalls, paths: Paths) -> list[str]:
    """The names of all versions' files. Raises `ReadFailed`."""
    with reading(paths.catalogue):
        if not calls.exists(paths.catalogue):
            return []
        return sorted(filter(_NAME.fullmatch, calls.names(paths.catalogue)))


def catalogue_versions(calls: SystemCalls, paths: Paths) -> list[CatalogueVersion]:
    """See `engine.ports.CatalogueStore`."""
    found: list[CatalogueVersion] = []
    for name in catalogue_names(calls, paths):
        match, path = _NAME.fullmatch(name), f"{paths.catalogue}/{name}"
        assert match is not None, "catalogue_names has looked"
        since = datetime.strptime(match[1], _MOMENT).replace(tzinfo=UTC)
        found.append(CatalogueVersion(match[2], since, read_bytes(calls, path), path))
    return found


def catalogue_mark(calls: SystemCalls, paths: Paths) -> object:
    """See `engine.ports.CatalogueStore`: a file that comes or goes changes its folder."""
    try:
        return calls.status(paths.catalogue, follow=True).st_mtime_ns
    except OSError:
        return None


def write_first(calls: SystemCalls, paths: Paths, versions: Sequence[CatalogueVersion]) -> None:
    """Those of a store that is being made, not yet on disk. Raises `OSError`."""
    make_one_folder(calls, paths.catalogue)
    for version in versions:
        write_unsynced(calls, f"{paths.catalogue}/{catalogue_file(version)}", version.text)


def put_catalogue(folder: StoreFolder, versions: Sequence[CatalogueVersion], who: str) -> None:
    """See `engine.ports.CatalogueStore`."""
    with folder.locks.held(CATALOGUE, "catalogue"):
        folder.journal.append(
            Entry(EventName.CATALOGUE_PUT, who, catalogue_said(version)) for version in versions
        )
        try:
            make_one_folder(folder.calls, folder.paths.catalogue)
            sync_folder(folder.calls, folder.paths.root)
        except OSError as error:
            raise WriteFailed(path=folder.paths.catalogue, reason=system_word(error)) from error
        for version in versions:
            path = f"{folder.paths.catalogue}/{catalogue_file(version)}"
            replace_file(folder.calls, path, version.text)
