"""The portal as a web page: a terminal in the browser, and one process a visitor.

textual-serve brings the terminal (xterm.js). Its server knows no login and no limit, asks for
fonts from elsewhere, takes connections from any page and does not see its processes end: this one
does. Encryption, and who may come at all, are the business of a proxy in front of it.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
import resource
import secrets
import signal
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from string import Template

import textual_serve
from aiohttp import WSCloseCode, WSMsgType, web

from tui.terminal.window import DESIGNED_FOR, possible_size
from tui.web.connections import LONGEST_SECONDS, MOST, Connections
from tui.web.visitor import Download, Visitor

PAGES = Path(__file__).parents[2] / "data" / "web"
TERMINAL = Path(textual_serve.__file__).parent / "static"
HEARTBEAT_SECONDS = 15
"""A browser that does not answer for so long is gone."""
LONGEST_MESSAGE = 4 * 1024 * 1024
"""Bytes that a browser may send at once: more than anybody pastes. The process gets fewer."""
_NUMBER = re.compile(r"[0-9]{1,5}")
KIOSK_AGAIN_SECONDS = 3
FILES_A_VISITOR = 8
"""At most open at once: a socket, the pipes of a process, those that are made meanwhile."""
OTHER_FILES = 64
POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline';"
    " font-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none';"
    " form-action 'none'; frame-ancestors 'none'; sandbox allow-scripts allow-same-origin"
    " allow-downloads"
)
"""Nothing from elsewhere, in nobody's frame, no new windows. Downloads: exports."""


class PortalServer:
    """Serves the page and its visitors.

    `command` is what each visitor's process runs, `origins` are the addresses that the page has
    in a browser, and `limit` is how many visitors there are room for: a place is free when its
    process has ended. A request may take `longest` seconds with its answer.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        origins: Iterable[str],
        limit: int,
        kiosk: bool,
        longest: float = LONGEST_SECONDS,
    ) -> None:
        self._command = command
        self._origins = frozenset(origins)
        self._limit = limit
        self._longest = longest
        self._again = KIOSK_AGAIN_SECONDS if kiosk else 0
        self._visits: set[asyncio.Task[object]] = set()
        self._connections: Connections

    def serve(self, host: str, port: int, ready: Callable[[], None]) -> None:
        """Until SIGINT or SIGTERM. Raises `OSError` when nobody can listen there."""
        # Only what goes wrong, and no values: what was typed is among them.
        logging.basicConfig(level=logging.ERROR, format="%(message)s")
        _make_room_for_files(MOST + self._limit * FILES_A_VISITOR)
        asyncio.run(self._serve(host, port, ready))

    async def _serve(self, host: str, port: int, ready: Callable[[], None]) -> None:
        loop, over = asyncio.get_running_loop(), asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, over.set)
        runner = web.AppRunner(self._application(), access_log=None)
        await runner.setup()
        assert runner.server is not None, "it is set up"
        self._connections = Connections(runner.server, self._longest)
        try:
            listening = await loop.create_server(self._connections, host, port, backlog=MOST)
            try:
                ready()
                await over.wait()
            finally:
                listening.close()
        finally:
            await self._see_everybody_out()
            await runner.cleanup()

    def _application(self) -> web.Application:
        application = web.Application()
        application.add_routes(
            [
                web.get("/", self._page),
                web.get("/ws", self._visit),
                web.static("/static", TERMINAL),
            ]
        )
        application.on_response_prepare.append(_one_request_a_connection)
        return application

    async def _see_everybody_out(self) -> None:
        for visit in self._visits:
            visit.cancel()
        await asyncio.gather(*self._visits, return_exceptions=True)

    async def _page(self, request: web.Request) -> web.Response:
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

    async def _visit(self, request: web.Request) -> web.WebSocketResponse:
        """A visitor, from his coming to his going; only from our own page, and if there is room."""
        if request.headers.get("Origin") not in self._origins:
            raise web.HTTPForbidden
        if self._is_full():
            raise web.HTTPServiceUnavailable
        visit = asyncio.current_task()
        assert visit is not None, "a request is handled in a task"
        self._visits.add(visit)
        try:
            with self._connections.kept(request):
                return await self._receive(request)
        finally:
            self._visits.discard(visit)

    async def _receive(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(heartbeat=HEARTBEAT_SECONDS, max_msg_size=LONGEST_MESSAGE)
        await socket.prepare(request)
        try:
            visitor = await Visitor.begin(self._command, _size_asked_for(request))
        except OSError:
            await socket.close(code=WSCloseCode.TRY_AGAIN_LATER)
            return socket
        showing = asyncio.create_task(_show(socket, visitor))
        try:
            await _listen(socket, visitor)
        finally:
            await visitor.end()
            showing.cancel()
        return socket

    def _is_full(self) -> bool:
        return len(self._visits) >= self._limit


def _size_asked_for(request: web.Request) -> tuple[int, int]:
    width, height = (_NUMBER.fullmatch(request.query.get(name, "")) for name in ("width", "height"))
    return possible_size(int(width[0]), int(height[0])) if width and height else DESIGNED_FOR


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
                visitor.type(text)
            case ["resize", {"width": int(width), "height": int(height)}]:
                visitor.resize(*possible_size(width, height))
            case ["ping", str(data)]:
                await socket.send_json(["pong", data])
            case ["focus" | "blur"]:
                continue  # whatever is typed is meant for the portal
            case _:
                return


async def _show(socket: web.WebSocketResponse, visitor: Visitor) -> None:
    """Pass on what the process shows; however it ends, the page hears of it."""
    try:
        async for data in visitor.shown():
            # A page that is gone reads nothing, and its process goes on until it is ended.
            with suppress(ConnectionError):
                if isinstance(data, Download):
                    # textual-serve's terminal gives this to `window.open`, which the page makes
                    # save it: no second address, with a secret in it, under which the file lies.
                    await socket.send_json(["open_url", {"url": data._asdict(), "new_tab": True}])
                else:
                    await socket.send_bytes(data)
    finally:
        await socket.close()


async def _one_request_a_connection(_request: web.Request, response: web.StreamResponse) -> None:
    """… so that a second one cannot be left half open for ever."""
    if not isinstance(response, web.WebSocketResponse):
        response.force_close()


def _make_room_for_files(needed: int) -> None:
    """The system may allow fewer open files than so many visitors need, until one asks."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = (
        needed + OTHER_FILES if hard == resource.RLIM_INFINITY else min(needed + OTHER_FILES, hard)
    )
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
