"""What each character set gets to read."""

from __future__ import annotations

import pytest

from tui.terminal.encoding import encoding_of, one_for_one, speaks_utf8, written


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


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Société « Étoile »", 'Societe " Etoile "'),
        ("╭──╮", "+--+"),
        ("│ x │", "| x |"),
        ("▂█", "##"),
        ("5 → 8 × 2 …", "5 > 8 x 2 ."),
        ("€1,530", "E1,530"),
        ("世", "??"),
        ("e\u0301", "e"),
    ],
)
def test_a_full_screen_keeps_its_cells(text: str, drawn: str) -> None:
    assert one_for_one(text) == drawn


@pytest.mark.parametrize(
    ("environment", "speaks"),
    [
        ({}, True),
        ({"LANG": "en_GB.UTF-8"}, True),
        ({"LANG": "fr_FR.utf8"}, True),
        ({"LANG": "C"}, False),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, False),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8", "LC_ALL": "C.UTF-8"}, True),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "C"}, False),
        ({"LANG": "fr_FR@euro"}, False),
        ({"LANG": "fr_FR.ISO-8859-1", "LC_CTYPE": "fr_FR.UTF-8"}, True),
    ],
)
def test_what_the_terminal_is_said_to_read(environment: dict[str, str], speaks: bool) -> None:
    assert speaks_utf8(environment) == speaks
