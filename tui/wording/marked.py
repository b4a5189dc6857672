"""A keycode in groups, with the characters marked that somebody has to look at."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from tui.wording.tables import cells

INDENT = "  "
_GROUP = 4
_WIDTH = 74
"""Cells of a line, without its indent."""


def marked(text: str, places: Sequence[int] = ()) -> Iterator[str]:
    """A keycode in groups: the characters at these places (from 1) in brackets, and below them
    their marks."""
    code, marks = "", ""
    for start in range(0, len(text), _GROUP):
        group, below = _marked_group(text[start : start + _GROUP], start, places)
        if code and cells(f"{code} {group}") > _WIDTH:
            yield from _lines(code, marks)
            code, marks = "", ""
        gap = " " if code else ""
        code, marks = code + gap + group, marks + gap + below
    yield from _lines(code, marks)


def _marked_group(group: str, start: int, places: Container[int]) -> tuple[str, str]:
    shown = [
        f"[{seen(character)}]" if place in places else seen(character)
        for place, character in enumerate(group, start + 1)
    ]
    below = [
        ("^" if place in places else " ").center(cells(each))
        for place, each in enumerate(shown, start + 1)
    ]
    return "".join(shown), "".join(below)


def _lines(code: str, marks: str) -> Iterator[str]:
    if code:
        yield INDENT + code
    if marks.strip():
        yield f"{INDENT}{marks}".rstrip()


def seen(character: str) -> str:
    """A typed character, or a mark for one that a terminal might obey."""
    return character if character.isprintable() else "?"
