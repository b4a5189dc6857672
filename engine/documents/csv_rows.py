"""Reading a CSV as spreadsheets write it: UTF-8 with or without a mark, UTF-16 or Windows-1252;
commas, semicolons or tabs, said in a first line `sep=;` or not; columns and rows that are empty;
the headings in any of the words that are known for a column."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import NamedTuple, TextIO

from engine.errors import (
    ColumnUnnamed,
    CsvBroken,
    CsvFault,
    CsvHeaderWrong,
    FileUnreadable,
    RowShapeWrong,
    system_word,
)
from engine.safe_text import clean, folded

DELIMITERS = ",;\t"
WINDOWS = "cp1252"
"""How spreadsheets write a CSV that is not said to be Unicode, west of the Oder."""
_SEPARATOR = re.compile(r'"?sep=([,;\t])"?\s*', re.IGNORECASE)
PIECE = 1 << 16
_SAMPLES = 3


class Columns(NamedTuple):
    """The columns that a file may have."""

    names: tuple[str, ...]
    """All, as an error names them."""
    required: tuple[str, ...]
    headings: Mapping[str, str]
    """What else may stand above a column: its name by each such heading."""

    def name(self, heading: str) -> str:
        """The column of a heading; one that is none is left as it is."""
        known = {_heading(name): name for name in self.names}
        known |= {_heading(other): name for other, name in self.headings.items()}
        return known.get(_heading(heading), heading)


class Row(NamedTuple):
    """A row that is not empty."""

    line: int
    """Where it ends, from 1."""
    header: tuple[str, ...]
    cells: list[str]

    def fields(self) -> dict[str, str]:
        """The cells by their header, cleaned; a column that is empty is none.
        Raises `RowShapeWrong`, `ColumnUnnamed`."""
        wanted = len(self.header)
        if len(self.cells) < wanted or any(map(str.strip, self.cells[wanted:])):
            raise RowShapeWrong(found=len(self.cells), wanted=wanted)
        fields: dict[str, str] = {}
        for column, (name, cell) in enumerate(zip(self.header, self.cells, strict=False), 1):
            if name:
                fields[name] = clean(cell)
            elif cell.strip():
                raise ColumnUnnamed(column=column, text=clean(cell))
        return fields


def read_rows(path: Path, columns: Columns) -> Iterator[Row]:
    """The rows below the header, which has each required column and none that is not known, in
    any order.

    Raises `FileUnreadable`, `CsvHeaderWrong`, `CsvBroken`.
    """
    if path.exists() and not path.is_file():  # the file is read twice; a pipe gives it once
        reason = "EISDIR" if path.is_dir() else "ESPIPE"
        raise FileUnreadable(path=str(path), reason=reason)
    before, delimiter = 0, ","
    try:
        with path.open(encoding=_encoding(path), newline="") as file:
            first = file.readline()
            if said := _SEPARATOR.fullmatch(first):
                before, delimiter = 1, said[1]
            else:
                file.seek(0)
                # A spreadsheet that writes numbers with a comma writes columns with a semicolon.
                delimiter = max(DELIMITERS, key=first.count)
            record = _Record(file)
            rows = csv.reader(record, strict=True, delimiter=delimiter)
            header = _header(path, next(rows, []), columns)
            record.lines.clear()
            for cells in rows:
                record.lines.clear()
                if any(map(str.strip, cells)):  # spreadsheets write empty rows as ,,,,
                    yield Row(before + rows.line_num, header, cells)
    except OSError as error:
        raise FileUnreadable(path=str(path), reason=system_word(error)) from None
    except UnicodeError:
        raise FileUnreadable(path=str(path), reason="charset") from None
    except csv.Error as error:
        after, column, reason = _fault(record.lines, delimiter)
        if reason == CsvFault.CSV and str(error).startswith("field larger"):
            reason = CsvFault.SIZE
        line = before + rows.line_num - len(record.lines) + 1 + after
        raise CsvBroken(path=str(path), line=line, column=column, reason=reason) from None


def guessed_texts(path: Path) -> tuple[str, ...]:
    """Some texts of a file that is read as Windows-1252 because it is not Unicode: whoever sees
    them sees whether that was right. None of another file. Raises `FileUnreadable`."""
    try:
        if _encoding(path) != WINDOWS:
            return ()
        with path.open(encoding=WINDOWS, errors="replace") as file:
            cells = (cell for line in file for cell in re.split(f'[{DELIMITERS}"\n]', line))
            foreign = (clean(cell) for cell in cells if not cell.isascii())
            return tuple(text for text, _ in zip(foreign, range(_SAMPLES), strict=False))
    except OSError as error:
        raise FileUnreadable(path=str(path), reason=system_word(error)) from None


def _encoding(path: Path) -> str:
    """How a file is written, as far as it can be told."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        first = file.read(2)
        if first in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
            return "utf-16"
        if b"\0" in first:  # a heading begins with a letter of ASCII
            return "utf-16-be" if first.startswith(b"\0") else "utf-16-le"
        try:
            for piece in chain([first], iter(lambda: file.read(PIECE), b"")):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return WINDOWS
    return "utf-8-sig"


def _heading(text: str) -> str:
    return folded(text.replace("_", " "))


class _Record:
    """Hands lines on to the reader of CSV and keeps those of the row it is at."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self.lines: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        self.lines.append(next(self._file))
        return self.lines[-1]


def _header(path: Path, headings: list[str], columns: Columns) -> tuple[str, ...]:
    """The columns of a file, "" for one without a heading. Raises `CsvHeaderWrong`."""
    while headings and not headings[-1].strip():
        headings.pop()
    header = tuple(columns.name(heading.strip()) for heading in headings)
    named = tuple(filter(None, header))
    missing = tuple(name for name in columns.required if name not in named)
    unknown = tuple(name for name in named if name not in columns.names)
    repeated = tuple(sorted({name for name in named if named.count(name) > 1}))
    if missing or unknown or repeated:
        raise CsvHeaderWrong(
            path=str(path),
            found=header,
            wanted=columns.names,
            required=columns.required,
            missing=missing,
            unknown=unknown,
            repeated=repeated,
        )
    return header


def _fault(record: list[str], delimiter: str) -> tuple[int, int, CsvFault]:
    """Where a row goes wrong: which of its lines (from 0), the column (from 1), and why.

    The reader of CSV notices an open quote where the next one is, or at the end of the file.
    """
    opened: tuple[int, int] | None = None
    closed = False
    begins = True
    for line, text in enumerate(record):
        for column, character in enumerate(text, 1):
            if opened and (not closed or character == '"'):
                closed = character == '"' and not closed
                continue
            ends = character == delimiter or character in "\r\n"
            if opened and not ends:
                same = opened[0] == line
                return (line, column, CsvFault.AFTER_QUOTE) if same else (*opened, CsvFault.QUOTE)
            opened = (line, column) if begins and character == '"' else None
            closed, begins = False, ends
    return (*opened, CsvFault.QUOTE) if opened and not closed else (0, 1, CsvFault.CSV)
