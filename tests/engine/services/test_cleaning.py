"""Cleaning of texts from outside."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from engine.safe_text import clean, safe

ANY = st.text(st.characters(codec=None))
"""Surrogates too."""


@given(ANY)
def test_what_comes_out_is_printable_and_composed(text: str) -> None:
    found = safe(text)
    categories = {unicodedata.category(character) for character in found}
    assert not categories & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert unicodedata.is_normalized("NFC", found)
    found.encode()


@given(ANY)
def test_what_is_clean_stays_as_it_is(text: str) -> None:
    assert safe(safe(text)) == safe(text)
    assert clean(clean(text)) == clean(text)
    assert clean(text) == safe(text).strip()


@given(st.text(st.sampled_from("e\u0344\u0301\u0316\u0958\u200b\ufe0f"), max_size=200))
def test_accents_are_few(text: str) -> None:
    found = safe(text)
    assert safe(found) == found
    assert not any(
        all(map(unicodedata.combining, found[i : i + 31])) for i in range(len(found) - 30)
    )


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126)))
def test_plain_text_is_left_alone(text: str) -> None:
    assert safe(text) == text


def test_names_of_every_script_are_left_alone() -> None:
    names = "Ærøskøbing Łódź Ελλάδα Москва ירושלים القاهرة दिल्ली 東京 서울 ກຳແພງ Nguyễn O’Neill"
    assert clean(names) == unicodedata.normalize("NFC", names)
