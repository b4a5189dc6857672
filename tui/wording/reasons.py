"""Words for the codes that some errors carry as their reason."""

from __future__ import annotations

import errno

from engine.errors import (
    BackupFault,
    CatalogueFault,
    CsvFault,
    DocumentFault,
    KeycodeFault,
    OrderDocumentFault,
    SessionEnd,
    SettingFault,
    TomlFault,
)
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
    "charset": N_("it is neither Unicode nor Windows-1252 text"),
    "unlike": N_("what was read back is not what was written"),
}
"""What the system's own words (`errno`) mean: those that a file or a socket may bring."""

TOML: dict[TomlFault, str] = {
    TomlFault.ENCODING: N_("it is not UTF-8 text"),
    TomlFault.TOML: N_("this is not TOML"),
    TomlFault.VALUE: N_("this is not a value: text needs quotes"),
    TomlFault.UNCLOSED: N_("a quote or bracket is not closed"),
    TomlFault.CUT: N_("something is missing at its end"),
    TomlFault.TWICE: N_("this name appears twice"),
    TomlFault.TOO_BIG: N_("it has a number too long to read, or too many brackets"),
}

CSV: dict[CsvFault, str] = {
    CsvFault.QUOTE: N_("the quote that opens here is not closed"),
    CsvFault.AFTER_QUOTE: N_("text follows the quote that closes the field"),
    CsvFault.SIZE: N_("the field is too long"),
    CsvFault.CSV: N_("this is not CSV"),
}

SETTINGS: dict[SettingFault, str] = {
    SettingFault.WHOLE_NUMBER: N_("a whole number from {least} to {most}"),
    SettingFault.NUMBER: N_("a number above {least}, at most {most}"),
    SettingFault.TEXT: N_("text in quotes"),
    SettingFault.DATABASE: N_("`service=NAME` (pg_service.conf), without a password or URL,"),
}
"""What a setting takes."""

CATALOGUE: dict[CatalogueFault, str] = {
    CatalogueFault.UNKNOWN_KEY: N_("unknown field"),
    CatalogueFault.MISSING_KEY: N_("this is missing"),
    CatalogueFault.WRONG_TYPE: N_(
        "“{value}” is of the wrong type, for example a number instead of text"
    ),
    CatalogueFault.WRONG_CHOICE: N_("“{value}” is not allowed here: use {allowed}"),
    CatalogueFault.NO_PRODUCTS: N_("there is no catalogue file in this folder"),
    CatalogueFault.EMPTY: N_("this is empty"),
    CatalogueFault.PATTERN: N_("“{value}” is not written as it must be"),
    CatalogueFault.TOO_LONG: N_("“{value}” is too long for a screen of 80 columns"),
    CatalogueFault.UNPRINTABLE: N_("“{value}” has characters that cannot be shown"),
    CatalogueFault.DUPLICATE: N_("“{value}” appears twice"),
    CatalogueFault.OUTSIDE: N_("{value} does not fit into the keycode"),
    CatalogueFault.OVERLAP: N_("digit {value} of the keycode is taken already"),
    CatalogueFault.NOT_USED: N_("{value} has no meaning for this kind of function or keycode"),
    CatalogueFault.KIND: N_("“{value}”: a quantity where on/off is expected, or vice versa"),
    CatalogueFault.UNKNOWN: N_("the product has no “{value}”"),
    CatalogueFault.UNITS: N_(
        "{value} units are not possible: at least 1, and no more than its field can hold"
    ),
    CatalogueFault.PRICE: N_("{value} is not a price: above 0, at most 1,000,000, two decimals"),
}

DOCUMENT: dict[OrderDocumentFault, str] = {
    OrderDocumentFault.JSON: N_("this is not JSON"),
    OrderDocumentFault.ENCODING: N_("it is not UTF-8 text"),
    OrderDocumentFault.TOO_BIG: N_("it is too big for an order"),
    OrderDocumentFault.TOO_DEEP: N_("it is nested too deeply"),
    OrderDocumentFault.DUPLICATE_KEY: N_("this name appears twice"),
    OrderDocumentFault.UNKNOWN_KEY: N_("unknown field"),
    OrderDocumentFault.MISSING_KEY: N_("this is missing"),
    OrderDocumentFault.QUANTITY: N_("a quantity is a whole number from 0, without quotes"),
    OrderDocumentFault.WRONG_TYPE: N_(
        "this is of the wrong type, for example a number instead of text"
    ),
    OrderDocumentFault.DRAFT_ID: N_("1 to 64 letters, digits, dots, hyphens and underscores"),
}

BACKUP: dict[BackupFault, str] = {
    BackupFault.NONE: N_("it is not a complete portal backup"),
    BackupFault.CUT: N_("its end is missing"),
    BackupFault.STRANGE: N_("it contains something no backup has"),
    BackupFault.CHANGED: N_("it was changed or damaged"),
    BackupFault.DAMAGED: N_("a document in it is damaged"),
    BackupFault.TOO_NEW: N_("a newer version of the portal made it"),
    BackupFault.OTHER_KEYS: N_("it was made with other keys, or changed by somebody without them"),
}

DAMAGE: dict[DocumentFault, str] = {
    DocumentFault.SEAL: N_("its seal is broken"),
    DocumentFault.JSON: N_("it is incomplete"),
    DocumentFault.SHAPE: N_("its contents are wrong"),
    DocumentFault.IO: N_("the disk could not read it"),
    DocumentFault.KIND: N_("it is not a regular file"),
    DocumentFault.SIZE: N_("it is far too large"),
}

KEYCODE: dict[KeycodeFault, str] = {
    KeycodeFault.CHARACTER: N_(
        "Keycode: character {position}, {character}, is wrong: only digits and letters are used."
    ),
    KeycodeFault.SPELLING: N_(
        "Keycode: character {position}, {character}, is wrong: three or more"
        " zeros are written as one letter, G to Z."
    ),
    KeycodeFault.PRODUCT: N_("Keycode: no product has keycodes that begin like this one."),
    KeycodeFault.RESERVED: N_("Keycode: character {position}, {character}, cannot be right here."),
    KeycodeFault.EMPTY: N_("The keycode is missing."),
}

SESSION: dict[SessionEnd, str] = {
    SessionEnd.IDLE: N_("You were logged out after a period of inactivity. Log in again."),
    SessionEnd.AGE: N_(
        "You were logged out because the session reached its time limit. Log in again."
    ),
    SessionEnd.PASSWORD: N_("The password was changed elsewhere. Log in again with the new one."),
    SessionEnd.DISABLED: N_("This account is disabled. The licence desk can enable it again."),
}


def system_reason(word: str) -> str:
    """What a word of the system (`ENOSPC`) means; one without words of ours has its number."""
    if word in SYSTEM_WORDS:
        return _(SYSTEM_WORDS[word])
    number = getattr(errno, word, None)
    if number is None and not word.isidentifier():
        return word  # a sentence already
    return _("the system refuses it (error {number})").format(number=number or 0)
