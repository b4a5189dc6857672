"""What runs on this machine, as the kernel tells it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple


class Process(NamedTuple):
    """A running process."""

    pid: int
    words: tuple[str, ...]

    @property
    def environment(self) -> dict[str, str]:
        """What it was given at its start."""
        pairs = Path(f"/proc/{self.pid}/environ").read_text(errors="replace").split("\0")
        return dict(pair.split("=", 1) for pair in pairs if pair)


def descendants(ancestor: int) -> list[Process]:
    """All that a process has started, and what those have."""
    children: dict[int, list[Process]] = {}
    for parent, process in _all_processes():
        children.setdefault(parent, []).append(process)
    found, waiting = [], [ancestor]
    while waiting:
        born = children.get(waiting.pop(), [])
        found += born
        waiting += [process.pid for process in born]
    return found


def is_sshd(process: Process) -> bool:
    """Whether it is the server itself: one for each connection, which calls itself `sshd: …`."""
    # One that is just ending has no words left.
    return not process.words or process.words[0].split(":")[0].endswith("sshd")


def _all_processes() -> Iterator[tuple[int, Process]]:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_text(errors="replace").split("\0")[:-1]
            # The name before the parent's number stands in brackets and may have any letters.
            state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
        except OSError:  # it has just ended
            continue
        if state != "Z":
            yield int(parent), Process(int(folder.name), tuple(words))
