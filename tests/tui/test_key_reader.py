"""Reading keys from what a terminal sends, piece by piece."""

from __future__ import annotations

import os
import select
import time
from pathlib import Path
from threading import Event, Thread
from typing import Self

import pytest
from textual import constants
from textual.app import App
from textual.events import Key
from textual.message import Message

from tui.full_screen.input.key_reader import CHUNK, KeyReader
from tui.terminal.entrance import ESCAPE_MILLISECONDS

APART = 0.005
"""Seconds between the pieces of a sequence on a very slow line."""


class Reader(KeyReader):
    """Reads a pipe in place of a terminal."""

    def __init__(self) -> None:
        super().__init__(App())
        self.source, self.terminal = os.pipe()
        self.exit_event = Event()
        self.came: list[Message] = []
        self._thread = Thread(target=self.run_input_thread)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.end()
        self.close()
        os.close(self.source)
        os.close(self.terminal)

    def read(self) -> bytes | None:
        return os.read(self.source, CHUNK) or None

    def process_message(self, message: Message) -> None:
        self.came.append(message)

    def end(self) -> None:
        self.exit_event.set()
        with self.awake():
            self._thread.join()

    def keys(self, count: int) -> list[str]:
        """The names of the first keys that came."""
        until = time.monotonic() + 10
        while len(self.came) < count and time.monotonic() < until:
            time.sleep(0.001)
        return [message.key for message in self.came if isinstance(message, Key)]

    def gets(self, data: bytes) -> float:
        """Send bytes a piece at a time; the longest that one came after the one before."""
        before, longest = time.monotonic(), 0.0
        os.write(self.terminal, data[:1])
        for piece in data[1:]:
            time.sleep(APART)
            sending = time.monotonic()
            os.write(self.terminal, bytes([piece]))
            longest, before = max(longest, time.monotonic() - before), sending
        return longest

    def write(self, data: str) -> None: ...
    def start_application_mode(self) -> None: ...
    def disable_input(self) -> None: ...
    def stop_application_mode(self) -> None: ...


@pytest.fixture(autouse=True)
def _as_at_the_entrance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(constants, "ESCAPE_DELAY", int(ESCAPE_MILLISECONDS) / 1000)


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


async def test_each_driver_has_a_pipe_of_its_own_and_closes_it() -> None:
    before = open_files()
    with Reader() as one, Reader() as other, one.awake():
        other.end()  # it would wait for ever if it looked at what wakes the first one
    assert open_files() == before


@pytest.mark.parametrize(
    ("sequence", "key"), [(b"\x1bOP", "f1"), (b"\x1b[21~", "f10"), (b"\x1b[1;5C", "ctrl+right")]
)
async def test_a_sequence_in_pieces_is_one_key(sequence: bytes, key: str) -> None:
    """A try in which this test itself was too slow at sending says nothing."""
    while True:
        with Reader() as reader:
            longest = reader.gets(sequence)
            came = reader.keys(1)
        if longest < 1.9 * APART:
            assert came == [key]
            return


async def test_an_escape_alone_waits_exactly_once(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float | None] = []

    def waiting(
        sources: list[int], out: list[int], other: list[int], seconds: float | None
    ) -> tuple[list[int], list[int], list[int]]:
        waits.append(seconds)
        return wait(sources, out, other, seconds)

    wait = select.select
    monkeypatch.setattr(select, "select", waiting)
    with Reader() as reader:
        os.write(reader.terminal, b"\x1b")
        assert reader.keys(1) == ["escape"]
    first, rest, *after = waits
    assert first is None
    assert rest is not None
    assert 0 <= rest <= constants.ESCAPE_DELAY <= 0.01
    assert set(after) <= {None}


async def test_a_key_that_comes_right_after_an_escape_is_not_lost() -> None:
    with Reader() as reader:
        os.write(reader.terminal, b"\x1bx")
        assert reader.keys(1) == ["alt+x"]
        os.write(reader.terminal, b"y")
        assert reader.keys(2) == ["alt+x", "y"]
