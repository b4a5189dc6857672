"""The guide's keycodes and the test vectors of engine/keycode/FORMAT.md, digit for digit."""

from __future__ import annotations

from pathlib import Path

import pytest

import engine.keycode
from engine.inventory import Inventory
from engine.keycode.codec import decode, encode_body, expand, grouped
from engine.keycode.issuing import issue, issue_function
from engine.keycode.verifying import Outcome, verify
from tests.engine.trade import (
    AASTRA,
    CATALOGUE,
    GUIDE_CODES,
    GUIDE_RELEASE,
    NEXSPAN_PRODUCT,
    VECTOR_RING,
    VECTORS,
)
from tests.support.guide import EARLIER, NEXSPAN, ORDERED, SYSTEM


def test_vectors_of_the_unique_keycode() -> None:
    for name, inventory in (("earlier", EARLIER), ("ordered", ORDERED)):
        code = issue(AASTRA, GUIDE_RELEASE, SYSTEM, inventory, VECTOR_RING)
        assert code == VECTORS[name]
        assert verify(code, CATALOGUE, VECTOR_RING, SYSTEM, GUIDE_RELEASE).genuine


def test_vector_of_the_function_keycode() -> None:
    code = issue_function(NEXSPAN_PRODUCT, "R4.2", NEXSPAN, "hospitality", VECTOR_RING)
    assert code == VECTORS["function"]
    reading = verify(code, CATALOGUE, VECTOR_RING, NEXSPAN, "R4.2")
    assert reading.genuine
    assert reading.keycode is not None
    assert reading.keycode.function == "hospitality"


@pytest.mark.parametrize(("code", "inventory"), GUIDE_CODES.items())
def test_the_guides_own_codes_are_read_but_are_somebody_elses(
    code: str, inventory: Inventory
) -> None:
    keycode = decode(code, CATALOGUE)
    assert keycode.product is AASTRA
    assert list(keycode.inventory.items()) == list(inventory.items())
    assert keycode.key_number == 1
    assert keycode.tag == {5: "329C73D", 8: "C0ED1389E"}[inventory.get("sip-trunk", 5)]
    reading = verify(code, CATALOGUE, VECTOR_RING, SYSTEM, GUIDE_RELEASE)
    assert reading.outcome is Outcome.OTHER_SYSTEM


@pytest.mark.parametrize(("code", "inventory"), GUIDE_CODES.items())
def test_our_body_is_the_guides_up_to_its_signature(code: str, inventory: Inventory) -> None:
    assert expand(code).startswith(encode_body(AASTRA, inventory, 1))


def test_the_format_page_prints_the_same_vectors() -> None:
    page = (Path(str(engine.keycode.__file__)).parent / "FORMAT.md").read_text(encoding="utf-8")
    for code in (*VECTORS.values(), *GUIDE_CODES):
        assert f"`{code}`" in page


def test_shown_in_groups_of_four() -> None:
    assert grouped(VECTORS["earlier"]) == "442Z P5M1 V51C 1DCC 3A21 31FF 8EC"
