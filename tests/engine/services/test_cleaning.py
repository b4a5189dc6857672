"""Cleaning of texts from outside."""

from __future__ import annotations

import unicodedata
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.safe_text import clean, folded, refused_character, safe, with_refused_marked

ANY = st.text(st.characters(codec=None))
"""Surrogates too."""


@given(ANY)
def test_what_comes_out_is_printable_and_composed(text: str) -> None:
    found = safe(text)
    categories = {category(character) for character in found}
    assert not categories & {"Cc", "Cs", "Co", "Zl", "Zp"}
    assert all("\U00020000" <= c <= "\U0003fffd" for c in found if category(c) == "Cn")
    assert {c for c in found if category(c) == "Cf"} <= {"\u200c", "\u200d"}
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


@given(st.text(st.sampled_from("\u200c\u200d\u0645\u0650\u0915\u094d\u0301e \u200b"), max_size=40))
def test_joiners_that_join_nothing_are_taken_out(text: str) -> None:
    found = safe(text)
    assert safe(found) == found
    assert unicodedata.is_normalized("NFC", found)
    assert found.strip("\u200c\u200d") == found


@pytest.mark.parametrize(
    "name", ["نمی\u200cخواهم", "क्\u200dष", "ശ്രീ\u200cമതി", "\U0002ebf0田", "\U00031350"]
)
def test_what_a_script_spells_a_name_with_is_kept(name: str) -> None:
    assert clean(f" {name} ") == name
    assert refused_character(name) == ""


def test_a_name_with_joiners_is_found_without_them() -> None:
    assert folded("نمی\u200cخواهم") == folded("نمیخواهم")


@pytest.mark.parametrize("bad", ["\ufffd", "\ue000", "\U000e0080", "\U0002ffff"])
def test_what_stands_for_no_character_is_refused_by_name(bad: str) -> None:
    assert refused_character(f"M{bad}ller") == bad
    assert with_refused_marked(f"M{bad}ller") == "M\ufffdller"
