"""Which country somebody means: one look-up for screens, plain mode, commands, CSV and JSON.

A code, a whole name in either language, or a usual or old name is taken. A part of a name is
never taken silently: it is asked about, since `UK` is no Ukraine and `OUI` no Malouines.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

from engine.errors import CountryUnknown
from engine.safe_text import folded

MOST_ALIKE = 12
"""Countries that an error offers; of more, nobody would read the list."""
_FILE = Path(__file__).parents[2] / "data" / "countries" / "countries.toml"
_LONGEST = 80
_NO_LETTERS = re.compile(r"[^\w]+|_")


class Country(Struct, frozen=True, forbid_unknown_fields=True):
    """The names of a country."""

    en: str
    fr: str
    also: tuple[str, ...] = ()
    """The code of three letters, usual short names, old names."""

    def name(self, language: str) -> str:
        """The name in that language (`en`, `fr`)."""
        return str(getattr(self, language))


@cache
def countries() -> Mapping[str, Country]:
    """All countries by their codes (ISO 3166-1 alpha-2)."""
    return msgspec.toml.decode(_FILE.read_bytes(), type=dict[str, Country])


def check_country(text: str) -> str:
    """The code in capitals, or "" for none. Raises `CountryUnknown`."""
    typed = text.strip()
    if not typed:
        return ""
    if code := _named(typed):
        return code
    like = _containing(typed)
    raise CountryUnknown(text=text[:20], like=tuple(like) if len(like) <= MOST_ALIKE else ())


def countries_like(text: str, language: str) -> list[str]:
    """The codes of all countries that somebody who types this may mean: the one that is named so
    first, then those whose name in that language begins with it, then the others, by name."""
    typed = text.strip()
    named = [code] if (code := _named(typed)) else []
    wanted = _plain(typed)

    def place(code: str) -> tuple[bool, bool, str]:
        name = _plain(countries()[code].name(language))
        return wanted not in name, not name.startswith(wanted), name

    return named + sorted((c for c in _containing(typed) if c not in named), key=place)


def _named(typed: str) -> str:
    code = typed.upper() if typed.isascii() else ""  # in capitals, "ß" would be South Sudan
    return code if code in countries() else _codes().get(_plain(typed), "")


def _containing(typed: str) -> list[str]:
    wanted = _plain(typed)
    if not wanted:
        return []
    return [code for code, names in _names().items() if any(wanted in name for name in names)]


@cache
def _codes() -> dict[str, str]:
    """Codes by every name, and by every code of three letters."""
    return {
        _plain(name): code
        for code, country in countries().items()
        for name in (country.en, country.fr, *country.also)
    }


@cache
def _names() -> dict[str, list[str]]:
    """What a part of is looked for in: names, and no abbreviations."""
    return {
        code: [_plain(n) for n in (country.en, country.fr, *country.also) if not n.isupper()]
        for code, country in countries().items()
    }


def _plain(name: str) -> str:
    """Without accents, case, hyphens and apostrophes."""
    return _NO_LETTERS.sub(" ", folded(name[:_LONGEST])).strip()
