"""Keycodes as text: one spelling each, read forgivingly, refused with the place."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import KeycodeMalformed
from engine.inventory import Inventory
from engine.keycode.codec import (
    MOST_CHARACTERS,
    Keycode,
    checked,
    compress,
    decode,
    encode_body,
    expand,
    grouped,
)
from engine.keycode.issuing import issue, issue_function
from engine.keycode.signing import KeyRing
from tests.engine.trade import (
    AASTRA,
    CATALOGUE,
    NEXSPAN_PRODUCT,
    VECTORS,
    equipment_ids,
    functions,
    inventories,
    releases,
    rings,
)
from tests.support.guide import ORDERED

ORDERED_CODE = VECTORS["ordered"]
zero_rich = st.lists(
    st.one_of(st.integers(1, 70).map(lambda n: "0" * n), st.text("123456789ABCDEF", min_size=1)),
    min_size=1,
).map("".join)


def refusal(text: str) -> tuple[str, int]:
    with pytest.raises(KeycodeMalformed) as caught:
        decode(text, CATALOGUE)
    assert len(caught.value.text) <= MOST_CHARACTERS + 1
    return caught.value.reason, caught.value.position


@given(inventories, equipment_ids, releases, rings)
def test_what_is_issued_is_read_back(
    inventory: Inventory, equipment_id: str, release: str, ring: KeyRing
) -> None:
    code = issue(AASTRA, release, equipment_id, inventory, ring)
    keycode = decode(code, CATALOGUE)
    assert list(keycode.inventory.items()) == list(inventory.items())
    assert (keycode.text, keycode.key_number, len(keycode.tag)) == (code, ring.newest, 16)
    assert keycode.product is AASTRA
    assert keycode.function is None


@given(functions, equipment_ids, rings)
def test_what_is_issued_for_a_function_is_read_back(
    function: str, equipment_id: str, ring: KeyRing
) -> None:
    keycode = decode(
        issue_function(NEXSPAN_PRODUCT, "R4.1", equipment_id, function, ring), CATALOGUE
    )
    assert (keycode.product, keycode.function) == (NEXSPAN_PRODUCT, function)
    assert keycode.inventory == {function: 1}
    assert keycode.key_number == ring.newest


@given(zero_rich)
def test_compressing_loses_nothing_and_leaves_no_long_run(digits: str) -> None:
    text = compress(digits)
    assert "000" not in text
    # A letter is at least three digits, so that 144 characters always hold 144 digits.
    if len(text) <= MOST_CHARACTERS:
        assert expand(checked(text)) == digits


@pytest.mark.parametrize(
    ("zeros", "text"),
    [
        *((1, "0"), (2, "00"), (3, "G"), (4, "H"), (21, "Y"), (22, "Z"), (23, "Z0"), (24, "Z00")),
        *((25, "ZG"), (44, "ZZ"), (46, "ZZ00"), (47, "ZZG")),
    ],
)
def test_runs_of_zeros(zeros: int, text: str) -> None:
    assert compress("0" * zeros) == text
    assert compress("F" + "0" * zeros + "1") == f"F{text}1"
    assert expand(f"F{text}1") == "F" + "0" * zeros + "1"


@given(st.text("01G HYZ", min_size=1, max_size=8).filter(str.strip))
def test_a_text_is_either_the_one_spelling_or_refused(text: str) -> None:
    written_out = re.sub(
        "[G-Z]", lambda letter: "0" * (ord(letter[0]) - ord("G") + 3), text.replace(" ", "")
    )
    if compress(written_out) == text.replace(" ", ""):
        assert expand(checked(text)) == written_out
    else:
        with pytest.raises(KeycodeMalformed) as caught:
            expand(checked(text))
        assert caught.value.reason == "spelling"


@pytest.mark.parametrize(
    ("text", "position"),
    [("442000", 6), ("4420G5", 5), ("442GG5", 5), ("442G05", 5), ("442ZG05", 6), ("44-2 0.ZF", 5)],
)
def test_another_spelling_is_refused_where_it_begins_to_differ(text: str, position: int) -> None:
    assert refusal(text) == ("spelling", position)


@given(inventories, st.data())
def test_typed_text_is_forgiving(inventory: Inventory, data: st.DataObject) -> None:
    ring = KeyRing({1: bytes(32)})
    code = issue(AASTRA, "R5.1", "0" * 13, inventory, ring)
    noise = st.sampled_from(["", " ", "-", ".", "\u00a0", "\u202f", "\t", "\n", "\u2011", "\u2013"])
    typed = "".join(
        data.draw(noise) + data.draw(st.sampled_from([character, character.lower()]))
        for character in code
    )
    assert decode(typed + data.draw(noise), CATALOGUE) == decode(code, CATALOGUE)
    assert decode(grouped(code).lower(), CATALOGUE) == decode(code, CATALOGUE)


@pytest.mark.parametrize(
    ("text", "reason", "position"),
    [
        ("", "empty", 1),
        (" -. \u00a0", "empty", 1),
        ("442é", "character", 4),
        ("44 2-M7!", "character", 6),
        ("4ß2", "character", 2),
        ("442\u0661", "character", 4),
        ("442\x1b[31m", "character", 4),
        ("44", "length", 3),
        ("999ZP5M1V51329C73D", "product", 1),
        ("G42", "product", 1),
        ("442", "length", 4),
        ("442ZP5M1V51", "length", 12),
        (f"{ORDERED_CODE}F", "length", 37),
        ("34103133CE0EBBC2940AD5FF", "length", 23),
        # Functions 00, 11 and 1A; key number 0, as a digit and inside a run.
        ("34100133CE0EBBC2940AD5", "reserved", 4),
        ("34111133CE0EBBC2940AD5", "reserved", 4),
        ("3411A133CE0EBBC2940AD5", "reserved", 4),
        ("442ZP5M1V50C1DCC3A2131FF8EC", "reserved", 11),
        ("34110G3CE0EBBC2940AD5", "spelling", 6),
        ("3411H3CE0EBBC2940AD", "reserved", 5),
    ],
)
def test_refused_with_reason_and_place(text: str, reason: str, position: int) -> None:
    assert refusal(text) == (reason, position)


def test_every_place_that_belongs_to_nothing_must_be_zero() -> None:
    used_bits = {function.bit for function in AASTRA.functions}
    reserved = [3 + bit // 4 for bit in range(52) if bit not in used_bits]
    masks = [8 >> bit % 4 for bit in range(52) if bit not in used_bits]
    for digit, mask in [*zip(reserved, masks, strict=True), *((d, 1) for d in range(58, 62))]:
        body = encode_body(AASTRA, ORDERED, 1)
        changed = f"{int(body[digit], 16) | mask:X}"
        text = compress(f"{body[:digit]}{changed}{body[digit + 1 :]}F")
        reason, position = refusal(text)
        assert reason == "reserved"
        assert text[position - 1] == changed
        assert len(expand(text[:position])) == digit + 1


def read(text: str) -> Keycode | KeycodeMalformed:
    try:
        return decode(text, CATALOGUE)
    except KeycodeMalformed as refused:
        return refused


@given(st.one_of(st.text(), st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ -."), zero_rich))
def test_whatever_is_typed_is_read_or_refused(text: str) -> None:
    answer = read(text)
    if isinstance(answer, KeycodeMalformed):
        assert 1 <= answer.position <= len(text) + 1
    else:
        assert compress(answer.body + answer.tag) == answer.text


@given(st.text("0123456789ABCDEFGZ", min_size=8), st.sampled_from(["442", "341", "442ZP5M1V51"]))
def test_whatever_follows_a_product_code_is_read_or_refused(rest: str, start: str) -> None:
    answer = read(start + rest)
    if isinstance(answer, KeycodeMalformed):
        assert answer.reason in {"spelling", "length", "reserved"}
    elif answer.product is AASTRA:
        assert encode_body(AASTRA, answer.inventory, answer.key_number) == answer.body


@pytest.mark.parametrize("character", ["Z", "4", " ", "z-", "é", "\x00"])
def test_ten_thousand_characters_are_refused_at_once(character: str) -> None:
    text = "442" + character * (10_000 // len(character))
    began = time.process_time()
    with pytest.raises(KeycodeMalformed):
        decode(text, CATALOGUE)
    assert time.process_time() - began < 0.1


def test_a_quantity_that_does_not_fit_is_never_written_over_its_neighbour() -> None:
    for key, most in (("sip-trunk", 255), ("ip-any", 1048575), ("cdr-128", 1)):
        body = encode_body(AASTRA, {key: most}, 1)
        assert decode(body_text(body), CATALOGUE).inventory == {key: most}
        with pytest.raises(ValueError, match=key):
            encode_body(AASTRA, {key: most + 1}, 1)
        with pytest.raises(ValueError, match=key):
            encode_body(AASTRA, {key: -1}, 1)


def test_the_inventory_is_read_in_the_catalogues_order_whatever_order_it_was_given_in() -> None:
    backwards = dict(reversed(ORDERED.items()))
    assert encode_body(AASTRA, backwards, 1) == encode_body(AASTRA, ORDERED, 1)


def body_text(body: str) -> str:
    return compress(f"{body}F")
