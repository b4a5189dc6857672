"""One sentence for each error whose sentence is always the same: what is wrong, and what is right.

The fields in braces are those of the error. An error that needs more than that is put into words
by a function of its own, which is registered to `sentence_of`: `value_errors`, `store_errors`,
`file_errors`, `order_file_errors`, `refusal_errors`; those of items are in `item_errors`.
"""

from __future__ import annotations

from functools import singledispatch

from engine import errors
from tui.wording.reasons import system_reason
from tui.wording.stored_text import clipped
from tui.wording.translation import N_, _

_LONGEST_QUOTE = {
    **dict.fromkeys(("path", "source", "to"), 1000),
    "wanted": 200,
    "known": 300,
    "fingerprint": 60,
}
"""Of texts that are not clipped to the usual length."""


@singledispatch
def sentence_of(error: errors.PortalError) -> str:
    """The sentence of an error, in the reader's language."""
    return filled(SENTENCES[type(error)], error)


def filled(template: str, error: errors.PortalError) -> str:
    """A template in the reader's language, with the fields of the error, made fit to be read."""
    return _(template).format(**{n: _readable(n, value) for n, value in error.data.items()})


def _readable(name: str, value: object) -> str:
    if name == "reason":
        return system_reason(clipped(str(value), 200))
    text = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return clipped(text, _LONGEST_QUOTE.get(name, 40))


