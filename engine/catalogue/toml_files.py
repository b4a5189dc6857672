"""Reading the catalogue: TOML files, one a product, each refused whole when anything is wrong."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from engine.catalogue.item import Kind
from engine.catalogue.product import Catalogue, Keycodes, Product
from engine.catalogue.rules import Wrong, check_product
from engine.errors import CatalogueFault, CatalogueWrong, FileUnreadable, TomlFault, system_word
from engine.toml_reading import TomlWrong, read_toml

CATALOGUE_FOLDER = Path(__file__).parents[2] / "data" / "catalogue"
"""The catalogue that comes with the portal."""

MOST_SHOWN = 100
"""Characters of a wrong file that an error repeats."""

_STEP = re.compile(r"(\w+)(?:\[(\d+)\])?")
_QUOTED = re.compile(r"`([^`]*)`")
_CHOICES = {"kind": tuple(Kind), "keycodes": tuple(Keycodes), "source": ("guide", "illustrative")}
"""The words of each field that takes only some."""


def load_catalogue(folder: Path) -> Catalogue:
    """All products of a folder, in the order of their files' names.

    Raises `CatalogueWrong` for the first thing that is wrong, `FileUnreadable`.
    """
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == ".toml")
    except OSError as error:
        raise FileUnreadable(path=str(folder), reason=system_word(error)) from None
    if not paths:
        raise CatalogueWrong(
            path=str(folder), place="", reason=CatalogueFault.NO_PRODUCTS, value="", allowed=()
        )
    products: dict[str, Product] = {}
    codes: set[str] = set()
    for path in paths:
        product = load_product(path)
        if product.key in products:
            raise _wrong(path, Wrong("key", CatalogueFault.DUPLICATE, product.key))
        if product.code in codes:
            raise _wrong(path, Wrong("code", CatalogueFault.DUPLICATE, product.code))
        products[product.key] = product
        codes.add(product.code)
    return Catalogue(products)


def load_product(path: Path) -> Product:
    """One product, checked. Raises as `load_catalogue`."""
    try:
        text = path.read_bytes()
    except OSError as error:
        raise FileUnreadable(path=str(path), reason=system_word(error)) from None
    return read_product(text, path)


def read_product(text: bytes, path: Path) -> Product:
    """The same of the text of a file at `path`."""
    data = _read(text, path)
    try:
        product = msgspec.convert(data, Product)
    except msgspec.ValidationError as error:
        raise _wrong(path, _misshapen(data, str(error))) from None
    for wrong in check_product(product):
        raise _wrong(path, wrong)
    return product


def _read(text: bytes, path: Path) -> dict[str, Any]:
    try:
        return read_toml(text, Decimal)
    except TomlWrong as wrong:
        if wrong.reason is TomlFault.ENCODING:
            raise FileUnreadable(path=str(path), reason=wrong.reason) from None
        raise _wrong(path, Wrong(wrong.place, wrong.reason, "")) from None


def _misshapen(data: dict[str, Any], message: str) -> Wrong:
    """What msgspec found, which it says as "Expected `str`, got `int` - at `$.item[0].part`"."""
    said, _, path = message.partition(" - at `$")
    place, value = _place(data, path.rstrip("`"))
    key = _QUOTED.search(said)
    if said.startswith("Object contains unknown field") and key:
        return Wrong(_join(place, key[1]), CatalogueFault.UNKNOWN_KEY, key[1])
    if said.startswith("Object missing required field") and key:
        return Wrong(_join(place, key[1]), CatalogueFault.MISSING_KEY, "")
    reason = (
        CatalogueFault.WRONG_CHOICE
        if said.startswith("Invalid enum value")
        else CatalogueFault.WRONG_TYPE
    )
    return Wrong(place, reason, str(value))


def _allowed(wrong: Wrong) -> tuple[str, ...]:
    """The words that can be at the place of one that cannot."""
    if wrong.reason is not CatalogueFault.WRONG_CHOICE:
        return ()
    return _CHOICES.get(wrong.place.rpartition(" ")[2], ())


def _place(data: dict[str, Any], path: str) -> tuple[str, Any]:
    """The words (`item BHW1063A, price`) for a path (`.item[0].price`), and what is there."""
    place, value = "", data
    for name, index in _STEP.findall(path):
        value = value[name]
        if not index:
            place = _join(place, name)
            continue
        value = value[int(index)]
        known = {"function": "key", "item": "part"}.get(name, "") if not place else ""
        called = value.get(known) if isinstance(value, dict) else None
        number = str(int(index) + 1)
        place = _join(place, f"{name} {called if isinstance(called, str) else number}")
    return place, value


def _join(place: str, name: str) -> str:
    return f"{place}, {name}" if place else name


def _wrong(path: Path, wrong: Wrong) -> CatalogueWrong:
    place, reason, value = wrong
    return CatalogueWrong(
        path=str(path),
        place=_shown(place),
        reason=reason,
        value=_shown(value),
        allowed=_allowed(wrong),
    )


def _shown(text: str) -> str:
    """What stood in the file, fit to be shown: bounded, and nothing that steers a terminal."""
    text = text[:MOST_SHOWN]
    return text if text.replace("\u00a0", " ").isprintable() else ascii(text)[1:-1]
