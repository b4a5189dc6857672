"""CSV files from and for the spreadsheets that people have: in French with semicolons and decimal
commas, or the file opens in one column and its amounts are dates."""

from __future__ import annotations

import csv
import sys
from argparse import SUPPRESS, Action, ArgumentParser
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from io import SEEK_END, StringIO
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import TextIO

from engine.documents.csv_rows import guessed_texts
from engine.errors import WriteFailed, system_word
from tui.commands.installation import WrongUse
from tui.terminal.output import note, say_utf8
from tui.wording.headings import heading
from tui.wording.stored_text import clipped
from tui.wording.translation import _, language

BYTE_ORDER_MARK = "\ufeff"
"""Without it a spreadsheet does not take UTF-8 for what it is."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_rows(file: TextIO, rows: Iterable[Sequence[str]]) -> None:
    """Rows of a table, none of whose cells a spreadsheet takes for a formula."""
    writer = csv.writer(file, delimiter=";" if language() == "fr" else ",")
    writer.writerows([harmless(cell) for cell in row] for row in rows)


def write_headings(file: TextIO, headings: Sequence[str]) -> None:
    """The first row of a table; in French with what says that it is UTF-8. Scripts of the first
    release read the English one."""
    file.write(BYTE_ORDER_MARK if language() == "fr" else "")
    write_rows(file, [headings])


def save_table(name: str, rows: Iterable[Sequence[str]]) -> None:
    """A table, headings first, into a new file; `-`: to standard output. Raises `WriteFailed`."""
    if name == "-":
        text = StringIO(BYTE_ORDER_MARK, newline="")
        text.seek(0, SEEK_END)
        write_rows(text, rows)
        say_utf8(text.getvalue())
        return
    try:
        with Path(name).open("x", encoding="utf-8-sig", newline="") as file:
            write_rows(file, rows)
    except OSError as error:
        raise WriteFailed(path=name, reason=system_word(error)) from None


def amount(value: Decimal) -> str:
    """`1005.00`, in French `1005,00`: a spreadsheet calculates with it."""
    return f"{value:.2f}".replace(".", "," if language() == "fr" else ".")


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: those get an apostrophe in front."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


class Template(Action):
    """An option that prints a file to fill in: the headings in the reader's language, and one row
    as an example."""

    def __init__(
        self,
        option_strings: Sequence[str],
        dest: str,
        columns: Sequence[str],
        example: Sequence[str],
    ) -> None:
        said = _("print an empty CSV to fill in, and exit")
        super().__init__(option_strings, SUPPRESS, nargs=0, default=SUPPRESS, help=said)
        self._columns = columns
        self._example = example

    def __call__(self, parser: ArgumentParser, *_arguments: object) -> None:
        """As `--version`: nothing else is needed beside it."""
        text = StringIO(newline="")
        write_rows(text, [[heading(column) for column in self._columns], self._example])
        say_utf8(BYTE_ORDER_MARK + text.getvalue())
        parser.exit()


@contextmanager
def input_csv(name: str) -> Iterator[Path]:
    """The CSV file of that name; `-`: what standard input brings, in a file meanwhile, since it is
    read more than once."""
    if name != "-":
        yield Path(name)
        return
    with TemporaryDirectory(prefix="keycode-portal-") as folder:
        path = Path(folder) / "standard-input.csv"
        with path.open("wb") as file:
            copyfileobj(sys.stdin.buffer, file)
        yield path


def result_path(source: str, named: str | None) -> Path:
    """Where the keycodes of a CSV go: as it is named, or beside the file. Raises `WrongUse`."""
    if named:
        return Path(named)
    if source == "-":
        raise WrongUse(_("From standard input, name a file for the keycodes with --result."))
    return Path(source).with_suffix(".result.csv")


def note_guess(path: Path) -> None:
    """Say that a file is no Unicode, and how it is read, with some of its texts to see whether
    that is right."""
    if texts := guessed_texts(path):
        read = ", ".join(_("“{path}”").format(path=clipped(text)) for text in texts)
        note(_("The file is not in UTF-8; it is read as Windows-1252: {texts}.").format(texts=read))
