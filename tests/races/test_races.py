"""Whoever plays with the portal while its store is slow finds no crash, no hang, no order but by
its button, and loses nothing. `python -m tests.races --runs 40 --deeds 400` plays 100,000 keys."""

from __future__ import annotations

import pytest

from tests.races.keys import LOG_IN, ORDER, REST, Deed, by_chance, keys
from tests.races.player import Fault, Player
from tests.races.shrinking import shrunk
from tests.support.installation import Installation

LONGEST = 0.1
"""The longest that a call of the store takes."""
CONTACT, ABOUT = (68, 23), (77, 23)
"""Columns and rows of links."""
KEPT: dict[str, list[Deed]] = {
    "two orders one after the other": [*LOG_IN, *ORDER, REST, *ORDER, REST],
    "home, password and a new order in one go": [
        *LOG_IN,
        keys("f3", "f6", "f2", "03FFFF0302AD4", "enter"),
        keys(*["tab"] * 6, "8", "f8"),
        REST,
        keys("f3", "f3", "f3"),
    ],
    "a search that is logged out of": [
        *LOG_IN,
        keys("f4", "tab", "tab", "R-1", "enter"),
        Deed("wait", (50,)),
        keys("f10", "tab", "enter"),
        REST,
    ],
    "clicks on two links, the second before its page is there": [
        *LOG_IN,
        *[Deed("click", CONTACT), Deed("click", ABOUT), keys("f3"), REST] * 4,
    ],
    "text after the answer to the last question": [
        *LOG_IN,
        *ORDER[:3],
        keys("f10", "tab", "enter", "and then some text", "f8"),
        REST,
        *LOG_IN,
    ],
}
"""Runs that failed once, made as short as they can be; or that are like one that somebody saw."""


@pytest.mark.parametrize("name", KEPT)
def test_a_run_that_failed_once(installation: Installation, name: str) -> None:
    Player(installation, 1, LONGEST).play(KEPT[name])


@pytest.mark.parametrize("seed", [2])  # whose keys lead to an order
def test_a_short_run(installation: Installation, seed: int) -> None:
    player = Player(installation, seed, LONGEST)
    player.play([*by_chance(seed, 40), *LOG_IN, *ORDER, REST])
    assert [told for told in player.told if told["what"] == "place"]


def test_a_mistake_is_found(installation: Installation) -> None:
    """The player looks: what nobody pressed is no order, and what is not there was not placed."""
    player = Player(installation, 1, 0.0)
    try:
        player._rest()
        player._shown["03FFFF0302AD4-0099"] = "442"
        with pytest.raises(Fault, match="was said to be placed"):
            player._settle()
    finally:
        player.close()


def test_a_run_shrinks_to_the_deeds_that_matter() -> None:
    deeds = [keys(str(number)) for number in range(50)]
    wanted = [deeds[7], deeds[31]]
    assert shrunk(deeds, lambda fewer: all(each in fewer for each in wanted)) == wanted
