"""`keycode-portal serve`: who may come, how many, and that everybody's process ends."""

from __future__ import annotations

import asyncio
import os
import re
import resource
import signal
import socket
import sys
import time
from contextlib import ExitStack, suppress
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from aiohttp import WSServerHandshakeError

from tests.support.guide import SYSTEM
from tests.support.installation import Installation
from tests.support.operator import ITEMS, TO_ITEMS, Operator
from tests.support.screen import PATIENCE
from tests.support.terminal import Terminal
from tests.web.served import GONE, Served, Visitor, free_port, serving
from tui.commands import serve
from tui.web.addresses import origins_of
from tui.web.connections import LONGEST_SECONDS
from tui.web.server import PortalServer
from tui.web.visitor import END_SECONDS

PROXY = "https://portal.example.com"
STRANGE = (
    "",
    "no JSON",
    "{}",
    "[]",
    '["stdin"]',
    '["stdin", 5]',
    '["resize", {"width": "80", "height": 24}]',
    '["resize", {"width": 1e300, "height": 24}]',
    '["quit"]',
    '["ping", {}]',
    "[" * 100_000,
)


def page(served: Served) -> tuple[int, str, dict[str, str]]:
    """Status, text and headers of the page."""
    try:
        with urlopen(Request(served.url)) as answer:  # noqa: S310  # our own server
            return answer.status, answer.read().decode(), dict(answer.headers)
    except HTTPError as error:
        with error:
            return error.code, error.read().decode(), dict(error.headers)


def test_the_guides_order_and_the_way_out(installation: Installation) -> None:
    with serving(installation) as served, Visitor(served) as visitor:
        operator = Operator(visitor)
        operator.logs_in()
        operator.goes_to_validation()
        operator.confirms()
        operator.logs_out()
        visitor.press("f10")
        visitor.wait_for_mark("Stay")
        visitor.press("tab", "enter")
        visitor.waits_for_the_end()
        served.waits_until_empty()


def test_whoever_closes_the_page_finds_the_order_again(installation: Installation) -> None:
    with serving(installation) as served:
        with Visitor(served) as visitor:
            Operator(visitor).logs_in()
            visitor.press(*TO_ITEMS, *ITEMS)
            visitor.wait_for("€6,195.00")
            visitor.leave()
            served.waits_until_empty()
        with Visitor(served) as visitor:
            Operator(visitor).logs_in()
            visitor.wait_for(f"Resume the order for {SYSTEM}")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_when_the_server_ends_every_visitor_ends_and_keeps_his_order(
    installation: Installation, number: signal.Signals
) -> None:
    with serving(installation) as served, Visitor(served) as visitor, Visitor(served) as other:
        Operator(visitor).logs_in()
        visitor.press(*TO_ITEMS, *ITEMS)
        visitor.wait_for("€6,195.00")
        other.wait_for("Company name")
        children = served.visitors()
        assert len(children) == 2
        served.end(number)
        visitor.waits_for_the_end()
        end_of(children)
    assert len(installation.drafts()) == 1


def end_of(processes: list[int]) -> None:
    """Wait until these have ended, whose parent has gone before them."""
    for process in processes:
        try:
            os.waitid(os.P_PIDFD, os.pidfd_open(process), os.WEXITED | os.WNOWAIT)
        except (ChildProcessError, ProcessLookupError):
            continue


def test_a_session_that_is_killed_ends_its_page(demo: Installation) -> None:
    with serving(demo, "--kiosk") as served, Visitor(served) as visitor:
        visitor.wait_for("Press any key to begin")
        (process,) = served.visitors()
        os.kill(process, signal.SIGKILL)
        visitor.waits_for_the_end()
        with Visitor(served) as again:
            again.wait_for("Press any key to begin")


def test_another_package_of_the_same_name(demo: Installation) -> None:
    others = demo.folder / "others"
    (others / "tui").mkdir(parents=True)
    for other in ("engine.py", "tui/__init__.py"):
        (others / other).write_text("raise SystemExit('another package of this name')")
    of_the_checkout = (sys.executable, "-m", "tui")
    with (
        serving(demo, "--kiosk", program=of_the_checkout, PYTHONPATH=str(others)) as served,
        Visitor(served) as visitor,
    ):
        visitor.wait_for("Press any key to begin")


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", "", "http://127.0.0.1:1"])
def test_another_page_cannot_open_a_socket(demo: Installation, origin: str) -> None:
    with serving(demo, "--kiosk") as served:
        with pytest.raises(WSServerHandshakeError) as refused:
            Visitor(served, Origin=origin)
        assert refused.value.status == 403
        assert served.visitors() == []


