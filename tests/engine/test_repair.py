"""A keycode with one slip of the hand in it is recognised, and the slip is shown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.keycode.codec import grouped
from engine.keycode.repair import Mistake, Repair, repair
from tests.engine.trade import AASTRA, GUIDE_RELEASE, NEXSPAN_PRODUCT, VECTOR_RING, VECTORS
from tests.support.guide import NEXSPAN, SYSTEM

CODE = VECTORS["ordered"]
characters = st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ!é?")
positions = st.integers(1, len(CODE))


def mend(typed: str) -> Repair | None:
    return repair(typed, AASTRA, VECTOR_RING, SYSTEM, GUIDE_RELEASE)


@given(positions, characters)
def test_a_wrong_character(position: int, character: str) -> None:
    typed = CODE[: position - 1] + character + CODE[position:]
    if typed == CODE:
        assert mend(typed) is None
    else:
        assert mend(typed) == Repair(CODE, Mistake.WRONG, (position,), (position,))


@given(positions)
def test_a_missing_character(position: int) -> None:
    mended = mend(CODE[: position - 1] + CODE[position:])
    assert mended is not None
    assert (mended.keycode, mended.mistake, mended.typed) == (CODE, Mistake.MISSING, ())
    # In a doubled character either may be the missing one.
    assert CODE[mended.right[0] - 1] == CODE[position - 1]


@given(positions, characters)
def test_an_extra_character(position: int, character: str) -> None:
    typed = CODE[: position - 1] + character + CODE[position - 1 :]
    mended = mend(typed)
    assert mended is not None
    assert (mended.keycode, mended.mistake, mended.right) == (CODE, Mistake.EXTRA, ())
    (extra,) = mended.typed
    assert typed[: extra - 1] + typed[extra:] == CODE


@given(st.integers(1, len(CODE) - 1))
def test_swapped_characters(position: int) -> None:
    one, other = CODE[position - 1], CODE[position]
    typed = CODE[: position - 1] + other + one + CODE[position + 1 :]
    expected = Repair(CODE, Mistake.SWAPPED, *((position, position + 1),) * 2)
    assert mend(typed) == (None if one == other else expected)


def test_typed_as_people_type() -> None:
    typed = grouped(CODE.replace("108", "1O8")).lower()
    assert mend(typed) == Repair(CODE, Mistake.WRONG, (9,), (9,))
    assert mend(f"{typed[:-1]}é") is None
    assert mend(f"{grouped(CODE).lower()[:-1]}é") == Repair(CODE, Mistake.WRONG, (36,), (36,))


def test_a_function_keycode() -> None:
    code = VECTORS["function"]
    typed = code[:-1] + "8"
    mended = repair(typed, NEXSPAN_PRODUCT, VECTOR_RING, NEXSPAN, "R4.2")
    assert mended == Repair(code, Mistake.WRONG, (22,), (22,))


def test_nothing_to_offer() -> None:
    for typed in (
        "",
        "4",
        "\x1b[2J",
        CODE,
        grouped(CODE).lower(),
        CODE[:-2],
        CODE[:-2] + "00",
        "442ZP5M1V51329C73D",
        "Z" * 10_000,
        "442" + "é" * 10_000,
    ):
        assert mend(typed) is None


def test_another_systems_keycode_is_not_bent_into_this_ones() -> None:
    assert repair(CODE, AASTRA, VECTOR_RING, "03FFFF0302B17", "R5.2") is None
