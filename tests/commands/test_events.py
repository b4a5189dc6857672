"""The feed of events: numbered, resumable, and waited for."""

from __future__ import annotations

import json
import subprocess

from tests.commands.conftest import Commands
from tests.support.environment import COMMAND


def feed(commands: Commands, *words: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in commands.done("events", "--json", *words).out.splitlines()]


def test_whoever_goes_on_after_the_last_number_misses_nothing(installed: Commands) -> None:
    every = feed(installed)
    assert [each["number"] for each in every] == list(range(1, len(every) + 1))
    assert [each["event"] for each in every] == [
        each["event"] for each in installed.done("audit", "--json").json
    ]
    read: list[dict[str, object]] = []
    while new := feed(installed, "--after", str(len(read)), "--limit", "2"):
        read += new
    assert read == every
    installed.done("company", "add", "Nouvelle")
    (added,) = feed(installed, "--after", str(len(every)))
    assert (added["number"], added["event"]) == (len(every) + 1, "company-add")


def test_it_waits_for_what_comes(installed: Commands) -> None:
    last = len(feed(installed))
    words = [str(COMMAND), "events", "--after", str(last), "--wait", "60", "--json"]
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, env=installed.environment(), text=True
    ) as waiting:
        installed.done("company", "add", "Nouvelle")
        out, _err = waiting.communicate(timeout=60)
    assert waiting.returncode == 0
    assert json.loads(out)["event"] == "company-add"
    assert feed(installed, "--after", str(last + 1), "--wait", "0") == []


def test_what_came_meanwhile_has_its_name_in_the_text(installed: Commands) -> None:
    last = len(feed(installed))
    words = [str(COMMAND), "events", "--after", str(last), "--wait", "60"]
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, env=installed.environment(), text=True
    ) as waiting:
        installed.done("company", "add", "Nouvelle")
        out, _err = waiting.communicate(timeout=60)
    assert out.rstrip().endswith("company added Nouvelle")


def test_as_text_and_with_wrong_numbers(installed: Commands) -> None:
    said = installed.done("events", "--limit", "1").out
    assert said.startswith("1  ")
    for words in (("--after", "x"), ("--wait", "-1")):
        refused = installed("events", *words)
        assert refused.status == 2
        assert "is a whole number" in refused.err
