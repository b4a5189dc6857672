"""`keycode-portal serve` on the loopback address, and visitors who come without a browser: they
send and get what the page would."""

from __future__ import annotations

import asyncio
import json
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType

from tests.support.environment import COMMAND, ROOT
from tests.support.installation import Installation
from tests.support.screen import PATIENCE, SIZE, Screen

GONE = 2.0
"""Seconds within which a visitor's process has ended."""


class Served:
    """A running server. End it at the end of a test (`serving`)."""

    def __init__(
        self,
        installation: Installation,
        *words: str,
        program: tuple[str, ...] = (str(COMMAND),),
        **environment: str,
    ) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/"
        self.origin = f"http://127.0.0.1:{self.port}"
        self.process = subprocess.Popen(
            [*program, "serve", "--port", str(self.port), *words],
            env=installation.environment(**environment),
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        end = time.monotonic() + PATIENCE
        while not self._answers():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < end, "the server does not answer"

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """End it; the exit status."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)

    def said(self) -> str:
        """All that it has said, once it has ended."""
        assert self.process.stdout is not None
        return str(self.process.stdout.read())

    def visitors(self) -> list[int]:
        """The processes of the visitors."""
        found = []
        for path in Path(f"/proc/{self.process.pid}/task").glob("*/children"):
            with suppress(OSError):  # a thread that has ended meanwhile
                found += [int(child) for child in path.read_text().split()]
        return sorted(found)

    def waits_until_empty(self, seconds: float = GONE) -> None:
        """Wait until every visitor's process has ended."""
        end = time.monotonic() + seconds
        while left := self.visitors():
            assert time.monotonic() < end, f"still there after {seconds} s: {left}"
            time.sleep(0.01)

    def _answers(self) -> bool:
        with socket.socket() as client:
            return client.connect_ex(("127.0.0.1", self.port)) == 0


class Visitor(Screen):
    """The other end of the page's socket."""

    def __init__(self, served: Served, size: tuple[int, int] = SIZE, **headers: str) -> None:
        super().__init__(served.process, size)
        self._loop = asyncio.new_event_loop()
        self.closed = False
        place = f"ws?width={size[0]}&height={size[1]}"
        try:
            self._session, self._socket = self._run(
                _connect(served.url + place, {"Origin": served.origin} | headers)
            )
        except BaseException:
            self._loop.close()
            raise
        self.say("resize", {"width": size[0], "height": size[1]})
        self.say("focus")

    def __enter__(self) -> Visitor:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _where: TracebackType | None,
    ) -> None:
        self._run(self._socket.close())
        self._run(self._session.close())
        self._loop.close()

    def send(self, data: bytes) -> None:
        """Type."""
        self.say("stdin", data.decode())

    def say(self, *message: Any) -> None:
        """Send a message of the page."""
        self.say_text(json.dumps(message))

    def say_text(self, text: str) -> None:
        """Send any text."""
        self._run(self._socket.send_str(text))

    def leave(self) -> None:
        """Close the page."""
        self._run(self._socket.close())

    def waits_for_the_end(self) -> None:
        """Wait until the server has closed the socket."""
        self.wait_for(lambda: self.closed)

    def _take(self, seconds: float) -> bool:
        assert not self.closed, f"the server has closed the socket\n{self.text}"
        try:
            message = self._run(self._socket.receive(seconds))
        except TimeoutError:
            return False
        if message.type is WSMsgType.BINARY:
            self.show(message.data)
        self.closed = bool(self._socket.closed)
        return True

    def _run(self, what: Any) -> Any:
        return self._loop.run_until_complete(what)


async def _connect(
    url: str, headers: dict[str, str]
) -> tuple[ClientSession, ClientWebSocketResponse]:
    session = ClientSession()
    try:
        return session, await session.ws_connect(url, headers=headers)
    except BaseException:
        await session.close()
        raise


@contextmanager
def serving(
    installation: Installation,
    *words: str,
    program: tuple[str, ...] = (str(COMMAND),),
    **environment: str,
) -> Iterator[Served]:
    """A server for one test."""
    served = Served(installation, *words, program=program, **environment)
    try:
        yield served
    finally:
        if served.process.poll() is None:
            served.end()
        if served.process.stdout is not None:
            served.process.stdout.close()


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
