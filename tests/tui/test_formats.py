"""Money, numbers, dates and countries in both languages."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from engine.licences.countries import countries
from engine.settings import LANGUAGES, Language
from tui.wording import formats, translation

MOMENT = datetime(2008, 8, 14, 23, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_paris(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Paris")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_money_as_each_language_writes_it() -> None:
    assert formats.money(Decimal(1530), "EUR") == "€1,530.00"
    translation.set_language("fr")
    assert formats.money(Decimal(1530), "EUR") == "1\u00a0530,00\u00a0€"


def test_numbers_as_each_language_writes_them() -> None:
    assert formats.number(1048575) == "1,048,575"
    translation.set_language("fr")
    assert formats.number(1048575) == "1\u00a0048\u00a0575"


@given(st.integers(min_value=0, max_value=16**5), st.sampled_from(LANGUAGES))
def test_a_number_is_its_digits_and_nothing_but_grouping(value: int, language: Language) -> None:
    translation.set_language(language)
    text = formats.number(value)
    assert text.replace(",", "").replace("\u00a0", "") == str(value)


def test_times_are_those_of_the_machine() -> None:
    assert formats.date(MOMENT) == "15 Aug 2008"
    assert formats.date_time(MOMENT) == "15 Aug 2008, 01:05"
    translation.set_language("fr")
    assert formats.date(MOMENT) == "15 août 2008"
    assert formats.date_time(MOMENT) == "15 août 2008, 01:05"


@pytest.mark.parametrize("language", LANGUAGES)
def test_months_are_those_of_babel(language: Language) -> None:
    translation.set_language(language)
    locale = {"en": "en_GB", "fr": "fr_FR"}[language]
    for month in range(1, 13):
        moment = datetime(2026, month, 14, 12, tzinfo=UTC)
        assert formats.date(moment) == format_date(moment, locale=locale)


def test_the_first_of_a_month_is_an_ordinal_in_french() -> None:
    moment = datetime(2026, 1, 1, 12, tzinfo=UTC)
    assert formats.date(moment) == "1 Jan 2026"
    translation.set_language("fr")
    assert formats.date(moment) == "1er janv. 2026"


def test_every_country_has_a_name_in_its_alphabetical_place() -> None:
    translation.set_language("fr")
    names = [name for _code, name in formats.country_list()]
    assert {code for code, _name in formats.country_list()} == set(countries())
    start = names.index("Égypte")
    assert names[start : start + 5] == [
        "Égypte",
        "Émirats arabes unis",
        "Équateur",
        "Érythrée",
        "Espagne",
    ]
    assert names[-1] == "Zimbabwe"


def test_a_country_is_named_in_the_language() -> None:
    assert formats.country_name("DE") == "Germany"
    translation.set_language("fr")
    assert formats.country_name("DE") == "Allemagne"
    assert formats.country_name("") == ""
