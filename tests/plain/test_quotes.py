"""Quotes in plain mode, question by question."""

from __future__ import annotations

import pytest

from engine.settings import Language
from tests.plain.conftest import ITEMS, LEAVE, LOGIN, REFERENCE, YES, Plain
from tests.support.guide import FRESH, SYSTEM

QUOTES = "17"
NUMBER = "-000001"
SAVE: dict[Language, str] = {"en": "quote", "fr": "devis"}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_saved_as_a_quote_and_ordered_from_it(plain: Plain, language: Language) -> None:
    saved = (*LOGIN, "1", SYSTEM, *ITEMS, *REFERENCE, SAVE[language])
    said = plain.tell(
        *saved,
        QUOTES,
        "",
        "1",
        "1",
        YES[language],
        *LEAVE[:1],
        "0",
        "0",
        *LEAVE[1:],
        language=language,
    )
    assert NUMBER in said
    assert plain.orders()[0] == f"{SYSTEM}-0002"
    assert len(plain.drafts()) == 0


def test_copied_exported_withdrawn(demo: Plain) -> None:
    said = demo.tell(
        *(*LOGIN, "1", FRESH, "7 8", "", "PO-1", "A Customer", *[""] * 8, "QUOTE"),
        *(QUOTES, "customer", "1", "2", SYSTEM, "3", "4", "1", "0", "0"),
        *(QUOTES, "nobody", QUOTES, "", "1", "0", "0", "0", "0"),
    )
    assert "QUOTE: no keycode, nothing ordered" in said or "Exported:" in said
    assert "Saved as the quote" in said
    assert said.count("Saved as the quote") == 2
    assert "is withdrawn." in said
    assert "No quote found." in said
