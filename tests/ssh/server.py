"""OpenSSH's server with the documented configuration, and clients that log in to it.

Everything lies in the test's own folder: keys, configuration, store. The server listens on the
loopback address alone and is ended by its own process id.
"""

from __future__ import annotations

import getpass
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.ssh.processes import Process, descendants, is_sshd
from tests.support.environment import COMMAND
from tests.support.installation import Installation
from tests.support.screen import PATIENCE
from tests.support.terminal import Terminal

_DATA = Path(__file__).parents[2] / "data" / "ssh"
DOCUMENTED, BY_KEY = _DATA / "keycode-portal.conf", _DATA / "keycode-portal-by-key.conf"
"""One file of keys for all operators, and keys that the portal knows."""
HOST = "portal"
"""The name of the server in the clients' configuration."""
GONE = 2.0
"""Seconds within which a lost terminal ends the portal."""
CAREFUL, FORGETFUL = "careful", "forgetful"
"""Two operators: the key of the one stands in the file as documented, with `restrict,pty`; for the
other the administrator forgot it, and the configuration has to hold alone."""
GENEROUS = """\
AcceptEnv *
AllowAgentForwarding yes
AllowStreamLocalForwarding yes
AllowTcpForwarding yes
GatewayPorts yes
MaxSessions 10
PasswordAuthentication yes
PermitTunnel yes
PermitUserRC yes
Subsystem sftp internal-sftp
X11Forwarding yes
"""
"""What an administrator may have allowed to everyone else."""


