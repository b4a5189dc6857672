"""How the text of an order gets to the person who is to have it.

A file on the server is within reach of whoever works there. Who came through SSH has a terminal,
and with a key of his own a command; who came with a browser has a download.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import NamedTuple

from engine.accounts.people import Role
from engine.licences.order import Order
from engine.papers.paper import Paper
from tui.visit.arrival import CONNECTION
from tui.visit.visit import Visit


class ExportWay(StrEnum):
    """One of them."""

    FOLDER = "folder"
    BARE = "bare"
    COPY = "copy"
    COMMAND = "command"
    DOWNLOAD = "download"


def ways_in_a_terminal(visit: Visit, environment: Mapping[str, str]) -> list[ExportWay]:
    """Those that this person can use, the likeliest first. The folder is for whoever can look
    into it: on the machine itself, and the licence desk."""
    here = CONNECTION not in environment
    ways = [ExportWay.FOLDER] if here else []
    ways += [ExportWay.BARE, ExportWay.COPY]
    if fetched_by(visit, "") is not None:
        ways.append(ExportWay.COMMAND)
    if not here and visit.signed_in.role is Role.LICENCE_DESK:
        ways.append(ExportWay.FOLDER)
    return ways


class Exported(NamedTuple):
    """A text for a person, and the service that lets it go."""

    text: str
    number: str
    """Of the order or the quote."""
    command: str
    """The portal's command that prints it."""
    to_folder: Callable[[], str]
    """Write it into the export folder; answers where. Raises what the service raises."""
    hand_over: Callable[[], str]
    """It goes another way: answers a name for it. Raises the same."""


def exported_order(visit: Visit, order: Order, text: str) -> Exported:
    """The text of an order."""
    exporting, session = visit.portal.exporting, visit.signed_in
    return Exported(
        text,
        order.number,
        "export",
        lambda: exporting.export(session, order, text),
        lambda: exporting.hand_over(session, order),
    )


def exported_quote(visit: Visit, quote: Paper, text: str) -> Exported:
    """The text of a quote."""
    exporting, session = visit.portal.exporting, visit.signed_in
    return Exported(
        text,
        quote.number,
        "quote export",
        lambda: exporting.export_quote(session, quote, text),
        lambda: exporting.hand_over_quote(session, quote),
    )


def fetched_by(visit: Visit, number: str, command: str = "export") -> str | None:
    """The command that fetches that order's text, for the owner of the key that opened the door."""
    door, session = visit.arrival.door, visit.session
    if door is None or session is None or session.company is None:
        return None
    its_owner = (door.company, door.login) == (session.company.name, session.login)
    return door.command(number, command) if its_owner else None
