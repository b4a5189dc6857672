"""Compiles the translations when the project is built or installed, editable or not."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileTranslations(BuildHookInterface):  # type: ignore[type-arg]  # no settings of its own
    """Makes `portal.mo` beside each `portal.po`; git ignores what this makes."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before the files of a wheel are collected, and before an editable install."""
        if self.target_name == "wheel":
            compile_translations(Path(self.root) / "locales")


def compile_translations(locales: Path) -> None:
    """Compile every catalogue under `locales`."""
    for source in sorted(locales.glob("*/LC_MESSAGES/portal.po")):
        with source.open("rb") as text:
            catalogue = read_po(text, locale=source.parts[-3])
        new = source.with_suffix(f".{os.getpid()}")
        with new.open("wb") as compiled:
            write_mo(compiled, catalogue)
        new.replace(source.with_suffix(".mo"))  # at once: a portal may be reading the old one
