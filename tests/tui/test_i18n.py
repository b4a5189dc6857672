"""Speaking English and French, and what happens when a translation is not there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from engine.settings import LANGUAGES
from hatch_build import compile_translations
from tui.wording import translation

FRENCH = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\nPlural-Forms: nplurals=2; plural=(n > 1);\\n"

msgid "Log in"
msgstr "Se connecter"

msgctxt "a licence"
msgid "Key"
msgstr "Clé"

msgid "Key"
msgstr "Touche"

msgid "{count} order"
msgid_plural "{count} orders"
msgstr[0] "{count} commande"
msgstr[1] "{count} commandes"
"""


@pytest.fixture
def french(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The compiled French of an installation that knows the messages above."""
    folder = tmp_path / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "portal.po").write_text(FRENCH, encoding="utf-8")
    compile_translations(tmp_path)
    monkeypatch.setattr(translation, "LOCALES", tmp_path)
    return folder / "portal.mo"


def test_english_is_spoken_first_and_needs_no_file(french: Path) -> None:
    french.unlink()
    translation.set_language("en")
    assert translation.language() == "en"
    assert translation._("Log in") == "Log in"
    assert translation.ngettext("{count} order", "{count} orders", 0) == "{count} orders"
    assert translation.ngettext("{count} order", "{count} orders", 1) == "{count} order"
    assert translation.pgettext("a licence", "Key") == "Key"


def test_french_translates_what_it_knows(french: Path) -> None:
    translation.set_language("fr")
    assert translation.language() == "fr"
    assert translation._("Log in") == "Se connecter"
    assert translation._(translation.N_("Key")) == "Touche"
    assert translation.pgettext("a licence", "Key") == "Clé"
    assert translation._("never heard") == "never heard"


def test_french_counts_nought_as_singular(french: Path) -> None:
    translation.set_language("fr")
    forms = [translation.ngettext("{count} order", "{count} orders", count) for count in (0, 1, 2)]
    assert forms == ["{count} commande", "{count} commande", "{count} commandes"]


def test_an_empty_text_is_not_the_heading_of_the_catalogue(french: Path) -> None:
    translation.set_language("fr")
    assert translation._("") == ""


@pytest.mark.parametrize("damage", [None, b"", b"not a catalogue", b"\xde\x12\x04\x95cut"])
def test_a_missing_or_damaged_translation_is_named_and_changes_nothing(
    french: Path, damage: bytes | None
) -> None:
    if damage is None:
        french.unlink()
    else:
        french.write_bytes(damage)
    with pytest.raises(translation.TranslationMissing, match=r"fr/LC_MESSAGES/portal\.mo"):
        translation.set_language("fr")
    assert translation.language() == "en"
    assert translation._("Log in") == "Log in"


def test_this_checkout_speaks_every_language() -> None:
    for language in LANGUAGES:
        translation.set_language(language)
        assert translation.language() == language


def test_english_imports_no_gettext_and_no_babel() -> None:
    program = (
        "import sys; from tui.wording import formats, translation; translation.set_language('en');"
        " formats.number(57);"
        "sys.exit(bool({'gettext', 'babel'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
