"""The versions of an installation's catalogue: each a product, from a moment on.

in_force           which version of each product counts at a moment
require_same_places  a function never leaves the catalogue, nor its place in the keycode
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, Protocol

from msgspec.structs import replace

from engine.catalogue.item import Function
from engine.catalogue.product import Product
from engine.catalogue.toml_files import read_product
from engine.errors import FunctionMoved

BEGIN = datetime(1970, 1, 1, tzinfo=UTC)
"""From when the catalogue that an installation began with is in force."""


class CatalogueVersion(NamedTuple):
    """A product as it is from a moment on."""

    product: str
    """Its key."""
    since: datetime
    """UTC, to the second."""
    text: bytes
    """TOML."""
    path: str
    """Where it lies, for errors."""

    def read(self, at: datetime) -> Product:
        """The product, as it is looked at then. Raises `CatalogueWrong`."""
        product = read_product(self.text, Path(self.path))
        return replace(product, on=at.astimezone().date())


class CatalogueStore(Protocol):
    """The versions of the installation's own catalogue."""

    def catalogue_versions(self) -> list[CatalogueVersion]:
        """All of them, in no order; none: the installation uses the one that comes with the portal.
        Raises `ReadFailed`."""

    def catalogue_mark(self) -> object:
        """Something that is another as soon as the versions are others; quick."""

    def put_catalogue(self, versions: Sequence[CatalogueVersion], who: str) -> None:
        """Add versions, with a line in the audit log for each; one of the same product and moment
        takes its place. Raises `WriteFailed`, `StoreBusy`."""


def in_force(versions: Iterable[CatalogueVersion], at: datetime) -> dict[str, CatalogueVersion]:
    """The latest version of each product that counts at that moment, by key."""
    found: dict[str, CatalogueVersion] = {}
    for version in sorted(versions, key=lambda each: each.since):
        if version.since <= at:
            found[version.product] = version
    return dict(sorted(found.items()))


def require_same_places(before: Product, after: Product) -> None:
    """Raises `FunctionMoved` when keycodes that are out could not be read any more: a function of
    `before` is gone, or is elsewhere in the keycode, or the body is another."""
    now = {function.key: function for function in after.functions}
    moved = [f.key for f in before.functions if not _same(f, now.get(f.key))]
    if before.releases != after.releases[: len(before.releases)]:
        moved += [each for each in before.releases if each not in after.releases]
    frame = (before.code, before.body, before.keycodes)
    if moved or frame != (after.code, after.body, after.keycodes):
        raise FunctionMoved(product=before.key, functions=tuple(moved), systems=())


def _same(one: Function, other: Function | None) -> bool:
    if other is None:
        return False
    place = (one.kind, one.bit, one.digit, one.width, one.number)
    return place == (other.kind, other.bit, other.digit, other.width, other.number)
