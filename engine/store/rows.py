"""Values as rows, as JSON has them, and back: the one place where both are known.

Reading is strict: unknown fields, missing ones and wrong types are refused. Texts are cleaned of
what a terminal would obey: a row may have been changed by somebody else, or have come with a
backup from elsewhere, and whatever shows it takes it for text. Both ways make fresh objects, so
that nobody who changes what he was given changes what is stored.
"""

from __future__ import annotations

import re
from typing import Any, TypeVar

import msgspec

from engine.errors import DocumentDamaged, DocumentFault
from engine.safe_text import safe

Row = dict[str, Any]
Value = TypeVar("Value", bound=msgspec.Struct)

_PLAIN = re.compile(r"[ -\[\]-~\xa0-\xac\xae-\u02ff\u2010-\u2027\u20ac]*")
"""JSON of Latin letters and their signs: nothing to clean. JSON writes what is below a space with
a backslash."""


def row_of(value: msgspec.Struct) -> Row:
    """The row of a value, as JSON has it: dates as ISO 8601, money as text.

    Raises `UnicodeEncodeError` for a text that is none (a lone surrogate), in memory as on disk.
    """
    row: Row = msgspec.json.decode(msgspec.json.encode(value))
    return row


def value_of(kind: type[Value], row: object, path: str) -> Value:
    """The value of a row, its texts safe to show. Raises `DocumentDamaged`, which names the
    document's `path`."""
    try:
        # Cleaning takes ten times as long as reading, and nearly never has anything to do.
        plain = _PLAIN.fullmatch(msgspec.json.encode(row).decode())
        return msgspec.convert(row if plain else _safe(row), kind)
    except msgspec.ValidationError:
        raise DocumentDamaged(path=path, reason=DocumentFault.SHAPE) from None


def _safe(value: Any) -> Any:
    """The same without what cannot be printed, in texts and in names at any depth."""
    if isinstance(value, str):
        return value if value.isprintable() else safe(value)
    if isinstance(value, dict):
        return {_safe(name): _safe(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_safe(each) for each in value]
    return value
