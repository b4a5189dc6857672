"""Which country a line means: its ISO code, its name, or a part of it."""

from __future__ import annotations

from engine.licences.countries import COUNTRIES
from tui.wording.formats import countries, country_name, folded


def countries_like(typed: str) -> list[tuple[str, str]]:
    """Codes and names in the reader's language; accents and case do not count."""
    code, wanted = typed.strip().upper(), folded(typed.strip())
    if code in COUNTRIES:
        return [(code, country_name(code))]
    found = [country for country in countries() if wanted in folded(country[1])]
    whole = [country for country in found if folded(country[1]) == wanted]
    return whole or found
