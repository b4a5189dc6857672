"""Errors carry their fields, and only those; the type checker knows them."""

from __future__ import annotations

import pytest

from engine import errors


def test_a_field_that_is_not_there_is_a_mistake_to_the_type_checker() -> None:
    """Without that, mypy would call each of these ignores unused."""
    error = errors.StoreBusy(what="order", seconds=10.0, holder=4711)
    with pytest.raises(AttributeError):
        assert error.hodler  # type: ignore[attr-defined]
    with pytest.raises(TypeError):
        errors.StoreBusy(what="order", seconds=10.0)  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        errors.StoreBusy(what="order", seconds=10.0, hodler=4711)  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        errors.NothingOrdered(part="BHW1063A")  # type: ignore[arg-type]
    assert errors.ItemUnknown(part=1063).part  # type: ignore[arg-type]


def test_an_error_inherits_fields() -> None:
    wrong = errors.OrderRowsWrong(path="orders.csv", rows=((2, errors.RowRepeated(line=1)),))
    assert wrong.fields == errors.RowsWrong.fields == ("path", "rows")
    assert (wrong.code, wrong.data) == ("RowsWrong", {"path": "orders.csv", "rows": wrong.rows})
