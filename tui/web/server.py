"""The portal as a web page: a terminal in the browser, and one process a visitor.

textual-serve brings the terminal (xterm.js) and carries bytes between it and a process. It knows
no login and no limit, asks for fonts from elsewhere and takes connections from any page; what
is here makes up for that. Encryption, and who may come at all, are the business of a proxy in
front of it.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
import secrets
from collections.abc import Callable, Iterable
from functools import partial
from http import HTTPStatus
from pathlib import Path
from string import Template

from aiohttp import WSMsgType, web
from textual_serve.app_service import AppService
from textual_serve.server import Server

PAGES = Path(__file__).parents[2] / "data" / "web"
HEARTBEAT_SECONDS = 15
"""A browser that does not answer for so long is gone."""
LONGEST_MESSAGE = 256 * 1024
"""Bytes that a browser may send at once: by far more than anybody pastes."""
DESIGNED_FOR = (80, 24)
_NUMBER = re.compile(r"[0-9]{1,5}")
KIOSK_AGAIN_SECONDS = 3
POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline';"
    " font-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none';"
    " form-action 'none'; frame-ancestors 'none'; sandbox allow-scripts allow-same-origin"
)
"""Nothing from elsewhere, in nobody's frame, no new windows."""


class Visitor(AppService):
    """The process of one visitor."""

    async def run(self) -> None:
        """However it ends, the page hears of it."""
        try:
            await super().run()
        finally:
            await self.remote_close()


class PortalServer(Server):
    """Serves the page and its visitors.

    `command` is what each visitor's process runs, `origins` are the addresses that the page has
    in a browser, and `limit` is how many visitors there are room for.
    """

    def __init__(
        self,
        command: str,
        host: str,
        port: int,
        *,
        origins: Iterable[str],
        limit: int,
        kiosk: bool,
        ready: Callable[[], None],
    ) -> None:
        super().__init__(command, host, port, title="Keycode Portal")
        self._origins = frozenset(origins)
        self._limit = limit
        self._again = KIOSK_AGAIN_SECONDS if kiosk else 0
        self._ready = ready
        self._visits: set[asyncio.Task[object]] = set()

    def initialize_logging(self) -> None:
        """Only what goes wrong, and no values: what was typed is among them."""
        logging.basicConfig(level=logging.ERROR, format="%(message)s")

    async def on_startup(self, app: web.Application) -> None:
        """Say where it is."""
        self._ready()

    async def on_shutdown(self, app: web.Application) -> None:
        """See every visitor out."""
        for visit in self._visits:
            visit.cancel()
        await asyncio.gather(*self._visits, return_exceptions=True)

    async def handle_index(self, request: web.Request) -> web.Response:
        """The page, with its terminal."""
        if self._is_full():
            return web.Response(
                text=(PAGES / "full.html").read_text(encoding="utf-8"),
                content_type="text/html",
                status=HTTPStatus.SERVICE_UNAVAILABLE,
            )
        nonce = secrets.token_urlsafe()
        page = Template((PAGES / "page.html").read_text(encoding="utf-8"))
        return web.Response(
            text=page.substitute(nonce=nonce, again_seconds=self._again),
            content_type="text/html",
            headers={
                "Cache-Control": "no-store",
                "Content-Security-Policy": POLICY.format(nonce=nonce),
                "Referrer-Policy": "no-referrer",
                "X-Content-Type-Options": "nosniff",
            },
        )

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """A visitor, from his coming to his going; only from our own page, and if there is room."""
        if request.headers.get("Origin") not in self._origins:
            raise web.HTTPForbidden
        if self._is_full():
            raise web.HTTPServiceUnavailable
        visit = asyncio.current_task()
        assert visit is not None, "a request is handled in a task"
        self._visits.add(visit)
        try:
            return await self._receive(request)
        finally:
            self._visits.discard(visit)

    async def _receive(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(heartbeat=HEARTBEAT_SECONDS, max_msg_size=LONGEST_MESSAGE)
        await socket.prepare(request)
        visitor = Visitor(
            self.command,
            write_bytes=socket.send_bytes,
            write_str=socket.send_str,
            close=partial(_close, socket),
            download_manager=self.download_manager,
        )
        await visitor.start(*_size_asked_for(request))
        try:
            await _listen(socket, visitor)
        finally:
            await visitor.stop()
        return socket

    def _is_full(self) -> bool:
        return len(self._visits) >= self._limit


def _size_asked_for(request: web.Request) -> tuple[int, int]:
    width, height = (_NUMBER.fullmatch(request.query.get(name, "")) for name in ("width", "height"))
    return _cut(int(width[0]), int(height[0])) if width and height else DESIGNED_FOR


async def _listen(socket: web.WebSocketResponse, visitor: Visitor) -> None:
    """Pass on what the browser sends, until it is gone or sends what no terminal would."""
    async for message in socket:
        if message.type is not WSMsgType.TEXT:
            return
        try:
            said = json.loads(message.data)
        except (ValueError, RecursionError):
            return
        match said:
            case ["stdin", str(text)]:
                await visitor.send_bytes(text.encode(errors="replace"))
            case ["resize", {"width": int(width), "height": int(height)}]:
                await visitor.set_terminal_size(*_cut(width, height))
            case ["ping", str(data)]:
                await socket.send_json(["pong", data])
            case ["focus" | "blur"]:
                continue  # whatever is typed is meant for the portal
            case _:
                return


async def _close(socket: web.WebSocketResponse) -> None:
    await socket.close()


def _cut(width: int, height: int) -> tuple[int, int]:
    """A size that a window can have."""
    return max(20, min(width, 500)), max(5, min(height, 200))
