"""Words for the codes that some errors carry as their reason."""

from __future__ import annotations

import errno

from tui.wording.translation import N_, _

SYSTEM_WORDS: dict[str, str] = {
    "EACCES": N_("no permission"),
    "EPERM": N_("no permission"),
    "EROFS": N_("the file system is read-only"),
    "ENOSPC": N_("the disk is full"),
    "EDQUOT": N_("the disk quota is used up"),
    "EIO": N_("the disk reports an error"),
    "ENOENT": N_("there is no such file or folder"),
    "ENOTDIR": N_("a part of the path is not a folder"),
    "EISDIR": N_("it is a folder"),
    "EEXIST": N_("it exists already"),
    "ELOOP": N_("it is a symbolic link"),
    "EMFILE": N_("too many files are open"),
    "ENFILE": N_("too many files are open"),
    "ENOMEM": N_("there is not enough memory"),
    "EFBIG": N_("it is too large"),
    "EOVERFLOW": N_("it is too large"),
    "ENXIO": N_("it is not a regular file"),
    "ESPIPE": N_("a pipe will not do: give a file"),
    "EPIPE": N_("nobody reads it"),
    "ENAMETOOLONG": N_("the name is too long"),
    "EINVAL": N_("the system does not accept it"),
    "EILSEQ": N_("the name contains characters that are not allowed there"),
    "ENOTEMPTY": N_("the folder is not empty"),
    "EBUSY": N_("another program is using it"),
    "ETXTBSY": N_("another program is using it"),
    "EAGAIN": N_("another program is using it"),
    "EINTR": N_("it was interrupted"),
    "ENOLCK": N_("the system has no locks left"),
    "EMLINK": N_("it has too many names"),
    "EXDEV": N_("it is on another disk"),
    "ENODEV": N_("the disk is not there"),
    "ENOTCONN": N_("the disk is not there"),
    "ESTALE": N_("the disk is not there any more"),
    "EBADF": N_("it is closed"),
    "ENOSYS": N_("this system cannot do that"),
    "EOPNOTSUPP": N_("this file system cannot do that"),
    "ETIMEDOUT": N_("there was no answer in time"),
    "EADDRINUSE": N_("another program listens there already"),
    "EADDRNOTAVAIL": N_("this machine has no such address"),
    "encoding": N_("it is not UTF-8 text"),
    "unlike": N_("what was read back is not what was written"),
}
"""What the system's own words (`errno`) mean: those that a file or a socket may bring."""

TOML: dict[str, str] = {
    "encoding": N_("it is not UTF-8 text"),
    "toml": N_("this is not TOML"),
    "value": N_("this is not a value: text needs quotes"),
    "unclosed": N_("a quote or bracket is not closed"),
    "cut": N_("something is missing at its end"),
    "twice": N_("this name appears twice"),
    "too-big": N_("it has a number too long to read, or too many brackets"),
}
"""The reasons that `engine.toml_reading` lists."""

CSV: dict[str, str] = {
    "quote": N_("the quote that opens here is not closed"),
    "after-quote": N_("text follows the quote that closes the field"),
    "size": N_("the field is too long"),
    "csv": N_("this is not CSV"),
}
"""Of `CsvBroken`."""

SETTINGS: dict[str, str] = {
    "whole-number": N_("a whole number from {least} to {most}"),
    "number": N_("a number above {least}, at most {most}"),
    "text": N_("text in quotes"),
}
"""What a setting takes."""

