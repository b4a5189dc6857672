"""The process of one visitor: packets go in and come out, and in the end it is really gone.

A packet is a letter, the size of what follows in four bytes (the first the highest), and that:
`D` for what is typed or shown, `M` for a JSON object with a `type`.
"""

from __future__ import annotations

import asyncio
import json
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from typing import NamedTuple

END_SECONDS = 2.0
"""So long a process may take to keep its order and end before it is killed."""
MOST_WAITING = 256 * 1024
"""Bytes that may wait for a process that does not read; what comes then is dropped."""
LONGEST = 64 * 1024
"""Characters that are passed on of what comes in one go."""
END_OF_PASTE = "\x1b[201~"
BEGIN = b"__GANGLION__\n"
"""What a process writes before its first packet."""

DOWNLOAD = "download"
"""The type of the message with which a process hands a file to its visitor."""


class Download(NamedTuple):
    """A file for the visitor."""

    name: str
    text: str


class Visitor:
    """A running process. `end` has to be called, whatever happens."""

    def __init__(self, process: Process) -> None:
        assert process.stdin is not None, "it was begun with pipes"
        assert process.stdout is not None, "it was begun with pipes"
        self._process = process
        self._stdin = process.stdin
        self._stdout = process.stdout
        self._dropped = False

    @classmethod
    async def begin(cls, command: Sequence[str], size: tuple[int, int]) -> Visitor:
        """Start its process, for a window of that size. Raises `OSError` where there is no room
        for another process."""
        process = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE)
        visitor = cls(process)
        visitor.resize(*size)
        return visitor

    def type(self, text: str) -> None:
        """What was typed. Of a paste that nobody reads to its end, beginning and end will do."""
        if len(text) > LONGEST:
            text = text[:LONGEST] + text[-len(END_OF_PASTE) :]
        self._send(b"D", text.encode(errors="replace"))

    def resize(self, width: int, height: int) -> None:
        """The window has another size, in characters."""
        self._say({"type": "resize", "width": width, "height": height})

    async def shown(self) -> AsyncIterator[bytes | Download]:
        """What is to be shown or saved, until the process ends."""
        with suppress(asyncio.IncompleteReadError):
            await self._stdout.readuntil(BEGIN)
            while True:
                head = await self._stdout.readexactly(5)
                payload = await self._stdout.readexactly(int.from_bytes(head[1:], "big"))
                if head[:1] == b"D":
                    yield payload
                elif (message := json.loads(payload)).get("type") == DOWNLOAD:
                    yield Download(message["name"], message["text"])

    async def end(self) -> None:
        """The visitor has gone: let the process keep what must not be lost, and see it end."""
        with suppress(ProcessLookupError):
            self._process.terminate()
        try:
            await asyncio.wait_for(self._process.wait(), END_SECONDS)
        except TimeoutError:
            with suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()

    def _say(self, message: dict[str, object]) -> None:
        self._send(b"M", json.dumps(message).encode())

    def _send(self, kind: bytes, payload: bytes) -> None:
        """Never waits for the process: whoever does not read must not hold up his own end."""
        if self._stdin.is_closing():
            return
        if self._stdin.transport.get_write_buffer_size() > MOST_WAITING:
            self._dropped = True
            return
        if self._dropped:
            self._dropped = False
            self._say({"type": "dropped"})
        self._stdin.write(b"%s%s%s" % (kind, len(payload).to_bytes(4, "big"), payload))