def test_behind_a_proxy_only_the_page_of_the_proxy_can(demo: Installation) -> None:
    with serving(demo, "--kiosk", "--behind-proxy", f"{PROXY}/licences/") as served:
        with pytest.raises(WSServerHandshakeError):
            Visitor(served)
        with Visitor(served, Origin=PROXY) as visitor:
            visitor.wait_for("Press any key to begin")


def test_more_than_the_limit_are_asked_to_wait(demo: Installation) -> None:
    with (
        serving(demo, "--kiosk", "--limit", "2") as served,
        Visitor(served) as first,
        Visitor(served) as second,
    ):
        first.wait_for("Press any key to begin")
        second.wait_for("Press any key to begin")
        status, text, _headers = page(served)
        assert status == 503
        assert "All sessions are in use" in text
        assert "sessions sont occupées" in text
        with pytest.raises(WSServerHandshakeError) as refused:
            Visitor(served)
        assert refused.value.status == 503
        assert len(served.visitors()) == 2
        first.leave()
        second.wait_for(lambda: page(served)[0] == 200)
        with Visitor(served) as third:
            third.wait_for("Press any key to begin")


def test_a_place_is_free_only_when_its_process_has_ended(demo: Installation) -> None:
    """… however many keys were sent to a page before it was closed."""
    with serving(demo, "--kiosk", "--limit", "2") as served:
        for _ in range(6):
            with come_when_there_is_room(served) as visitor:
                assert len(served.visitors()) <= 2
                visitor.wait_for("Press any key to begin")
                visitor.send(b"\t" * 60_000)
                visitor.leave()
        served.waits_until_empty(GONE + PATIENCE)


def come_when_there_is_room(served: Served) -> Visitor:
    end = time.monotonic() + PATIENCE
    while True:
        with suppress(WSServerHandshakeError):
            return Visitor(served)
        assert len(served.visitors()) <= 2
        assert time.monotonic() < end, "no place becomes free"


def test_a_process_that_hangs_is_killed_when_its_page_is_closed(demo: Installation) -> None:
    with serving(demo, "--kiosk", "--limit", "1") as served:
        with Visitor(served) as visitor:
            visitor.wait_for("Press any key to begin")
            (process,) = served.visitors()
            os.kill(process, signal.SIGSTOP)
            visitor.send(b"x" * 200_000)
            visitor.send(b"x" * 200_000)
            visitor.leave()
            assert page(served)[0] == 503
        served.waits_until_empty(END_SECONDS + PATIENCE)
        with come_when_there_is_room(served) as another:
            another.wait_for("Press any key to begin")


