"""What may stand above the columns of a CSV: the words of the screens, in both languages."""

from __future__ import annotations

from functools import partial

from engine.settings import LANGUAGES
from tui.wording.labels import FIELD_LABELS
from tui.wording.translation import N_, _, in_language

_WORDS: dict[str, str] = {
    "equipment_id": FIELD_LABELS["equipment_id"],
    "order_reference": FIELD_LABELS["order_reference"],
    "licensee": FIELD_LABELS["licensee"],
    "address_name": FIELD_LABELS["address.name"],
    "address_line1": FIELD_LABELS["address.line1"],
    "address_line2": FIELD_LABELS["address.line2"],
    "address_line3": FIELD_LABELS["address.line3"],
    "city": FIELD_LABELS["address.city"],
    "zip_code": FIELD_LABELS["address.zip_code"],
    "country": FIELD_LABELS["address.country"],
    "company": FIELD_LABELS["company"],
    "keycode": FIELD_LABELS["keycode"],
    "product": N_("Product"),
    "release": N_("Release"),
    "model": N_("Model"),
    "new_id": FIELD_LABELS["new_id"],
    "reason": FIELD_LABELS["reason"],
    "note": FIELD_LABELS["note"],
    "proof": FIELD_LABELS["proof"],
}
"""By column."""


def headings() -> dict[str, str]:
    """The column that each heading stands for."""
    return {
        in_language(spoken, partial(_, text)): column
        for spoken in LANGUAGES
        for column, text in _WORDS.items()
    }


def heading(column: str) -> str:
    """What a column is called in the reader's language; a part number is its own heading."""
    return _(_WORDS[column]) if column in _WORDS else column
