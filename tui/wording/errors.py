"""Errors as sentences in the reader's language: what is wrong, where, and what would be right.

The sentences are in `error_sentences` (templates), and in a file for each kind of error that needs
more than a template.
"""

from __future__ import annotations

from collections.abc import Iterable

from engine import errors
from engine.catalogue.product import Catalogue
from engine.errors import PortalError

# Each of these files registers what it has to say.
from tui.wording import (  # noqa: F401
    database_errors,
    file_errors,
    order_file_errors,
    refusal_errors,
    store_errors,
    value_errors,
)
from tui.wording.error_sentences import filled, sentence_of
from tui.wording.item_errors import ItemError, item_sentence
from tui.wording.order_file_errors import line_ranges
from tui.wording.stored_text import clipped
from tui.wording.translation import N_, _, ngettext

MOST_OF_A_KIND = 5
"""Errors of one kind that are told one by one."""


def only_reads() -> str:
    """What to say to whoever comes in where the store cannot be written."""
    return _("Nothing can be saved at the moment: you can look things up, but not order.")


def company_on_hold() -> str:
    """The same where the licence desk has put the company on hold."""
    return _("Your company is on hold: you can look things up, but not order.")


def sentence(error: PortalError, catalogue: Catalogue | None = None) -> str:
    """What to say about an error; with the catalogue, items and functions get their names."""
    return item_sentence(error, catalogue) if isinstance(error, ItemError) else sentence_of(error)


def details(error: PortalError, catalogue: Catalogue | None = None) -> list[str]:
    """The lines below the sentence: each problem of an order, each bad row of a CSV."""
    if isinstance(error, errors.OrderRefused):
        return [sentence(problem.error, catalogue) for problem in error.problems]
    if isinstance(error, errors.RowsWrong):
        return _by_cause(error.rows, catalogue)
    if isinstance(error, errors.CsvHeaderWrong):
        return [file_errors.columns(error)]
    if isinstance(error, errors.OrdersStopped):
        why = reason_lines(error.error, catalogue) if error.error else []
        return list(order_file_errors.after_stop(error, why))
    if isinstance(error, errors.Unfinished):
        return reason_lines(error.cause, catalogue)
    return []


def _by_cause(rows: Iterable[tuple[int, PortalError]], catalogue: Catalogue | None) -> list[str]:
    """What is wrong with the rows of a CSV: once for all lines of which the same is true, and the
    first few of what is of one kind."""
    kinds: dict[type[PortalError], dict[str, list[int]]] = {}
    for line, problem in rows:
        for text in details(problem, catalogue) or [sentence(problem, catalogue)]:
            kinds.setdefault(type(problem), {}).setdefault(text, []).append(line)
    said: list[str] = []
    for texts in kinds.values():
        shown = list(texts.items())
        most = len(shown) if len(shown) <= MOST_OF_A_KIND + 1 else MOST_OF_A_KIND
        for text, lines in shown[:most]:
            where = (
                N_("Line {line}: {problem}") if len(lines) == 1 else N_("Lines {line}: {problem}")
            )
            said.append(_(where).format(line=line_ranges(lines), problem=text))
        if more := sorted({line for _text, lines in shown[most:] for line in lines}):
            said.append(_more_of_a_kind(more))
    return said


def _more_of_a_kind(lines: list[int]) -> str:
    return ngettext(
        "… and {count} more line with an error of this kind: {lines}",
        "… and {count} more lines with errors of this kind: {lines}",
        len(lines),
    ).format(count=len(lines), lines=clipped(line_ranges(lines), 300))


def reason_lines(error: PortalError, catalogue: Catalogue | None = None) -> list[str]:
    """Why one step of a long work failed: without "nothing was changed", which is true of the
    step and would be read of the work."""
    if template := STEPS.get(type(error)):
        return [filled(template, error)]
    return details(error, catalogue) or [sentence(error, catalogue)]


STEPS: dict[type[PortalError], str] = {
    errors.WriteFailed: N_("“{path}” could not be written ({reason})."),
    errors.StoreBusy: N_("Another process is working on {what}."),
    errors.OutcomeUnknown: N_(
        "The disk failed at the last moment ({reason}): it is not known whether this was done."
    ),
}
