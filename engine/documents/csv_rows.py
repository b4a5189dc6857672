"""Reading a CSV as spreadsheets write it: UTF-8 with or without a mark, commas or semicolons."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple, TextIO

from engine.errors import (
    CsvBroken,
    CsvFault,
    CsvHeaderWrong,
    FileUnreadable,
    RowShapeWrong,
    system_word,
)
from engine.safe_text import clean


class Row(NamedTuple):
    """A row that is not empty."""

    line: int
    """Where it ends, from 1."""
    header: tuple[str, ...]
    cells: list[str]

    def fields(self) -> dict[str, str]:
        """The cells by their header, cleaned. Raises `RowShapeWrong`."""
        if len(self.cells) != len(self.header):
            raise RowShapeWrong(found=len(self.cells), wanted=len(self.header))
        return dict(zip(self.header, map(clean, self.cells), strict=True))


def read_rows(
    path: Path, required: tuple[str, ...], known: Callable[[str], bool], columns: tuple[str, ...]
) -> Iterator[Row]:
    """The rows below the header, which has each `required` name and none that is not `known`,
    in any order; `columns` are the names that an error tells.

    Raises `FileUnreadable`, `CsvHeaderWrong`, `CsvBroken`.
    """
    if path.exists() and not path.is_file():  # the file is read twice; a pipe gives it once
        reason = "EISDIR" if path.is_dir() else "ESPIPE"
        raise FileUnreadable(path=str(path), reason=reason)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            first = file.readline()
            file.seek(0)
            # A spreadsheet that writes numbers with a comma writes its columns with a semicolon.
            delimiter = ";" if first.count(";") > first.count(",") else ","
            record = _Record(file)
            rows = csv.reader(record, strict=True, delimiter=delimiter)
            found = tuple(name.strip() for name in next(rows, []))
            header = tuple(name.lower() if known(name.lower()) else name for name in found)
            _check_header(path, header, required, known, columns)
            record.lines.clear()
            for cells in rows:
                record.lines.clear()
                if any(map(str.strip, cells)):  # spreadsheets write empty rows as ,,,,
                    yield Row(rows.line_num, header, cells)
    except OSError as error:
        raise FileUnreadable(path=str(path), reason=system_word(error)) from None
    except UnicodeDecodeError:
        raise FileUnreadable(path=str(path), reason="encoding") from None
    except csv.Error as error:
        after, column, reason = _fault(record.lines, delimiter)
        if reason == CsvFault.CSV and str(error).startswith("field larger"):
            reason = CsvFault.SIZE
        line = rows.line_num - len(record.lines) + 1 + after
        raise CsvBroken(path=str(path), line=line, column=column, reason=reason) from None


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


def _check_header(
    path: Path,
    header: tuple[str, ...],
    required: tuple[str, ...],
    known: Callable[[str], bool],
    columns: tuple[str, ...],
) -> None:
    """Raises `CsvHeaderWrong`."""
    missing = tuple(name for name in required if name not in header)
    unknown = tuple(name for name in header if not known(name))
    repeated = tuple(sorted({name for name in header if header.count(name) > 1}))
    if missing or unknown or repeated:
        raise CsvHeaderWrong(
            path=str(path),
            found=header,
            wanted=columns,
            required=required,
            missing=missing,
            unknown=unknown,
            repeated=repeated,
        )


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
