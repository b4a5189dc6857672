"""`report`: a table with bars, CSV and JSON, in both languages and within 80 columns."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.commands.conftest import SYSTEM, Commands

PERIOD = ("--from", "2007-01-01", "--to", "31/12/2008")


def test_the_rows_add_up_in_every_form(shared: Commands) -> None:
    answer = shared.done("report", "orders", *PERIOD, "--by", "month,company", "--json").json
    assert answer["by"] == ["month", "company"]
    assert answer["rows"][0]["company"] == "Demo Telecom"
    assert sum(row["count"] for row in answer["rows"]) == answer["sums"][0]["count"] == 10
    table = shared.done("report", "orders", *PERIOD, "--by", "month,company", "--csv", "-").out
    head, *rows = table.lstrip("\ufeff").splitlines()
    assert head == "month,company,currency,count,amount"
    assert len(rows) == len(answer["rows"])
    own = shared.done("report", "orders", *PERIOD, "--as", "Other Telecom/mmartin", "--json").json
    assert own["sums"][0]["count"] == 1


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("kind", ["orders", "items", "companies", "systems", "keys"])
def test_each_fits_a_screen_with_a_bar_for_each_row(
    shared: Commands, kind: str, language: str
) -> None:
    shared.language = language
    lines = shared.done("report", kind, *PERIOD).out.splitlines()
    assert max(map(len, lines)) <= 80
    rows = lines[4:-1]
    assert rows
    assert all("█" in row or "░" in row or "0.00" in row or "0,00" in row for row in rows)
    assert any("█" in row for row in rows)
    plain = shared.done("report", kind, *PERIOD, PYTHONIOENCODING="ascii").out
    assert plain.isascii()
    assert "#" in plain


def test_what_is_no_report_says_what_is(refused: Callable[..., str]) -> None:
    assert "Reports: orders, items" in refused("report", "sales", *PERIOD)
    assert "ends before it begins" in refused(
        "report", "items", "--from", "2008-01-01", "--to", "2007-01-01"
    )
    assert "month, company" in refused("report", "items", *PERIOD, "--by", "week")


def test_a_period_without_orders_is_said(shared: Commands) -> None:
    said = shared.done("report", "items", "--from", "1999-01-01", "--to", "1999-12-31").out
    assert "Nothing was ordered in this period." in said


def test_a_system_that_cannot_be_read_is_said_and_not_left_out_in_silence(
    installed: Commands,
) -> None:
    installed.done("order", "place", installed.document(), "--as", "Société d'Essai/jdupont")
    period = ("--from", "2020-01-01", "--to", "2099-12-31")
    assert installed.done("report", "orders", *period, "--json").json["unread_systems"] == 0
    (document,) = installed.store.glob(f"systems/*/{SYSTEM}.json")
    document.write_bytes(document.read_bytes()[:-9])
    answer = installed.done("report", "orders", *period, "--json").json
    assert (answer["unread_systems"], answer["rows"]) == (1, [])
    assert "! " in installed.done("report", "orders", *period).out


def test_a_release_upgrade_has_a_name_too(shared: Commands) -> None:
    """Its part number is no item."""
    lines = shared.done("report", "items", *PERIOD).out
    assert "BHW1099A R5.1 → R5.2" in lines
