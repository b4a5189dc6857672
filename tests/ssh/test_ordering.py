"""Operators at work over SSH: as at a terminal of the machine, whatever the line does."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from functools import partial

import pytest

from tests.ssh.server import CAREFUL, GONE, Server, serving
from tests.support.guide import COMPANY, PASSWORD, SYSTEM
from tests.support.installation import Installation
from tests.support.operator import (
    ADDRESS,
    COUNTRY,
    ITEMS,
    KEYCODE,
    REFERENCE,
    TO_ITEMS,
    TO_VALIDATION,
    Operator,
)
from tests.support.terminal import Terminal

NOTICED = 2 * (1 + 1)
"""Seconds within which the impatient server drops a silent client: it counts in whole seconds, and
drops it when the second question is due."""
HALF_AN_ORDER = (*TO_ITEMS, *ITEMS, "f8", *REFERENCE, *ADDRESS, *COUNTRY)


@pytest.fixture
def server(
    installation: Installation, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """The documented set-up, on that store."""
    with serving(tmp_path_factory.mktemp("ssh"), installation) as running:
        yield running


@pytest.fixture
def impatient(
    installation: Installation, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """The same, but that it asks a silent client once, after a second: of two values sshd takes
    the first."""
    before = "Match all\n    ClientAliveInterval 1\n    ClientAliveCountMax 1\n"
    with serving(tmp_path_factory.mktemp("ssh"), installation, before) as running:
        yield running


def goes_half_way(operator: Operator) -> None:
    operator.logs_in()
    operator.terminal.press(*HALF_AN_ORDER)
    operator.terminal.wait_for("2125469-65891", "78280", "France")


def resumes_and_confirms(server: Server) -> None:
    with server.log_in() as terminal:
        operator = Operator(terminal)
        operator.logs_in()
        terminal.wait_for(f"Resume the order for {SYSTEM}")
        terminal.press("f8")
        terminal.wait_for("2125469-65891", "78280", "France")
        terminal.press("f8")
        operator.at_step(4)
        operator.confirms()


def test_the_guides_order_from_login_to_the_end_of_the_connection(server: Server) -> None:
    with server.log_in("-i", str(server.folder / CAREFUL)) as terminal:
        operator = Operator(terminal)
        operator.logs_in()
        operator.goes_to_validation()
        operator.confirms()
        operator.sees("The order is placed: {number}")
        operator.logs_out()
        assert operator.leaves() == 0
    server.waits_until_empty(GONE)


def test_a_connection_closed_in_mid_order_is_resumed_at_the_next_login(server: Server) -> None:
    with server.log_in() as terminal:
        goes_half_way(Operator(terminal))
        terminal.signal(signal.SIGKILL)
        server.waits_until_empty(GONE)
    resumes_and_confirms(server)


def test_a_line_that_goes_silent_in_mid_order_is_noticed_and_resumed(impatient: Server) -> None:
    with impatient.log_in() as terminal:
        goes_half_way(Operator(terminal))
        terminal.signal(signal.SIGSTOP)  # connected, but nothing answers any more
        impatient.waits_until_empty(NOTICED + GONE)
    resumes_and_confirms(impatient)


def fills(terminal: Terminal, columns: int, rows: int) -> bool:
    """Whether the foot of the screen is in the last row, and the head ends at the right margin."""
    lines = terminal.text.split("\n")
    return "F1 Guide" in lines[rows - 1] and columns - 4 <= len(lines[0]) <= columns


def test_the_size_of_the_operators_window_reaches_the_portal(server: Server) -> None:
    with server.log_in() as terminal:
        Operator(terminal).logs_in()
        for size in ((132, 43), (80, 24)):
            terminal.resize(*size)
            terminal.wait_for(partial(fills, terminal, *size))


def test_several_operators_at_once(server: Server) -> None:
    with server.log_in("-i", str(server.folder / CAREFUL)) as ours, server.log_in() as theirs:
        orders, finds = Operator(ours), Operator(theirs)
        finds.sees("Company name")
        theirs.press(COMPANY, "enter", "helpdesk", "enter", PASSWORD, "enter")
        theirs.wait_for("2008-0814")
        orders.logs_in()
        assert len(server.processes()) == 2
        ours.press(*TO_VALIDATION)
        orders.at_step(4)
        orders.confirms()
        theirs.press("f4", SYSTEM, "enter")
        theirs.wait_for(KEYCODE)
