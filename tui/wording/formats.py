"""Money, numbers, dates and countries as the reader's language writes them.

The engine gives values; these are their texts, in the language of `tui.wording.translation`. Babel
and its data take longer to import than most commands take to run, so only what needs them asks for
them. Times are shown in the time zone of the machine.
"""

from __future__ import annotations

import datetime as calendar
from datetime import datetime
from decimal import Decimal

from engine.safe_text import folded
from tui.wording.translation import language

# British English: day before month, 24 hours.
_LOCALES = {"en": "en_GB", "fr": "fr_FR"}
# As Babel has them (a test compares), without what it takes to load.
_MONTHS = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec".split(),
    "fr": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.".split(),
}


def money(amount: Decimal, currency: str) -> str:
    """`€1,530.00`, `1 530,00 €`. `currency` is an ISO 4217 code."""
    from babel.numbers import format_currency

    return _spaced(format_currency(amount, currency, locale=_locale()))


def number(value: int) -> str:
    """`1,530`, `1 530`."""
    if 0 <= value < 1000:
        return str(value)  # the same in every language, and nearly all quantities
    from babel.numbers import format_decimal

    return _spaced(format_decimal(value, locale=_locale()))


def percent(value: Decimal) -> str:
    """`12.5`, `12,5`: without the sign."""
    text = f"{value.normalize():f}"
    return text.replace(".", ",") if language() == "fr" else text


def date(moment: datetime) -> str:
    """`14 Aug 2008`, `14 août 2008`, `1er août 2008`. `moment` is aware."""
    return day(moment.astimezone())


def day(when: calendar.date) -> str:
    """The same of a day, wherever it is."""
    first = "1er" if when.day == 1 and language() == "fr" else str(when.day)
    return f"{first} {_MONTHS[language()][when.month - 1]} {when.year}"


def date_time(moment: datetime, *, seconds: bool = False) -> str:
    """`14 Aug 2008, 14:05`, `14 août 2008, 14:05`. `moment` is aware."""
    return f"{date(moment)}, {moment.astimezone():{'%H:%M:%S' if seconds else '%H:%M'}}"


def country_name(code: str) -> str:
    """The name of the country with that ISO 3166-1 alpha-2 code; "" for none."""
    from engine.licences.countries import countries

    country = countries().get(code)
    return country.name(language()) if country else code


def country_list(typed: str = "") -> list[tuple[str, str]]:
    """The countries that somebody who types this may mean, as (ISO code, name), the likeliest
    first; of nothing typed all of them, by name: `É` is among the `E`."""
    from engine.licences.countries import countries, countries_like

    if typed.strip():
        return [(code, country_name(code)) for code in countries_like(typed, language())]
    names = ((code, country_name(code)) for code in countries())
    return sorted(names, key=lambda country: folded(country[1]))


def _locale() -> str:
    return _LOCALES[language()]


def _spaced(text: str) -> str:
    # Babel's French groups digits with U+202F, which many consoles show as a box.
    return text.replace("\u202f", "\u00a0")
