"""What happens while nobody looks: time passes, somebody else orders, the store is busy."""

from __future__ import annotations

import fcntl
import io
import os
import signal
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import pytest
from msgspec.structs import replace

from engine.assembly import Portal, open_demo
from engine.errors import WriteFailed
from engine.settings import Settings
from tests.plain.conftest import ITEMS, LEAVE, LOGIN, REFERENCE, Plain, guide_order
from tests.plain.test_order import TITLES, rows_after
from tests.support.clock import Clock
from tests.support.guide import BODY, FRESH, SYSTEM
from tui.plain.dialogue import Dialogue, InputEnded
from tui.plain.portal import PlainPortal
from tui.visit.visit import Visit
from tui.wording.translation import set_language

Answer = str | Callable[[], object]
"""A line, or something that happens before the next one."""


class Answers(io.StringIO):
    """Somebody who answers, with things happening in between."""

    def __init__(self, *answers: Answer) -> None:
        super().__init__()
        self._left = list(answers)

    def readline(self, _size: int = -1, /) -> str:  # type: ignore[override]  # text, as StringIO's
        while self._left:
            answer = self._left.pop(0)
            if isinstance(answer, str):
                return f"{answer}\n"
            answer()
        return ""


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def portal(clock: Clock) -> Iterator[Portal]:
    set_language("en")
    opened = open_demo(Settings(store=""), clock)
    yield opened
    opened.close()


def converse(portal: Portal, *answers: Answer) -> str:
    """A conversation in this process; what was said."""
    said = io.StringIO()
    plain = PlainPortal(Visit(portal), Dialogue(Answers(*answers), said, "utf-8"))
    try:
        plain.run()
    except InputEnded:
        plain.input_ended()
    return said.getvalue()


def somebody_orders(portal: Portal, trunks: str) -> None:
    """A colleague's order for the same system."""
    session, _user = portal.signing_in.sign_in(*LOGIN)
    draft = portal.ordering.new_draft(portal.ordering.find_system(session, SYSTEM))
    order = replace(draft, quantities={"BHW1095A": trunks}, reference="other", licensee="Other")
    portal.ordering.place(session, order)


def test_away_for_too_long(portal: Portal, clock: Clock) -> None:
    begun = (*LOGIN, "1", SYSTEM, *ITEMS[:2])
    said = converse(
        portal, *begun, partial(clock.advance, minutes=16), "8 57", *LOGIN, "2", "?8", "<"
    )
    ended = "You were logged out after a period of inactivity. Log in again."
    assert ended in said
    again = said.partition(ended)[2]
    assert f"2. Resume the order for {SYSTEM}" in again
    assert "7. SIP trunk (BHW1095A), €120.00 each, in this order: 8" in again


def test_every_line_is_a_sign_of_life(portal: Portal, clock: Clock) -> None:
    slowly = [part for line in REFERENCE for part in (partial(clock.advance, minutes=14), line)]
    said = converse(portal, *LOGIN, "1", SYSTEM, *ITEMS, *slowly, "YES", *LEAVE)
    assert "logged out because" not in said
    assert BODY in said


def test_a_session_that_lasted_long_enough(portal: Portal, clock: Clock) -> None:
    hours = [part for _ in range(49) for part in (partial(clock.advance, minutes=10), "?")]
    said = converse(portal, *LOGIN, "1", *hours)
    assert "the session reached its time limit" in said


def test_somebody_else_ordered_and_it_no_longer_fits(portal: Portal) -> None:
    said = converse(
        portal,
        *(*LOGIN, "1", SYSTEM, "7 250", "", *REFERENCE),
        lambda: somebody_orders(portal, "10"),
        *("YES", "7 245", "", *[""] * len(REFERENCE), "YES", *LEAVE),
    )
    why = "SIP trunk: 250 is too many. The system has 10 × SIP trunk; at most 245 more fit."
    assert why in said.replace("\n", " ")
    refused = said.index("is too many")
    assert "7. SIP trunk (BHW1095A), €120.00 each, owned: 10, in this order: 250" in said[refused:]
    assert f"The order is placed: {SYSTEM}-0003" in said
    assert ("SIP trunk", 255) in rows_after(said, TITLES["en"])


def test_somebody_else_ordered_and_it_is_added(portal: Portal) -> None:
    said = converse(
        portal,
        *(*LOGIN, "1", SYSTEM, "7 8", "", *REFERENCE),
        lambda: somebody_orders(portal, "8"),
        *("YES", *LEAVE),
    )
    assert f"The order is placed: {SYSTEM}-0003" in said
    assert ("SIP trunk", 16) in rows_after(said, TITLES["en"])


def test_a_closed_account_ends_its_conversation(plain: Plain) -> None:
    conversation = plain.talk("--plain")
    conversation.answer(*LOGIN, "1", SYSTEM, "7 8")
    conversation.until("Total excl. VAT: €960.00")
    plain.run("user", "disable", "Demo Telecom", "jsmith")
    conversation.answer("8 57")
    conversation.until("This account is disabled.")
    conversation.until("Company name:")


