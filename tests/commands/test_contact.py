"""Whom users ask: `init` asks, `check` reminds, nothing is required."""

from __future__ import annotations

from tests.commands.conftest import Commands
from tests.commands.test_starting import talk

UNSET = "No contact is set"


def test_the_options_of_init_are_settings(commands: Commands) -> None:
    said = commands.done("init", "--contact-name", 'The "desk"', "--contact-email", "a@b.example")
    assert UNSET not in said.err
    settings = (commands.store / "settings.toml").read_text()
    assert settings == 'contact_name = "The \\"desk\\""\ncontact_email = "a@b.example"\n'
    assert UNSET not in commands.done("check").err


def test_a_contact_that_is_none_makes_no_store(commands: Commands) -> None:
    answer = commands("init", "--contact-email", "nobody")
    assert (answer.status, "“nobody” is not an e-mail address" in answer.err) == (1, True)
    assert not commands.store.exists()


def test_init_without_a_terminal_says_the_line_to_add(commands: Commands) -> None:
    for answer in (commands.done("init"), commands.done("check")):
        assert UNSET in answer.err
        assert f"{commands.store}/settings.toml" in answer.err
        assert 'contact_email = "desk@example.com"' in answer.err


def test_init_asks_on_a_terminal(commands: Commands) -> None:
    status, said = talk(commands, "The desk\n\n4711\n", "init")
    assert (status, "Press Enter to skip a question" in said) == (0, True)
    settings = (commands.store / "settings.toml").read_text()
    assert settings == 'contact_name = "The desk"\ncontact_phone = "4711"\n'
