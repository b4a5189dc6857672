"""The catalogue in use follows its versions; what cannot be read does not take away what counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from engine.catalogue.in_use import CatalogueInUse
from engine.catalogue.toml_files import CATALOGUE_FOLDER
from engine.catalogue.versions import BEGIN, CatalogueVersion
from engine.errors import CatalogueWrong

TEXT = (CATALOGUE_FOLDER / "aastra5000.toml").read_bytes()
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def version(price: bytes, since: datetime = BEGIN) -> CatalogueVersion:
    """With another price of its first item."""
    text = TEXT.replace(b"price = 1530.00", b"price = " + price)
    assert text.count(b"price = " + price) == 1
    return CatalogueVersion("aastra5000", since, text, "new.toml")


def price(catalogue: CatalogueInUse) -> Decimal:
    return catalogue.product("aastra5000").items[0].price


def test_it_follows_its_versions_and_the_clock() -> None:
    versions, clock = [version(b"1531.00")], [NOW]
    used = CatalogueInUse(lambda: versions, lambda: len(versions), lambda: clock[0], seconds=0)
    assert price(used) == 1531
    versions.append(version(b"1532.00", NOW + timedelta(hours=1)))
    assert price(used) == 1531
    clock[0] += timedelta(hours=1)
    assert price(used) == 1532


def test_a_file_that_is_spoilt_does_not_end_a_portal_that_is_open() -> None:
    versions = [version(b"1531.00")]
    used = CatalogueInUse(lambda: versions, lambda: len(versions), lambda: NOW, seconds=0)
    spoilt = CatalogueVersion("aastra5000", NOW - timedelta(hours=1), b"key = 1", "spoilt.toml")
    versions.append(spoilt)
    assert price(used) == 1531
    assert price(used) == 1531
    with pytest.raises(CatalogueWrong):  # who opens the installation anew is told
        CatalogueInUse(lambda: versions, lambda: 0, lambda: NOW)
    versions.append(version(b"1533.00", NOW))
    assert price(used) == 1533
