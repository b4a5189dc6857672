"""`copy FROM TO` as a licence desk uses it: to another disk, and back again when in doubt."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.conftest import SYSTEM, USER, Commands


@pytest.fixture
def new(tmp_path: Path) -> Commands:
    """Another disk, with nothing on it."""
    (tmp_path / "new").mkdir()
    return Commands(tmp_path / "new")


def test_a_store_goes_to_another_disk_and_orders_go_on(installed: Commands, new: Commands) -> None:
    document = installed.document(draft_id="before")
    first = installed.done("order", document, "--as", USER, "--json").json
    made = installed.done("copy", str(installed.store), str(new.store))
    assert made.out == f"{new.store}\n"
    assert "3  systems" in made.err
    assert "All of it was read again and is the same." in made.err

    for command in (("order", "list"), ("check",), ("backup", str(new.folder / "b"))):
        refused = installed(*command)
        assert refused.status == 1
        assert f"was copied to “{new.store}” and is closed: work there." in refused.err
    assert "est fermée" in installed("order", "list", KEYCODE_PORTAL_LANGUAGE="fr").err

    new.done("check")
    assert new.done("show", SYSTEM, "--json").json["orders"] == [first]
    again = new.done("order", document, "--as", USER, "--json")
    assert again.json["order"] == first["order"]
    new.done("order", new.document(items={"BHW1095A": 1}, draft_id="after"), "--as", USER)
    new.done("check")
    assert "store copied and closed" in new.done("audit").out
    refused = installed("copy", "--undo", str(installed.store))
    assert (refused.status, "copy that one back" in refused.err) == (1, True)


def test_a_copy_that_nobody_used_is_undone(installed: Commands, new: Commands) -> None:
    told = installed.done("copy", str(installed.store), str(new.store), "--json").json
    assert told["systems"]["number"] == 3
    assert len(told["audit log"]["sha256"]) == 64
    undone = installed.done("copy", "--undo", str(installed.store), "--json")
    assert undone.json == {"path": str(installed.store), "copy": str(new.store)}
    installed.done("order", installed.document(), "--as", USER)
    installed.done("check")
    assert new("check").status == 1
    said = installed.done("copy", "--undo", str(installed.store)).err
    assert said == f"“{installed.store}” is open: it was not copied.\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "FROM"),
        (("FROM",), "Give FROM and TO, or --undo and FROM."),
        (("--undo", "FROM", "TO"), "Give FROM and TO, or --undo and FROM."),
    ],
)
def test_what_copies_nothing_is_wrong_use(
    commands: Commands, words: tuple[str, ...], said: str
) -> None:
    answer = commands("copy", *words)
    assert (answer.status, said in answer.err) == (2, True)


def test_nothing_is_copied_over_a_store(installed: Commands) -> None:
    answer = installed("copy", str(installed.store), str(installed.store))
    assert (answer.status, "is not empty" in answer.err) == (1, True)
    answer = installed("copy", str(installed.folder), str(installed.folder / "new"))
    assert (answer.status, "is not a store" in answer.err) == (1, True)
    assert not (installed.folder / "new").exists()
    installed.done("check")
