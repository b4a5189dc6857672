"""What each part of the program brings into memory: the contracts of `pyproject.toml` seen from
the other side. A contract reads the imports; this runs them, late ones of a module's first use
excepted. Every row is a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOLKIT = {"textual", "rich"}
STORES = {
    "engine.store.folder",
    "engine.store.memory",
    "engine.store.postgresql",
    "tinydb",
    "psycopg",
    "sqlite3",
}
FACES = {"tui.full_screen", "tui.plain", "tui.web"}

NEVER = [
    ("engine.*", {"tui", "babel", "gettext", *TOOLKIT}),
    ("tui.visit.*", {"tui.wording", "tui.terminal", "tui.commands", "babel", *FACES, *TOOLKIT}),
    ("tui.wording.*", {"tui.visit", "tui.terminal", "tui.commands", *FACES, *TOOLKIT, *STORES}),
    ("tui.terminal.*", {"tui.visit", "tui.commands", "babel", *FACES, *TOOLKIT, *STORES}),
    ("tui.plain.*", {"tui.commands", "tui.full_screen", "tui.web", *TOOLKIT, *STORES}),
    # A command says quickly what is asked of it: the portal is imported by the one that opens it.
    ("tui.commands.*", {"babel", *FACES, *TOOLKIT, *STORES}),
    (
        "tui.full_screen.widgets.*",
        {"tui.full_screen.screens", "tui.full_screen.input", "tui.full_screen.app", *STORES},
    ),
    (
        "tui.full_screen.screens.*",
        {"tui.full_screen.navigation", "tui.full_screen.input", "tui.full_screen.app", *STORES},
    ),
    # The login is on the terminal before anything is imported that only comes after it.
    (
        "tui.full_screen.running",
        {
            "babel",
            "tui.full_screen.screens.home",
            "tui.full_screen.screens.order",
            "tui.full_screen.screens.search",
            "tui.full_screen.screens.document",
            "tui.full_screen.qr_code",
            "tui.full_screen.kiosk",
            "tui.plain",
            "tui.web",
            *STORES,
        },
    ),
]


def imported(modules: list[str]) -> set[str]:
    """All that is in memory after importing some modules, and every package around it."""
    program = f"import sys\nfor name in {modules}: __import__(name)\nprint(*sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(ran.stdout.split())


def modules_of(pattern: str) -> list[str]:
    """`tui.plain.*`: that package and all in it; another name is that module."""
    if not pattern.endswith(".*"):
        return [pattern]
    folder = ROOT / pattern.removesuffix(".*").replace(".", "/")
    paths = (path.relative_to(ROOT).with_suffix("") for path in sorted(folder.rglob("*.py")))
    return [".".join(path.parts).removesuffix(".__init__") for path in paths]


@pytest.mark.parametrize(("pattern", "never"), NEVER, ids=[row[0] for row in NEVER])
def test_a_part_brings_nothing_along_that_it_must_not_know(pattern: str, never: set[str]) -> None:
    assert not imported(modules_of(pattern)) & never


def test_each_row_names_what_there_is() -> None:
    """A name with a slip in it would never be found, and the row say nothing."""
    ours = {name for _pattern, never in NEVER for name in never if "." in name}
    future = {"engine.store.postgresql"}
    assert not [
        name
        for name in ours - future
        if not (ROOT / name.replace(".", "/")).is_dir()
        and not (ROOT / f"{name.replace('.', '/')}.py").is_file()
    ]
