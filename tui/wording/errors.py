"""Errors as sentences in the reader's language: what is wrong, where, and what would be right."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from typing import Any

from engine import errors
from engine.catalogue.item import Function, Item
from engine.catalogue.product import Catalogue
from engine.errors import PortalError
from engine.keycode.codec import MOST_CHARACTERS
from engine.licences.system import DIGITS
from tui.wording import file_errors, order_file_errors, reasons
from tui.wording.error_sentences import OUTCOMES, SENTENCES
from tui.wording.formats import country_name
from tui.wording.labels import field_label
from tui.wording.look_alikes import looks_like, probably_meant
from tui.wording.stored_text import clipped
from tui.wording.translation import N_, _, language, ngettext
from tui.wording.unix_users import user_name

_LONGEST_QUOTE = {"path": 1000, "source": 1000, "wanted": 200, "known": 300}
"""Of texts that are not clipped to the usual length."""


def only_reads() -> str:
    """What to say to whoever comes in where the store cannot be written."""
    return _("Nothing can be saved at the moment: you can look things up, but not order.")


def sentence(error: PortalError, catalogue: Catalogue | None = None) -> str:
    """What to say about an error; with the catalogue, items and functions get their names."""
    special = _SPECIAL.get(type(error))
    if special:
        return special(error, catalogue)
    fields = {name: _readable(name, value) for name, value in error.data.items()}
    if "part" in fields:
        fields["item"] = _item_name(error.part, catalogue)
    if "by" in fields:
        fields["by"] = ", ".join(_item_name(part, catalogue) for part in error.by)
    if "function" in fields:
        fields["function"] = _function_name(error.part, error.function, catalogue)
    if "field" in fields:
        fields["label"] = _field(error.field)
    if isinstance(error, errors.KeyTrouble) and "name" in fields:
        fields["file"] = f"{fields['path']}/{fields['name']}".rstrip("/")
        fields["quoted"] = shlex.quote(fields["file"])
    return _(SENTENCES[type(error)]).format(**fields)


def _field(name: str) -> str:
    """A label that says by itself which field is meant: there is more than one name."""
    return _("Name (address)") if name == "address.name" else field_label(name)


def details(error: PortalError, catalogue: Catalogue | None = None) -> list[str]:
    """The lines below the sentence: each problem of an order, each bad row of a CSV."""
    if isinstance(error, errors.OrderRefused):
        return [sentence(problem.error, catalogue) for problem in error.problems]
    if isinstance(error, errors.RowsWrong):
        return [
            _("Line {line}: {problem}").format(line=line, problem=said)
            for line, problem in error.rows
            for said in details(problem, catalogue) or [sentence(problem, catalogue)]
        ]
    if isinstance(error, errors.CsvHeaderWrong):
        return [file_errors.columns(error)]
    if isinstance(error, errors.OrdersStopped):
        why = reason_lines(error.error, catalogue) if error.error else []
        return list(order_file_errors.after_stop(error, why))
    if isinstance(error, errors.Unfinished):
        return reason_lines(error.cause, catalogue)
    return []


def reason_lines(error: PortalError, catalogue: Catalogue | None = None) -> list[str]:
    """Why one step of a long work failed: without "nothing was changed", which is true of the
    step and would be read of the work."""
    said = _OF_A_STEP.get(type(error))
    if said:
        fields = {name: _readable(name, value) for name, value in error.data.items()}
        return [_(said).format(**fields)]
    return details(error, catalogue) or [sentence(error, catalogue)]


def _readable(name: str, value: Any) -> str:
    if name == "reason":
        return reasons.system_reason(clipped(value, 200))
    text = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return clipped(text, _LONGEST_QUOTE.get(name, 40))


def _item(part: str, catalogue: Catalogue | None) -> Item | None:
    products = catalogue.products.values() if catalogue else ()
    return next((item for product in products if (item := product.item(part))), None)


def _item_name(part: str, catalogue: Catalogue | None) -> str:
    item = _item(part, catalogue)
    return item.name.in_language(language()) if item else clipped(part)


def _function_name(part: str, key: str, catalogue: Catalogue | None) -> str:
    functions: list[Function] = [
        function
        for product in (catalogue.products.values() if catalogue else ())
        if product.item(part)
        for function in product.functions
        if function.key == key
    ]
    return functions[0].name.in_language(language()) if functions else clipped(key)


def _character(text: str) -> str:
    """A character in quotes; of one that cannot be shown its number, and of one that is taken for
    another both."""
    number = f"U+{ord(text):04X}"
    if not text.isprintable() or text.isspace():
        return number
    if like := looks_like(text):
        said = _("{character} ({number}, which looks like {other})")
        return said.format(character=_quoted(text), number=number, other=like)
    return _quoted(text)


def _quoted(text: str) -> str:
    return _("“{text}”").format(text=text)


def _equipment_id(error: PortalError, _catalogue: Catalogue | None) -> str:
    if error.position:
        said = _(
            "Equipment ID: character {position}, {character}, is not a hexadecimal digit"
            " (0-9, A-F)."
        ).format(position=error.position, character=_character(error.character))
        if meant := probably_meant(error.character, "0123456789ABCDEF"):
            return " ".join((said, _("Did you mean {character}?").format(character=meant)))
        return said
    if not error.length:
        return _("Enter the Equipment ID: 13 hexadecimal digits, for example 03FFFF0302AD4.")
    missing = DIGITS - error.length
    if missing > 0:
        return ngettext(
            "Equipment ID: {number} digit of 13 is missing.",
            "Equipment ID: {number} digits of 13 are missing.",
            missing,
        ).format(number=missing)
    return ngettext(
        "Equipment ID: {number} digit too many; there should be 13.",
        "Equipment ID: {number} digits too many; there should be 13.",
        -missing,
    ).format(number=-missing)


def _keycode(error: PortalError, _catalogue: Catalogue | None) -> str:
    text, position = error.text, error.position
    here = _character(text[position - 1]) if 0 < position <= len(text) else ""
    if error.reason == "length":
        said = N_("The keycode is too long: it should end before character {position}.")
        if not here:
            said = N_("The keycode is too short: it ends after character {last}.")
        elif position <= MOST_CHARACTERS:
            said = N_(
                "The keycode has too many digits from character {position} on, or a wrong letter:"
                " G to Z stand for zeros."
            )
    else:
        said = reasons.KEYCODE[error.reason]
    return _(said).format(position=position, last=position - 1, character=here)


def _quantity(error: PortalError, catalogue: Catalogue | None) -> str:
    item = _item(error.part, catalogue)
    said = N_("{item}: “{text}” is not a quantity: whole numbers from 0.")
    if item and item.is_on_off:
        said = N_("{item} has no quantity: it is ordered once (1) or not (0).")
    return _(said).format(item=_item_name(error.part, catalogue), text=clipped(error.text))


def _country(error: PortalError, _catalogue: Catalogue | None) -> str:
    like = ", ".join(f"{country_name(code)} ({code})" for code in error.like)
    said = N_("“{text}” is not a country: type its name or its code, for example FR.")
    if like:
        said = N_("“{text}” is not the name of a country. Did you mean: {countries}?")
    return _(said).format(text=clipped(error.text), countries=clipped(like, 300))


def _not_allowed_character(error: PortalError, _catalogue: Catalogue | None) -> str:
    said = N_("{label}: {character} is not a character that can be shown.")
    if error.character == "\ufffd":
        said = N_("{label}: there is a character that was not UTF-8. Is the terminal set to UTF-8?")
    number = f"U+{ord(error.character):04X}"
    return _(said).format(label=field_label(error.field), character=number)


def _name_taken(error: PortalError, _catalogue: Catalogue | None) -> str:
    said = N_("There is a company “{name}” already.")
    if error.kind == "user":
        said = N_("There is a user “{name}” in this company already.")
    return _(said).format(name=clipped(error.name, 60))


def _model(error: PortalError, _catalogue: Catalogue | None) -> str:
    if not error.known:
        return _("{product} has no models: leave the model out.").format(product=error.product)
    said = N_("“{text}” is not a model of {product}. Models: {known}.")
    if not error.text:
        said = N_("{product} needs a model: {known}.")
    return _(said).format(
        text=clipped(error.text), product=error.product, known=", ".join(error.known)
    )


def _session_ended(error: PortalError, _catalogue: Catalogue | None) -> str:
    return _(reasons.SESSION[error.reason])


def _not_allowed(error: PortalError, _catalogue: Catalogue | None) -> str:
    return _(reasons.RIGHTS[error.right])


def _refused(error: PortalError, _catalogue: Catalogue | None) -> str:
    count = len(error.problems)
    return ngettext(
        "Nothing was ordered: there is {count} problem.",
        "Nothing was ordered: there are {count} problems.",
        count,
    ).format(count=count)


def _busy(error: PortalError, _catalogue: Catalogue | None) -> str:
    said = N_("Another process is working on {what}. Nothing was changed; try again in a moment.")
    if error.holder:
        said = N_(
            "Process {holder} is working on {what}. Nothing was changed; try again in a moment."
        )
    return _(said).format(holder=error.holder, what=clipped(str(error.what)))


def _outcome(error: PortalError, _catalogue: Catalogue | None) -> str:
    reason = reasons.system_reason(error.reason)
    return _(OUTCOMES[error.what]).format(reason=reason, path=clipped(str(error.path), 1000))


def _unfinished(error: PortalError, _catalogue: Catalogue | None) -> str:
    if error.what == "erase":
        said = ngettext(
            "Not finished: names and addresses are erased from {count} order so far. Run the same"
            " command again to go on.",
            "Not finished: names and addresses are erased from {count} orders so far. Run the same"
            " command again to go on.",
            error.done,
        )
    else:
        said = ngettext(
            "Not finished: {count} file is put back so far. Run the same command again to go on.",
            "Not finished: {count} files are put back so far. Run the same command again to go on.",
            error.done,
        )
    return said.format(count=error.done)


def _damaged(error: PortalError, _catalogue: Catalogue | None) -> str:
    return _(
        "The file “{path}” is damaged ({reason}): put it back from a backup."
        " Others are not affected."
    ).format(
        path=clipped(str(error.path), 1000), reason=reasons.reason(reasons.DAMAGE, error.reason)
    )


def _backup(error: PortalError, _catalogue: Catalogue | None) -> str:
    reason = reasons.reason(reasons.BACKUP, error.reason)
    said = _("Nothing was restored: “{path}” cannot be used: {reason}.")
    return said.format(path=clipped(error.path, 1000), reason=reason)


_OF_A_STEP: dict[type[PortalError], str] = {
    errors.WriteFailed: N_("“{path}” could not be written ({reason})."),
    errors.StoreBusy: N_("Another process is working on {what}."),
    errors.OutcomeUnknown: N_(
        "The disk failed at the last moment ({reason}): it is not known whether this was done."
    ),
}


def _system(error: PortalError, _catalogue: Catalogue | None) -> str:
    said = N_("The system refuses: {reason}.")
    if error.path:
        said = N_("“{path}”: the system refuses, {reason}.")
    return _(said).format(
        path=clipped(str(error.path), 1000), reason=reasons.system_reason(error.reason)
    )


def _owner(error: PortalError, _catalogue: Catalogue | None) -> str:
    """Of the store or of the keys: all of it is given over, whatever file was met first."""
    path = clipped(str(error.path), 1000)
    said = N_("“{path}” belongs to {owner}: run the portal as {owner}, not as {user}.")
    if error.user:
        said = N_(
            "“{path}” belongs to {owner}; the portal runs as {user}. As"
            " root: `chown -R {user} {quoted}`."
        )
    return _(said).format(
        path=path,
        quoted=shlex.quote(path),
        owner=user_name(error.owner),
        user=user_name(error.user),
    )


def _rows(error: PortalError, _catalogue: Catalogue | None) -> str:
    count = len(error.rows)
    return ngettext(
        "Nothing was imported: {count} row of “{path}” is wrong.",
        "Nothing was imported: {count} rows of “{path}” are wrong.",
        count,
    ).format(path=clipped(error.path, 1000), count=count)


_SPECIAL: dict[type[PortalError], Callable[[PortalError, Catalogue | None], str]] = {
    errors.EquipmentIdMalformed: _equipment_id,
    errors.KeycodeMalformed: _keycode,
    errors.QuantityMalformed: _quantity,
    errors.CharacterNotAllowed: _not_allowed_character,
    errors.CountryUnknown: _country,
    errors.NameTaken: _name_taken,
    errors.ModelUnknown: _model,
    errors.SessionEnded: _session_ended,
    errors.NotAllowed: _not_allowed,
    errors.OrderRefused: _refused,
    errors.StoreBusy: _busy,
    errors.OutcomeUnknown: _outcome,
    errors.Unfinished: _unfinished,
    errors.DocumentDamaged: _damaged,
    errors.CatalogueWrong: lambda error, _catalogue: file_errors.of_catalogue(error),
    errors.OrderDocumentWrong: lambda error, _catalogue: file_errors.of_document(error),
    errors.SettingsWrong: lambda error, _catalogue: file_errors.of_settings(error),
    errors.CsvBroken: lambda error, _catalogue: file_errors.of_csv(error),
    errors.CsvHeaderWrong: lambda error, _catalogue: file_errors.of_header(error),
    errors.RowsWrong: _rows,
    errors.OrderRowsWrong: lambda error, _catalogue: order_file_errors.rows_wrong(error),
    errors.OrderedBefore: lambda error, _catalogue: order_file_errors.ordered_before(error),
    errors.OrdersStopped: lambda error, _catalogue: order_file_errors.how_far(error),
    errors.BackupWrong: _backup,
    errors.SystemRefused: _system,
    errors.OwnerWrong: _owner,
    errors.KeysOfAnother: _owner,
}
