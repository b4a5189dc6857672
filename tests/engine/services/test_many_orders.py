"""A CSV of orders: planned whole, placed once."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import (
    CsvHeaderWrong,
    DraftPlaced,
    OrderedBefore,
    OrderRefused,
    RowRepeated,
    RowShapeWrong,
    RowsWrong,
    SystemUnknown,
)
from engine.services.bulk_ordering import PlannedOrder, plan_orders
from engine.services.same_orders import identified
from tests.engine.services.house import House
from tests.engine.trade import CATALOGUE
from tests.support.guide import FOREIGN, FRESH, NEXSPAN, SYSTEM

HEADER = "equipment_id,order_reference,licensee,country,BHW1095A,BHW1063A,BHW0901A\n"


def _plan(house: House, path: Path, content: str, *, again: bool = False) -> list[PlannedOrder]:
    file = path / "orders.csv"
    file.write_text(content, encoding="utf-8", newline="")
    return plan_orders(file, CATALOGUE, house.ordering, house.sign_in(), again=again)


def _place(house: House, plan: list[PlannedOrder]) -> None:
    for planned in plan:
        if not planned.already:
            house.ordering.place(house.sign_in(), planned.draft)


def _orders(house: House, equipment_id: str) -> int:
    return len(house.searching.by_equipment_id(house.sign_in(), equipment_id).orders)


def test_rows_for_one_system_add_up_in_the_plan_and_in_the_orders(
    house: House, tmp_path: Path
) -> None:
    content = f"{HEADER}{SYSTEM},A,Smith,FR,200,1,\n{SYSTEM},B,Smith,,55,,\n"
    plan = _plan(house, tmp_path, content)
    assert [p.order.inventory["sip-trunk"] for p in plan] == [200, 255]
    assert _orders(house, SYSTEM) == 1
    session = house.sign_in()
    placed = [house.ordering.place(session, planned.draft).order for planned in plan]
    assert placed == [planned.order for planned in plan]


def test_what_only_the_rows_together_make_too_much_is_refused(house: House, tmp_path: Path) -> None:
    content = f"{HEADER}{SYSTEM},A,Smith,,200,,\n{SYSTEM},B,Smith,,56,,\n"
    with pytest.raises(RowsWrong) as caught:
        _plan(house, tmp_path, content)
    assert [(line, type(error)) for line, error in caught.value.rows] == [(3, OrderRefused)]


def test_every_wrong_row_is_named_and_nothing_is_placed(house: House, tmp_path: Path) -> None:
    content = (
        f"{HEADER}{FRESH},A,Smith,,1,,\n{FOREIGN},A,Smith,,1,,\n{FRESH},,,ZZ,0,,\n"
        f"{FRESH},A\n{NEXSPAN},A,Smith,,1,,\n"
    )
    with pytest.raises(RowsWrong) as caught:
        _plan(house, tmp_path, content)
    assert [(line, type(error)) for line, error in caught.value.rows] == [
        (3, SystemUnknown),
        (4, OrderRefused),
        (5, RowShapeWrong),
        (6, OrderRefused),
    ]
    refused = caught.value.rows[1][1]
    assert isinstance(refused, OrderRefused)
    fields = {problem.field for problem in refused.problems}
    assert fields == {"items", "order_reference", "licensee", "address.country"}
    assert _orders(house, FRESH) == 0


def test_the_same_file_again_is_the_same_orders(house: House, tmp_path: Path) -> None:
    content = f"{HEADER}{FRESH},A,Smith,,1,,\n"
    first = _plan(house, tmp_path, content)
    house.ordering.place(house.sign_in(), first[0].draft)
    again = _plan(house, tmp_path, content)
    assert again[0].already
    assert house.ordering.place(house.sign_in(), again[0].draft).already
    assert _orders(house, FRESH) == 1


ROW = f"{FRESH},PO-1,Smith,,1,,\n"


@pytest.mark.parametrize(
    "content",
    [
        (HEADER + ROW).replace("\n", "\r\n"),
        f"{HEADER}{FRESH},PO-0,Smith,,3,,\n{ROW}",
        f"BHW1095A;licensee;order_reference;equipment_id\n01;Somebody Else; po-1 ;{FRESH}\n",
        HEADER + ROW.replace("03FFFF0302", "03ff ff03-02"),
    ],
    ids=["other line ends", "a row more", "other columns", "other spelling"],
)
def test_what_is_meant_is_ordered_once_however_it_is_written(
    house: House, tmp_path: Path, content: str
) -> None:
    _place(house, _plan(house, tmp_path, HEADER + ROW))
    plan = _plan(house, tmp_path, content)
    assert plan[-1].already
    assert plan[-1].order.reference == "PO-1"
    _place(house, plan)
    assert _orders(house, FRESH) == len(plan)


def test_what_the_screens_have_ordered_is_known_too(house: House, tmp_path: Path) -> None:
    draft = house.draft(FRESH, "typed", reference="PO-1", quantities={"BHW1095A": "1"})
    order = house.ordering.place(house.sign_in(), draft).order
    plan = _plan(house, tmp_path, HEADER + ROW)
    assert [(planned.order, planned.already) for planned in plan] == [(order, True)]


@pytest.mark.parametrize(
    "row", [ROW.replace("PO-1", "PO-2"), ROW.replace(",1,", ",2,"), ROW.replace(",1,", ",1,1")]
)
def test_another_reference_or_quantity_is_another_order(
    house: House, tmp_path: Path, row: str
) -> None:
    _place(house, _plan(house, tmp_path, HEADER + ROW))
    assert not _plan(house, tmp_path, HEADER + row)[0].already


def test_again_orders_once_more_each_time(house: House, tmp_path: Path) -> None:
    for times in (1, 2, 3):
        plan = _plan(house, tmp_path, HEADER + ROW, again=True)
        _place(house, plan)
        assert _orders(house, FRESH) == times
    assert _plan(house, tmp_path, HEADER + ROW)[0].already


def test_a_row_that_is_there_twice_is_refused_unless_both_are_meant(
    house: House, tmp_path: Path
) -> None:
    with pytest.raises(RowsWrong) as caught:
        _plan(house, tmp_path, HEADER + ROW + ROW)
    [(line, error)] = caught.value.rows
    assert isinstance(error, RowRepeated)
    assert (line, error.line, caught.value.code) == (3, 2, "RowsWrong")
    _place(house, _plan(house, tmp_path, HEADER + ROW + ROW, again=True))
    assert _orders(house, FRESH) == 2


def test_rows_with_ids_of_their_own_are_told_by_these(house: House, tmp_path: Path) -> None:
    header, row = f"draft_id,{HEADER}", f"a,{ROW}"
    _place(house, _plan(house, tmp_path, f"{header}{row}b,{ROW}"))
    assert _orders(house, FRESH) == 2
    assert [p.already for p in _plan(house, tmp_path, f"{header}{row}c,{ROW}")] == [True, False]
    with pytest.raises(RowsWrong):
        _plan(house, tmp_path, f"{header}{row}{row}")
    with pytest.raises(RowsWrong) as caught:
        _plan(house, tmp_path, header + row.replace("PO-1", "PO-2"))
    assert isinstance(caught.value.rows[0][1], DraftPlaced)


def test_a_draft_without_an_id_is_told_by_what_it_means(house: House) -> None:
    session = house.sign_in()
    draft = house.draft(FRESH, "")
    named = identified(house.ordering, session, draft, again=False)
    assert named == identified(house.ordering, session, draft, again=True)
    order = house.ordering.place(session, named).order
    with pytest.raises(OrderedBefore) as caught:
        identified(house.ordering, session, draft, again=False)
    assert caught.value.number == order.number
    assert identified(house.ordering, session, draft, again=True).draft_id != named.draft_id
    own = house.draft(FRESH, "own")
    assert identified(house.ordering, session, own, again=False) == own


def test_a_column_that_is_no_part_is_named(house: House, tmp_path: Path) -> None:
    with pytest.raises(CsvHeaderWrong):
        _plan(house, tmp_path, "equipment_id,order_reference,licensee,BHW9999Z\n")
