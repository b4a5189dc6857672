"""What every test of the interface stands on: English first, and no language left behind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tui.wording import translation


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    translation.set_language("en")
    yield
    translation.set_language("en")
