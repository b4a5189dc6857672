"""Whatever is typed, marks stand below what they mark, and the lines fit."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.engine.trade import CATALOGUE, VECTORS
from tui.wording.keycode_so_far import so_far
from tui.wording.tables import cells

CODES = (VECTORS["ordered"], VECTORS["earlier"])
typed = st.one_of(
    st.text(max_size=100),
    st.lists(st.sampled_from([*CODES, VECTORS["ordered"][:9], "O", "l", "?"]), max_size=5).map(
        "".join
    ),
)


@given(typed, st.sampled_from([(), CODES]))
def test_marks_stand_below_what_they_mark(text: str, keycodes: tuple[str, ...]) -> None:
    lines = so_far(text, keycodes, CATALOGUE, 76)
    assert all(cells(line) <= 76 for line in lines)
    for above, line in pairwise(lines):
        if "^" in line and not line.strip(" ^"):
            assert above.count("[") >= line.count("^")


def test_what_is_right_has_no_mark_at_any_time() -> None:
    for code in CODES:
        for end in range(1, len(code) + 1):
            for keycodes in ((), CODES):
                assert "[" not in "".join(so_far(code[:end], keycodes, CATALOGUE, 76))
