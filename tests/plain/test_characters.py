"""What each character set gets to read."""

from __future__ import annotations

import pytest

from tui.plain.characters import encoding_of, written


@pytest.mark.parametrize(
    ("environment", "encoding"),
    [
        ({}, "ascii"),
        ({"LANG": "C"}, "ascii"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "POSIX"}, "ascii"),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, "utf-8"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": ""}, "utf-8"),
    ],
)
def test_the_locale_says_what_can_be_read(environment: dict[str, str], encoding: str) -> None:
    assert encoding_of(environment, "utf-8") == encoding


@pytest.mark.parametrize(
    ("text", "ascii_text", "latin_text"),
    [
        ("5 → 8", "5 -> 8", "5 -> 8"),
        ("Clé\u00a0: « œuvre »", 'Cle : " oeuvre "', "Clé\u00a0: « oeuvre »"),
        ("«\u00a0là\u00a0»", '"la"', "«\u00a0là\u00a0»"),
        ("€1,530.00", "EUR 1,530.00", "EUR 1,530.00"),
        ("1\u00a0530,00\u00a0€", "1 530,00 EUR", "1\u00a0530,00\u00a0EUR"),
        ("Working… 2 × 3 · 4", "Working... 2 x 3 - 4", "Working... 2 × 3 · 4"),
        ("Łódź 漢字", "?odz ??", "?ódz ??"),
    ],
)
def test_what_is_lacking_is_written_otherwise(text: str, ascii_text: str, latin_text: str) -> None:
    assert written(text, "utf-8") == text
    assert written(text, "ascii") == ascii_text
    assert written(text, "latin-1") == latin_text
