"""What somebody typed, pasted or sent, and is not what it should be."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from engine.errors.base import PortalError


class BadValue(PortalError):
    """A value that somebody typed, pasted or sent is not what it should be."""


class EquipmentIdMalformed(BadValue):
    """Not 13 hexadecimal digits. `position` (from 1) and `character` name the first wrong
    character in what was typed, or are 0 and "" when only the `length` is wrong."""

    text: str
    position: int
    character: str
    length: int


class EquipmentIdRounded(EquipmentIdMalformed):
    """`3.0E+12`: a spreadsheet took the ID for a number, and most of its digits are gone."""


class KeycodeFault(StrEnum):
    """Why a text is no keycode."""

    EMPTY = "empty"
    """Nothing was typed."""
    CHARACTER = "character"
    """One that no keycode has."""
    SPELLING = "spelling"
    """Three or more zeros that are not written as one letter, or the like."""
    LENGTH = "length"
    """Too short or too long."""
    PRODUCT = "product"
    """No product has this code."""
    RESERVED = "reserved"
    """A place that belongs to nothing is not zero; a number of a function or a key is none."""


class KeycodeMalformed(BadValue):
    """Not a keycode. `position` (from 1, in the cleaned text) is where reading failed."""

    text: str
    position: int
    reason: KeycodeFault


class QuantityMalformed(BadValue):
    """A quantity that is no whole number from 0."""

    part: str
    text: str


class QuantityTooLarge(BadValue):
    """More than fits. `function` is the elementary function's key, `has` what the system has,
    `asked` the quantity of the item, `most` the largest quantity of this item that still fits."""

    part: str
    function: str
    has: int
    asked: int
    most: int


class ItemOwned(BadValue):
    """An on/off item whose functions the system has, all of them."""

    part: str


class ItemCovered(BadValue):
    """An on/off item whose functions other items of the same order bring. `by` are their part
    numbers."""

    part: str
    by: tuple[str, ...]


class ItemUnknown(BadValue):
    """No such part number for this product and release."""

    part: str


class NothingOrdered(BadValue):
    """An order needs at least one item."""


class FieldRequired(BadValue):
    """An empty field that must not be. `field` is its name in the order document."""

    field: str


class FieldTooLong(BadValue):
    """`length` characters where `most` fit."""

    field: str
    length: int
    most: int


class CountryUnknown(BadValue):
    """No country's code or name. `like` are the codes of those that it is a part of the name of."""

    text: str
    like: tuple[str, ...]


class LoginMalformed(BadValue):
    """A username with a space or a `/` in it: it could not be named as COMPANY/LOGIN."""

    text: str


class NotUtf8(BadValue):
    """Bytes that are no UTF-8 text: another character set, or no text at all."""


class CharacterNotAllowed(BadValue):
    """A `character` in a name or a text that stands for none: nothing could show it later."""

    field: str
    character: str


class EmailMalformed(BadValue):
    """Not an e-mail address."""

    text: str


class PasswordTooShort(BadValue):
    """Fewer characters than `least` (a setting, never under 8)."""

    length: int
    least: int


class PasswordTooLong(BadValue):
    """More characters than `most` (128)."""

    length: int
    most: int


class PasswordTooCommon(BadValue):
    """Among the commonest passwords."""


class PasswordIsName(BadValue):
    """The password is the login, the company's or the product's name."""


class PasswordUnchanged(BadValue):
    """The new password is the previous one."""


class PasswordsDiffer(BadValue):
    """The new password was not typed the same twice."""


class PasswordWrong(BadValue):
    """The previous password, typed to change it, is not right."""


class NameTaken(BadValue):
    """A company or a login of that name is there already."""

    kind: Literal["company", "user"]
    name: str


class RoleUnknown(BadValue):
    """Not a role. `known` are the names that are."""

    text: str
    known: tuple[str, ...]


class ProductUnknown(BadValue):
    """Not a product of the catalogue. `known` are the keys that are."""

    text: str
    known: tuple[str, ...]


class ReleaseUnknown(BadValue):
    """Not a release of that product. `known` are those that are."""

    text: str
    product: str
    known: tuple[str, ...]


class ModelUnknown(BadValue):
    """Not a model of that product. `known` are those that are (empty: it has no models)."""

    text: str
    product: str
    known: tuple[str, ...]


class RowShapeWrong(BadValue):
    """A row of a CSV with `found` fields where the header has `wanted`."""

    found: int
    wanted: int


class ColumnUnnamed(BadValue):
    """A cell with `text` in a `column` (from 1) of a CSV that has no heading."""

    column: int
    text: str


class RowRepeated(BadValue):
    """A row of a CSV of orders that means the same as the one in `line`."""

    line: int


class DateMalformed(BadValue):
    """Not a date in ISO 8601 form (`2026-11-24`)."""

    text: str


class GroupUnknown(BadValue):
    """Nothing that the rows of that report can be for. `known` are those that are."""

    text: str
    known: tuple[str, ...]


class ReportUnknown(BadValue):
    """No such report. `known` are those that there are."""

    text: str
    known: tuple[str, ...]


class PeriodWrong(BadValue):
    """It ends before it begins."""


class CompanyUnknown(BadValue):
    """No such company; `close` is the one that was probably meant, or ""."""

    name: str
    close: str


class DiscountMalformed(BadValue):
    """Not a percentage from 0 to below 100 with at most two decimals."""

    text: str


class AmountMalformed(BadValue):
    """Not an amount of money, 0 or more, with at most two decimals."""

    text: str
