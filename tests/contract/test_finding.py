"""Finding orders by what people remember of them: one suite, every store."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from engine.ports import OrderQuery, Store
from tests.contract.values import BEGIN, ID, OTHER_ID, decide, nexspan_order, order, system


@pytest.fixture
def filled(store: Store) -> Store:
    """Two systems of two companies; the second order of each is a minute later."""
    store.add_systems([system(), system(OTHER_ID, company_id="c2")])
    store.place(ID, "a1", decide("a1", reference="2125469-65891", licensee="John Smith"))
    store.place(ID, "a2", decide("a2", reference="Réf 7", licensee="Sàrl Été & Fils"))
    store.place(OTHER_ID, "b1", decide("b1", reference="2125469-65891"))
    store.place(OTHER_ID, "b2", lambda has: nexspan_order(has, "b2"))
    return store


def found(store: Store, limit: int = 10, **query: Any) -> list[str]:
    return [each.draft_id for each in store.find_orders(OrderQuery(**query), limit)]


def test_the_latest_come_first(filled: Store) -> None:
    assert found(filled) == ["b2", "a2", "b1", "a1"]


def test_no_more_than_asked_for(filled: Store) -> None:
    assert found(filled, limit=2) == ["b2", "a2"]
    assert found(filled, limit=0) == []


def test_what_is_found_is_the_whole_order(filled: Store) -> None:
    now = filled.system(ID)
    assert now is not None
    assert filled.find_orders(OrderQuery(company_id="c1"), 10) == list(reversed(now.orders))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"company_id": "c1"}, ["a2", "a1"]),
        ({"company_id": "c3"}, []),
        ({"reference": "2125469-65891"}, ["b1", "a1"]),
        ({"reference": " rÉF 7 "}, ["a2"]),
        ({"reference": "Réf"}, []),
        ({"licensee": "smith"}, ["b2", "b1", "a1"]),
        ({"licensee": "ÉTÉ"}, ["a2"]),
        ({"licensee": "john  SMITH ", "whole_name": True}, ["b2", "b1", "a1"]),
        ({"licensee": "smith", "whole_name": True}, []),
        ({"licensee": "%"}, []),
        ({"licensee": "_"}, []),
        ({"keycode": "4422AD400001"}, ["a1"]),
        ({"keycode": " 4422ad400001"}, ["a1"]),
        ({"keycode": "34105133CE0EBBC2940AD5"}, ["b2"]),
        ({"keycode": "442"}, []),
        ({"keycode_parts": ("442",)}, ["a2", "b1", "a1"]),
        ({"keycode_parts": ("ad4000", "nowhere")}, ["a2", "a1"]),
        ({"keycode_parts": ("5133ce0e",), "company_id": "c2"}, ["b2"]),
        ({"keycode_parts": ("5133ce0e",), "company_id": "c1"}, []),
        ({"keycode_parts": ("nowhere", "%", "_")}, []),
        ({"since": BEGIN + timedelta(minutes=2)}, ["b2", "a2"]),
        ({"since": BEGIN + timedelta(minutes=2, microseconds=1)}, []),
        ({"company_id": "c1", "reference": "2125469-65891"}, ["a1"]),
        ({"company_id": "c2", "keycode": "4422AD400001"}, []),
        ({"company_id": "c1", "licensee": "été", "since": BEGIN}, ["a2"]),
        ({"like": "ÉTÉ"}, ["a2"]),
        ({"like": "guyanCOURT"}, ["b2", "a2", "b1", "a1"]),
        ({"like": ID[-4:].lower(), "company_id": "c1"}, ["a2", "a1"]),
        ({"like": f" {OTHER_ID[-5:-2]} {OTHER_ID[-2:]}"}, ["b2", "b1"]),
        ({"like": ID[-3:]}, []),
        ({"like": ID[:4]}, []),
        ({"like": "%"}, []),
    ],
)
def test_every_field_that_is_given_must_match(
    filled: Store, query: dict[str, Any], expected: list[str]
) -> None:
    assert found(filled, **query) == expected


def test_orders_that_a_system_brought_with_it_are_found(store: Store) -> None:
    brought = order(system(), "old", reference="2008", placed_at=BEGIN - timedelta(days=6676))
    store.add_systems([system(orders=(brought,))])
    assert store.find_orders(OrderQuery(reference="2008"), 10) == [brought]
    assert found(store, since=BEGIN) == []


def test_an_order_is_found_at_once_and_after_many_others(store: Store) -> None:
    store.add_systems([system()])
    for number in range(230):
        draft_id = f"d{number}"
        store.place(ID, draft_id, decide(draft_id))
        if number % 50 == 0:
            assert found(store, reference=f"reference {draft_id}") == [draft_id]
    assert found(store, reference="reference d3") == ["d3"]
    assert len(found(store, limit=500, company_id="c1")) == 230
