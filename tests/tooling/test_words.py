"""What people read: French without English, guides whose labels are on the screens, and English
without the turns of phrase that read as translated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from engine.catalogue.toml_files import load_catalogue
from engine.settings import LANGUAGES, Language
from tests.support.environment import ROOT

PROSE = ("guide", "legal")
ENGLISH = (
    "the of and is are was were with this that which these those has have had been be from by its "
    "you your not what who when where while there their them they will would should must can "
    "cannot only order orders keycode keycodes file line equipment search back "
    "address company user username owned unlocks release product country postcode quantity"
)
"""Words that French has not. Its own `on`, `or`, `an`, `a`, `me`, `date`, `code` and `total` are
missing here, and `licence`."""
LITERAL = re.compile(
    r"equipment_id, product, release, company|`[^`]*`|\{#?[\w-]*\}|%\(\w+\)\w|--[\w-]+"
    r"|https?://\S+|\S+@\S+|\b\w+\.(?:csv|toml|result|damaged)\b|keycode-portal|Keycode Portal"
    r"|KEYCODE_PORTAL\w*|\w+_\w+|add, \w+(?:-\w+)?(?:, [\w-]+)*|list, rotate|show, check"
    r"|ssh keycodes@HOST \w+|[<>]\w+\.(?:json|txt)"
    r"|GNU screen|set-clipboard|allow-passthrough|English"
)
"""What is typed or named as it is in every language."""
TRANSLATED = re.compile(
    r"\b(?:anew|whoever|spoilt|at once|lead(?:s|ing)? (?:to|back)|goes over the line|under way"
    r"|stands? (?:there|in|here|at|for it)|belongs? into|holds? (?:the|no|what)|as if nobody"
    r"|by itself|a line a|an order a row|is no (?:text|backup|country|username))\b",
    re.IGNORECASE,
)
"""What a reader of the first version stumbled over."""


def french() -> Catalog:
    with (ROOT / "locales" / "fr" / "LC_MESSAGES" / "portal.po").open("rb") as file:
        return read_po(file, locale="fr")


def messages() -> Iterator[tuple[str, str]]:
    """Every message and its French, forms of the plural one by one."""
    for message in french():
        if message.id:
            yield from zip(forms(message.id), forms(message.string), strict=False)


def forms(text: str | Iterable[str] | None) -> list[str]:
    return [text] if isinstance(text, str) else list(text or ())


def prose(language: Language) -> str:
    """The guide and the legal page, every paragraph on one line."""
    texts = [(ROOT / "data" / name / f"{language}.md").read_text("utf-8") for name in PROSE]
    return re.sub(r"\s+", " ", "\n".join(texts))


def names(language: Language) -> list[str]:
    products = load_catalogue(ROOT / "data" / "catalogue").products.values()
    items = [item.name for product in products for item in product.items]
    functions = [function.name for product in products for function in product.functions]
    return [name.in_language(language) for name in (*items, *functions)]


def english_in(text: str) -> list[str]:
    words = re.findall(r"[a-zà-ÿœ]+", LITERAL.sub(" ", text).casefold())
    return sorted(set(words) & set(ENGLISH.split()))


@pytest.mark.parametrize("said", ["Keycode de the system", "Une keycode", "Aucun order trouvé"])
def test_english_in_french_is_seen(said: str) -> None:
    assert english_in(said)


def test_no_message_has_english_in_its_french() -> None:
    found = {said: words for _english, said in messages() if (words := english_in(said))}
    assert found == {}


def test_guide_legal_page_and_catalogue_have_no_english_in_their_french() -> None:
    assert english_in(prose("fr")) == []
    assert {name: words for name in names("fr") if (words := english_in(name))} == {}


def labels(language: Language) -> list[str]:
    """Everything that the interface says, and the titles of the pages."""
    said = [pair[0 if language == "en" else 1] for pair in messages()]
    titles = re.findall(r"^##? (.+?)(?: \{.*)?$", raw(language), re.MULTILINE)
    return [plain(text) for text in (*said, *titles)]


def raw(language: Language) -> str:
    return "\n".join((ROOT / "data" / n / f"{language}.md").read_text("utf-8") for n in PROSE)


def plain(text: str) -> str:
    return re.sub(r"\{\w*\}", "…", text).replace("\u00a0", " ").strip(" :")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_guide_quotes_is_on_a_screen(language: Language) -> None:
    quotes = {"en": r"“(.+?)”", "fr": r"«\s(.+?)\s»"}[language]
    quoted = {plain(text) for text in re.findall(quotes, prose(language))}
    known = labels(language)
    unknown = {
        text
        for text in quoted - {"<", "?", "??", "?fr", "?en"}
        if not any(same(text, label) for label in known)
    }
    assert len(quoted) > 15
    assert unknown == set()


def same(quoted: str, label: str) -> bool:
    """Whether the guide's words are that label; `…` in the guide is whatever fills its place."""
    return re.fullmatch(re.escape(quoted).replace("…", ".+"), label.rstrip(".")) is not None


def test_the_english_does_not_read_as_translated() -> None:
    texts = {message for message, _french in messages()} | {prose("en")}
    texts |= set((ROOT / "README.md").read_text("utf-8").split("\n"))
    found = {match[0]: text[:200] for text in texts if (match := TRANSLATED.search(text))}
    assert found == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_equipment_id_has_one_name(language: Language) -> None:
    other = {"en": r"Hardware ID|System ID", "fr": r"Equipment ID|Hardware ID"}[language]
    said = [pair[0 if language == "en" else 1] for pair in messages()]
    assert [text for text in (*said, raw(language)) if re.search(other, text)] == []
