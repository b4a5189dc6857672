"""A place for pictures."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture
def artefacts(tmp_path: Path) -> Path:
    """Where pictures are kept: the folder that `KEYCODE_PORTAL_ARTEFACTS` names."""
    folder = Path(os.environ.get("KEYCODE_PORTAL_ARTEFACTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder
