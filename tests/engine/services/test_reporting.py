"""Reports against a plain recount of the documents."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from engine.accounts.people import Role
from engine.errors import DateMalformed, GroupUnknown, PeriodWrong, ReportUnknown
from engine.licences.order import Order, OrderKind, OrderLine
from engine.licences.reports import Asked, Group, ReportKind, report
from engine.services import reporting
from engine.services.reporting import Reporting
from engine.store.memory.store import MemoryStore
from tests.contract.values import BEGIN, order, system
from tests.engine.services.house import OWN, House
from tests.engine.trade import CATALOGUE

LINE = OrderLine(part="BHW1095A", name="SIP trunk", quantity=1, unit_price=Decimal("120.00"))
lines = st.builds(
    lambda part, quantity, cents: replace(
        LINE, part=part, quantity=quantity, unit_price=Decimal(cents) / 100
    ),
    st.sampled_from(["BHW1095A", "BHW1087A", "BHW1063A"]),
    st.integers(-20, 200),
    st.integers(0, 100_000),
)
orders = st.lists(
    st.builds(
        lambda days, company, currency, kind, has, of: order(
            system(of),
            f"d{days}",
            placed_at=BEGIN + timedelta(days=days, hours=days % 24),
            company_id=company,
            currency=currency,
            kind=kind,
            lines=tuple(has),
            keycode=None,
        ),
        st.integers(-40, 40),
        st.sampled_from(["c1", "c2"]),
        st.sampled_from(["EUR", "CHF"]),
        st.sampled_from([OrderKind.ORDER, OrderKind.CORRECTION, OrderKind.UPGRADE]),
        st.lists(lines, max_size=3),
        st.sampled_from(["03FFFF0302AD4", "03FFFF0302B17", "01A0B40000C17"]),
    ),
    max_size=30,
)
groups = st.lists(
    st.sampled_from([each for each in Group if each is not Group.KEY]),
    min_size=1,
    max_size=3,
    unique=True,
)
ALL = (datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))


def of(group: Group, each: Order, line: OrderLine) -> str:
    at = each.placed_at.astimezone(UTC)
    return {
        Group.MONTH: f"{at.year}-{at.month:02}",
        Group.COMPANY: each.company_id,
        Group.KIND: each.kind.value,
        Group.PRODUCT: each.product,
        Group.PART: line.part,
    }[group]


@given(orders, groups)
def test_items_are_what_a_plain_recount_says(found: list[Order], by: list[Group]) -> None:
    asked = Asked(ReportKind.ITEMS, *ALL, tuple(by))
    pieces: Counter[tuple[tuple[str, ...], str]] = Counter()
    amounts: dict[tuple[tuple[str, ...], str], Decimal] = defaultdict(Decimal)
    for each in found:
        for line in each.lines:
            place = tuple(of(group, each, line) for group in by), each.currency
            pieces[place] += line.quantity
            amounts[place] += line.quantity * line.unit_price
    counted = report(asked, found, lambda _: 0, UTC)
    assert {(row.groups, row.currency): (row.quantity, row.amount) for row in counted.rows} == {
        place: (pieces[place], amounts[place]) for place in pieces
    }
    assert sum(row.amount for row in counted.rows) == sum(row.amount for row in counted.sums)


@given(orders)
def test_systems_count_once_in_each_group_and_once_in_all(found: list[Order]) -> None:
    asked = Asked(ReportKind.SYSTEMS, *ALL, (Group.COMPANY,))
    counted = report(asked, found, lambda _: 0, UTC)
    assert {row.groups[0]: row.quantity for row in counted.rows} == {
        company: len({each.equipment_id for each in found if each.company_id == company})
        for company in {each.company_id for each in found}
    }
    assert sum(row.quantity for row in counted.sums) == len({each.equipment_id for each in found})


def test_a_month_is_that_of_the_zone_also_where_the_clocks_change() -> None:
    paris = ZoneInfo("Europe/Paris")
    has = system()
    moments = {
        datetime(2026, 2, 28, 22, 59, tzinfo=UTC): "2026-02",
        datetime(2026, 2, 28, 23, 1, tzinfo=UTC): "2026-03",  # winter: an hour ahead
        datetime(2026, 3, 31, 21, 59, tzinfo=UTC): "2026-03",
        datetime(2026, 3, 31, 22, 1, tzinfo=UTC): "2026-04",  # summer: two
    }
    for moment, month in moments.items():
        asked = Asked(ReportKind.ORDERS, *ALL, (Group.MONTH,))
        counted = report(asked, [order(has, "d", placed_at=moment)], lambda _: 0, paris)
        assert [row.groups for row in counted.rows] == [(month,)]


def test_all_orders_are_counted_also_many_of_one_moment(
    monkeypatch: pytest.MonkeyPatch, house: House
) -> None:
    monkeypatch.setattr(reporting, "_PAGE", 2)
    store = MemoryStore(house.clock)
    has = system()
    at = [BEGIN] * 5 + [BEGIN + timedelta(seconds=n) for n in range(4)]
    placed = []
    for number, moment in enumerate(at):
        placed.append(order(has, f"d{number}", placed_at=moment))
        has = replace(has, orders=tuple(placed))
    store.add_systems([has])
    service = Reporting(store, house.access, CATALOGUE)
    counted = service.report(
        house.signing_in.at_the_desk("alice"), service.asked("orders", "2026-11-24", "2026-11-24")
    )
    assert [row.quantity for row in counted.sums] == [9]


def test_a_correction_is_negative_lines_and_the_keys_are_named(house: House) -> None:
    desk = house.signing_in.at_the_desk("alice")
    asked = house.reporting.asked
    kinds = house.reporting.report(desk, asked("orders", "2007-01-01", "2008-12-31", "kind"))
    by_kind = {row.groups[0]: row.amount for row in kinds.rows}
    assert by_kind["correction"] < 0
    keys = house.reporting.report(desk, asked("keys", "2007-01-01", "2008-12-31"))
    assert [row.groups for row in keys.rows] == [("1",)]
    placed = [each for found in house.store.systems() for each in found.orders]
    assert keys.sums[0].quantity == sum(len(each.keycodes) for each in placed)


def test_a_company_sees_its_own_and_the_desk_all(house: House) -> None:
    asked = house.reporting.asked("companies", "2000-01-01", "2099-12-31")
    own = house.reporting.report(house.session_as(Role.ORDER), asked)
    assert [row.groups[0] for row in own.rows] == [house.company_id(OWN)]
    every = house.reporting.report(house.session_as(Role.AUDITOR), asked)
    assert len(every.rows) == 2


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("sales", "2026-01-01", "2026-01-31"), ReportUnknown),
        (("orders", "2026-01-32", "2026-01-31"), DateMalformed),
        (("orders", "2026-02-01", "2026-01-31"), PeriodWrong),
        (("orders", "2026-01-01", "2026-01-31", "part"), GroupUnknown),
        (("items", "2026-01-01", "2026-01-31", "week"), GroupUnknown),
    ],
)
def test_what_is_no_report_is_refused(
    house: House, words: tuple[str, ...], error: type[Exception]
) -> None:
    with pytest.raises(error):
        house.reporting.asked(*words)
