"""A headless Chromium, steered by its own protocol, with the portal's page in it.

The protocol (https://chromedevtools.github.io/devtools-protocol/) is JSON over a socket: what is
asked has a number, and so has its answer; what happens has a `method`.
"""

from __future__ import annotations

import asyncio
import base64
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse

from tests.support.screen import PATIENCE, Screen
from tests.web.served import Served

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-dev-shm-usage", "--window-size=1000,800", "--remote-debugging-port=0"),
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
FIND_TERMINAL = """
Object.defineProperty(Object.prototype, "terminal", {
    configurable: true,
    set(value) {
        window.theTerminal = value;
        Object.defineProperty(this, "terminal", { value, writable: true });
    },
});
"""
"""The page keeps its terminal to itself; a test has to see what it shows."""
READ_TEXT = """
(() => {
    const buffer = window.theTerminal?.buffer.active;
    const notices = [...document.querySelectorAll("body > .closed, body > p")];
    const said = notices.filter((notice) => notice.checkVisibility()).map((p) => p.innerText);
    if (said.length || !buffer) return said.join("\\n");
    const rows = [...Array(buffer.length).keys()];
    return rows.map((row) => buffer.getLine(row).translateToString(true).trimEnd()).join("\\n");
})()
"""
READ_MARKED = """
(() => {
    const buffer = window.theTerminal.buffer.active;
    let marked = "";
    for (let row = 0; row < buffer.length; row++) {
        const line = buffer.getLine(row);
        for (let column = 0; column < line.length; column++) {
            const cell = line.getCell(column);
            marked += cell.isInverse() ? cell.getChars() || " " : "\\0";
        }
    }
    return marked;
})()
"""


class Pressed(NamedTuple):
    """A key as a keyboard sends it."""

    code: str
    number: int
    text: str = ""


KEYS = {
    "enter": Pressed("Enter", 13, "\r"),
    "tab": Pressed("Tab", 9),
    "escape": Pressed("Escape", 27),
    "space": Pressed("Space", 32, " "),
    **{f"f{number}": Pressed(f"F{number}", 111 + number) for number in range(1, 11)},
}


class Page(Screen):
    """The portal's page in the browser."""

    def __init__(self, served: Served, profile: Path) -> None:
        super().__init__(served.process)
        self.requested: list[str] = []
        """The address of everything that the page asked for."""
        self._loop = asyncio.new_event_loop()
        self._number = 0
        self._browser = subprocess.Popen(
            [_chromium(), *FLAGS, f"--user-data-dir={profile}", "about:blank"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            self._session, self._socket = self._run(_attach(_port(profile, self._browser)))
            for domain in ("Page", "Network", "Runtime"):
                self.ask(f"{domain}.enable")
            self.ask("Page.addScriptToEvaluateOnNewDocument", source=FIND_TERMINAL)
            self.ask("Page.navigate", url=served.url)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End the browser."""
        if hasattr(self, "_session"):
            self._run(self._socket.close())
            self._run(self._session.close())
        self._loop.close()
        self._browser.terminate()
        self._browser.wait(PATIENCE)

    # What the person does

    def press(self, *keys: str) -> None:
        """Press keys by name, or type any other text, key by key."""
        for key in keys:
            for pressed in [KEYS[key]] if key in KEYS else map(_letter, key):
                self._press(pressed)

    def send(self, data: bytes) -> None:
        """Type."""
        self.press(data.decode())

    def _press(self, pressed: Pressed) -> None:
        key = pressed.text if pressed.text.isprintable() and pressed.text else pressed.code
        sent = {"key": key, "code": pressed.code, "windowsVirtualKeyCode": pressed.number}
        kind = "keyDown" if pressed.text else "rawKeyDown"
        self.ask("Input.dispatchKeyEvent", type=kind, text=pressed.text, **sent)
        self.ask("Input.dispatchKeyEvent", type="keyUp", **sent)

    # What the person sees

    @property
    def text(self) -> str:
        """What the page says in place of the terminal, or the terminal, a line a row."""
        return str(self.value(READ_TEXT))

    @property
    def marked(self) -> str:
        """What stands in reverse."""
        return str(self.value(READ_MARKED))

    def value(self, expression: str) -> Any:
        """The value of a JavaScript expression in the page."""
        answer = self.ask("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def picture(self) -> bytes:
        """A PNG of the page as it looks now."""
        return base64.b64decode(self.ask("Page.captureScreenshot", format="png")["data"])

    # The protocol

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Ask the browser something; answers its answer."""
        self._number += 1
        question = {"id": self._number, "method": method, "params": parameters}
        self._run(self._socket.send_json(question))
        end = time.monotonic() + PATIENCE
        while True:
            message = self._run(self._socket.receive_json(timeout=end - time.monotonic()))
            if message.get("id") == self._number:
                assert "error" not in message, message
                return dict(message["result"])
            self._note(message)

    def _take(self, seconds: float) -> bool:
        try:
            self._note(self._run(self._socket.receive_json(timeout=seconds)))
        except TimeoutError:
            return False
        return True

    def _note(self, message: dict[str, Any]) -> None:
        if message["method"] == "Network.requestWillBeSent":
            self.requested.append(message["params"]["request"]["url"])
        elif message["method"] == "Network.webSocketCreated":
            self.requested.append(message["params"]["url"])

    def _run(self, what: Any) -> Any:
        return self._loop.run_until_complete(what)


@contextmanager
def browsing(served: Served, profile: Path) -> Iterator[Page]:
    """A browser of the test's own at the portal's page."""
    page = Page(served, profile)
    try:
        yield page
    finally:
        page.close()


def _letter(letter: str) -> Pressed:
    return Pressed(code="", number=ord(letter.upper()) if letter.isalnum() else 0, text=letter)


async def _attach(port: int) -> tuple[ClientSession, ClientWebSocketResponse]:
    session = ClientSession()
    async with session.get(f"http://127.0.0.1:{port}/json/list") as answer:
        (page,) = [target for target in await answer.json() if target["type"] == "page"]
    return session, await session.ws_connect(page["webSocketDebuggerUrl"], max_msg_size=0)


def _port(profile: Path, browser: subprocess.Popen[bytes]) -> int:
    """Where the browser listens: it writes that down."""
    written = profile / "DevToolsActivePort"
    end = time.monotonic() + PATIENCE
    while not (written.exists() and (lines := written.read_text().splitlines())[1:]):
        assert browser.poll() is None, "the browser has ended"
        assert time.monotonic() < end, "the browser does not begin"
        os.sched_yield()
    return int(lines[0])


def _chromium() -> str:
    for name in NAMES:
        if path := shutil.which(name):
            return path
    pytest.fail("These tests need Chromium: apt-get install chromium")
