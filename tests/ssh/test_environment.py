"""What a client says of itself reaches the portal only where it may."""

from __future__ import annotations

import pytest

from tests.ssh.server import GONE, Server
from tests.support.terminal import Terminal

QUESTION = "Company name"
ITS_OWN = {"SSH_CLIENT", "SSH_CONNECTION", "SSH_TTY"}
"""Of a connection, made by the server."""
HOSTILE = {
    "BASH_ENV": "/nowhere",
    "COLUMNS": "1",
    "ENV": "/nowhere",
    "GCONV_PATH": "/nowhere",
    "HOME": "/nowhere",
    "KEYCODE_PORTAL_BCRYPT_COST": "4",
    "KEYCODE_PORTAL_KEYS": "/nowhere",
    "KEYCODE_PORTAL_STORE": "/nowhere",
    "LANGUAGE": "fr",
    "LC_FOO": "bar",
    "LD_LIBRARY_PATH": "/nowhere",
    "LD_PRELOAD": "/nowhere.so",
    "LOCPATH": "/nowhere",
    "PATH": "/nowhere",
    "PYTHONHOME": "/nowhere",
    "PYTHONINSPECT": "1",
    "PYTHONPATH": "/nowhere",
    "PYTHONSTARTUP": "/nowhere",
    "PYTHONWARNINGS": "error",
    "SHELL": "/nowhere",
    "TERMINFO": "/nowhere",
    "TEXTUAL_DRIVER": "os:system",
    "TEXTUAL_LOG": "/nowhere",
    "TEXTUAL_PRESS": "f10,tab,enter",
    "TMPDIR": "/nowhere",
    "XDG_STATE_HOME": "/nowhere",
}
ALLOWED = {"LANG": "fr_FR.UTF-8", "LC_ALL": "C.UTF-8", "LC_CTYPE": "C.UTF-8", "NO_COLOR": "1"}


def environment_of(server: Server, terminal: Terminal) -> dict[str, str]:
    terminal.wait_for(QUESTION)
    found = server.the_portal().environment
    return {name: value for name, value in found.items() if name not in ITS_OWN}


def test_only_what_is_allowed_comes_in(server: Server) -> None:
    sent = HOSTILE | ALLOWED
    words = " ".join(f"{name}={value}" for name, value in sent.items())
    with server.log_in() as terminal:
        usual = environment_of(server, terminal)
    server.waits_until_empty(GONE)
    with server.log_in("-o", f"SetEnv={words}") as terminal:
        assert environment_of(server, terminal) == usual | ALLOWED
    assert usual["KEYCODE_PORTAL_STORE"] == str(server.installation.store)
    assert not {name for name in usual if name.startswith(("LD_", "PYTHON", "TEXTUAL"))}


@pytest.mark.parametrize("name", ["LANG", "LC_ALL", "LC_CTYPE"])
@pytest.mark.parametrize(
    "value", ["", "../../../../etc/passwd", "fr_FR.ISO-8859-1", "%s%n", "x" * 4000, "\x1b[2J"]
)
def test_a_locale_that_is_none_opens_the_portal(server: Server, name: str, value: str) -> None:
    with server.log_in("-o", f"SendEnv={name}", **{"LC_ALL": "", name: value}) as terminal:
        terminal.wait_for(QUESTION, "Username", "Password")


@pytest.mark.parametrize("value", ["", "dumb", "../../../../etc/passwd", "x" * 4000, "\x1b[2J"])
def test_a_terminal_of_any_name_opens_the_portal(server: Server, value: str) -> None:
    with server.log_in(TERM=value) as terminal:
        terminal.wait_for(QUESTION)
        assert server.the_portal()
