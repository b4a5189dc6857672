"""Sends a terminal only the cells that change.

A toolkit draws regions: most of what it sends is on the screen already, and a slow line carries
every byte of it. `ChangedCells` remembers which character and which pen (colours and attributes)
each cell has, leaves out what is the same, and passes on the rest. Whatever it does not
understand passes unchanged and makes it forget what it knew, so that it can only send too much,
never too little.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from tui.wording.tables import cells

_TOKEN = re.compile(
    r"\x1b\[(?P<move>\d*(?:;\d*)?)H"
    r"|\x1b\[(?P<pen>[\d;:]*)m"
    r"|(?P<passes>\x1b\[\?(?:2026|25)[hl]|\x1b\](?!8;)[^\x07\x1b]*(?:\x07|\x1b\\))"
    r"|(?P<text>[^\x00-\x1f\x7f-\x9f]+)"
    r"|(?P<line>\n(?=\x1b\[\d+;\d+H))"
    r"|(?P<acts>\x1b\[[0-?]*[ -/]*[@-~]|[^\x1b])"
    r"|(?P<rest>\x1b)"
)
_WORTH_A_MOVE = 8
"""Equal cells between two changed ones that cost more than moving the cursor past them."""
_UNKNOWN = -1
"""The row or column of a cursor that may be anywhere. The column after the last one is known: there
a terminal waits to see whether another character follows."""


class ChangedCells:
    """What is on a screen of `columns` × `rows`, as far as it is known, and the shortest way to
    change it. One for each terminal; not for use by several threads at once."""

    def __init__(self, columns: int, rows: int) -> None:
        self._pen: str | None = None
        """The attributes that are asked for, "" for none of them; None: not known."""
        self.columns, self.rows = columns, rows
        self.forget()

    def forget(self) -> None:
        """Something else may have drawn on the screen."""
        self._characters: list[list[str]] = [[""] * self.columns for _ in range(self.rows)]
        self._pens: list[list[str | None]] = [[""] * self.columns for _ in range(self.rows)]
        self._row = self._column = self._sent_row = self._sent_column = _UNKNOWN
        self._sent_pen: str | None = None

    def shortened(self, data: str) -> str:
        """What to send instead of `data`, with the same effect."""
        self._out: list[str] = []
        for token in _TOKEN.finditer(data):
            kind, text = token.lastgroup, token.group()
            if kind == "text":
                self._draw(text)
            elif kind == "pen":
                self._change_pen(token["pen"])
            elif kind == "move":
                self._move(token["move"])
            elif kind == "passes":
                self._out.append(text)
            elif kind == "line" and 0 <= self._row < self.rows - 1:
                continue  # the next move says where to
            elif kind == "rest":
                self._pass_on(data[token.start() :])
                self._pen = None
                break
            else:
                self._pass_on(text)
        self._catch_up()
        return "".join(self._out)

    def _pass_on(self, data: str) -> None:
        """Send something as it is, and know nothing of the screen any more."""
        self._catch_up()
        self._take_pen()
        self._out.append(data)
        self.forget()

    def _move(self, place: str) -> None:
        row, _, column = place.partition(";")
        self._row, self._column = int(row or 1) - 1, int(column or 1) - 1
        if self._row >= self.rows or self._column >= self.columns:
            self._row = self._column = _UNKNOWN
            self._out.append(f"\x1b[{place}H")
            self._sent_row = self._sent_column = _UNKNOWN

    def _change_pen(self, codes: str) -> None:
        """Attributes add up until they are taken off; 0 alone takes them off."""
        if codes.strip("0;") == "":
            self._pen = ""
        elif codes.startswith("0;"):
            self._pen = codes[2:]
        elif self._pen is None:
            self._out.append(f"\x1b[{codes}m")
        else:
            self._pen = f"{self._pen};{codes}" if self._pen else codes

    def _draw(self, text: str) -> None:
        row, start, pen = self._row, self._column, self._pen
        end = start + len(text)
        known = pen is not None and _UNKNOWN not in (row, start)
        if not known or end > self.columns or not _one_cell_each(text):
            self._draw_unknown(text)
            return
        characters, pens = self._characters[row], self._pens[row]
        changed = [
            place
            for place, character in enumerate(text, start)
            if characters[place] != character or pens[place] != pen
        ]
        if changed:
            for first, last in _runs(changed):
                self._send(row, first, text[first - start : last + 1 - start])
            characters[start:end] = text
            pens[start:end] = [pen] * len(text)
        self._column = end

    def _draw_unknown(self, text: str) -> None:
        """Characters of no or two cells, or at a place that is not known: sent whole, and their
        row is not known until it is drawn again."""
        self._catch_up()
        self._take_pen()
        self._out.append(text)
        if _UNKNOWN in (self._row, self._column) or self._column + cells(text) >= self.columns:
            self.forget()
            return
        self._characters[self._row] = [""] * self.columns
        self._row = self._column = self._sent_row = self._sent_column = _UNKNOWN

    def _send(self, row: int, column: int, text: str) -> None:
        if (self._sent_row, self._sent_column) != (row, column):
            self._out.append(f"\x1b[{row + 1};{column + 1}H")
        self._take_pen()
        self._out.append(text)
        self._sent_row, self._sent_column = row, column + len(text)

    def _take_pen(self) -> None:
        if self._pen is None or self._sent_pen == self._pen:
            return
        self._out.append(_pen_change(self._sent_pen, self._pen))
        self._sent_pen = self._pen

    def _catch_up(self) -> None:
        """Put the cursor where it was asked to be."""
        place = (self._row, self._column)
        if _UNKNOWN in place or place == (self._sent_row, self._sent_column):
            return
        if self._column < self.columns:
            self._out.append(f"\x1b[{self._row + 1};{self._column + 1}H")
            self._sent_row, self._sent_column = place
        else:  # behind the last column: one gets there by drawing in it
            pen, self._pen = self._pen, self._pens[self._row][-1]
            self._send(self._row, self.columns - 1, self._characters[self._row][-1])
            self._pen = pen


@lru_cache(maxsize=4096)
def _pen_change(sent: str | None, wanted: str) -> str:
    """The shortest that leads from one pen to another. `sent` None: not known."""
    from_nothing = f"\x1b[0;{wanted}m" if wanted else "\x1b[0m"
    if sent is None:
        return from_nothing
    before, after = _strokes(sent), _strokes(wanted)
    if before is None or after is None:
        return from_nothing
    gone = before.keys() - after.keys()
    if gone - _DEFAULT_COLOURS.keys():  # attributes are taken off all together
        return from_nothing
    codes = [_DEFAULT_COLOURS[each] for each in sorted(gone)]
    codes += [code for each, code in after.items() if before.get(each) != code]
    if not codes:  # the same, said in another way
        return ""
    return min(f"\x1b[{';'.join(codes)}m", from_nothing, key=len)


_DEFAULT_COLOURS = {"foreground": "39", "background": "49"}
_STROKE = re.compile(
    r"(?P<foreground>38;5;\d+|38;2;\d+;\d+;\d+|[39][0-7])"
    r"|(?P<background>48;5;\d+|48;2;\d+;\d+;\d+|(?:4|10)[0-7])"
    r"|(?P<attribute>[1-9])"
)


def _strokes(pen: str) -> dict[str, str] | None:
    """What a pen is made of: each attribute, and the codes of its colours; None where there is
    something else in it."""
    found: dict[str, str] = {}
    place = 0
    while place < len(pen):
        stroke = _STROKE.match(pen, place)
        if stroke is None or pen[stroke.end() : stroke.end() + 1] not in ("", ";"):
            return None
        kind = str(stroke.lastgroup)
        found[stroke.group() if kind == "attribute" else kind] = stroke.group()
        place = stroke.end() + 1
    return found


def _runs(changed: list[int]) -> list[tuple[int, int]]:
    """First and last of each run of places that are sent in one go."""
    runs = [(changed[0], changed[0])]
    for place in changed[1:]:
        if place - runs[-1][1] <= _WORTH_A_MOVE:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs


def _one_cell_each(text: str) -> bool:
    return text.isascii() or all(map(_is_one_cell, text))


@lru_cache(maxsize=4096)
def _is_one_cell(character: str) -> bool:
    """Whether every terminal draws it in one cell of its own. What joins, modifies or has no
    width does not; nor do letters that a terminal may shape together."""
    if character.isascii():
        return True
    category = unicodedata.category(character)
    return category[0] not in "MC" and unicodedata.east_asian_width(character) not in "WF"
