"""An address as it stands on a letter: which of its lines has the postcode and the city."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

from engine.errors import CountryUnknown
from engine.licences.countries import check_country

_POSTCODE_AND_CITY = re.compile(r"(?:[A-Z]{1,3}-)?([0-9]{4,6}) +([^0-9\s].*)")


class PostalLines(NamedTuple):
    """Lines of an address, told apart."""

    before: list[str]
    """Name and street."""
    zip_code: str
    city: str
    country: str
    """Its code, or ""."""


def postal_lines(lines: Sequence[str]) -> PostalLines | None:
    """What those lines are, where the last one, or the one before a country, has postcode and
    city (“78280 Guyancourt”, “D-10115 Berlin”); otherwise None: nothing is guessed."""
    *rest, last = lines or [""]
    country = ""
    with suppress(CountryUnknown):
        country = check_country(last)
        *rest, last = rest or [""]
    found = _POSTCODE_AND_CITY.fullmatch(last)
    return PostalLines(rest, found[1], found[2], country) if found else None
