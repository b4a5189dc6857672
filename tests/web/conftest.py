"""The same stores as in the tests of the terminal."""

from __future__ import annotations

from tests.terminal.conftest import demo, installation, template

__all__ = ["demo", "installation", "template"]
