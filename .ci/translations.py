"""The translations: taking the messages out of the code, and holding French in step with it.

python .ci/translations.py update    after a message changed; then translate what is new
python .ci/translations.py check     fails when `update` would change something, or when
                                         a translation is missing, fuzzy or not well made
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from hatch_build import compile_translations

ROOT = Path(__file__).parents[1]
HEADING = "# Messages of keycode-portal. Made by `python .ci/translations.py update`."
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
_FIELD = re.compile(r"\{(\w*)\}")
_FRENCH_SPACES = re.compile(r" [:;!?»]|« ")
# Headers that change without a message having changed.
_RESTLESS = re.compile(
    rb'^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Report-Msgid-Bugs-To'
    rb"|Project-Id-Version|Generated-By): .*\n",
    re.MULTILINE,
)


def extract(root: Path) -> Catalog:
    """The messages of the code under `root`/tui, with the files that they stand in."""
    catalogue = Catalog(header_comment=HEADING, charset="utf-8", fuzzy=False)
    messages = extract_from_dir(root / "tui", keywords=KEYWORDS, comment_tags=["i18n:"])
    for file, _line, message, comments, context in messages:
        catalogue.add(message, None, [(f"tui/{file}", 0)], (), comments, context=context)
    return catalogue


def files(root: Path) -> Iterator[tuple[Path, bytes]]:
    """Every file of translations under `root`, with the text that it should have.

    Obsolete messages go. A new message is never guessed from an old one that resembles it: it
    is missing until somebody translates it.
    """
    template = extract(root)
    yield root / "locales" / "portal.pot", _text(template)
    for source in _sources(root):
        translation = _read(source)
        translation.update(template, no_fuzzy_matching=True)
        translation.obsolete.clear()
        yield source, _text(translation)


def faults(root: Path) -> list[str]:
    """What is wrong with the translations under `root`; empty when all is well."""
    drifted = [
        f"{path.relative_to(root)}: not in step with the code"
        for path, text in files(root)
        if not path.exists() or path.read_bytes() != text
    ]
    badly_made = [
        f"{source.relative_to(root)}: {fault}: {message.id!r}"
        for source in _sources(root)
        for message in _read(source)
        if message.id and (fault := _fault(message))
    ]
    return drifted + badly_made


def update(root: Path) -> None:
    """Bring the template and every translation in step with the code, and compile."""
    for path, text in files(root):
        path.write_bytes(text)
    compile_translations(root / "locales")


def _fault(message: Message) -> str:
    texts = _texts(message.string)
    if not all(texts):
        return "not translated"
    if message.fuzzy:
        return "fuzzy"
    asked, given = _fields(*_texts(message.id)), _fields(*texts)
    # "one keycode" may leave its number out, so of a plural only strange fields are wrong.
    if given - asked or (asked - given and not message.pluralizable):
        return "other fields in braces than the message"
    if any(_FRENCH_SPACES.search(text) for text in texts):
        return "plain space where a no-break space belongs"
    return ""


def _texts(one_or_forms: str | Iterable[str] | None) -> list[str]:
    return [one_or_forms] if isinstance(one_or_forms, str) else list(one_or_forms or [""])


def _fields(*texts: str) -> set[str]:
    return {field for text in texts for field in _FIELD.findall(text)}


def _sources(root: Path) -> list[Path]:
    return sorted((root / "locales").glob("*/LC_MESSAGES/portal.po"))


def _read(source: Path) -> Catalog:
    with source.open("rb") as file:
        return read_po(file, locale=source.parts[-3])


def _text(catalogue: Catalog) -> bytes:
    text = BytesIO()
    write_po(text, catalogue, width=100, sort_output=True, include_lineno=False)
    return _RESTLESS.sub(b"", text.getvalue())


def main(arguments: list[str]) -> int:
    """The command; returns the exit status."""
    match arguments:
        case ["update"]:
            update(ROOT)
            return 0
        case ["check"]:
            found = faults(ROOT)
            print(*(found or ["Translations are complete and in step."]), sep="\n")
            return 1 if found else 0
        case _:
            print(__doc__, file=sys.stderr)
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