def test_half_open_requests_hold_nobody_up(demo: Installation) -> None:
    """More of them than the server may have files open."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 4096), hard))
    with ExitStack() as stack, serving(demo, "--kiosk") as served:
        for _ in range(1_200):
            half = stack.enter_context(socket.create_connection(("127.0.0.1", served.port)))
            half.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n")
        began = time.monotonic()
        assert page(served)[0] == 200
        assert time.monotonic() - began < LONGEST_SECONDS / 2
        with Visitor(served) as visitor:
            visitor.wait_for("Press any key to begin")


async def test_a_request_that_is_never_finished_is_cut_off() -> None:
    server = PortalServer([], origins=[], limit=1, kiosk=False, longest=0.1)
    port = free_port()
    ready = asyncio.Event()
    serving_it = asyncio.create_task(server._serve("127.0.0.1", port, ready.set))
    await ready.wait()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET / HTTP/1.1\r\n")
    async with asyncio.timeout(PATIENCE):
        assert await reader.read() == b""
    writer.close()
    await writer.wait_closed()
    serving_it.cancel()
    await asyncio.wait([serving_it])


def test_nobody_is_shown_a_list_of_files(demo: Installation) -> None:
    with serving(demo, "--kiosk") as served:
        for place in ("static", "static/", "static/js/", "download/x"):
            with pytest.raises(HTTPError) as refused:
                urlopen(served.url + place)  # noqa: S310  # our own server
            with refused.value:
                assert refused.value.code in (403, 404)


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://portal.example.com", "https://portal.example.com"),
        ("https://Portal.Example.com:443/licences/", "https://portal.example.com"),
        ("https://portal.example.com:8443/", "https://portal.example.com:8443"),
        ("https://münchen.example/", "https://xn--mnchen-3ya.example"),
        ("https://[2001:DB8::1]:443/", "https://[2001:db8::1]"),
    ],
)
def test_the_address_of_the_proxy_is_read_as_a_browser_writes_it(address: str, origin: str) -> None:
    assert origins_of("127.0.0.1", 8000, address) == [origin]


def test_the_page_may_be_shown_under_every_name_of_this_machine() -> None:
    assert set(origins_of("127.0.0.2", 80, None)) == {
        "http://127.0.0.1",
        "http://127.0.0.2",
        "http://localhost",
        "http://[::1]",
    }


def test_the_page_asks_nothing_of_anybody_else(demo: Installation) -> None:
    with serving(demo, "--kiosk") as served:
        status, text, headers = page(served)
        assert status == 200
        assert re.findall(r"(?:https?:)?//[\w.-]+\.\w+", text) == []
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "http" not in policy
        assert "frame-ancestors 'none'" in policy
        for name in re.findall(r'(?:src|href)="(static/[^"]+)"|url\("(static/[^"]+)"\)', text):
            with urlopen(served.url + "".join(name)) as answer:  # noqa: S310
                assert answer.status == 200


@pytest.mark.parametrize("text", STRANGE)
def test_strange_messages_end_only_their_own_visit(demo: Installation, text: str) -> None:
    with serving(demo, "--kiosk") as served:
        with Visitor(served) as visitor, Visitor(served) as bystander:
            visitor.wait_for("Press any key to begin")
            visitor.say_text(text)
            visitor.waits_for_the_end()
            bystander.press("x")
            bystander.wait_for("Ctrl+P")
            bystander.leave()
        served.waits_until_empty()
        served.end()
        assert "Traceback" not in served.said()


def test_sizes_that_no_window_has_are_cut(demo: Installation) -> None:
    with serving(demo, "--kiosk") as served, Visitor(served) as visitor:
        visitor.wait_for("Press any key to begin")
        visitor.say("resize", {"width": 10**9, "height": 10**9})
        visitor.say("resize", {"width": -5, "height": 0})
        visitor.say("resize", {"width": 70, "height": 10})
        visitor.wait_for("this window has 70\u00a0×\u00a010")
        visitor.say("resize", {"width": 80, "height": 24})
        visitor.wait_for("Press any key to begin")


def test_a_paste_that_is_far_too_long_is_cut_and_that_is_said(demo: Installation) -> None:
    with serving(demo, "--kiosk") as served, Visitor(served) as visitor:
        visitor.wait_for("Press any key to begin")
        visitor.press("x")
        visitor.wait_for("Ctrl+P")
        visitor.paste("y" * 2_000_000)
        visitor.wait_for("too long: only its beginning was taken")
        visitor.press("f10")
        visitor.wait_for("Press any key to begin")


def test_what_is_typed_is_nowhere_on_the_server(installation: Installation) -> None:
    with serving(installation) as served:
        with Visitor(served) as visitor:
            visitor.wait_for("Company name")
            visitor.press("Demo", "enter", "jsmith", "enter", "a canary of a password", "enter")
            visitor.wait_for("! ")
            visitor.say_text('["stdin", "canary"')  # cut off, where a server might log it
            visitor.waits_for_the_end()
        served.end()
        assert "canary" not in served.said()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "portal.example.com"])  # noqa: S104
def test_other_machines_need_a_proxy_in_front(demo: Installation, host: str) -> None:
    with demo.open("serve", "--kiosk", "--host", host) as terminal:
        assert terminal.wait_for_end() == 2
        terminal.wait_for("HTTPS", "--behind-proxy")


@pytest.mark.parametrize(
    "words",
    [
        ("--behind-proxy", "http://portal.example.com"),
        ("--behind-proxy", "portal.example.com"),
        ("--behind-proxy", "https://me:secret@portal.example.com"),
        ("--behind-proxy", "https://portal.example.com:99999"),
        ("--port", "0"),
        ("--port", "65536"),
        ("--limit", "0"),
        ("--session",),
    ],
)
def test_wrong_use_is_said(demo: Installation, words: tuple[str, ...]) -> None:
    with demo.open("serve", "--kiosk", *words) as terminal:
        assert terminal.wait_for_end() == 2
        assert terminal.text.strip()
        assert "Traceback" not in terminal.text


def test_a_port_that_is_taken_is_said(demo: Installation) -> None:
    with (
        serving(demo, "--kiosk") as served,
        demo.open("serve", "--kiosk", "--port", str(served.port)) as terminal,
    ):
        assert terminal.wait_for_end() == 1
        terminal.wait_for("Cannot listen", "another program listens there")


def test_without_a_store_it_does_not_begin(demo: Installation) -> None:
    with demo.open("serve") as terminal:
        assert terminal.wait_for_end() == 1
        # The path of the store is as long as the machine has it: the line may break anywhere.
        terminal.wait_for(lambda: "keycode-portal init" in terminal.text.replace("\n", ""))


def test_without_the_extra_it_says_how_to_get_it(demo: Installation) -> None:
    hidden = demo.folder / "textual_serve.py"
    hidden.write_text("raise ModuleNotFoundError('hidden', name='textual_serve')\n")
    environment = demo.environment(PYTHONPATH=str(demo.folder))
    with Terminal("serve", "--kiosk", environment=environment) as terminal:
        assert terminal.wait_for_end() == 1
        terminal.wait_for(f"pip install '{serve.NEEDED}'")