SENTENCES: dict[type[errors.PortalError], str] = {
    # Values
    errors.ItemUnknown: N_("“{part}” is not offered for this system."),
    errors.NothingOrdered: N_("Choose at least one item."),
    errors.LoginMalformed: N_("“{text}” is not a username: spaces and / are not allowed."),
    errors.EmailMalformed: N_("“{text}” is not an e-mail address (example: name@company.example)."),
    errors.NotUtf8: N_("These bytes are not UTF-8 text: send UTF-8, or set the terminal to it."),
    errors.PasswordTooShort: N_("The password is too short: at least {least} characters."),
    errors.PasswordTooLong: N_("The password is too long: at most {most} characters."),
    errors.PasswordTooCommon: N_("This password is too common or too simple: choose another."),
    errors.PasswordIsName: N_(
        "The password is little more than the username, the company's or a product's name."
    ),
    errors.PasswordUnchanged: N_(
        "The new password is the same as the current one: choose another."
    ),
    errors.PasswordsDiffer: N_("The two new passwords do not match."),
    errors.PasswordWrong: N_("The current password is wrong."),
    errors.CompanyOnHold: N_(
        "“{name}” is on hold: you can look things up, but not order. Ask the licence desk."
    ),
    errors.PeopleFull: N_(
        "Your company has {most} users, and may not have more: ask the licence desk."
    ),
    errors.LastAdministrator: N_(
        "Without “{login}” nobody could look after your company's people: make somebody else"
        " administrator first."
    ),
    errors.NotOneself: N_("You cannot do this to your own account: ask another administrator."),
    errors.DeskAccount: N_("“{login}”: accounts and roles of the licence desk are its own affair."),
    errors.KeycodeNotDelivered: N_(
        "No order of your company delivered a keycode like this. Type the Equipment ID too: then"
        " all mistakes are found."
    ),
    errors.SshKeyTaken: N_("This SSH key is known here already: {fingerprint}."),
    errors.PaperRepeated: N_("This was asked for already, and waits: {number}."),
    errors.OwnRequest: N_(
        "You asked for this yourself ({number}): somebody else has to decide it."
    ),
    errors.WhyRequired: N_("Say why: the person who asked reads it."),
    errors.PaperUnknown: N_("There is no request or quote {number}."),
    errors.SshKeyUnknown: N_("No open account has this SSH key: {fingerprint}."),
    errors.CommandNotOffered: N_("“{text}” is not offered over SSH. `help` lists what is."),
    errors.OptionNotOffered: N_(
        "“{text}” is not offered over SSH: files are read from and written to “-” only."
    ),
    errors.ReportUnknown: N_("“{text}” is not a report. Reports: {known}."),
    errors.GroupUnknown: N_("“{text}” is not something to group this report by: {known}."),
    errors.PeriodWrong: N_("The period ends before it begins."),
    errors.RoleUnknown: N_("“{text}” is not a role. Roles: {known}."),
    errors.ProductUnknown: N_("“{text}” is not a product. Products: {known}."),
    errors.ReleaseUnknown: N_("“{text}” is not a release of {product}. Releases: {known}."),
    errors.RowShapeWrong: N_("{found} fields where the first line has {wanted}."),
    errors.ReasonUnknown: N_("“{text}” is not a reason for this. Reasons: {known}."),
    errors.ReasonRequired: N_("Say in the note why."),
    errors.ItemNotOrdered: N_("The order {number} has no {part}."),
    errors.CorrectionUpwards: N_(
        "{part}: the order has {has}. A correction only takes away: order what is missing."
    ),
    errors.ColumnUnnamed: N_("Column {column} has no heading, and here it contains “{text}”."),
    errors.RowRepeated: N_(
        "The same order as in line {line}: change its reference, or add --again if both are meant."
    ),
    errors.SystemRepeated: N_("{equipment_id} is in line {line} already."),
    errors.AmountMalformed: N_("“{text}” is not an amount, such as 10000 or 2500.50."),
    errors.DiscountMalformed: N_("“{text}” is not a discount: per cent, from 0 to 99.99."),
    errors.DateMalformed: N_("“{text}” is not a date: write it as 24/11/2026 or 2026-11-24."),
    # Refusals
    errors.SignInRefused: N_(
        "Company name, username and password do not match, or the account is disabled."
    ),
    errors.ExportsClosed: N_("A kiosk writes no files: read the keycode on the screen."),
    errors.PasswordChangeDue: N_("Temporary password, for this login only: choose your own now."),
    errors.SystemUnknown: N_("No system with the Equipment ID {equipment_id} is known here."),
    errors.UserUnknown: N_("There is no user “{login}” in the company “{company}”."),
    errors.OrderUnknown: N_("No order “{number}” is known here."),
    errors.DraftPlaced: N_(
        "Already placed as {number}, before you changed it. Nothing more was ordered: what "
        "you see now would be another order."
    ),
    errors.ResultExists: N_(
        "Nothing was ordered: “{path}” exists already. Name another file for the keycodes with"
        " --result."
    ),
    errors.SystemHasOrders: N_(
        "{equipment_id} has orders: upgrade, move or transfer it instead of editing it."
    ),
    errors.NothingOwned: N_("The system {equipment_id} has nothing yet."),
    errors.SystemMoved: N_(
        "{equipment_id} was given up: what it had is in {other_id} now. Go on with that one."
    ),
    errors.CompanyHasIt: N_("{company} has the system {equipment_id} already."),
    errors.TargetUnusable: N_(
        "{equipment_id} cannot take its place: it has to be new, or without orders, and of the same"
        " company, product and release."
    ),
    errors.MovesUsedUp: N_(
        "This system has moved {most} times within a year: ask the licence desk."
    ),
    errors.ProofsOverdue: N_(
        "{count} moves of your company lack their proof for more than {days} days: give it first"
        " (`move list --open`), or ask the licence desk."
    ),
    errors.ProofGiven: N_("{number} has its proof already: {proof}."),
    errors.NotAMove: N_("{number} is no move."),
    errors.IdsDiffer: N_("The new Equipment ID was not typed the same twice."),
    errors.KeyUnknown: N_("There is no signing key {number}. Keys: {known}."),
    errors.NothingToReissue: N_(
        "{equipment_id}: no withdrawn key has signed its keycodes, so that they stay right."
    ),
    errors.KeyInUse: N_("Key {number} signs: make a new one first (`key rotate`)."),
    errors.NothingCorrected: N_("The order {number} is what was meant already."),
    errors.NotCorrectable: N_(
        "{number} cannot be corrected: only an order of items can, in the system it was placed for."
    ),
    errors.SystemKnown: N_("The system {equipment_id} is known already."),
    # The store
    errors.StoreMissing: N_(
        "“{path}” is not a store. `keycode-portal init` makes one; `--store` names another."
    ),
    errors.HomeUnknown: N_(
        "There is no home folder for the store: name a folder with `--store` or "
        "KEYCODE_PORTAL_STORE."
    ),
    errors.StoreNotEmpty: N_("“{path}” is not empty: a new store needs a new or an empty folder."),
    errors.StoreTooNew: N_(
        "A newer version of the portal wrote “{path}” (layout {found}, here"
        " {known}): install that version."
    ),
    errors.StoreInBoth: N_(
        "“{path}” holds a store, and its settings name a database ({database}): `copy` it there, or"
        " take the setting out."
    ),
    errors.NotForDatabase: N_(
        "“{path}” is a database: its server's own backup puts back what is damaged."
    ),
    errors.KeysNotOfStore: N_(
        "The keys in “{path}” are not those of the store: bring those of another of its servers."
    ),
    errors.ClocksApart: N_(
        "The clock of {path} and this machine's are {seconds} seconds apart: nothing is done until"
        " both are right."
    ),
    errors.StoreMoved: N_(
        "“{path}” was copied to “{to}” and is closed: work there. `copy --undo` opens it again."
    ),
    errors.CopyInUse: N_(
        "Somebody has worked in the copy “{path}” since: copy that one back, to a new folder."
    ),
    errors.StoreNotWritable: N_("“{path}” cannot be written: {reason}."),
    errors.StoreOnNetwork: N_(
        "“{path}” is on a network file system ({kind}): a store needs a local disk."
    ),
    errors.ReadFailed: N_("“{path}” could not be read: {reason}."),
    errors.WriteFailed: N_("Nothing was changed: “{path}” could not be written ({reason})."),
    # Keys
    errors.KeysUsedUp: N_(
        "All fifteen numbers of signing keys are in use: the fifteenth goes on signing. For"
        " another key, set up a new installation."
    ),
    # Files
    errors.FileUnreadable: N_("“{path}” cannot be read: {reason}."),
}

OUTCOMES: dict[errors.Unsettled, str] = {
    errors.Unsettled.ORDER: N_(
        "The disk failed at the last moment ({reason}). Confirm the same order once more: it is"
        " never placed twice."
    ),
    errors.Unsettled.SYSTEMS: N_(
        "The disk failed at the last moment ({reason}): the systems are added when the store is"
        " next opened. `system list` shows them; do not import them again."
    ),
    errors.Unsettled.KEY: N_(
        "The new key is there and does not sign yet: a step failed ({reason}). Run the same"
        " command again, which finishes this and makes no other key."
    ),
    errors.Unsettled.ERASE: N_(
        "The disk failed at the last moment ({reason}): some names may be erased already. Run the"
        " same command again to finish."
    ),
    errors.Unsettled.STORE: N_(
        "The store is in place, but the disk failed at the last step ({reason}): run"
        " `keycode-portal check` before it is used."
    ),
    errors.Unsettled.BACKUP: N_(
        "The backup was written and read back, but the disk failed at the"
        " last step ({reason}): look whether “{path}” is there, and make"
        " another one if it is not."
    ),
    errors.Unsettled.CHANGE: N_(
        "The change was made, but the disk failed right after ({reason}): look whether it is there"
        " before making it again."
    ),
}
"""Of `OutcomeUnknown`, by what settles it."""
