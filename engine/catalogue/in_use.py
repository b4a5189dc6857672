"""The catalogue that an installation uses: read again when it has changed, or when a day or a
version begins."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import date, datetime

from msgspec.structs import replace
from typing_extensions import override

from engine.catalogue.product import Catalogue, Product
from engine.catalogue.toml_files import CATALOGUE_FOLDER, load_catalogue
from engine.catalogue.versions import CatalogueVersion, in_force
from engine.errors import PortalError

SECONDS = 1.0
"""So long a new version may go unnoticed."""


class CatalogueInUse(Catalogue):
    """What counts now. An installation without versions of its own uses the one that comes with the
    portal."""

    def __init__(
        self,
        versions: Callable[[], list[CatalogueVersion]],
        mark: Callable[[], object],
        clock: Callable[[], datetime],
        seconds: float = SECONDS,
    ) -> None:
        """`mark` answers something else as soon as the versions are others. Raises
        `CatalogueWrong`, `FileUnreadable`, `ReadFailed`."""
        self._versions = versions
        self._mark = mark
        self._clock = clock
        self._seconds = seconds
        self._looked = 0.0
        self._seen: object = None
        self._day = date.min
        self._read(clock(), mark())

    @property
    @override
    def products(self) -> Mapping[str, Product]:
        """Those of today; where what is new cannot be read, those of before: `check` tells, and who
        opens the installation anew."""
        now, seen = self._clock(), self._seen
        if time.monotonic() - self._looked >= self._seconds:
            seen = self._mark()
            self._looked = time.monotonic()
        if seen != self._seen or now >= self._next or now.astimezone().date() != self._day:
            try:
                self._read(now, seen)
            except PortalError:
                self._seen, self._day = seen, now.astimezone().date()
        return self._products

    def _read(self, now: datetime, mark: object) -> None:
        versions = self._versions()
        coming = [version.since for version in versions if version.since > now]
        self._next = min(coming, default=datetime.max.replace(tzinfo=now.tzinfo))
        self._products = products_at(versions, now)
        self._seen = mark
        self._day = now.astimezone().date()


def products_at(versions: list[CatalogueVersion], at: datetime) -> dict[str, Product]:
    """The products that count at a moment. Raises `CatalogueWrong`, `FileUnreadable`."""
    if not versions:
        day = at.astimezone().date()
        packaged = load_catalogue(CATALOGUE_FOLDER).products
        return {key: replace(product, on=day) for key, product in packaged.items()}
    return {key: each.read(at) for key, each in in_force(versions, at).items()}
