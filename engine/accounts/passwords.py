"""Passwords: how they are kept, and which are good enough.

Kept as `kp1$` + bcrypt(base64(HMAC-SHA-384(pepper, NFC(password)))): the keyed pre-hash takes
passwords of any length past bcrypt's 72 bytes, and makes a stolen store worthless without the
pepper, which lies with the signing keys. This is the only module that imports bcrypt.
"""

from __future__ import annotations

import base64
import hmac
import re
import secrets
import unicodedata
from functools import cache
from pathlib import Path

from engine.accounts.people import same_name
from engine.errors import (
    PasswordIsName,
    PasswordTooCommon,
    PasswordTooLong,
    PasswordTooShort,
)

MOST = 128
"""Most characters of a password, composed (NFC)."""
_MOST_TYPED = 4 * MOST
"""As many characters can become `MOST` when they are composed. Longer texts are not looked at:
composing takes time that grows with the square of a run of accents."""
_SCHEME = "kp1$"
_HASH = re.compile(r"kp1\$\$2b\$(0[4-9]|1[0-6])\$[./A-Za-z0-9]{21}[.Oeu][./A-Za-z0-9]{31}")
"""With the costs that can be set: at 31 a comparison would take days."""
_BETWEEN = re.compile(r"[\W\d_]+")
_OURS = ("Keycode Portal",)
_COMMON = Path(__file__).parents[2] / "data" / "passwords" / "common.txt"
_ISSUED_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_ISSUED_GROUPS, _ISSUED_GROUP = 6, 4  # 24 characters of 31: 118 bits
_RUNS = (
    "0123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "azertyuiopqsdfghjklmwxcvbn",
    "qwertzuiopasdfghjklyxcvbnm",
)
_ROWS = tuple(row * (MOST // len(row) + 2) for run in _RUNS for row in (run, run[::-1]))


class Passwords:
    """Hashing and checking with the installation's pepper and cost."""

    def __init__(self, pepper: bytes, cost: int) -> None:
        self._pepper = pepper
        self._cost = cost
        self._nobody: bytes | None = None

    def hash(self, password: str) -> str:
        """The hash to keep. Takes about 0.3 s at cost 12: never on an event loop."""
        import bcrypt

        return _SCHEME + bcrypt.hashpw(self._prehash(password), bcrypt.gensalt(self._cost)).decode()

    def verify(self, password: str, kept: str | None) -> bool:
        """Whether this is the password. Exactly one bcrypt whatever is given; `kept` None
        (nobody to compare with) takes as long and is False."""
        import bcrypt

        known = kept is not None and is_hash(kept) and len(password) <= _MOST_TYPED
        against = kept.removeprefix(_SCHEME).encode() if kept and known else self._no_one()
        return bcrypt.checkpw(self._prehash(password[:_MOST_TYPED]), against) and known

    def outdated(self, kept: str) -> bool:
        """Whether a hash was made at a lower cost than today's."""
        return int(kept.removeprefix(_SCHEME).split("$")[2]) < self._cost

    def _prehash(self, password: str) -> bytes:
        # What is no text (a lone surrogate) stays itself, so that no two passwords are one.
        data = composed(password).encode("utf-8", "surrogatepass")
        return base64.b64encode(hmac.digest(self._pepper, data, "sha384"))

    def _no_one(self) -> bytes:
        """A well-formed hash of nothing, made without a bcrypt of its own."""
        if self._nobody is None:
            import bcrypt

            self._nobody = bcrypt.gensalt(self._cost) + b"." * 31
        return self._nobody


def is_hash(kept: str) -> bool:
    """Whether this can be compared with a password: something else, in a file that somebody has
    changed, lets nobody in."""
    return _HASH.fullmatch(kept) is not None


def composed(password: str) -> str:
    """The form in which passwords count (NFC): the same, however a keyboard makes its accents."""
    return unicodedata.normalize("NFC", password)


def check_new_password(password: str, least: int, names: tuple[str, ...]) -> None:
    """Refuse a password that is too weak; no composition rules.

    `least` is the fewest characters, `names` what it must not be (login, company, product). What
    is common, or a name, is no better repeated, or with digits and signs: there only letters count.
    Raises `PasswordTooShort`, `PasswordTooLong`, `PasswordIsName`, `PasswordTooCommon`.
    """
    length = len(password if len(password) > _MOST_TYPED else composed(password))
    if length < least:
        raise PasswordTooShort(length=length, least=least)
    if length > MOST:
        raise PasswordTooLong(length=length, most=MOST)
    folded, letters = same_name(password), _letters(password)
    if folded in map(same_name, names) or _is_made_of(letters, _words((*names, *_OURS))):
        raise PasswordIsName()
    if folded in _common() or _repeated(letters) in _common_words() or _is_pattern(folded):
        raise PasswordTooCommon()


def _letters(text: str) -> str:
    """The letters alone, without case and accents."""
    return "".join(filter(str.isalpha, unicodedata.normalize("NFKD", text.casefold())))


def _repeated(text: str) -> str:
    """The part that is there over and over, or all of it."""
    return text[: (text + text).find(text, 1)]


def _words(names: tuple[str, ...]) -> set[str]:
    """The names, and each of their longer words."""
    words = {_letters(word) for name in names for word in _BETWEEN.split(same_name(name))}
    return {_letters(name) for name in names} | {word for word in words if len(word) > 2}


def _is_made_of(text: str, words: set[str]) -> bool:
    """Whether a text is these words, one after the other."""
    ends = {0}
    for end in range(1, len(text) + 1):
        if any(text.endswith(w, 0, end) and end - len(w) in ends for w in words if w):
            ends.add(end)
    return bool(text) and len(text) in ends


def _is_pattern(text: str) -> bool:
    """A few characters only, something over and over, or a row of the alphabet or a keyboard."""
    over_and_over = text in (text + text)[1:-1]
    return len(set(text)) < 4 or over_and_over or any(text in row for row in _ROWS)


def issue_password() -> str:
    """A password for the licence desk to hand over: easy to read out, 118 bits."""
    groups = (
        "".join(secrets.choice(_ISSUED_ALPHABET) for _ in range(_ISSUED_GROUP))
        for _ in range(_ISSUED_GROUPS)
    )
    return "-".join(groups)


@cache
def _common() -> frozenset[str]:
    return frozenset(_COMMON.read_text(encoding="utf-8").split("\n"))


@cache
def _common_words() -> frozenset[str]:
    """The letters of the common ones, where they make a word."""
    return frozenset(word for word in map(_letters, _common()) if len(word) > 3)
