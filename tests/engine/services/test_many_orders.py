"""A CSV of orders: planned whole, placed once."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import CsvHeaderWrong, OrderRefused, RowShapeWrong, RowsWrong, SystemUnknown
from engine.services.many_orders import PlannedOrder, plan_orders
from tests.engine.services.house import EMPTY_ID, GUIDE_ID, NEXSPAN_ID, OTHER_ID, House
from tests.engine.trade import CATALOGUE

HEADER = "equipment_id,order_reference,licensee,country,BHW1095A,BHW1063A,BHW0901A\n"


def _plan(house: House, path: Path, content: str) -> list[PlannedOrder]:
    file = path / "orders.csv"
    file.write_text(content, encoding="utf-8")
    return plan_orders(file, CATALOGUE, house.ordering, house.sign_in())


def _orders(house: House, equipment_id: str) -> int:
    return len(house.searching.by_equipment_id(house.sign_in(), equipment_id).orders)


def test_rows_for_one_system_add_up_in_the_plan_and_in_the_orders(
    house: House, tmp_path: Path
) -> None:
    content = f"{HEADER}{GUIDE_ID},A,Smith,FR,200,1,\n{GUIDE_ID},B,Smith,,55,,\n"
    plan = _plan(house, tmp_path, content)
    assert [p.order.inventory["sip-trunk"] for p in plan] == [200, 255]
    assert _orders(house, GUIDE_ID) == 1
    session = house.sign_in()
    placed = [house.ordering.place(session, planned.draft).order for planned in plan]
    assert placed == [planned.order for planned in plan]


def test_what_only_the_rows_together_make_too_much_is_refused(house: House, tmp_path: Path) -> None:
    content = f"{HEADER}{GUIDE_ID},A,Smith,,200,,\n{GUIDE_ID},B,Smith,,56,,\n"
    with pytest.raises(RowsWrong) as caught:
        _plan(house, tmp_path, content)
    assert [(line, type(error)) for line, error in caught.value.rows] == [(3, OrderRefused)]


def test_every_wrong_row_is_named_and_nothing_is_placed(house: House, tmp_path: Path) -> None:
    content = (
        f"{HEADER}{EMPTY_ID},A,Smith,,1,,\n{OTHER_ID},A,Smith,,1,,\n{EMPTY_ID},,,ZZ,0,,\n"
        f"{EMPTY_ID},A\n{NEXSPAN_ID},A,Smith,,1,,\n"
    )
    with pytest.raises(RowsWrong) as caught:
        _plan(house, tmp_path, content)
    assert [(line, type(error)) for line, error in caught.value.rows] == [
        (3, SystemUnknown),
        (4, OrderRefused),
        (5, RowShapeWrong),
        (6, OrderRefused),
    ]
    fields = {problem.field for problem in caught.value.rows[1][1].problems}
    assert fields == {"items", "order_reference", "licensee", "address.country"}
    assert _orders(house, EMPTY_ID) == 0


def test_the_same_file_again_is_the_same_orders(house: House, tmp_path: Path) -> None:
    content = f"{HEADER}{EMPTY_ID},A,Smith,,1,,\n"
    first = _plan(house, tmp_path, content)
    house.ordering.place(house.sign_in(), first[0].draft)
    again = _plan(house, tmp_path, content)
    assert again[0].already
    assert house.ordering.place(house.sign_in(), again[0].draft).already
    assert _orders(house, EMPTY_ID) == 1


def test_a_column_that_is_no_part_is_named(house: House, tmp_path: Path) -> None:
    with pytest.raises(CsvHeaderWrong):
        _plan(house, tmp_path, "equipment_id,order_reference,licensee,BHW9999Z\n")
