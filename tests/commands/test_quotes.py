"""`quote`: from a document to an order, in text, CSV and JSON."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.commands.conftest import SYSTEM, Commands

USER = ("--as", "Société d'Essai/jdupont")
OTHER = ("--as", "Société d'Essai/deux")


@pytest.fixture
def quoted(installed: Commands) -> Commands:
    """With the first quote of the year."""
    installed.done("quote", "new", installed.document(), *USER)
    return installed


def number(quoted: Commands) -> str:
    return str(quoted.done("quote", "list", "--json").json[0]["quote"])


def test_a_quote_becomes_one_order(quoted: Commands) -> None:
    of = number(quoted)
    assert of.endswith("-000001")
    assert quoted("order", "list").status == 1
    said = quoted.done("quote", "order", of, *USER, "--json")
    order = said.json["order"]
    again = quoted.done("quote", "order", of.lower(), *USER, "--json")
    assert again.json == said.json
    assert "placed before" in again.err
    shown = quoted.done("quote", "show", of, "--json").json
    assert (shown["state"], shown["order"]) == ("ordered", order)
    assert quoted("quote", "list").status == 1
    assert of in quoted.done("quote", "list", "--all").out
    assert "quote ordered" in quoted.done("audit").out


def test_eight_processes_order_one_quote(quoted: Commands) -> None:
    of = number(quoted)

    def order(_: int) -> str:
        return str(quoted.done("quote", "order", of, *USER, "--json").json["order"])

    with ThreadPoolExecutor(8) as pool:
        assert {*pool.map(order, range(8))} == {f"{SYSTEM}-0001"}
    assert len(quoted.done("order", "list", "--json").json) == 1
    log = quoted.done("audit", "--json").json
    assert [line["event"] for line in log].count("quote-order") == 1
    quoted.done("check")


def test_what_a_customer_gets_looks_like_no_order(quoted: Commands) -> None:
    of = number(quoted)
    text = quoted.done("quote", "export", of).out
    assert "QUOTE: no keycode, nothing ordered" in text
    assert SYSTEM in text
    path = quoted.done("quote", "export", of, "--file").out.strip()
    assert path.startswith(f"{quoted.store}/export/{of}")
    quoted.language = "fr"
    french = quoted.done("quote", "export", of).out
    assert "DEVIS : aucune clé, rien n’est commandé" in french.replace("\u00a0", " ")
    assert max(map(len, (text + french).splitlines())) <= 80


def test_the_same_amounts_in_every_form(quoted: Commands) -> None:
    answer = quoted.done("quote", "show", number(quoted), "--json").json
    rows = quoted.done("quote", "export", number(quoted), "--csv", "-").out.splitlines()[1:]
    assert [row.split(",")[5] for row in rows] == [item["total"] for item in answer["items"]]
    listed = quoted.done("quote", "list", "--csv", "-").out.splitlines()[1]
    assert f",{answer['total']}," in listed


def test_a_copy_for_another_system_and_the_first_withdrawn(quoted: Commands) -> None:
    of = number(quoted)
    copied = quoted.done("quote", "copy", of, "--for", "03FFFF0302B17", *USER, "--json").json
    assert copied["equipment_id"] == "03FFFF0302B17"
    quoted.done("quote", "withdraw", of, *USER)
    refused = quoted("quote", "order", of, *USER)
    assert (refused.status, refused.err) == (1, f"The quote {of} is withdrawn.\n")
    assert quoted.done("quote", "list", "smith").out.count("Q-") == 1


def test_over_the_limit_two_people_are_needed(quoted: Commands) -> None:
    quoted.done("company", "edit", "Société d'Essai", "--four-eyes-over", "1000")
    assert quoted.done("company", "list", "--json").json[0]["four_eyes_over"] == "1000"
    assert "(two people over 1000)" in quoted.done("company", "list").out
    assert ",1000.00" in quoted.done("company", "list", "--csv", "-").out
    refused = quoted("order", "place", quoted.document(), *USER, "--json")
    assert refused.json["error"] == "SecondPersonNeeded"
    refused = quoted("quote", "order", number(quoted), *USER)
    assert "somebody else has to order from it" in refused.err
    quoted.done(
        *("user", "add", "Société d'Essai", "deux", "--last-name", "Deux"),
        *("--first-name", "Anne", "--email", "deux@essai.example"),
    )
    assert quoted.done("quote", "order", number(quoted), *OTHER).out


def test_what_is_no_quote_is_said(quoted: Commands, refused: Callable[..., str]) -> None:
    assert "no request or quote Q-1999-000001" in refused("quote", "show", "Q-1999-000001")
    assert "“much” is not an amount" in refused(
        "company", "edit", "Demo Telecom", "--four-eyes-over", "much"
    )
    assert "--discount or --four-eyes-over" in refused("company", "edit", "Demo Telecom", status=2)
    assert "--as needs a company" in refused("quote", "order", "Q-1999-000001", status=2)
    wrong = quoted("quote", "new", quoted.document(items={"BHW1095A": "x"}), *USER)
    assert wrong.status == 1


def test_a_licensee_is_erased_from_quotes(quoted: Commands) -> None:
    erased = quoted.done("erase", "--licensee", "John Smith", "--yes")
    assert "1 quote" in erased.err
    assert "John Smith" not in quoted.done("quote", "list", "--json").out


def test_quotes_go_with_a_backup(quoted: Commands, tmp_path: Path) -> None:
    of = number(quoted)
    before = quoted.done("quote", "show", of, "--json").json
    backup = str(tmp_path / "backup")
    quoted.done("backup", backup)
    quoted.done("quote", "order", of, *USER)
    elsewhere = Commands(tmp_path / "elsewhere")
    elsewhere.folder.mkdir()
    elsewhere.done("restore", backup, KEYCODE_PORTAL_KEYS=f"{quoted.store}-keys")
    shown = elsewhere.done(
        "quote", "show", of, "--json", KEYCODE_PORTAL_KEYS=f"{quoted.store}-keys"
    )
    assert shown.json == before
    quoted.done("check")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_list_fits_80_columns(quoted: Commands, language: str) -> None:
    quoted.done("company", "add", "A Company With A Rather Long Name For A Company")
    long = {"licensee": "Société Générale d’Électricité du Sud-Ouest et de ses Filiales"[:60]}
    quoted.done("quote", "new", quoted.document(**long), *USER)
    quoted.language = language
    for words in (("quote", "list"), ("quote", "list", *USER), ("quote", "show", number(quoted))):
        lines = quoted.done(*words).out.splitlines()
        assert max(map(len, lines)) <= 80, words
