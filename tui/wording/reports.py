"""Reports in words: a head, a table, and a bar beside each number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from engine.catalogue.product import Catalogue
from engine.licences.order import OrderKind
from engine.licences.reports import Group, Report, ReportKind, ReportRow
from tui.wording.audit_events import OF_KIND
from tui.wording.deliverables import item_name
from tui.wording.formats import day, money, number
from tui.wording.order_list import unread_systems
from tui.wording.stored_text import shown
from tui.wording.tables import cells, cut, table
from tui.wording.translation import N_, _

WIDTH = 78
LONGEST_GROUP = 30
SHORTEST_BAR, LONGEST_BAR = 5, 30
FULL, TAKEN_BACK = "█", "░"
"""What a bar is drawn with; of a negative number with the other."""

KINDS: dict[ReportKind, str] = {
    ReportKind.ORDERS: N_("Orders"),
    ReportKind.ITEMS: N_("Items ordered"),
    ReportKind.COMPANIES: N_("Orders by company"),
    ReportKind.SYSTEMS: N_("Systems ordered for"),
    ReportKind.KEYS: N_("Keycodes by signing key"),
}
COUNTED: dict[ReportKind, str] = {
    ReportKind.ORDERS: N_("Orders"),
    ReportKind.ITEMS: N_("Quantity"),
    ReportKind.COMPANIES: N_("Orders"),
    ReportKind.SYSTEMS: N_("Systems"),
    ReportKind.KEYS: N_("Keycodes"),
}
GROUPS: dict[Group, str] = {
    Group.MONTH: N_("Month"),
    Group.COMPANY: N_("Company"),
    Group.PART: N_("Item"),
    Group.KIND: N_("Kind"),
    Group.PRODUCT: N_("Product"),
    Group.KEY: N_("Signing key"),
}


class Names(NamedTuple):
    """What ids and part numbers are called."""

    companies: dict[str, str]
    catalogue: Catalogue

    def of(self, group: Group, value: str) -> str:
        """The words of a row's group."""
        if group is Group.COMPANY:
            return shown(self.companies.get(value, value))
        if group is Group.KIND:
            return _(OF_KIND[OrderKind(value)])
        if group is Group.PART:
            return f"{value} {self._part_name(value)}".strip()
        if group is Group.PRODUCT and value in self.catalogue.products:
            return self.catalogue.products[value].name
        return shown(value)

    def _part_name(self, part: str) -> str:
        """Of an item, or of the upgrade from one release to another."""
        for product in self.catalogue.products.values():
            if product.item(part):
                return item_name(product, part)
            for upgrade in product.upgrades:
                if upgrade.part == part:
                    return f"{upgrade.before} → {upgrade.after} {product.name}"
        return ""


def kind_name(kind: str) -> str:
    """The name of a report."""
    return _(KINDS[ReportKind(kind)])


def by_name(by: str) -> str:
    """What rows are for (`month,company`), or `usual`."""
    if by == "usual":
        return _("as usual")
    return ", ".join(_(GROUPS[Group(word)]) for word in by.split(","))


def time_zone(moment: datetime) -> str:
    """The machine's at that moment: `CET`, `UTC`."""
    return moment.astimezone().tzname() or ""


def report_lines(report: Report, names: Names, width: int = WIDTH) -> list[str]:
    """The whole report."""
    head = [*report_head(report), ""]
    if report.unread:
        head.append(f"! {unread_systems(report.unread, at_the_desk=len(names.companies) > 1)}")
    if not report.rows:
        return [*head, _("Nothing was ordered in this period.")]
    lines = report_table(report, names)
    room = min(LONGEST_BAR, width - 2 - max(map(cells, lines)))
    if room >= SHORTEST_BAR:
        lines = [
            f"{line}{' ' * (2 + max(map(cells, lines)) - cells(line))}{bar}".rstrip()
            for line, bar in zip(
                lines, ["", *_bars(report.rows, room), *_none(report)], strict=True
            )
        ]
    return head + lines


def report_head(report: Report) -> list[str]:
    """What it is about, and the period with its time zone."""
    asked = report.asked
    return [
        _(KINDS[asked.kind]),
        _("From {first} to {last} (time zone {zone})").format(
            first=day(asked.since.astimezone()),
            last=day(_last_day(asked.before)),
            zone=time_zone(asked.since),
        ),
    ]


def report_table(report: Report, names: Names) -> list[str]:
    """A heading, a line a row, and the sums."""
    by, has_money = report.asked.by, any(row.currency for row in report.rows)
    heading = [*(_(GROUPS[group]) for group in by), _(COUNTED[report.asked.kind])]
    rows = [
        [
            *(
                cut(names.of(group, value), LONGEST_GROUP)
                for group, value in zip(by, row.groups, strict=True)
            ),
            *_numbers(row, has_money=has_money),
        ]
        for row in report.rows
    ]
    empty = [""] * (len(by) - 1)
    sums = [[_("Total"), *empty, *_numbers(row, has_money=has_money)] for row in report.sums]
    if has_money:
        heading.append(_("Total excl. VAT"))
    return table([heading, *rows, *sums], right=range(len(by), len(heading)))


def _numbers(row: ReportRow, *, has_money: bool) -> list[str]:
    count = f"-{number(-row.quantity)}" if row.quantity < 0 else number(row.quantity)
    return [count, money(row.amount, row.currency)] if has_money else [count]


def _last_day(before: datetime) -> date:
    return (before.astimezone() - timedelta(microseconds=1)).date()


def _none(report: Report) -> Sequence[str]:
    return [""] * len(report.sums)


def _bars(rows: Iterable[ReportRow], room: int) -> list[str]:
    """As long as the amount is among those of its currency, or the count where there is none."""
    kept = list(rows)
    most: dict[str, Decimal] = {}
    for row in kept:
        most[row.currency] = max(most.get(row.currency, Decimal(0)), abs(_measure(row)))
    return [_bar(_measure(row), most[row.currency], room) for row in kept]


def _measure(row: ReportRow) -> Decimal:
    return row.amount if row.currency else Decimal(row.quantity)


def _bar(value: Decimal, most: Decimal, room: int) -> str:
    if not value or not most:
        return ""
    length = max(1, round(abs(value) / most * room))
    return (FULL if value > 0 else TAKEN_BACK) * length
