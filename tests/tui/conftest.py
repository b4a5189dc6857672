"""What every test of the interface stands on: English first, and no language left behind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tui import i18n


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    i18n.set_language("en")
    yield
    i18n.set_language("en")
