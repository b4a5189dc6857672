"""The user guide and the legal page: whole, alike in both languages, and fit for the screen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.settings import LANGUAGES, Language
from tui.wording import documents

GUIDE = """
introduction login home order-page order-id order-items order-reference order-validation
order-deliverables quotes search check change-upgrade change-correction change-move change-transfer
change-reissue keycode reports requests desk people password keys
plain ssh logout
""".split()
DOCUMENTS = [("guide", GUIDE), ("legal", ["notice", "legal", "about"])]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "ids"), DOCUMENTS)
def test_every_page_is_there_in_every_language(
    name: str, ids: list[str], language: Language
) -> None:
    sections = documents.read_document(name, language)
    assert [section.id for section in sections] == ids
    assert all(section.title and len(section.text) > 80 for section in sections)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["guide", "legal"])
def test_no_heading_was_taken_for_text_and_no_line_is_too_wide(
    name: str, language: Language
) -> None:
    for section in documents.read_document(name, language):
        for line in [section.title, *section.text.splitlines()]:
            assert not line.startswith("#"), line
            assert len(line) <= documents.WIDTH, line


def test_french_and_english_have_the_same_steps_and_lists() -> None:
    for name, _ids in DOCUMENTS:
        pages = zip(*(documents.read_document(name, lang) for lang in LANGUAGES), strict=True)
        for english, french in pages:
            assert shape(english.text) == shape(french.text), english.id


@pytest.mark.parametrize("name", ["guide", "legal"])
def test_french_has_its_no_break_spaces(name: str) -> None:
    for section in documents.read_document(name, "fr"):
        assert not re.search(r" [:;!?»]|« |\w[;!?»]", f"{section.title}\n{section.text}")


def test_the_notice_fits_the_validation_screen() -> None:
    for language in LANGUAGES:
        notice = documents.read_section("legal", language, "notice")
        assert len(notice.text.splitlines()) <= 6


def test_a_document_is_read_as_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "news").mkdir()
    written = "# News\n\n## Été [/b] {#summer}\n\nOne.\n\n- two\n\n## Autumn {#autumn}\nThree.\n"
    (tmp_path / "news" / "en.md").write_text(written, encoding="utf-8")
    monkeypatch.setattr(documents, "DATA", tmp_path)
    assert documents.read_document("news", "en") == [
        documents.Section("summer", "Été [/b]", "One.\n\n- two"),
        documents.Section("autumn", "Autumn", "Three."),
    ]
    with pytest.raises(KeyError):
        documents.read_section("news", "en", "winter")


def shape(text: str) -> list[str]:
    """The marks of lists and the gaps between paragraphs, in order."""
    return re.findall(r"^(- |\d\. |$)", text, re.MULTILINE)