def test_an_issued_password_is_changed_before_all_else(plain: Plain) -> None:
    _status, said = plain.run("user", "reset-password", "Demo Telecom", "jsmith")
    issued, new = said.split()[0], "un lac sans aucune ride"
    refused = plain.tell(*LOGIN[:2], issued, "<", *LOGIN[:2], issued, "<", "<", "0")
    assert "for this login only: choose your own now" in refused.replace("\n", " ")
    assert "1. New order" not in refused
    assert "do not match" in refused.rpartition("logged out")[2]
    assert "temporary password used" in plain.run("user", "list")[1]
    _status, said = plain.run("user", "reset-password", "Demo Telecom", "jsmith")
    issued = said.split()[0]
    changed = plain.tell(*LOGIN[:2], issued, issued, new, new)
    assert "Your password is changed" in changed
    assert "1. New order" in changed


@contextmanager
def locked(plain: Plain) -> Iterator[None]:
    """Somebody else holds every lock of the store."""
    fd = os.open(plain.store / "locks", os.O_RDWR)
    try:
        everything = struct.pack("hhqqi4x", fcntl.F_WRLCK, os.SEEK_SET, 1 << 20, 0, 0)
        fcntl.fcntl(fd, fcntl.F_OFD_SETLK, everything)
        yield
    finally:
        os.close(fd)


def test_a_busy_store_can_be_asked_again(plain: Plain) -> None:
    conversation = plain.talk("--plain", KEYCODE_PORTAL_LOCK_SECONDS="0.2")
    conversation.answer(*guide_order()[:-1])
    conversation.until("type the word YES")
    with locked(plain):
        conversation.answer("YES")
        conversation.until("Nothing was changed; try again in a")
        conversation.until("type the word YES")
    conversation.answer("YES")
    conversation.until(f"The order is placed: {SYSTEM}-0002")


def test_a_signal_while_the_store_is_busy(plain: Plain) -> None:
    conversation = plain.talk("--plain", KEYCODE_PORTAL_LOCK_SECONDS="60")
    conversation.answer(*guide_order()[:-1])
    conversation.until("type the word YES")
    with locked(plain):
        conversation.answer("YES")
        conversation.process.send_signal(signal.SIGTERM)
        assert conversation.process.wait(2) == 128 + signal.SIGTERM
    assert plain.orders() == [f"{SYSTEM}-0001"]
    assert len(plain.drafts()) == 1


def test_a_signal_while_nobody_reads(plain: Plain) -> None:
    conversation = plain.talk("--plain")
    conversation.answer(*LOGIN, "1", SYSTEM, "7 8")
    conversation.until("Total excl. VAT: €960.00")
    conversation.answer(*["??"] * 200)
    conversation.until("New order, step 2: items to order")
    conversation.process.send_signal(signal.SIGTERM)
    assert conversation.process.wait(2) == 128 + signal.SIGTERM
    assert len(plain.drafts()) == 1


def test_a_logout_that_cannot_be_written_down_says_only_that_he_is_logged_out(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_session: object) -> None:
        raise WriteFailed(path="journal", reason="ENOSPC")

    monkeypatch.setattr(portal.signing_in, "sign_out", full)
    said = converse(portal, *LOGIN, "1", SYSTEM, "7 8", "<", "<", "0", "1")
    assert f"The order for {SYSTEM} is kept for later." in said
    assert "You are logged out." in said
    assert "Nothing was changed" not in said


def test_an_order_that_cannot_be_kept_is_not_left(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise WriteFailed(path="draft", reason="ENOSPC")

    monkeypatch.setattr(portal.ordering, "keep", full)
    said = converse(portal, *LOGIN, "1", SYSTEM, "7 8", "<", "<", "0", "1", "3")
    assert "Nothing was changed" in said
    assert "You are logged out." not in said
    assert said.count("What would you like to do?") > 1


def test_orders_begun_in_two_sessions_are_both_offered(portal: Portal) -> None:
    session, _user = portal.signing_in.sign_in(*LOGIN)
    for equipment_id in (SYSTEM, FRESH):
        draft = portal.ordering.new_draft(portal.ordering.find_system(session, equipment_id))
        portal.ordering.keep(session, draft)
    said = converse(portal, *LOGIN, "2", "2", "7 8", "")
    assert "2. Resume one of 2 orders" in said
    assert SYSTEM in said
    assert FRESH in said
    assert len(portal.ordering.unfinished(session)) == 2


def test_an_order_that_was_placed_meanwhile_and_is_changed_is_another_one(portal: Portal) -> None:
    def place_it() -> None:
        session, _user = portal.signing_in.sign_in(*LOGIN)
        (draft,) = portal.ordering.unfinished(session)
        portal.ordering.place(session, draft)

    said = converse(
        portal,
        *(*LOGIN, "1", SYSTEM, "7 8", "", *REFERENCE),
        place_it,
        *("<", "<", "7 9", ""),
        *[""] * len(REFERENCE),
        "YES",
        "YES",
    )
    assert f"Already placed as {SYSTEM}-0002, before you changed it." in said
    assert f"The order is placed: {SYSTEM}-0003" in said
