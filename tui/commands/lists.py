"""What lists have in common: from when to when, how many, and as a table for a spreadsheet."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import datetime

from engine.documents.dates import beginning_of_day, end_of_day
from tui.commands.installation import WrongUse
from tui.wording.stored_text import clipped
from tui.wording.translation import _


def add_days(parser: ArgumentParser) -> None:
    """`--since` and `--until`, for what has a date."""
    parser.add_argument("--since", metavar=_("DATE"), help=_("earliest day, e.g. 2026-11-24"))
    parser.add_argument("--until", metavar=_("DATE"), help=_("last day, e.g. 2026-11-30"))


def add_limit(parser: ArgumentParser) -> None:
    """`--limit`."""
    parser.add_argument("--limit", metavar=_("NUMBER"), help=_("list at most so many"))


def add_csv(parser: ArgumentParser) -> None:
    """`--csv`."""
    parser.add_argument(
        "--csv", metavar=_("FILE"), help=_("write a CSV for spreadsheets; - for standard output")
    )


def first_moment(arguments: Namespace) -> datetime | None:
    """Where the days that are asked for begin. Raises `DateMalformed`."""
    return beginning_of_day(arguments.since) if arguments.since else None


def end_of_days(arguments: Namespace) -> datetime | None:
    """Where they end; the last day is one of them. Raises `DateMalformed`."""
    return end_of_day(arguments.until) if arguments.until else None


def limit(arguments: Namespace) -> int | None:
    """How many at most; None: as many as there are. Raises `WrongUse`."""
    text: str | None = arguments.limit
    if text is None:
        return None
    if text.isascii() and text.isdigit() and int(text) > 0:
        return int(text)
    raise WrongUse(
        _("--limit is a whole number from 1 on, not “{text}”.").format(text=clipped(text))
    )
