"""Connections to the server that are not a visitor's: few, and none of them lasts.

Somebody may open any number of them and never finish a request, or never read an answer. So each
has to be done within a while, and when there are too many the oldest gives way: whoever has just
come and asks for a page gets it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from aiohttp import web
from aiohttp.web_protocol import RequestHandler

LONGEST_SECONDS = 60.0
"""For the whole of a request and its answer, also where the network is slow."""
MOST = 200


class Connections:
    """Makes the protocol of each connection, as `asyncio` asks for it."""

    def __init__(self, server: web.Server, longest: float = LONGEST_SECONDS) -> None:
        self._server = server
        self._longest = longest
        self._visitors: set[RequestHandler] = set()

    def __call__(self) -> RequestHandler:
        """A new connection."""
        passing = self._passing()
        if len(passing) >= MOST:
            _cut_off(passing[0])
        protocol: RequestHandler = self._server()
        asyncio.get_running_loop().call_later(self._longest, self._has_had_its_time, protocol)
        return protocol

    @contextmanager
    def kept(self, request: web.Request) -> Iterator[None]:
        """The connection of a visitor may last."""
        self._visitors.add(request.protocol)
        try:
            yield
        finally:
            self._visitors.discard(request.protocol)

    def _passing(self) -> list[RequestHandler]:
        """The others, the oldest first."""
        return [each for each in self._server.connections if each not in self._visitors]

    def _has_had_its_time(self, protocol: RequestHandler) -> None:
        if protocol not in self._visitors:
            _cut_off(protocol)


def _cut_off(protocol: RequestHandler) -> None:
    """End it, whatever is still on its way."""
    if isinstance(protocol.transport, asyncio.Transport):
        protocol.transport.abort()
