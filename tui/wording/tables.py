"""Plain text in columns, for commands and exports: counted in cells, as a terminal shows it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

GAP = "  "


def cells(text: str) -> int:
    """How many cells a text takes: 0 for a combining mark, 2 for a wide (East Asian) character."""
    if text.isascii():
        return len(text)
    return sum(_cells(character) for character in text)


def _cells(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def table(rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> list[str]:
    """Rows of the same length as aligned lines; the columns with these numbers (from 0) stand
    to the right."""
    kept = [tuple(row) for row in rows]
    widths = [max(map(cells, column)) for column in zip(*kept, strict=True)]
    return [_line(row, widths, right) for row in kept]


def _line(row: Sequence[str], widths: Sequence[int], right: Sequence[int]) -> str:
    padded = (
        _padding(text, width) + text if column in right else text + _padding(text, width)
        for column, (text, width) in enumerate(zip(row, widths, strict=True))
    )
    return GAP.join(padded).rstrip()


def _padding(text: str, width: int) -> str:
    return " " * (width - cells(text))


def cut(text: str, width: int) -> str:
    """A text of at most `width` cells; what is missing at its end is marked by `…`."""
    if cells(text) <= width:
        return text
    kept = _pieces(text, width - 1)[0] if width > 1 else ""
    return f"{kept.rstrip()}…" if width > 0 else ""


def fitted(text: str, width: int) -> list[str]:
    """A line as it is where it fits, wrapped where it does not."""
    return [text] if cells(text) <= width else wrapped(text, width)


def share(columns: Sequence[Sequence[str]], room: int) -> list[list[str]]:
    """Columns of texts, cut so that together they take at most `room` cells: what a narrow one
    leaves free belongs to the others."""
    widths = [max(map(cells, column), default=0) for column in columns]
    most = [0] * len(columns)
    for place, column in enumerate(sorted(range(len(columns)), key=widths.__getitem__)):
        most[column] = min(widths[column], (room - sum(most)) // (len(columns) - place))
    return [
        [cut(text, width) for text in column] for column, width in zip(columns, most, strict=True)
    ]


def wrapped(text: str, width: int) -> list[str]:
    """A text as lines of at most `width` cells, broken at spaces, or within a longer word."""
    lines: list[str] = [""]
    for word in text.split(" "):
        pieces = _pieces(word, width)
        for number, piece in enumerate(pieces):
            joined = f"{lines[-1]} {piece}" if lines[-1] and number == 0 else piece
            if lines[-1] and (number or cells(joined) > width):
                lines.append(piece)
            else:
                lines[-1] = joined
    return lines


def cut_to(text: str, width: int) -> str:
    """At most so many cells of a text; what is left out is marked."""
    if cells(text) <= width:
        return text
    return f"{_pieces(text, max(1, width - 1))[0].rstrip()}…"


def _pieces(word: str, width: int) -> list[str]:
    """A word cut into pieces that fit."""
    pieces = [""]
    for character in word:
        if cells(pieces[-1] + character) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces


def pairs(rows: Iterable[tuple[str, str]], width: int) -> list[str]:
    """Labels and values in two columns of together at most `width` cells; long values go on
    below themselves."""
    kept = list(rows)
    indent = max((cells(label) for label, _value in kept), default=0)
    lines = []
    for label, value in kept:
        for number, part in enumerate(wrapped(value, width - indent - len(GAP))):
            head = "" if number else label
            lines.append(f"{head}{_padding(head, indent)}{GAP}{part}".rstrip())
    return lines
