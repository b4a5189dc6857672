"""The shortest list of deeds that still fails."""

from __future__ import annotations

from collections.abc import Callable

from tests.races.keys import Deed


def shrunk(deeds: list[Deed], fails: Callable[[list[Deed]], bool]) -> list[Deed]:
    """The shortest list that still fails: halves are left out, then quarters, then one by one."""
    size = len(deeds) // 2
    while size:
        place = 0
        while place < len(deeds):
            without = deeds[:place] + deeds[place + size :]
            if without and fails(without):
                deeds = without
            else:
                place += size
        size //= 2
    return deeds
