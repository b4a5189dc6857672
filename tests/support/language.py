"""What the portal says, in a language."""

from __future__ import annotations

from engine.settings import Language
from tui.wording import translation


def said_in(language: Language, message: str) -> str:
    """A message as the portal says it in this language. The tests' own stays English."""
    translation.set_language(language)
    try:
        return translation._(message)
    finally:
        translation.set_language("en")


def in_french(message: str) -> str:
    """A message as the portal says it in French."""
    return said_in("fr", message)
