"""Order documents: read strictly, and any bytes get an answer."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.demo import DEMO_FOLDER
from engine.documents.order_json import read_order_document
from engine.errors import OrderDocumentWrong
from engine.licences.order import Draft

THE_ORDER: dict[str, Any] = json.loads((DEMO_FOLDER / "order.json").read_text())
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


def _read(document: Any) -> Draft:
    data = document if isinstance(document, bytes) else json.dumps(document).encode()
    return read_order_document(data, "order.json", lambda: "fresh")


def test_the_order_of_the_guide() -> None:
    draft = _read(THE_ORDER)
    assert draft.draft_id == "fresh"
    assert draft.equipment_id == "03FFFF0302AD4"
    assert draft.quantities == {"BHW1063A": "1", "BHW1095A": "8", "BHW1087A": "57"}
    assert (draft.reference, draft.licensee) == ("2125469-65891", "John Smith")
    assert draft.address.lines == ("1 rue des Essais", "", "")
    assert draft.address.country == "FR"


def test_what_may_be_left_out() -> None:
    short = {k: v for k, v in THE_ORDER.items() if k != "address"}
    assert _read(short).address.lines == ("", "", "")
    assert _read(short | {"address": {"lines": ["x"]}}).address.lines == ("x", "", "")
    assert _read(short | {"draft_id": "erp-1"}).draft_id == "erp-1"
    assert _read("\ufeff".encode() + json.dumps(short).encode()).licensee == "John Smith"


@pytest.mark.parametrize("name", ["equipment_id", "items", "order_reference", "licensee"])
def test_what_has_to_be_there(name: str) -> None:
    with pytest.raises(OrderDocumentWrong) as caught:
        _read({k: v for k, v in THE_ORDER.items() if k != name})
    assert (caught.value.place, caught.value.reason) == (f"$.{name}", "missing-key")


@given(st.binary(max_size=200))
def test_any_bytes_get_an_answer(data: bytes) -> None:
    with pytest.raises(OrderDocumentWrong):
        _read(data)


@given(st.sampled_from(sorted(THE_ORDER)), ANY_JSON)
def test_any_value_in_any_place_is_a_draft_or_a_named_place(name: str, value: Any) -> None:
    draft: Draft | None
    said = ("", "")
    try:
        draft = _read(THE_ORDER | {name: value})
    except OrderDocumentWrong as error:
        draft = None
        said = (error.place, error.reason)
    assert all(said) if draft is None else isinstance(draft, Draft)


@given(st.integers())
def test_quantities_are_whole_numbers_from_0(quantity: int) -> None:
    document = THE_ORDER | {"items": {"BHW1095A": quantity}}
    if quantity < 0:
        with pytest.raises(OrderDocumentWrong) as caught:
            _read(document)
        assert (caught.value.place, caught.value.reason) == ("$.items.BHW1095A", "quantity")
    elif quantity < 10**17:
        assert _read(document).quantities == {"BHW1095A": str(quantity)}
