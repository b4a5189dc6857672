"""Help and wrong use: a verb for each command, a line for each argument, no English in French."""

from __future__ import annotations

from argparse import SUPPRESS, ArgumentParser
from collections.abc import Iterator

import pytest

from engine.catalogue.toml_files import CATALOGUE_FOLDER, load_catalogue
from tests.commands.conftest import Commands
from tui.commands.parser import GROUPS, whole_parser
from tui.wording.translation import _, set_language


def _parsers(parser: ArgumentParser) -> Iterator[ArgumentParser]:
    yield parser
    for action in parser._actions:
        if isinstance(action.choices, dict):
            for below in action.choices.values():
                yield from _parsers(below)


def test_every_argument_has_a_line_of_help() -> None:
    for parser in _parsers(whole_parser()):
        for action in parser._actions:
            if not isinstance(action.choices, dict):
                assert action.help, (parser.prog, action.dest)


def test_the_french_help_is_french() -> None:
    english = {a.help for p in _parsers(whole_parser()) for a in p._actions if a.help}
    set_language("fr")
    french = {a.help for p in _parsers(whole_parser()) for a in p._actions if a.help}
    by_gettext = "show this help message and exit"  # when the program runs
    assert english & french <= {SUPPRESS, "shell", by_gettext}
    assert all(_(said) != said for said in GROUPS.values())


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_first_page_of_help(commands: Commands, language: str) -> None:
    commands.language = language
    said = commands.done("--help").out
    assert max(map(len, said.splitlines())) <= 80
    if language == "fr":
        assert "options\u00a0:" in said
        assert not {"exit", "program", "message", "options:", "arguments:"} & set(said.split())


def test_the_products_are_those_of_the_catalogue(commands: Commands) -> None:
    said = commands.done("system", "add", "--help").out
    assert f"one of: {', '.join(sorted(load_catalogue(CATALOGUE_FOLDER).products))}" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("usr",), "unknown command “usr”. Did you mean “user”?"),
        (("nonsense",), "unknown command “nonsense”. `keycode-portal --help`"),
        (("serve", "--port", "0"), "argument --port: a port is a whole number from 1 to 65535"),
        (("serve", "--port", "x"), "argument --port: a port is a whole number from 1 to 65535"),
        (("serve", "--limit", "0"), "argument --limit: the limit is a whole number from 1 to"),
    ],
)
def test_wrong_use_says_what_would_be_right(
    commands: Commands, words: tuple[str, ...], said: str
) -> None:
    answer = commands(*words)
    assert (answer.status, said in answer.err) == (2, True), answer


def test_the_language_of_the_environment_counts_before_anything_is_read(
    commands: Commands,
) -> None:
    commands.language = "fr"
    assert "choix incorrect" in commands("--language", "de").err
    assert "arguments are required" in commands("--language", "en", "show").err
    commands.language = "en"
    assert "are required" in commands("show", LANGUAGE="fr").err