class Server:
    """A running sshd."""

    def __init__(
        self, folder: Path, installation: Installation, before: str, documented: Path
    ) -> None:
        self.folder = folder
        self.documented = documented
        self.installation = installation
        self._program = _sshd()
        for name in ("host", CAREFUL, FORGETFUL):
            _make_key(folder / name)
        self._write_server_files(before)
        self._start()

    def stop(self) -> None:
        """End it; whoever is logged in stays, so tests close their terminals first."""
        self._process.terminate()
        self._process.wait(PATIENCE)

    # Clients

    def words(self, *options: str, program: str = "ssh") -> tuple[str, ...]:
        """A client's command line up to its options; it still needs `HOST`."""
        return (program, "-F", str(self.folder / "client.conf"), *options)

    def log_in(self, *options: str, command: str = "", **environment: str) -> Terminal:
        """An operator's terminal, with the SSH client in it."""
        return Terminal(
            *([command] if command else []),
            environment=self.installation.environment(**environment),
            program=self.words("-tt", *options, "--", HOST),
        )

    def ask(self, *words: str, given: str = "") -> subprocess.CompletedProcess[str]:
        """Run a client without a terminal to its end."""
        return subprocess.run(
            words,
            input=given,
            env=self.installation.environment(),
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            timeout=PATIENCE,
        )

    # What runs on the server

    def processes(self) -> list[Process]:
        """All that the server has started, but for its own."""
        return [one for one in descendants(self._process.pid) if not is_sshd(one)]

    def the_portal(self) -> Process:
        """The one process that there is, and it is the portal."""
        (process,) = self.processes()
        assert process.words[1:] == (str(COMMAND),)
        return process

    def waits_until_empty(self, seconds: float) -> None:
        """Wait until the server runs nothing any more."""
        end = time.monotonic() + seconds
        while left := self.processes():
            assert time.monotonic() < end, f"still there after {seconds} s: {left}"
            os.sched_yield()

    def effective(self) -> dict[str, str]:
        """The server's configuration for an operator, as it understands it."""
        who = f"user={getpass.getuser()},host=client.example,addr=192.0.2.1"
        said = self.ask(self._program, "-T", "-f", str(self._config), "-C", who)
        assert said.returncode == 0, said.stderr
        return dict(line.split(" ", 1) for line in said.stdout.splitlines() if " " in line)

    # Starting it

    def _write_server_files(self, before: str) -> None:
        keys = self.folder / "keys"
        careful, forgetful = (
            (self.folder / f"{name}.pub").read_text() for name in (CAREFUL, FORGETFUL)
        )
        keys.write_text(f"restrict,pty {careful}{forgetful}")
        included = self.folder / "sshd_config.d"
        included.mkdir()
        (included / "00-before.conf").write_text(before)
        (included / "keycode-portal.conf").write_text(
            _adapted(
                self.documented.read_text(),
                {
                    "Match User keycodes\n": f"Match User {getpass.getuser()}\n",
                    "/etc/ssh/keycodes.keys": str(keys),
                    # sshd starts only what root alone can change: the test's folder is not.
                    "Command /opt/": "Command /usr/bin/env /opt/",
                    "CommandUser keycodes": f"CommandUser {getpass.getuser()}",
                    "/opt/keycode-portal/bin/keycode-portal": str(COMMAND),
                    "/srv/keycodes/store": str(self.installation.store),
                },
            )
        )

    @property
    def _config(self) -> Path:
        return self.folder / "sshd_config"

    def _start(self) -> None:
        for _ in range(5):  # another program may take the port before sshd does
            self.port = port = free_port()
            self._config.write_text(
                f"Include {self.folder}/sshd_config.d/*.conf\n"
                f"ListenAddress 127.0.0.1:{port}\nHostKey {self.folder}/host\nPidFile none\n"
                # /tmp can be written by all; PAM is the machine's own.
                f"StrictModes no\nUsePAM no\n{GENEROUS}"
            )
            self._write_client_files(port)
            log = (self.folder / "sshd.log").open("w")
            self._process = subprocess.Popen(
                [self._program, "-D", "-e", "-f", str(self._config)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
            log.close()
            if self._answers(port):
                return
        pytest.fail(f"sshd does not start:\n{(self.folder / 'sshd.log').read_text()}")

    def _write_client_files(self, port: int) -> None:
        host = (self.folder / "host.pub").read_text()
        (self.folder / "known_hosts").write_text(f"[127.0.0.1]:{port} {host}")
        (self.folder / "client.conf").write_text(
            f"Host {HOST}\nHostName 127.0.0.1\nPort {port}\nUser {getpass.getuser()}\n"
            f"IdentityFile {self.folder}/{FORGETFUL}\nIdentitiesOnly yes\nBatchMode yes\n"
            f"UserKnownHostsFile {self.folder}/known_hosts\nGlobalKnownHostsFile /dev/null\n"
            "StrictHostKeyChecking yes\nLogLevel ERROR\n"
        )

    def _answers(self, port: int) -> bool:
        while self._process.poll() is None:
            with socket.socket() as client:
                if client.connect_ex(("127.0.0.1", port)) == 0:
                    return client.recv(4) == b"SSH-"
            os.sched_yield()
        return False


@contextmanager
def serving(
    folder: Path, installation: Installation, before: str = "", documented: Path = DOCUMENTED
) -> Iterator[Server]:
    """A server on that installation; `before` stands in front of the documented configuration."""
    server = Server(folder, installation, before, documented)
    try:
        yield server
    finally:
        server.stop()


def _adapted(text: str, places: dict[str, str]) -> str:
    """The documented configuration, with this test's places in place of an installation's."""
    for documented, ours in places.items():
        text = text.replace(documented, ours)
    assert not re.search(r"^[^#]*(/opt/|/srv/|/etc/|[^/]keycodes)", text, re.MULTILINE), text
    return text


def _sshd() -> str:
    program = shutil.which("sshd", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
    if program is None or shutil.which("ssh") is None:
        pytest.fail("These tests need OpenSSH's server and client: apt-get install openssh-server")
    if os.geteuid() == 0:
        # The empty folder that sshd confines itself to; made by the service where that has run.
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    return program


def _make_key(path: Path) -> None:
    words = ("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", path.name, "-f", str(path))
    subprocess.run(words, check=True)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
