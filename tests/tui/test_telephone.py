"""The telephone alphabets: complete, and every word tells its letter."""

from __future__ import annotations

import unicodedata

import pytest

from engine.settings import Language
from tui.wording.spelling import spelled
from tui.wording.translation import set_language

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_letter_has_a_word_that_begins_with_it(language: Language) -> None:
    set_language(language)
    initials = [unicodedata.normalize("NFD", word)[0] for word in spelled(LETTERS)]
    assert "".join(initials) == LETTERS


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_two_characters_sound_the_same(language: Language) -> None:
    set_language(language)
    words = spelled("0123456789" + LETTERS)
    assert len(set(words)) == 36


def test_a_group_in_both_languages() -> None:
    assert spelled("4Z0G") == ["four", "Zulu", "zero", "Golf"]
    set_language("fr")
    assert spelled("4Z0G") == ["quatre", "Zulu", "zéro", "Golf"]
