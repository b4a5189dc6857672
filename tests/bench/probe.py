"""A terminal that only counts: bytes, and the moments at which they came."""

from __future__ import annotations

import os
import select
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple

from tests.support.screen import KEYS
from tests.support.terminal import Terminal

QUIET = 0.12
"""Seconds without a byte after which an answer is taken to be whole."""


class Answer(NamedTuple):
    """What came of a key: seconds to its first and last byte, and how many bytes."""

    first: float
    last: float
    size: int


class Probe(Terminal):
    """Looks at no screen: that would take longer than what is measured."""

    last_at: float

    def take(self, seconds: float) -> bool:
        """Take what has come, waiting for at most so long."""
        return self._take(seconds)

    def _take(self, seconds: float) -> bool:
        if not select.select([self.master], [], [], seconds)[0]:
            return False
        data = os.read(self.master, 65536)
        self.last_at = time.perf_counter()
        self.output += data
        return True

    def wait_for_bytes(self, text: str, seconds: float = 20.0) -> None:
        """Until the program has written a text, and is quiet."""
        wanted, end = text.encode(), time.monotonic() + seconds
        while wanted not in self.output:
            assert time.monotonic() < end, f"waited in vain for {text!r}"
            self._take(0.05)
        self.quiet()

    def quiet(self) -> None:
        """Until nothing more comes."""
        while self._take(QUIET):
            pass

    def ask(self, *keys: str, seen: str = "") -> Answer:
        """Press keys in one go, and take all of the answer, in which there must be a text."""
        self.output.clear()
        data = "".join(KEYS.get(key, key) for key in keys).encode()
        began = time.perf_counter()
        os.write(self.master, data)
        while not self._take(5.0):
            raise AssertionError(f"no answer to {keys}")
        first = self.last_at - began
        self.wait_for_bytes(seen)
        return Answer(first, self.last_at - began, len(self.output))

    def processor(self) -> float:
        """Seconds of processor time so far, of all threads that are still there."""
        tasks = Path(f"/proc/{self.process.pid}/task").glob("*/schedstat")
        return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9

    def private_memory(self) -> float:
        """Memory that it shares with nobody now, in MB."""
        lines = Path(f"/proc/{self.process.pid}/smaps_rollup").read_text().splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) / 1024

    def memory(self) -> float:
        """The most memory that it has had so far, in MB."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) / 1024
        raise AssertionError("every process has a high-water mark")


def last(answers: list[Answer]) -> float:
    """The median time to the last byte."""
    return median(answer.last for answer in answers)


def size(answers: list[Answer]) -> float:
    """The median bytes."""
    return median(answer.size for answer in answers)


def worst(answers: list[Answer]) -> float:
    """The 99th percentile of the time to the last byte."""
    return sorted(answer.last for answer in answers)[int(len(answers) * 0.99) - 1]
