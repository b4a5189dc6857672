"""Documents: small sealed TinyDB files, each written whole or not at all.

A document is plain TinyDB JSON, so that any TinyDB opens it:

    {"format": {"1": {"schema": 1}}, TABLE: {ID: {…}, …}, …, "seal": {"1": {"sha256": "…"}}}

The seal is the SHA-256 of the bytes before `,"seal"` followed by `}`. A document whose seal is
broken is damaged, and never taken for empty.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, cast

import msgspec
from tinydb import Storage, TinyDB
from tinydb.table import Document, Table

from engine.errors import (
    DocumentDamaged,
    DocumentFault,
    OutcomeUnknown,
    StoreTooNew,
    Unsettled,
    WriteFailed,
    system_word,
)
from engine.files.system_calls import DAMAGE, SystemCalls, refused
from engine.files.writing import sync_folder, write_synced
from engine.store.rows import Row

SCHEMA = 1
"""Raised when the rows of a document change shape; older ones are then read here and upgraded,
and written in today's shape with their next change."""

NOT_JSON = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What msgspec raises for what it cannot read: the last for brackets in brackets without end."""

Tables = dict[str, dict[str, Row]]
"""Rows by table and id."""

_SEAL_BEGIN = b',"seal":{"1":{"sha256":"'
_SEAL_END = b'"}}}\n'
_SEAL_LENGTH = len(_SEAL_BEGIN) + 64 + len(_SEAL_END)


def sealed(tables: Tables) -> bytes:
    """The bytes of a document with these tables."""
    body = msgspec.json.encode({"format": {"1": {"schema": SCHEMA}}, **tables})
    seal = hashlib.sha256(body).hexdigest().encode()
    return body[:-1] + _SEAL_BEGIN + seal + _SEAL_END


def body_of(path: str, data: bytes) -> bytes:
    """What is sealed in these bytes. Raises `DocumentDamaged`, which names `path`."""
    seal = hashlib.sha256(memoryview(data)[:-_SEAL_LENGTH])
    seal.update(b"}")
    if data[-_SEAL_LENGTH:] != _SEAL_BEGIN + seal.hexdigest().encode() + _SEAL_END:
        raise DocumentDamaged(path=path, reason=DocumentFault.SEAL)
    return data[:-_SEAL_LENGTH] + b"}"


def tables_of(path: str, body: bytes) -> Tables:
    """The tables in what was sealed. Raises `DocumentDamaged`, `StoreTooNew`."""
    try:
        tables: Tables = msgspec.json.decode(body, type=dict[str, dict[str, dict[str, Any]]])
        schema = tables.pop("format")["1"]["schema"]
    except msgspec.ValidationError:
        raise DocumentDamaged(path=path, reason=DocumentFault.SHAPE) from None
    except NOT_JSON:
        raise DocumentDamaged(path=path, reason=DocumentFault.JSON) from None
    except KeyError:
        raise DocumentDamaged(path=path, reason=DocumentFault.SHAPE) from None
    if schema != SCHEMA:
        raise StoreTooNew(path=path, found=schema, known=SCHEMA)
    return tables


def read_tables(calls: SystemCalls, path: str) -> Tables:
    """Read a document and check its seal.

    Raises `FileNotFoundError`, `DocumentDamaged`, `StoreTooNew`, `ReadFailed`, `OwnerWrong`.
    """
    return tables_of(path, body_of(path, read_bytes(calls, path)))


def read_bytes(calls: SystemCalls, path: str) -> bytes:
    """What a file of the store holds.

    Raises `FileNotFoundError`; `DocumentDamaged` when it is the file that is in the way; and
    `ReadFailed` or `OwnerWrong` when it is something else, such as a mode or too many open files:
    then nobody knows what the file holds.
    """
    try:
        return calls.read(path)
    except FileNotFoundError:
        raise
    except OSError as error:
        if error.errno in DAMAGE:
            raise DocumentDamaged(path=path, reason=DAMAGE[error.errno]) from error
        raise refused(path, error) from error


def replace_file(calls: SystemCalls, path: str, data: bytes) -> None:
    """Put a new file in the place of the old one: temporary file, fsync, rename, fsync of folder.

    Raises `WriteFailed` (nothing was changed), `OutcomeUnknown` (the new file is in place, and
    may be gone after a power cut). A failed fsync is final: what was written is thrown away.
    """
    temporary = f"{path}.tmp"
    try:
        write_synced(calls, temporary, data)
        calls.rename(temporary, path)
    except OSError as error:
        with suppress(OSError):  # a full disk: give the room back if it can be given
            calls.unlink(temporary)
        raise WriteFailed(path=path, reason=system_word(error)) from error
    confirm_folder(calls, path)


def confirm_folder(calls: SystemCalls, path: str) -> None:
    """Sync the folder of a file that was renamed into place. Raises `OutcomeUnknown`."""
    try:
        sync_folder(calls, path.rpartition("/")[0])
    except OSError as error:
        raise OutcomeUnknown(path=path, reason=system_word(error), what=Unsettled.CHANGE) from error


class DocumentStorage(Storage):
    """TinyDB's storage for one transaction: read once, changed in memory, written once.

    TinyDB writes after every change of a table; here that only fills the buffer which `commit`
    puts on disk. `tables` are given for a document that does not exist yet.
    """

    def __init__(self, calls: SystemCalls, path: str, tables: Tables | None = None) -> None:
        self._calls = calls
        self._path = path
        self._tables = read_tables(calls, path) if tables is None else tables

    def read(self) -> Tables:
        """The tables as this transaction has them."""
        return self._tables

    def write(self, data: Tables) -> None:
        """Keep changed tables until `commit`."""
        self._tables = data

    def commit(self) -> None:
        """Put them on disk. Raises `WriteFailed`, `OutcomeUnknown`."""
        replace_file(self._calls, self._path, sealed(self._tables))


class OwnIdTable(Table):
    """A table whose ids are our own texts: TinyDB's running numbers collide between processes."""

    # TinyDB says `int`, but makes ids of JSON keys with whatever class stands here.
    document_id_class = str  # type: ignore[assignment]
    default_query_cache_capacity = 0

    def put(self, key: str, row: Mapping[str, Any]) -> None:
        """Add a row, or put it in the place of the one with that id."""
        # The same: `doc_id` may be any class.
        self.upsert(Document(row, doc_id=key))  # type: ignore[arg-type]

    def row(self, key: str) -> Row | None:
        """The row with that id, or None."""
        # The same, and of TinyDB's three answers `doc_id` has only this one.
        return self.get(doc_id=key)  # type: ignore[call-overload, no-any-return]

    def drop(self, key: str) -> None:
        """Take out the row with that id; `KeyError` when there is none."""
        self.remove(doc_ids=[key])  # type: ignore[list-item]  # the same

    def rows(self) -> list[Row]:
        """All rows, in the order in which they were put."""
        return [dict(row) for row in self]

    def keys(self) -> list[str]:
        """The ids of all rows, in the same order."""
        return [str(row.doc_id) for row in self]


class Database(TinyDB):
    """A TinyDB with own ids."""

    table_class = OwnIdTable

    def own(self, name: str) -> OwnIdTable:
        """The table of that name."""
        return cast("OwnIdTable", self.table(name, cache_size=0))


def open_document(calls: SystemCalls, path: str) -> Database:
    """A fresh TinyDB over a document that exists. Raises as `read_tables`."""
    return Database(calls, path, storage=DocumentStorage)


def new_document(calls: SystemCalls, path: str) -> Database:
    """A fresh TinyDB over a document that is to be written."""
    return Database(calls, path, {}, storage=DocumentStorage)


def tables_in(database: Database) -> Tables:
    """All tables, as this transaction has them."""
    return cast("DocumentStorage", database.storage).read()


def commit(database: Database) -> None:
    """Write the document. Raises `WriteFailed`, `OutcomeUnknown`."""
    cast("DocumentStorage", database.storage).commit()
