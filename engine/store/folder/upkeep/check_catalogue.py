"""Whether the installation's own catalogue is what was put into it."""

from __future__ import annotations

from collections.abc import Iterator

from engine.findings import Finding, FindingCode
from engine.store.folder.catalogue_files import digest_of
from engine.store.folder.journal.order_lines import OrderLines
from engine.store.folder.store import FolderStore


def catalogue_findings(store: FolderStore, lines: OrderLines) -> Iterator[Finding]:
    """Files that are not what was put; those that `init` has written have no line.

    What the last lines say may not have been carried out: its writer may have died, or is at it.
    """
    folder = store.folder.paths.catalogue
    there = {version.path: digest_of(version.text) for version in store.catalogue_versions()}
    said = [(f"{folder}/{name}", digest) for name, digest in lines.catalogue]
    while said and there.get(said[-1][0]) != said[-1][1]:
        path, _digest = said[-1]
        if there.get(path) != dict(said[:-1]).get(path):
            break
        said.pop()
    for path, digest in sorted(dict(said).items()):
        if there.get(path) != digest:
            yield Finding(path, FindingCode.CATALOGUE_CHANGED)
