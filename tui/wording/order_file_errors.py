"""What to say about files of orders (`order --csv`, `order` of a document): how far a file came,
and what was ordered before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.errors import (
    ChangeRowsWrong,
    ChangesStopped,
    OrderedBefore,
    OrderRowsWrong,
    OrdersStopped,
    OutcomeUnknown,
)
from tui.wording.error_sentences import sentence_of
from tui.wording.formats import date
from tui.wording.stored_text import clipped
from tui.wording.translation import N_, _, ngettext


@sentence_of.register
def _how_far(error: OrdersStopped) -> str:
    """Which lines are placed, of a file that came to an end before its last row."""
    count = len(error.placed)
    if not count:
        said = N_("Stopped at line {line}: nothing was ordered.")
        if _unknown(error):
            said = N_("Stopped at line {line}.")
        return _(said).format(line=error.line)
    return ngettext(
        "Stopped at line {line}: {count} order is placed (line {lines}).",
        "Stopped at line {line}: {count} orders are placed (lines {lines}).",
        count,
    ).format(line=error.line, count=count, lines=clipped(line_ranges(error.placed), 200))


@sentence_of.register
def _how_far_changed(error: ChangesStopped) -> str:
    """The same of a file of changes."""
    count = len(error.placed)
    if not count:
        said = N_("Stopped at line {line}: nothing was changed.")
        if _unknown(error):
            said = N_("Stopped at line {line}.")
        return _(said).format(line=error.line)
    return ngettext(
        "Stopped at line {line}: {count} system is done (line {lines}).",
        "Stopped at line {line}: {count} systems are done (lines {lines}).",
        count,
    ).format(line=error.line, count=count, lines=clipped(line_ranges(error.placed), 200))


def _unknown(stopped: OrdersStopped) -> bool:
    """Whether nobody can say of the line where it stopped if its order is placed."""
    return stopped.error is None or isinstance(stopped.error, OutcomeUnknown)


def after_stop(error: OrdersStopped, why: Iterable[str]) -> Iterator[str]:
    """`why` it stopped (nothing: somebody interrupted it), and how to go on."""
    for text in why or [_("it was interrupted.")]:
        yield _("Line {line}: {problem}").format(line=error.line, problem=text)
    if _unknown(error):
        said = N_("Whether line {line} is placed, the system's orders tell (`show`).")
        if isinstance(error, ChangesStopped):
            said = N_("Whether line {line} is done, the system's orders tell (`show`).")
        yield _(said).format(line=error.line)
    if error.result:
        path = clipped(error.result, 1000)
        yield _("Keycodes so far: {path}").format(path=path)
    if isinstance(error, ChangesStopped):
        yield _("The same file may be run again: what is done is not done twice.")
    elif error.placed and error.again:
        yield _("Take the placed lines out before you run it again: --again orders them again.")
    else:
        yield _("The same file may be run again: what is placed is not ordered twice.")
    if error.result:
        yield _("Then name another file for the keycodes (--result).")


def line_ranges(lines: Iterable[int]) -> str:
    """Lines as they are told: `2–14, 17`."""
    runs: list[list[int]] = []
    for line in sorted(lines):
        if runs and line == runs[-1][1] + 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    return ", ".join(str(a) if a == b else f"{a}\u2013{b}" for a, b in runs)


@sentence_of.register
def _ordered_before(error: OrderedBefore) -> str:
    """The order that means the same, and how to order it again all the same."""
    return _(
        "Nothing was ordered: {number} of {date} has the same reference and items. To order them"
        " again, add --again."
    ).format(number=error.number, date=date(error.placed_at))


@sentence_of.register
def _change_rows_wrong(error: ChangeRowsWrong) -> str:
    """How many rows are wrong; nothing was changed."""
    count = len(error.rows)
    return ngettext(
        "Nothing was changed: {count} row of “{path}” is wrong.",
        "Nothing was changed: {count} rows of “{path}” are wrong.",
        count,
    ).format(path=clipped(error.path, 1000), count=count)


@sentence_of.register
def _rows_wrong(error: OrderRowsWrong) -> str:
    """How many rows are wrong; nothing was ordered."""
    count = len(error.rows)
    return ngettext(
        "Nothing was ordered: {count} row of “{path}” is wrong.",
        "Nothing was ordered: {count} rows of “{path}” are wrong.",
        count,
    ).format(path=clipped(error.path, 1000), count=count)
