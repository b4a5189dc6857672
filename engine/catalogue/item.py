"""What can be ordered, and the elementary functions that it unlocks.

The fields are those of the TOML files, name for name.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from msgspec import Struct, field


class Kind(StrEnum):
    """Of a function or an item: there or not, or so many."""

    ON_OFF = "on-off"
    QUANTITY = "quantity"


class Names(Struct, frozen=True, forbid_unknown_fields=True):
    """A name in each language of the portal; a language without one gets the English."""

    en: str
    fr: str = ""

    def in_language(self, language: str) -> str:
        """The name in that language (`en`, `fr`)."""
        return getattr(self, language, "") or self.en


class Function(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An elementary function and its place in the keycode's body.

    Unique keycodes: an on/off function has a `bit` of the map, a quantity has `digit` and
    `width` (hexadecimal digits). Function keycodes: `number`, 1–99, and nothing else.
    """

    key: str
    name: Names
    kind: Kind
    bit: int | None = None
    digit: int | None = None
    width: int | None = None
    number: int | None = None
    releases: tuple[str, ...] = ()
    """Those that have it; empty: all of the product."""
    becomes: str = ""
    """Key of the function that it is in releases which do not have it; empty: none."""

    @property
    def is_on_off(self) -> bool:
        """There or not, without a quantity."""
        return self.kind is Kind.ON_OFF

    @property
    def most(self) -> int:
        """The largest quantity that its field holds."""
        return 1 if self.width is None else 16**self.width - 1


class Unlock(Struct, frozen=True, forbid_unknown_fields=True):
    """A function that an item unlocks, and how many units of it one piece brings."""

    function: str
    units: int = 1


class Upgrade(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What it costs to bring a system from one release to another."""

    before: str = field(name="from")
    after: str = field(name="to")
    part: str
    price: Decimal
    source: Literal["guide", "illustrative"]


class Item(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What can be ordered: part number, name, unit price."""

    part: str
    name: Names
    kind: Kind
    price: Decimal
    unlocks: tuple[Unlock, ...]
    releases: tuple[str, ...] = ()
    """Those that offer it; empty: all of the product."""
    source: Literal["guide", "illustrative"]
    """Where part number and price come from: `guide`, or `illustrative` (invented)."""
    until: date | None = None
    """The last day on which it can be ordered; None: no end is set."""
    replaced_by: str = ""
    """Part number of the item to order afterwards."""

    @property
    def is_on_off(self) -> bool:
        """Chosen or not, without a quantity."""
        return self.kind is Kind.ON_OFF
