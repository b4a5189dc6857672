"""Through the server nobody reaches another machine, nor another program on this one."""

from __future__ import annotations

import os
import socket
import struct
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.ssh.server import HOST, Server, free_port
from tests.support.screen import PATIENCE

HERE = "127.0.0.1"


@contextmanager
def listening(address: str | tuple[str, int]) -> Iterator[socket.socket]:
    """What a client would like to reach: it never waits for a connection."""
    family = socket.AF_UNIX if isinstance(address, str) else socket.AF_INET
    with socket.socket(family) as wanted:
        wanted.bind(address)
        wanted.listen()
        wanted.setblocking(False)
        yield wanted


@contextmanager
def running(*words: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def sends(port: int, data: bytes) -> bytes:
    """Connect as soon as the client listens, and answer what comes back before it hangs up."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with socket.socket() as local:
            local.settimeout(PATIENCE)
            if local.connect_ex((HERE, port)) == 0:
                try:
                    local.sendall(data)
                    return local.recv(100)
                except ConnectionError:
                    return b""
        os.sched_yield()
    raise AssertionError("the client never listened")


def nobody_came(wanted: socket.socket) -> bool:
    try:
        wanted.accept()
    except BlockingIOError:
        return True
    return False


def test_no_port_of_the_server_is_reached(server: Server) -> None:
    with listening((HERE, 0)) as wanted:
        target, ours = wanted.getsockname()[1], free_port()
        with running(*server.words("-N", "-L", f"{ours}:{HERE}:{target}", HOST)):
            assert sends(ours, b"hello") == b""
        assert nobody_came(wanted)
        said = server.ask(*server.words("-W", f"{HERE}:{target}", HOST))
        assert (said.returncode, said.stdout) == (255, "")
        assert nobody_came(wanted)


def test_the_server_is_no_proxy(server: Server) -> None:
    with listening((HERE, 0)) as wanted:
        target, ours = wanted.getsockname()[1], free_port()
        socks4 = struct.pack("!BBH4sB", 4, 1, target, socket.inet_aton(HERE), 0)
        with running(*server.words("-N", "-D", str(ours), HOST)):
            assert sends(ours, socks4) == b""
        assert nobody_came(wanted)


def test_no_socket_of_the_server_is_reached(server: Server, tmp_path: Path) -> None:
    with listening(str(tmp_path / "socket")) as wanted:
        ours = free_port()
        with running(*server.words("-N", "-L", f"{ours}:{tmp_path}/socket", HOST)):
            assert sends(ours, b"hello") == b""
        assert nobody_came(wanted)


def test_the_server_listens_for_nobody(server: Server, tmp_path: Path) -> None:
    there = tmp_path / "socket"
    for listen in ("0", str(there)):
        words = ("-N", "-o", "ExitOnForwardFailure=yes", "-R", f"{listen}:{HERE}:9", HOST)
        assert server.ask(*server.words(*words)).returncode == 255
    assert not there.exists()


def test_neither_agent_nor_display_comes_along(server: Server, tmp_path: Path) -> None:
    agent = str(tmp_path / "agent")
    with running("ssh-agent", "-D", "-a", agent):
        end = time.monotonic() + PATIENCE
        while not Path(agent).exists():
            assert time.monotonic() < end
        with server.log_in("-A", "-Y", SSH_AUTH_SOCK=agent, DISPLAY=":99") as terminal:
            terminal.wait_for("Company name")
            assert not {"SSH_AUTH_SOCK", "DISPLAY"} & set(server.the_portal().environment)


def test_what_cannot_be_tried_everywhere_is_off_too(server: Server) -> None:
    effective = server.effective()
    for name in ("x11forwarding", "permittunnel", "permituserrc", "permituserenvironment"):
        assert effective[name] == "no"
