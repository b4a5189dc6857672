"""What is wrong with a file that somebody wrote: catalogue, settings, CSV, order document.

Lines and columns are counted from 1. What a library says about a file is never repeated: it is
English, and about code.
"""

from __future__ import annotations

import re

from engine.errors import (
    BackupWrong,
    CatalogueWrong,
    CsvBroken,
    CsvHeaderWrong,
    FunctionMoved,
    OrderDocumentWrong,
    RowsWrong,
    SettingFault,
    SettingsWrong,
    SinceInPast,
    TomlFault,
)
from engine.settings import PREFIX
from tui.wording import reasons
from tui.wording.error_sentences import sentence_of
from tui.wording.formats import day
from tui.wording.stored_text import clipped
from tui.wording.translation import N_, _, ngettext

_LINE_AND_COLUMN = re.compile(r"(\d+):(\d+)")
_NAMES_SHOWN = 5


@sentence_of.register
def _function_moved(error: FunctionMoved) -> str:
    """What would be lost, and some systems that have it."""
    functions = ", ".join(map(clipped, error.functions))
    if not functions:
        return _("The keycodes of {product} would have another form. Nothing was changed.").format(
            product=clipped(error.product)
        )
    said = _(
        "Keycodes could not be read any more: {functions} would be gone, or elsewhere in them."
        " Nothing was changed."
    ).format(functions=functions)
    if not error.systems:
        return said
    return f"{said} " + _("Systems that have it: {ids}.").format(ids=", ".join(error.systems))


@sentence_of.register
def _since_in_past(error: SinceInPast) -> str:
    """Which day."""
    return _("{date} is over: a catalogue counts from now, or from a day to come.").format(
        date=day(error.day)
    )


@sentence_of.register
def _of_catalogue(error: CatalogueWrong) -> str:
    """A file of the catalogue."""
    if isinstance(error.reason, TomlFault):
        said = _(reasons.TOML[error.reason])
    else:
        said = _(reasons.CATALOGUE[error.reason]).format(
            value=clipped(error.value, 80), allowed=_either(error.allowed)
        )
    return _located(error.path, error.place, said)


@sentence_of.register
def _of_document(error: OrderDocumentWrong) -> str:
    """An order as JSON."""
    return _located(error.path, error.place, _(reasons.DOCUMENT[error.reason]))


@sentence_of.register
def _of_csv(error: CsvBroken) -> str:
    """A CSV that is none from some place on."""
    place = f"{error.line}:{error.column}"
    return _located(error.path, place, _(reasons.CSV[error.reason]))


@sentence_of.register
def _of_header(error: CsvHeaderWrong) -> str:
    """The first line of a CSV: what is wrong, before what would be right (`columns`)."""
    parts = (
        (N_("missing: {names}"), error.missing),
        (N_("unknown: {names}"), error.unknown),
        (N_("twice: {names}"), error.repeated),
    )
    said = _("; ").join(_(text).format(names=_some(names)) for text, names in parts if names)
    return _("The columns in the first line of “{path}” are wrong: {problems}.").format(
        path=_path(error.path), problems=said
    )


def columns(error: CsvHeaderWrong) -> str:
    """The columns that a CSV must have, and may."""
    required = ", ".join(error.required)
    more = tuple(name for name in error.wanted if name not in error.required)
    if not more:
        return _("Columns: {required}").format(required=required)
    return _("Columns: {required} (optional: {more})").format(
        required=required, more=", ".join(more)
    )


@sentence_of.register
def _of_settings(error: SettingsWrong) -> str:
    """A setting, in the file or in the environment."""
    if isinstance(error.reason, TomlFault):
        return _located(error.source, error.place, _(reasons.TOML[error.reason]))
    name, source = clipped(error.name), _("“{path}”").format(path=_path(error.source))
    if error.source == "environment":
        name, source = _variable(name), _("the environment")
    if error.reason is SettingFault.UNKNOWN:
        said = N_("Unknown setting “{name}” in {source}.")
        if error.allowed:
            said = N_("Unknown setting “{name}” in {source}. Did you mean “{close}”?")
        return _(said).format(name=name, source=source, close="".join(error.allowed))
    return _("The setting “{name}” in {source} is wrong: {wanted} is needed.").format(
        name=name, source=source, wanted=_wanted(error.reason, error.allowed)
    )


@sentence_of.register
def _rows(error: RowsWrong) -> str:
    count = len(error.rows)
    return ngettext(
        "Nothing was imported: {count} row of “{path}” is wrong.",
        "Nothing was imported: {count} rows of “{path}” are wrong.",
        count,
    ).format(path=clipped(error.path, 1000), count=count)


@sentence_of.register
def _backup(error: BackupWrong) -> str:
    reason = _(reasons.BACKUP[error.reason])
    said = _("Nothing was restored: “{path}” cannot be used: {reason}.")
    return said.format(path=clipped(error.path, 1000), reason=reason)


def _variable(name: str) -> str:
    return name if name.startswith(PREFIX) else f"{PREFIX}{name.upper()}"


def _wanted(reason: SettingFault, allowed: tuple[str, ...]) -> str:
    if reason is SettingFault.CHOICE:
        return _either(allowed)
    if reason is SettingFault.ENCODING:
        return _("UTF-8 text")
    least, most = allowed or ("", "")
    return _(reasons.SETTINGS[reason]).format(least=least, most=most)


def _either(words: tuple[str, ...]) -> str:
    """`en or fr`."""
    return _(" or ").join(words)


def _some(names: tuple[str, ...]) -> str:
    """The first names, each short: the first line of a file that is no CSV may be long."""
    shown = [clipped(name) or "“”" for name in names[:_NAMES_SHOWN]]
    return ", ".join(shown) + (", ..." if len(names) > _NAMES_SHOWN else "")


def _located(path: str, place: str, reason: str) -> str:
    path, place = _path(path), clipped(place, 80)
    if found := _LINE_AND_COLUMN.fullmatch(place):
        return _("Line {line}, column {column} of “{path}”: {reason}.").format(
            line=found[1], column=found[2], path=path, reason=reason
        )
    if not place:
        return _("“{path}” is wrong: {reason}.").format(path=path, reason=reason)
    return _("“{path}” is wrong at {place}: {reason}.").format(
        path=path, place=place, reason=reason
    )


def _path(path: str) -> str:
    return clipped(path, 1000)