CATALOGUE: dict[str, str] = {
    "unknown-key": N_("unknown field"),
    "missing-key": N_("this is missing"),
    "wrong-type": N_("“{value}” is of the wrong type, for example a number instead of text"),
    "wrong-choice": N_("“{value}” is not allowed here: use {allowed}"),
    "no-products": N_("there is no catalogue file in this folder"),
    "empty": N_("this is empty"),
    "pattern": N_("“{value}” is not written as it must be"),
    "too-long": N_("“{value}” is too long for a screen of 80 columns"),
    "unprintable": N_("“{value}” has characters that cannot be shown"),
    "duplicate": N_("“{value}” appears twice"),
    "outside": N_("{value} does not fit into the keycode"),
    "overlap": N_("digit {value} of the keycode is taken already"),
    "not-used": N_("{value} has no meaning for this kind of function or keycode"),
    "kind": N_("“{value}”: a quantity where on/off is expected, or vice versa"),
    "unknown": N_("the product has no “{value}”"),
    "units": N_("{value} units are not possible: at least 1, and no more than its field can hold"),
    "price": N_("{value} is not a price: above 0, at most 1,000,000, two decimals"),
}
"""The reasons that `engine.catalogue.rules` lists."""

DOCUMENT: dict[str, str] = {
    "json": N_("this is not JSON"),
    "encoding": N_("it is not UTF-8 text"),
    "too-big": N_("it is too big for an order"),
    "too-deep": N_("it is nested too deeply"),
    "duplicate-key": N_("this name appears twice"),
    "unknown-key": N_("unknown field"),
    "missing-key": N_("this is missing"),
    "quantity": N_("a quantity is a whole number from 0, without quotes"),
    "wrong-type": N_("this is of the wrong type, for example a number instead of text"),
    "draft-id": N_("1 to 64 letters, digits, dots, hyphens and underscores"),
}
"""The reasons that `engine.documents.order_json` lists."""

BACKUP: dict[str, str] = {
    "none": N_("it is not a complete portal backup"),
    "cut": N_("its end is missing"),
    "strange": N_("it contains something no backup has"),
    "changed": N_("it was changed or damaged"),
    "damaged": N_("a document in it is damaged"),
    "too-new": N_("a newer version of the portal made it"),
    "other-keys": N_("it was made with other keys, or changed by somebody without them"),
}
"""Of a backup that cannot be restored."""

DAMAGE: dict[str, str] = {
    "seal": N_("its seal is broken"),
    "json": N_("it is incomplete"),
    "shape": N_("its contents are wrong"),
    "io": N_("the disk could not read it"),
    "kind": N_("it is not a regular file"),
    "size": N_("it is far too large"),
}
"""Of a document of the store."""

KEYCODE: dict[str, str] = {
    "character": N_(
        "Keycode: character {position}, {character}, is wrong: only digits and letters are used."
    ),
    "spelling": N_(
        "Keycode: character {position}, {character}, is wrong: three or more"
        " zeros are written as one letter, G to Z."
    ),
    "product": N_("Keycode: no product has keycodes that begin like this one."),
    "reserved": N_("Keycode: character {position}, {character}, cannot be right here."),
    "empty": N_("The keycode is missing."),
}

SESSION: dict[str, str] = {
    "idle": N_("You were logged out after a period of inactivity. Log in again."),
    "age": N_("You were logged out because the session reached its time limit. Log in again."),
    "password": N_("The password was changed elsewhere. Log in again with the new one."),
    "disabled": N_("This account is disabled. The licence desk can enable it again."),
}

RIGHTS: dict[str, str] = {
    "search": N_("Your role does not allow you to read keycodes."),
    "order": N_("Your role does not allow you to order."),
    "all-companies": N_("Your role does not allow you to see other companies."),
}


def system_reason(word: str) -> str:
    """What a word of the system (`ENOSPC`) means; one without words of ours has its number."""
    if word in SYSTEM_WORDS:
        return _(SYSTEM_WORDS[word])
    number = getattr(errno, word, None)
    if number is None and not word.isidentifier():
        return word  # a sentence already
    return _("the system refuses it (error {number})").format(number=number or 0)


def reason(words: dict[str, str], code: str, **fields: str) -> str:
    """What a code means in the reader's language; a code without words is shown as it is."""
    return _(words[code]).format(**fields) if code in words else code
