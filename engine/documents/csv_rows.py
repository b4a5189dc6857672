"""Reading a CSV as spreadsheets write it: UTF-8 with or without a mark, commas or semicolons."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from engine.errors import CsvBroken, CsvHeaderWrong, FileUnreadable, RowShapeWrong, system_word
from engine.safe_text import clean


class Row(NamedTuple):
    """A row that is not empty."""

    line: int
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
            rows = csv.reader(file, strict=True, delimiter=delimiter)
            header = tuple(name.strip() for name in next(rows, []))
            names = tuple(name.lower() if not known(name) else name for name in header)
            each_once = len(set(names)) == len(names)
            if not (each_once and set(required) <= set(names) and all(map(known, names))):
                raise CsvHeaderWrong(path=str(path), found=names, wanted=columns)
            for cells in rows:
                if any(map(str.strip, cells)):  # spreadsheets write empty rows as ,,,,
                    yield Row(rows.line_num, names, cells)
    except OSError as error:
        raise FileUnreadable(path=str(path), reason=system_word(error)) from None
    except UnicodeDecodeError:
        raise FileUnreadable(path=str(path), reason="encoding") from None
    except csv.Error as error:
        raise CsvBroken(path=str(path), line=rows.line_num, reason=str(error)) from None
