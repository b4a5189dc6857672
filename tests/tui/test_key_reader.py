"""Reading keys from what a terminal sends, piece by piece."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Event
from typing import Self

from textual.app import App
from textual.message import Message

from tui.full_screen.input.key_reader import CHUNK, KeyReader


class Reader(KeyReader):
    """Reads a pipe in place of a terminal."""

    def __init__(self) -> None:
        super().__init__(App())
        self.source, self.terminal = os.pipe()
        self.exit_event = Event()
        self.came: list[Message] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
        os.close(self.source)
        os.close(self.terminal)

    def read(self) -> bytes | None:
        return os.read(self.source, CHUNK) or None

    def process_message(self, message: Message) -> None:
        self.came.append(message)

    def write(self, data: str) -> None: ...
    def start_application_mode(self) -> None: ...
    def disable_input(self) -> None: ...
    def stop_application_mode(self) -> None: ...


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


async def test_each_driver_has_a_pipe_of_its_own_and_closes_it() -> None:
    before = open_files()
    with Reader() as one, Reader() as other, one.awake():
        other.exit_event.set()
        other.run_input_thread()  # it would wait if it looked at what wakes the first one
    assert open_files() == before
