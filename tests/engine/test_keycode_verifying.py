"""A keycode is one system's, with one inventory: nothing near it is accepted."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.inventory import Inventory
from engine.keycode.issuing import issue, issue_function
from engine.keycode.signing import KeyRing
from engine.keycode.verifying import Outcome, Reading, verify
from tests.engine.trade import (
    AASTRA,
    CATALOGUE,
    GUIDE_RELEASE,
    NEXSPAN_PRODUCT,
    VECTOR_RING,
    VECTORS,
    equipment_ids,
    inventories,
    rings,
)
from tests.support.guide import BODY, NEXSPAN, ORDERED, SYSTEM

CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def edits(code: str) -> set[str]:
    """Every text that differs by one character wrong, missing, extra or swapped."""
    near = {code[:i] + c + code[i + 1 :] for i in range(len(code)) for c in CHARACTERS}
    near |= {code[:i] + c + code[i:] for i in range(len(code) + 1) for c in CHARACTERS}
    near |= {code[:i] + code[i + 1 :] for i in range(len(code))}
    near |= {code[:i] + code[i + 1] + code[i] + code[i + 2 :] for i in range(len(code) - 1)}
    return near - {code}


def check(code: str) -> Reading:
    return verify(code, CATALOGUE, VECTOR_RING, SYSTEM, GUIDE_RELEASE)


@pytest.mark.parametrize("name", ["earlier", "ordered"])
def test_no_single_edit_of_a_keycode_is_accepted(name: str) -> None:
    near = edits(VECTORS[name])
    assert len(near) > 1500
    assert [code for code in near if check(code).genuine] == []


def test_no_single_edit_of_a_function_keycode_is_accepted() -> None:
    near = edits(VECTORS["function"])
    assert [c for c in near if verify(c, CATALOGUE, VECTOR_RING, NEXSPAN, "R4.2").genuine] == []


@settings(max_examples=15)
@given(inventories, equipment_ids, rings)
def test_no_single_edit_is_accepted_whatever_the_inventory(
    inventory: Inventory, equipment_id: str, ring: KeyRing
) -> None:
    code = issue(AASTRA, "R5.2", equipment_id, inventory, ring)
    assert verify(code, CATALOGUE, ring, equipment_id, "R5.2").genuine
    for near in edits(code):
        assert not verify(near, CATALOGUE, ring, equipment_id, "R5.2").genuine


@given(inventories, inventories)
def test_the_tag_of_one_inventory_does_not_sign_another(one: Inventory, other: Inventory) -> None:
    code = issue(AASTRA, GUIDE_RELEASE, SYSTEM, one, VECTOR_RING)
    keycode = check(code).keycode
    assert keycode is not None
    read = check(issue(AASTRA, GUIDE_RELEASE, SYSTEM, other, VECTOR_RING)).keycode
    assert read is not None
    assert (read.tag == keycode.tag) == (one == other)


def test_another_system_release_or_key_is_not_this_one() -> None:
    code, other_ring = VECTORS["ordered"], KeyRing({1: bytes(32)})
    for ring, equipment_id, release in (
        (VECTOR_RING, "03FFFF0302AD5", "R5.1"),
        (VECTOR_RING, SYSTEM, "R5.2"),
        (VECTOR_RING, SYSTEM, "R5.10"),
        (other_ring, SYSTEM, "R5.1"),
        (KeyRing({2: bytes(range(32))}), SYSTEM, "R5.1"),
    ):
        reading = verify(code, CATALOGUE, ring, equipment_id, release)
        assert reading.outcome is Outcome.OTHER_SYSTEM
        assert reading.keycode is not None
        assert reading.keycode.inventory == ORDERED


def test_every_other_quantity_is_refused() -> None:
    for key in ORDERED:
        more = {**ORDERED, key: ORDERED[key] + 1}
        if more[key] > AASTRA.function(key).most:
            more.pop(key)
        forged = issue(AASTRA, GUIDE_RELEASE, SYSTEM, more, VECTOR_RING)
        assert forged[-16:] != VECTORS["ordered"][-16:]
        # The forger has no key: he can only keep the tag that he was given.
        assert check(forged[:-16] + VECTORS["ordered"][-16:]).outcome is Outcome.OTHER_SYSTEM


def test_fields_cannot_be_moved_into_their_neighbours() -> None:
    """Release and Equipment ID are told apart in the signed message."""
    ring = VECTOR_RING
    one = ring.tag(1, "442", "R5.1", SYSTEM, "00")
    assert ring.tag(1, "442", "R5.10", SYSTEM[1:], "00") != one
    assert ring.tag(1, "442", "R5.", f"1{SYSTEM}", "00") != one


def test_keycodes_of_earlier_keys_go_on_verifying_and_the_newest_signs() -> None:
    rotated = KeyRing({1: bytes(range(32)), 2: bytes(32)})
    assert verify(VECTORS["ordered"], CATALOGUE, rotated, SYSTEM, GUIDE_RELEASE).genuine
    code = issue(AASTRA, GUIDE_RELEASE, SYSTEM, ORDERED, rotated)
    reading = verify(code, CATALOGUE, rotated, SYSTEM, GUIDE_RELEASE)
    assert reading.genuine
    assert reading.keycode is not None
    assert reading.keycode.key_number == 2
    assert not check(code).genuine


def test_a_function_keycode_unlocks_no_other_function() -> None:
    for function in NEXSPAN_PRODUCT.functions:
        code = issue_function(NEXSPAN_PRODUCT, "R4.2", NEXSPAN, function.key, VECTOR_RING)
        forged = f"{code[:3]}{VECTORS['function'][3:5]}{code[5:]}"
        valid = verify(forged, CATALOGUE, VECTOR_RING, NEXSPAN, "R4.2").genuine
        assert valid == (function.key == "hospitality")


def test_a_malformed_code_says_where_and_why() -> None:
    reading = check("442M78O108G39R5M1V51D4D05920ED281A2F")
    assert reading.outcome is Outcome.MALFORMED
    assert reading.keycode is None
    assert reading.error is not None
    assert reading.error.data["reason"] in {"spelling", "length", "reserved"}


@given(st.text(CHARACTERS, min_size=16, max_size=40))
def test_random_tags_are_not_accepted(tag: str) -> None:
    assert not check(BODY + tag).genuine


@pytest.mark.long
def test_none_of_a_million_random_codes_is_accepted() -> None:
    chance = random.Random(20081409)  # noqa: S311 - repeatable, not secret
    for _ in range(1_000_000):
        assert not check(f"{BODY}{chance.getrandbits(64) | 1 << 63:016X}").genuine
