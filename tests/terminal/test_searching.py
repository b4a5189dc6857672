"""Searching for orders on a real store in which a document is damaged."""

from __future__ import annotations

import pytest

from engine.settings import Language
from tests.support.guide import NEXSPAN, SYSTEM
from tests.support.installation import Installation
from tests.support.operator import Operator

SAID: dict[Language, str] = {
    "en": "1 system cannot be read: tell the licence desk.",
    "fr": "1 système ne peut pas être lu",
}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_search_says_that_a_system_cannot_be_read(
    installation: Installation, language: Language
) -> None:
    installation.done("search", "--licensee", "valbrune")  # the index is there
    with installation.open("--language", language) as terminal:
        operator = Operator(terminal, language)
        operator.logs_in()
        (damaged,) = installation.store.glob(f"systems/*/{SYSTEM}.json")
        damaged.write_bytes(b"")
        terminal.press("f4", "tab", "tab", "2008-0814", "enter")
        operator.sees("No order found.")
        terminal.wait_for(SAID[language])
        terminal.press(*["backspace"] * 9, "tab", "tab", "2008-01-01", "enter")
        terminal.wait_for(SAID[language], NEXSPAN)
        assert SYSTEM not in terminal.text
