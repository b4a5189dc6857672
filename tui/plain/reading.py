"""The pages to read: the user guide, the legal page, whom to ask, what this is."""

from __future__ import annotations

from collections.abc import Callable

from engine.settings import Settings
from tui.plain.dialogue import Dialogue, page_lines
from tui.wording.contact import contact_pages
from tui.wording.documents import Section, read_document, read_section
from tui.wording.translation import _, language

Job = tuple[str, Callable[[], None]]
"""A label for a menu, and what it does."""


def jobs(settings: Settings, dialogue: Dialogue) -> list[tuple[str, Job]]:
    """What there is to read, by its number in every menu."""
    return [
        ("6", (_("User guide"), lambda: _guide(dialogue))),
        ("7", (_("Legal"), lambda: _say(dialogue, _legal()))),
        ("8", (_("Contact"), lambda: _say(dialogue, contact_pages(settings)))),
        ("9", (_("About"), lambda: _say(dialogue, [read_section("legal", language(), "about")]))),
    ]


def _legal() -> list[Section]:
    return [read_section("legal", language(), page) for page in ("notice", "legal")]


def _guide(dialogue: Dialogue) -> None:
    """One page of the guide after another, until `Back`."""

    def titles() -> dict[str, str]:
        pages = enumerate(read_document("guide", language()), start=1)
        return {str(number): page.title for number, page in pages} | {"0": _("Back")}

    while (answer := dialogue.choose(lambda: _("Which page?"), titles)) != "0":
        _say(dialogue, [read_document("guide", language())[int(answer) - 1]])


def _say(dialogue: Dialogue, pages: list[Section]) -> None:
    for page in pages:
        dialogue.say(*page_lines(page))
