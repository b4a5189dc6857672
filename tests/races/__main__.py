"""The races by hand: plays deeds by chance at a slow portal, and shrinks a run that fails.

    python -m tests.races [--seed N] [--runs N] [--deeds N] [--longest SECONDS]

A run that fails is made shorter for as long as it fails, and printed as it goes into
`test_races.py`. What happens when depends on the machine too: a run is tried three times.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.races.keys import Deed, by_chance
from tests.races.player import HANG_SECONDS, Fault, Player
from tests.races.shrinking import shrunk
from tests.support.copies import copy_installation
from tests.support.installation import Installation

TRIES = 3


def fault_of(template: Path, deeds: list[Deed], seed: int, longest: float) -> Fault | None:
    """What went wrong in a new installation."""
    with tempfile.TemporaryDirectory() as folder:
        copy_installation(template, Path(folder))
        try:
            Player(Installation(Path(folder)), seed, longest, HANG_SECONDS * 2).play(deeds)
        except Fault as fault:
            return fault
    return None


def main() -> int:
    """Runs until one fails; 1 when one did."""
    parser = argparse.ArgumentParser(prog="python -m tests.races")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--deeds", type=int, default=200)
    parser.add_argument("--longest", type=float, default=0.4)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        Installation(Path(folder)).done("init", "--demo")
        for seed in range(chosen.seed, chosen.seed + chosen.runs):
            deeds = by_chance(seed, chosen.deeds)
            fault = fault_of(Path(folder), deeds, seed, chosen.longest)
            print(f"seed {seed}: {len(deeds)} deeds, {fault or 'no fault'}", flush=True)  # noqa: T201
            if fault is not None:

                def fails(fewer: list[Deed], seed: int = seed) -> bool:
                    tries = (
                        fault_of(Path(folder), fewer, seed, chosen.longest) for _ in range(TRIES)
                    )
                    return any(tries)

                for deed in shrunk(deeds, fails):
                    print(f"    {deed!r},")  # noqa: T201
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
