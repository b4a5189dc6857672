"""A keycode in groups, with the characters marked that somebody has to look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui.wording.tables import cells

INDENT = "  "
_GROUP = 4
_GROUPS = 12
"""In a line of a keycode, which fits 80 columns with its spaces and two marks."""


def marked(text: str, places: Sequence[int] = ()) -> Iterator[str]:
    """A keycode in groups: the characters at these places (from 1) in brackets, and below them
    their marks."""
    for start in range(0, len(text), _GROUP * _GROUPS):
        code, marks = "", ""
        for place, character in enumerate(text[start : start + _GROUP * _GROUPS], start + 1):
            gap = " " if place > start + 1 and place % _GROUP == 1 else ""
            shown = f"[{seen(character)}]" if place in places else seen(character)
            code += gap + shown
            marks += gap + ("^" if place in places else " ").center(cells(shown))
        yield INDENT + code
        if marks.strip():
            yield f"{INDENT}{marks}".rstrip()


def seen(character: str) -> str:
    """A typed character, or a mark for one that a terminal might obey."""
    return character if character.isprintable() else "?"
