"""The long texts: the user guide and the legal page, `data/guide/en.md` and the like.

A document is a small part of Markdown: one `# ` title, then sections, each with a heading and an
id that is the same in every language (`## Log in {#login}`). A section is paragraphs and lists
in plain text; its lines have at most `WIDTH` characters, so that they fit a screen of 80 columns
as they are.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from engine.settings import Language

DATA = Path(__file__).parents[2] / "data"
WIDTH = 72
_HEADING = re.compile(r"^## (?P<title>.+) \{#(?P<id>[a-z-]+)\}\n", re.MULTILINE)


class Section(NamedTuple):
    """One page of a document."""

    id: str
    """Stable, the same in every language: `order-items`."""
    title: str
    text: str


def read_document(name: str, language: Language) -> list[Section]:
    """The sections of the document `name` (`guide`, `legal`), in order.

    A missing file is an `OSError`: the installation is not whole.
    """
    text = (DATA / name / f"{language}.md").read_text(encoding="utf-8")
    headings = list(_HEADING.finditer(text))
    ends = [heading.start() for heading in headings[1:]] + [len(text)]
    return [
        Section(heading["id"], heading["title"], text[heading.end() : end].strip())
        for heading, end in zip(headings, ends, strict=True)
    ]


def read_section(name: str, language: Language, section_id: str) -> Section:
    """One section of a document. `KeyError` when there is none of that id."""
    return {section.id: section for section in read_document(name, language)}[section_id]
