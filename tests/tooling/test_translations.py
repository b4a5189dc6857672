"""The check of translations finds each way in which they can be out of step or badly made."""

from __future__ import annotations

from pathlib import Path

import pytest

import translations

CODE = """
from tui.wording.translation import N_, _, ngettext, pgettext
_("Log in")
N_("Search: {text}")
ngettext("{count} order", "{count} orders", 2)
pgettext("a licence", "Key")
"""
FRENCH = {
    "Log in": "Se connecter",
    "Search: {text}": "Recherche\u00a0: {text}",
    "Key": "Clé",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A checkout with one module, completely translated."""
    (tmp_path / "tui").mkdir()
    (tmp_path / "tui" / "login.py").write_text(CODE, encoding="utf-8")
    source(tmp_path).parent.mkdir(parents=True)
    source(tmp_path).write_text('msgid ""\nmsgstr "Language: fr\\n"\n', encoding="utf-8")
    translations.update(tmp_path)
    for message, text in FRENCH.items():
        edit(tmp_path, f'msgid "{message}"\nmsgstr ""', f'msgid "{message}"\nmsgstr "{text}"')
    edit(tmp_path, 'msgstr[0] ""', 'msgstr[0] "une commande"')
    edit(tmp_path, 'msgstr[1] ""', 'msgstr[1] "{count} commandes"')
    return tmp_path


def source(root: Path) -> Path:
    return root / "locales" / "fr" / "LC_MESSAGES" / "portal.po"


def edit(root: Path, old: str, new: str, file: str = "locales/fr/LC_MESSAGES/portal.po") -> None:
    text = (root / file).read_text(encoding="utf-8")
    assert old in text
    (root / file).write_text(text.replace(old, new), encoding="utf-8")


def test_complete_and_in_step(root: Path) -> None:
    assert translations.faults(root) == []


def test_moved_lines_are_no_drift(root: Path) -> None:
    edit(root, '_("Log in")', '\n\n\n_("Log in")', "tui/login.py")
    assert translations.faults(root) == []


def test_update_keeps_what_is_translated_and_forgets_what_is_gone(root: Path) -> None:
    edit(root, '_("Log in")', '_("Log in now")', "tui/login.py")
    assert len(translations.faults(root)) == 2  # the template and the French
    translations.update(root)
    assert translations.faults(root) == [
        "locales/fr/LC_MESSAGES/portal.po: not translated: 'Log in now'"
    ]
    text = source(root).read_text(encoding="utf-8")
    assert "Clé" in text
    assert "Se connecter" not in text


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('"Clé"', '""', "not translated"),
        ('"{count} commandes"', '""', "not translated"),
        ('msgid "Log in"', '#, fuzzy\nmsgid "Log in"', "fuzzy"),
        ("Recherche\u00a0: {text}", "Recherche", "other fields in braces than the message"),
        ("{count} commandes", "{total} commandes", "other fields in braces than the message"),
        ("Recherche\u00a0:", "Recherche :", "plain space where a no-break space belongs"),
        ("Se connecter", "« Connexion »", "plain space where a no-break space belongs"),
    ],
)
def test_a_badly_made_translation_is_named(root: Path, old: str, new: str, fault: str) -> None:
    edit(root, old, new)
    assert any(f": {fault}: " in found for found in translations.faults(root))
