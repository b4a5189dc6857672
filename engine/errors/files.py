"""A file that a person made is wrong."""

from __future__ import annotations

from enum import StrEnum

from engine.errors.base import PortalError


class BadFile(PortalError):
    """A file that a person made is wrong."""


class FileUnreadable(BadFile):
    """Missing, unreadable: `reason` is the system's word (`ENOENT`). Or not UTF-8: `encoding`."""

    path: str
    reason: str


class BackupFault(StrEnum):
    """Why a backup cannot be restored."""

    NONE = "none"
    """No backup, or not a complete one."""
    CUT = "cut"
    """Its end is missing."""
    STRANGE = "strange"
    """Something in it that no backup has."""
    CHANGED = "changed"
    DAMAGED = "damaged"
    """A document in it."""
    TOO_NEW = "too-new"
    OTHER_KEYS = "other-keys"
    """Made with another audit key, or changed by somebody without it."""


class BackupWrong(BadFile):
    """A backup that cannot be restored."""

    path: str
    reason: BackupFault


class TomlFault(StrEnum):
    """Why a file is no TOML."""

    ENCODING = "encoding"
    """Not UTF-8."""
    TOML = "toml"
    """Not TOML."""
    VALUE = "value"
    """Not a value: most often a text without quotes."""
    UNCLOSED = "unclosed"
    """A quote or a bracket that opens and never closes."""
    CUT = "cut"
    """It ends where a value should be."""
    TWICE = "twice"
    """A name that is there twice."""
    TOO_BIG = "too-big"
    """A number of thousands of digits, or brackets nested as deep."""


class CatalogueFault(StrEnum):
    """What can be wrong in a catalogue file that is TOML."""

    UNKNOWN_KEY = "unknown-key"
    """A key that means nothing here."""
    MISSING_KEY = "missing-key"
    """A key that has to be there is not."""
    WRONG_TYPE = "wrong-type"
    """A number where a text belongs, and the like."""
    WRONG_CHOICE = "wrong-choice"
    """Not one of the words that can be used here."""
    NO_PRODUCTS = "no-products"
    """A folder without a catalogue file."""
    EMPTY = "empty"
    """A text or a list with nothing in it."""
    PATTERN = "pattern"
    """A key, code, release, part number or currency that is not written as it must be."""
    TOO_LONG = "too-long"
    """A name that would not fit an 80-column screen (items, models and products 28 characters,
    functions 34)."""
    UNPRINTABLE = "unprintable"
    """A name with control, direction or line characters."""
    DUPLICATE = "duplicate"
    """The same key, part number, code, bit or number a second time."""
    OUTSIDE = "outside"
    """A place, number or width that lies outside the keycode's body."""
    OVERLAP = "overlap"
    """Two fields on the same digit of the body."""
    NOT_USED = "not-used"
    """A place that this kind of function or keycode does not have."""
    KIND = "kind"
    """A quantity where only on/off can be, or the reverse."""
    UNKNOWN = "unknown"
    """A function or release that the product does not have."""
    UNITS = "units"
    """Less than 1, more than the field can hold, or several of an on/off function."""
    PRICE = "price"
    """Not above 0, above a million, or with more than two decimals."""


class CatalogueWrong(BadFile):
    """A catalogue file: the `path`, the `place` in it (`item BHW1063A, unlocks`, or line and
    column as `3:14`), the `value` that is there, and what is `allowed` (else empty)."""

    path: str
    place: str
    reason: CatalogueFault | TomlFault
    value: str
    allowed: tuple[str, ...]


class SettingFault(StrEnum):
    """What can be wrong with a setting; `allowed` of the error says what would be right."""

    UNKNOWN = "unknown"
    """No such setting. Allowed: the name that was probably meant, or none."""
    CHOICE = "choice"
    """One of those allowed is needed."""
    WHOLE_NUMBER = "whole-number"
    """From the first allowed to the second."""
    NUMBER = "number"
    """Above the first allowed, at most the second."""
    TEXT = "text"
    ENCODING = "encoding"
    """Not UTF-8."""
    DATABASE = "database"
    """Not `service=NAME` or the like; above all no password, and no URL, which has room for one."""


class SettingsWrong(BadFile):
    """A setting that is not one. `source` is the file, `environment` or `command line`; `name` the
    setting's, or "" of a file that is no TOML: `place` is its line and column then (`3:14`)."""

    source: str
    name: str
    reason: SettingFault | TomlFault
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


class ChangeRowsWrong(RowsWrong):
    """The same of a CSV of changes: nothing was changed."""

    @property
    def code(self) -> str:
        """For scripts, one error."""
        return RowsWrong.__name__


class FunctionMoved(BadFile):
    """A new catalogue of a product lacks these `functions` (or releases), or has them elsewhere in
    the keycode: keycodes that are out could not be read any more."""

    product: str
    functions: tuple[str, ...]
    systems: tuple[str, ...]
    """Some Equipment IDs of systems that have them."""


class CsvFault(StrEnum):
    """Why a file is no CSV."""

    QUOTE = "quote"
    """One opens there and is not closed."""
    AFTER_QUOTE = "after-quote"
    """Text behind a quote that closes."""
    SIZE = "size"
    """A field that is too long."""
    CSV = "csv"
    """Not CSV."""


class CsvBroken(BadFile):
    """A file that is no CSV from `line` and `column` (both from 1) on."""

    path: str
    line: int
    column: int
    reason: CsvFault


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


class OrderDocumentFault(StrEnum):
    """What can be wrong with an order document."""

    JSON = "json"
    """Not JSON; the place is the line and column."""
    ENCODING = "encoding"
    """Not UTF-8."""
    TOO_BIG = "too-big"
    """Larger than any order."""
    TOO_DEEP = "too-deep"
    """Brackets in brackets without end."""
    DUPLICATE_KEY = "duplicate-key"
    """A name that is there twice in one object."""
    UNKNOWN_KEY = "unknown-key"
    """A name that means nothing here."""
    MISSING_KEY = "missing-key"
    """A name that has to be there is not."""
    QUANTITY = "quantity"
    """Not a whole number from 0."""
    WRONG_TYPE = "wrong-type"
    """A number where a text belongs, and the like."""
    DRAFT_ID = "draft-id"
    """Not 1 to 64 letters, digits, dots, hyphens and underscores."""


class OrderDocumentWrong(BadFile):
    """An order document that is no JSON or has the wrong shape. `place` as `$.items.BHW1063A`, or
    line and column as `3:14`."""

    path: str
    place: str
    reason: OrderDocumentFault
