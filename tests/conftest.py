"""What every test stands on: French as it is written in the checkout now."""

from __future__ import annotations

from pathlib import Path

from hatch_build import compile_translations


def pytest_configure() -> None:
    """Compile the translations, as an installation does."""
    compile_translations(Path(__file__).parents[1] / "locales")
