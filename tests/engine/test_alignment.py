"""A keycode with any number of mistakes in it is found among those that a system has."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from engine.keycode.alignment import align, as_digits, begun, nearest, nearest_so_far, part_of
from engine.keycode.codec import separated
from tests.engine.trade import CATALOGUE, VECTORS

OLD, CODE, FUNCTION = VECTORS["earlier"], VECTORS["ordered"], VECTORS["function"]
CODES = (CODE, OLD)
texts = st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZé", max_size=50)
positions = st.integers(1, len(CODE))


@given(st.sets(positions, max_size=7))
def test_wrong_characters_are_those_that_are_marked(places: set[int]) -> None:
    typed = "".join("?" if place in places else c for place, c in enumerate(CODE, 1))
    found = nearest(typed, CODES)
    assert found is not None
    assert found.keycode == CODE
    assert found.typed == found.right == tuple(sorted(places))


@given(st.sets(positions, max_size=7))
def test_what_was_left_out_is_marked_in_the_right_one(places: set[int]) -> None:
    typed = "".join(c for place, c in enumerate(CODE, 1) if place not in places)
    found = nearest(typed, CODES)
    assert found is not None
    assert (found.keycode, found.typed, found.mistakes) == (CODE, (), len(places))
    left = (c for place, c in enumerate(CODE, 1) if place not in found.right)
    assert "".join(left) == typed


@given(texts, texts)
def test_apart_from_what_is_marked_both_are_the_same(typed: str, keycode: str) -> None:
    found = align(typed, keycode)
    as_typed = [c for place, c in enumerate(typed, 1) if place not in found.typed]
    as_right = [c for place, c in enumerate(keycode, 1) if place not in found.right]
    assert as_typed == as_right
    assert (found.cost == 0) == (typed == keycode)
    assert align(keycode, typed).cost == found.cost


@given(texts)
def test_whatever_is_typed_marks_stand_where_there_are_characters(typed: str) -> None:
    for found in (nearest(typed, CODES), nearest_so_far(typed, CODES)):
        if found:
            assert all(1 <= place <= len(typed) for place in found.typed)
            assert all(1 <= place <= len(found.keycode) for place in found.right)


def test_swapped_neighbours_are_one_slip() -> None:
    typed = CODE[:7] + CODE[8] + CODE[7] + CODE[9:]
    found = align(typed, CODE)
    assert (found.typed, found.right, found.cost) == ((8, 9), (8, 9), align("A", "B").cost)


def test_letters_that_look_like_digits_weigh_less_than_others() -> None:
    alike, other = CODE.replace("0", "O").replace("1", "l".upper()), CODE.replace("0", "7")
    assert as_digits(alike) == CODE
    assert align(alike, CODE).cost < align(other, CODE).cost
    assert nearest(alike, CODES) == align(alike, CODE)


def test_another_keycode_is_not_bent_into_this_one() -> None:
    chance = random.Random(5)  # noqa: S311
    for _ in range(300):
        tag = "".join(chance.choices("0123456789ABCDEF", k=16))
        assert nearest(OLD[:-16] + tag, [OLD]) is None
    assert nearest(CODE, [OLD]) is None
    assert nearest("", CODES) is None


def test_of_ten_thousand_keycodes_the_right_one_is_found() -> None:
    chance = random.Random(6)  # noqa: S311
    many = [OLD[:-16] + "".join(chance.choices("0123456789ABCDEF", k=16)) for _ in range(10_000)]
    meant = many[7_000]
    typed = meant[:3] + meant[5:15] + "8" + meant[15:20] + meant[21] + meant[20] + meant[22:]
    found = nearest(typed, many)
    assert found is not None
    assert found.keycode == meant


def test_what_is_typed_so_far_lacks_nothing() -> None:
    for end in range(1, len(CODE) + 1):
        found = nearest_so_far(CODE[:end], CODES)
        assert found is not None
        assert (found.typed, found.right) == ((), ())
        assert found.reached == end
    wrong = nearest_so_far(CODE[:9] + "?" + CODE[10:14], CODES)
    assert wrong is not None
    assert (wrong.keycode, wrong.typed, wrong.reached) == (CODE, (10,), 14)


def test_a_beginning_may_have_mistakes_in_it_where_it_is_long_enough() -> None:
    found = begun(CODE[:5] + "?" + CODE[6:12], CODES)
    assert found is not None
    assert (found.keycode, found.typed, found.reached) == (CODE, (6,), 12)
    at_the_end = begun(CODE[:11] + "?", CODES)
    assert at_the_end is not None
    assert (at_the_end.typed, at_the_end.right) == ((12,), (12,))
    for too_little in ("", CODE[:3] + "?", f"{CODE[:4]}????", "?" * 30):
        assert begun(too_little, CODES) is None


def test_parts_are_found_at_both_ends_and_between() -> None:
    assert part_of(CODE[:4], CODE) == range(1, 5)
    assert part_of(CODE[-4:], CODE) == range(len(CODE) - 3, len(CODE) + 1)
    assert part_of(CODE[4:12], CODE) == range(5, 13)
    assert part_of(CODE[4:12].replace("0", "O"), CODE) == range(5, 13)
    for none in (CODE, CODE[:3], "", "ZZZZ", f"{CODE}0"):
        assert part_of(none, CODE) is None


def test_keycodes_that_were_pasted_together_are_taken_apart() -> None:
    assert separated(CODE + OLD, CATALOGUE) == [CODE, OLD]
    assert separated(f" {CODE.lower()}\n{FUNCTION} {OLD}", CATALOGUE) == [CODE, FUNCTION, OLD]
    assert separated(CODE + CODE, CATALOGUE) == [CODE]
    for one in (CODE, OLD[:-1], f"{CODE}{OLD[:9]}", "", " ", "Z" * 400, CODE + "é"):
        assert separated(one, CATALOGUE) == [one]
