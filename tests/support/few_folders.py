"""Stores with few folders of systems: making 4,096 takes long, and few tests need them all."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from engine.store.folder import paths


def only_folders_of(monkeypatch: pytest.MonkeyPatch, equipment_ids: Iterable[str]) -> None:
    """Let a store made from now on have only the folders that these systems need."""
    used = {paths.Paths("/").system_folder(each).rpartition("/")[2] for each in equipment_ids}
    monkeypatch.setattr(paths, "SYSTEM_FOLDERS", tuple(sorted(used)))
