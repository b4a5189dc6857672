"""A file that a person made is wrong."""

from __future__ import annotations

from engine.errors.base import PortalError


class BadFile(PortalError):
    """A file that a person made is wrong."""


class FileUnreadable(BadFile):
    """Missing, unreadable: `reason` is the system's word (`ENOENT`). Or not UTF-8: `encoding`."""

    path: str
    reason: str


class BackupWrong(BadFile):
    """A backup that cannot be restored. `reason`: `none` (no backup, or not whole), `cut`,
    `strange` (something in it that no backup holds), `changed`, `too-new`, `other-keys` (made
    with another audit key, or changed by somebody without it), `damaged` (a document in it)."""

    path: str
    reason: str


class CatalogueWrong(BadFile):
    """A catalogue file: the `path`, the `place` in it (`item BHW1063A, unlocks`, or line and
    column as `3:14`) and the `reason`, one of the codes in `engine.catalogue.rules` and
    `engine.toml_reading`; `value` is what stood there, `allowed` what could (else empty)."""

    path: str
    place: str
    reason: str
    value: str
    allowed: tuple[str, ...]


class SettingsWrong(BadFile):
    """A setting that is not one. `source` is the file, `environment` or `command line`.

    `reason` is `unknown` (`allowed`: the name that was probably meant, or none), `choice` (one of
    `allowed`), `whole-number` or `number` (from the first of `allowed` to the second), `text`; of
    the file, a code of `engine.toml_reading` with the `place` (`3:14`).
    """

    source: str
    name: str
    reason: str
    place: str
    allowed: tuple[str, ...]


class RowsWrong(BadFile):
    """A CSV: nothing was imported. `rows` is a tuple of (line number, PortalError)."""

    path: str
    rows: tuple[tuple[int, PortalError], ...]


class OrderRowsWrong(RowsWrong):
    """The same of a CSV of orders: nothing was ordered."""

    @property
    def code(self) -> str:
        """For scripts, one error."""
        return RowsWrong.__name__


class CsvBroken(BadFile):
    """A file that is no CSV from `line` and `column` (both from 1) on. `reason`: `quote` (one
    opens there and is not closed), `after-quote` (text behind one that closes), `size`, `csv`."""

    path: str
    line: int
    column: int
    reason: str


class CsvHeaderWrong(BadFile):
    """A CSV whose first line is not the header. All but `path` are tuples of names: those that
    were `found`, that it may have (`wanted`) and that it must have (`required`); and what is
    wrong: those that are `missing`, `unknown`, or there twice (`repeated`)."""

    path: str
    found: tuple[str, ...]
    wanted: tuple[str, ...]
    required: tuple[str, ...]
    missing: tuple[str, ...]
    unknown: tuple[str, ...]
    repeated: tuple[str, ...]


class OrderDocumentWrong(BadFile):
    """An order document that is no JSON or has the wrong shape. `place` as `$.items.BHW1063A`, or
    line and column as `3:14`; `reason` is a code of `engine.documents.order_json`."""

    path: str
    place: str
    reason: str
