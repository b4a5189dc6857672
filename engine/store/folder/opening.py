"""The checks before a store is opened."""

from __future__ import annotations

import os
import re

from engine.errors import (
    DocumentDamaged,
    DocumentFault,
    OwnerWrong,
    StoreMissing,
    StoreNotWritable,
    StoreTooNew,
)
from engine.files.file_systems import refuse_network
from engine.files.system_calls import SystemCalls, reading, refused
from engine.store.folder.creation import FIRST_FOLDERS, FOLDERS
from engine.store.folder.documents import read_bytes
from engine.store.folder.moved import refuse_moved
from engine.store.folder.paths import LAYOUT_VERSION, Paths

_NUMBER = re.compile(rb"\d{1,9}\n?")


def require_store(paths: Paths, calls: SystemCalls, *, closed: bool = False) -> None:
    """Whether this portal can work on that store; on a read-only disk it can be read. One that was
    moved is no store any more, but for who may find it `closed`.

    Raises `StoreMissing`, `StoreTooNew`, `DocumentDamaged`, `StoreNotWritable`, `StoreOnNetwork`,
    `ReadFailed`, `OwnerWrong`, `StoreMoved`.
    """
    try:
        if not calls.exists(paths.version):
            raise StoreMissing(path=paths.root)
        text = read_bytes(calls, paths.version)
    except OSError as error:
        raise refused(paths.version, error) from error
    if not _NUMBER.fullmatch(text):
        raise DocumentDamaged(path=paths.version, reason=DocumentFault.SHAPE)
    if int(text) > LAYOUT_VERSION:
        raise StoreTooNew(path=paths.root, found=int(text), known=LAYOUT_VERSION)
    if not closed:
        refuse_moved(calls, paths.moved)
    with reading(paths.root):
        refuse_network(calls, paths.root)
    folders = FIRST_FOLDERS if int(text) == 1 else FOLDERS
    for path in (paths.root, *(f"{paths.root}/{name}" for name in folders), paths.locks):
        with reading(path):
            _check_writable(calls, path)


def _check_writable(calls: SystemCalls, path: str) -> None:
    if calls.writable(path):
        return
    if not calls.exists(path):
        raise StoreNotWritable(path=path, reason="ENOENT")
    if calls.statvfs(path).f_flag & os.ST_RDONLY:
        return
    owner, user = calls.status(path, follow=True).st_uid, os.geteuid()
    if owner != user:
        raise OwnerWrong(path=path, owner=owner, user=user)
    raise StoreNotWritable(path=path, reason="EACCES")
