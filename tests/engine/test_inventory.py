"""What a system has: adding up, limits, and the guide's own order."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from engine.catalogue.item import Item, Kind, Unlock
from engine.errors import ItemOwned, QuantityTooLarge
from engine.inventory import Inventory, add_items, changes, in_order, most, owned, owned_part
from tests.engine.trade import AASTRA, NEXSPAN_PRODUCT, inventories
from tests.support.guide import EARLIER, ORDERED, ROWS


def item(part: str) -> Item:
    found = AASTRA.item(part)
    assert found is not None
    return found


GUIDE_ORDER = [(item("BHW1063A"), 1), (item("BHW1095A"), 8), (item("BHW1087A"), 57)]


def small_orders() -> st.SearchStrategy[list[tuple[Item, int]]]:
    """Any choice of items; quantities that fit even beside each other."""
    choices = [
        st.tuples(st.just(i), st.just(1) if i.is_on_off else st.integers(1, 100))
        for i in AASTRA.items
    ]
    return st.lists(st.one_of(choices), unique_by=lambda choice: choice[0].part)


def test_the_guides_order_gives_the_guides_ten_rows() -> None:
    after = add_items(AASTRA, EARLIER, GUIDE_ORDER)
    rows = [(AASTRA.function(key).name.en, quantity) for key, quantity in after.items()]
    assert rows == ROWS


@given(small_orders(), st.randoms(use_true_random=False))
def test_the_order_of_the_items_does_not_matter(
    order: list[tuple[Item, int]], chance: random.Random
) -> None:
    shuffled = chance.sample(order, len(order))
    assert list(add_items(AASTRA, {}, shuffled).items()) == list(
        add_items(AASTRA, {}, order).items()
    )


@given(small_orders())
def test_an_order_at_once_is_its_quantities_one_by_one(order: list[tuple[Item, int]]) -> None:
    step_by_step: Inventory = {}
    for chosen, quantity in order:
        if not owned(step_by_step, chosen):
            step_by_step = add_items(AASTRA, step_by_step, [(chosen, quantity)])
    assert step_by_step == add_items(AASTRA, {}, order)


@given(inventories, st.sampled_from(AASTRA.items))
def test_nothing_is_lost_and_everything_fits(has: Inventory, chosen: Item) -> None:
    room = most(AASTRA, has, chosen)
    if not room:
        with pytest.raises((ItemOwned, QuantityTooLarge)):
            add_items(AASTRA, has, [(chosen, 1)])
        return
    after = add_items(AASTRA, has, [(chosen, room)])
    assert all(after[key] >= quantity for key, quantity in has.items())
    assert all(1 <= after[f.key] <= f.most for f in AASTRA.functions if f.key in after)
    assert list(after) == [f.key for f in AASTRA.functions if f.key in after]
    assert most(AASTRA, after, chosen) == 0


def test_quantities_add_up() -> None:
    trunks = item("BHW1095A")
    after = add_items(AASTRA, {"sip-trunk": 30}, [(trunks, 8)])
    assert after == {"sip-trunk": 38}
    assert add_items(AASTRA, after, [(trunks, 217)]) == {"sip-trunk": 255}


def test_a_quantity_that_does_not_fit_is_refused_with_the_limit() -> None:
    has = {**EARLIER, "sip-trunk": 250}
    with pytest.raises(QuantityTooLarge) as caught:
        add_items(AASTRA, has, [(item("BHW1095A"), 8)])
    assert caught.value.data == {
        "part": "BHW1095A",
        "function": "sip-trunk",
        "has": 250,
        "asked": 8,
        "most": 5,
    }
    assert has == {**EARLIER, "sip-trunk": 250}


def test_two_items_of_one_order_share_the_room_of_a_function() -> None:
    bundle = Item(
        part="BUNDLE",
        name=AASTRA.items[0].name,
        kind=Kind.QUANTITY,
        price=AASTRA.items[0].price,
        unlocks=(Unlock("sip-trunk", 100), Unlock("ip-any"), Unlock("hostel")),
        source="illustrative",
    )
    product = replace(AASTRA, items=(*AASTRA.items, bundle))
    assert most(product, {}, bundle) == 2
    assert add_items(product, {}, [(bundle, 2)]) == {"hostel": 1, "sip-trunk": 200, "ip-any": 2}
    with pytest.raises(QuantityTooLarge) as caught:
        add_items(product, {}, [(item("BHW1095A"), 60), (bundle, 2)])
    error = caught.value
    assert (error.part, error.has, error.asked, error.most) == ("BUNDLE", 60, 2, 1)


def test_an_item_that_the_system_has_all_of_is_owned() -> None:
    extended = item("BHW1063A")
    assert owned(ORDERED, extended)
    assert most(AASTRA, ORDERED, extended) == 0
    with pytest.raises(ItemOwned) as caught:
        add_items(AASTRA, ORDERED, [(extended, 1)])
    assert caught.value.part == "BHW1063A"
    # Break-in came with it.
    assert owned(ORDERED, item("BHW1064A"))
    assert not owned(ORDERED, item("BHW1095A"))


def test_an_item_that_the_system_has_a_part_of_can_be_ordered() -> None:
    extended, has = item("BHW1063A"), {"break-in": 1, "hostel": 1}
    assert not owned(has, extended)
    assert owned_part(has, extended) == ("break-in",)
    assert owned_part(has, item("BHW1095A")) == ()
    assert len(add_items(AASTRA, has, [(extended, 1)])) == 6


def test_an_item_that_another_of_the_same_order_includes_is_not_owned_yet() -> None:
    both = [(item("BHW1063A"), 1), (item("BHW1064A"), 1)]
    assert add_items(AASTRA, {}, both) == add_items(AASTRA, {}, both[::-1])


def test_a_function_of_nexspan_is_owned_once() -> None:
    hospitality = NEXSPAN_PRODUCT.item("BHW0903A")
    assert hospitality is not None
    after = add_items(NEXSPAN_PRODUCT, {"cdr-128": 1}, [(hospitality, 1)])
    assert list(after.items()) == [("hospitality", 1), ("cdr-128", 1)]
    assert owned(after, hospitality)


def test_before_and_after() -> None:
    rows = changes(AASTRA, EARLIER, add_items(AASTRA, EARLIER, GUIDE_ORDER))
    assert [(row.function.key, row.before, row.after) for row in rows] == [
        (key, EARLIER.get(key, 0), quantity) for key, quantity in ORDERED.items()
    ]
    assert changes(AASTRA, {}, {}) == ()


def test_what_a_system_does_not_have_is_not_in_its_inventory() -> None:
    assert list(in_order(AASTRA, {"ip-any": 3, "csta": 0, "hostel": 1})) == ["hostel", "ip-any"]
