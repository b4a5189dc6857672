"""The language that the portal speaks, and the words that ask for a translation.

The current language is the one global of the interface. It is right here because one process
serves one person: an operator's session, or one command.

English is written in the code and needs no file. French is `locales/fr/LC_MESSAGES/portal.mo`,
compiled from `portal.po` when the project is installed.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from gettext import GNUTranslations

    from engine.settings import Language

LOCALES = Path(__file__).parents[2] / "locales"
DOMAIN = "portal"
Said = TypeVar("Said")


class TranslationMissing(RuntimeError):
    """The installation has no compiled translation for a language of the portal."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is missing or damaged: install keycode-portal again")
        self.path = path


_language: Language = "en"
_catalogue: GNUTranslations | None = None


def set_language(language: Language) -> None:
    """Speak that language from now on. Raises `TranslationMissing`, and then nothing changes."""
    global _language, _catalogue  # noqa: PLW0603  # the one global: see the module
    _catalogue = _load(language)
    _language = language


def language() -> Language:
    """The language spoken now."""
    return _language


def other_language() -> Language:
    """The one that is not spoken now."""
    return "en" if _language == "fr" else "fr"


def _(message: str) -> str:
    """The message in the current language."""
    # The empty text is the catalogue's own heading.
    return _catalogue.gettext(message) if _catalogue and message else message


def in_language(language: Language, say: Callable[[], Said]) -> Said:
    """What is said in that language, whichever is spoken otherwise."""
    before = _language
    set_language(language)
    try:
        return say()
    finally:
        set_language(before)


def ngettext(singular: str, plural: str, number: int) -> str:
    """The form for that number, in the current language (French: 0 and 1 are singular)."""
    if _catalogue:
        return _catalogue.ngettext(singular, plural, number)
    return singular if number == 1 else plural


def pgettext(context: str, message: str) -> str:
    """The message as it is meant in that context, in the current language."""
    return _catalogue.pgettext(context, message) if _catalogue else message


def N_(message: str) -> str:  # noqa: N802  # gettext's own name
    """Marks a message that is translated later, when it is shown: `_(message)`."""
    return message


def _load(language: Language) -> GNUTranslations | None:
    if language == "en":
        return None
    from gettext import GNUTranslations

    path = LOCALES / language / "LC_MESSAGES" / f"{DOMAIN}.mo"
    try:
        with path.open("rb") as file:
            return GNUTranslations(file)
    except (OSError, ValueError, struct.error) as error:
        raise TranslationMissing(path) from error
