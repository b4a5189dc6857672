"""Amounts in one piece, and no line that begins with what belongs to the line before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.widgets import OptionList

from engine.settings import LANGUAGES, Language
from tests.support.guide import NEXSPAN
from tests.tui.driving import operator
from tui.full_screen.widgets.text import Text
from tui.wording import formats, order_list, tables
from tui.wording.translation import set_language

FRENCH = "La garder pour plus tard\u00a0? «\u00a0Oui\u00a0»\u00a0; total 1\u00a0070,00\u00a0€"


@dataclass(frozen=True)
class Ordered:
    """As much of an order as Home shows."""

    reference: str
    licensee: str
    equipment_id: str = NEXSPAN
    placed_at: datetime = datetime(2026, 9, 1, 12, tzinfo=UTC)
    total: Decimal = Decimal("1234567.89")
    currency: str = "EUR"


ORDERS = [
    Ordered("COMMANDE-FOURNISSEUR-2026-0815", "Centre hospitalier universitaire"),
    Ordered("1", "Hôtel de Valbrune"),
    Ordered("東京2026東京2026東京2026東京", "株式会社株式会社株式会社"),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [60, 77, 97, 200])
def test_an_order_takes_one_line_and_its_amount_is_whole(width: int, language: Language) -> None:
    set_language(language)
    rows = order_list.latest_rows(ORDERS, width)  # type: ignore[arg-type]
    assert len(rows) == len(ORDERS)
    assert max(map(tables.cells, rows)) <= width
    amount = formats.money(Decimal("1234567.89"), "EUR")
    assert all(row.endswith(amount) for row in rows)
    assert "Hôtel" in rows[1]


def test_where_there_is_room_nothing_is_cut() -> None:
    [row, *_others] = order_list.latest_rows(ORDERS, 200)  # type: ignore[arg-type]
    assert "COMMANDE-FOURNISSEUR-2026-0815  Centre hospitalier universitaire" in row


@pytest.mark.parametrize("width", range(12, 70))
def test_no_line_is_broken_at_a_no_break_space(width: int) -> None:
    lines = Text(FRENCH).broken(width).plain.split("\n")
    assert max(map(len, lines)) <= width
    assert not [line for line in lines if line[0] in "?;»€"]
    assert not [line for line in lines if line.endswith("«")]
    assert Text(FRENCH).get_height({}, width) == len(lines)


@given(st.lists(st.text(max_size=30), min_size=1, max_size=4), st.integers(0, 60))
def test_columns_share_the_room(texts: list[str], room: int) -> None:
    shared = tables.share([[text] for text in texts], room)
    widths = [tables.cells(column[0]) for column in shared]
    assert sum(widths) <= room
    if sum(map(tables.cells, texts)) <= room:
        assert [column[0] for column in shared] == texts


async def test_home_lists_the_orders_anew_when_the_window_changes() -> None:
    async with operator() as person:
        for width in (80, 120, 80):
            await person.pilot.resize_terminal(width, 24)
            await person.settled()
            options = person.app.screen.query_one("#latest-orders", OptionList).options
            rows = [str(option.prompt) for option in options]
            assert max(map(tables.cells, rows)) <= width - 3
            assert "€1,005.00" in rows[0]


def test_the_first_of_a_month_is_an_ordinal_in_french_only() -> None:
    first, second = (datetime(2026, 1, day, 12, tzinfo=UTC) for day in (1, 21))
    assert formats.date(first) == "1 Jan 2026"
    set_language("fr")
    assert formats.date(first) == "1er janv. 2026"
    assert formats.date(second) == "21 janv. 2026"
