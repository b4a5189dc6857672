"""What is far above the usual is ordered only when somebody says that it is meant."""

from __future__ import annotations

import pytest

from engine.errors import UnusualOrder
from engine.licences.unusual import Usual, unusual
from tests.engine.services.house import House


@pytest.mark.parametrize(
    ("quantities", "part"),
    [({"BHW1096A": "1001"}, "BHW1096A"), ({"BHW1087A": "1000", "BHW1096A": "1000"}, "")],
)
def test_nothing_is_placed_before_it_is_said_to_be_meant(
    house: House, quantities: dict[str, str], part: str
) -> None:
    session, draft = house.sign_in(), house.draft(quantities=quantities)
    before = house.store.system(draft.equipment_id)  # type: ignore[arg-type]
    with pytest.raises(UnusualOrder) as caught:
        house.ordering.place(session, draft)
    assert caught.value.part == part
    assert house.store.system(draft.equipment_id) == before  # type: ignore[arg-type]
    placed = house.ordering.place(session, draft, sure=True)
    assert house.ordering.place(session, draft).order == placed.order  # asked again: it is placed


def test_the_usual_is_a_setting_and_zero_asks_never(house: House) -> None:
    draft = house.draft(quantities={"BHW1095A": "8"})
    order = house.ordering.place(house.sign_in(), draft).order
    assert unusual(order, Usual(8, 960)) is None
    assert unusual(order, Usual(0, 0)) is None
    quantity, total = unusual(order, Usual(7, 0)), unusual(order, Usual(0, 959))
    assert quantity is not None
    assert total is not None
    assert (quantity.part, quantity.quantity, quantity.most) == ("BHW1095A", 8, 7)
    assert (total.part, int(total.total), total.most) == ("", 960, 959)
