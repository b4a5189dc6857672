"""Whatever a client asks for, there is the portal and nothing else.

These clients log in with the key whose restrictions the administrator forgot, on a server that
allows everything to everyone else: the documented configuration has to hold alone.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.ssh.server import HOST, Server
from tests.support.environment import COMMAND
from tests.support.screen import PATIENCE

QUESTION = "Company name"
"""What the portal asks first, in full screen and in plain mode."""
MARK = "MARK"


@pytest.mark.parametrize(
    "command",
    [
        f"touch {MARK}",
        f"; touch {MARK} #",
        f"$(touch {MARK})",
        "--store /nowhere user list",
        "exec /bin/sh -i",
    ],
)
def test_a_command_on_a_terminal_opens_the_portal(
    server: Server, tmp_path: Path, command: str
) -> None:
    mark = tmp_path / "mark"
    with server.log_in(command=command.replace(MARK, str(mark))) as terminal:
        terminal.wait_for(QUESTION)
        assert server.the_portal()
    assert not mark.exists()


@pytest.mark.parametrize("asked", [(HOST,), (HOST, "/bin/sh"), ("-s", HOST, "sftp")])
def test_without_a_terminal_only_the_portal_answers(
    server: Server, tmp_path: Path, asked: tuple[str, ...]
) -> None:
    mark = tmp_path / "mark"
    said = server.ask(*server.words("-T", *asked), given=f"touch {mark}\n$(touch {mark})\n")
    assert said.stdout.startswith("Keycode Portal\n")
    assert QUESTION in said.stdout
    assert not mark.exists()
    nobody = server.ask(*server.words("-T", *asked))
    assert (nobody.returncode, nobody.stdout) == (2, "")


@pytest.mark.parametrize("copier", [("scp", "-O"), ("scp",)])
def test_no_file_comes_or_goes(server: Server, tmp_path: Path, copier: tuple[str, ...]) -> None:
    program, *options = copier
    here, there = tmp_path / "here", tmp_path / "there"
    there.write_text("not to be had\n")
    for way in ((f"{HOST}:{there}", str(here)), (str(there), f"{HOST}:{here}")):
        assert server.ask(*server.words(*options, *way, program=program)).returncode != 0
        assert not here.exists()


def test_sftp_is_not_spoken(server: Server) -> None:
    said = server.ask(*server.words(HOST, program="sftp"), given="ls /\n")
    assert said.returncode != 0
    assert "etc" not in said.stdout


def test_only_keys_open_and_only_those_of_the_one_file(server: Server) -> None:
    nobody = server.ask(*server.words("-o", "PreferredAuthentications=none", HOST))
    assert nobody.returncode == 255
    assert "Permission denied (publickey)." in nobody.stderr
    assert server.effective()["authorizedkeysfile"] == str(server.folder / "keys")


def test_a_connection_is_one_session(server: Server, tmp_path: Path) -> None:
    shared = str(tmp_path / "shared")
    with server.log_in("-M", "-S", shared) as terminal:
        terminal.wait_for(QUESTION)
        # Without the way back to a connection of its own, which any client may have.
        second = server.ask(*server.words("-T", "-S", shared, "-o", "ProxyCommand=false", HOST))
        assert (second.returncode, second.stdout) == (255, "")
        assert server.the_portal()


@pytest.mark.parametrize("key", ["ctrl+c", "ctrl+z", "ctrl+backslash"])
def test_a_key_during_the_start_leads_nowhere_else(server: Server, key: str) -> None:
    with server.log_in("-e", "none") as terminal:
        terminal.wait_for("Keycode Portal...")
        terminal.press(key)
        end = time.monotonic() + PATIENCE
        while terminal.process.poll() is None and QUESTION not in terminal.text:
            assert time.monotonic() < end, terminal.text
            assert all(process.words[1:] == (str(COMMAND),) for process in server.processes())
            terminal.watch(0.02)


def test_a_client_that_says_nothing_is_dropped_after_a_minute(server: Server) -> None:
    effective = server.effective()
    assert int(effective["clientaliveinterval"]) * int(effective["clientalivecountmax"]) == 60
