"""`request`: what is asked of the licence desk: list, show, ask for, answer, decide."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from typing import Any

import msgspec

from engine.assembly import Portal
from engine.licences.moves import REASONS as MOVE_REASONS
from engine.papers.paper import OPEN_STATES, Paper, PaperState
from engine.services.access import Session
from engine.services.changing import CORRECTION_REASONS
from engine.services.transferring import REASONS as TRANSFER_REASONS
from tui.commands.acting import key_of, needs_a_user, session_of
from tui.commands.installation import WrongUse, opened
from tui.commands.json_shapes import moment, plan_answer
from tui.commands.lists import add_limit, limit
from tui.commands.parser import add_json, equipment_id_help, order_help, subcommands
from tui.commands.verdict_json import error_answer
from tui.terminal.output import answering, note, say, say_json
from tui.visit.requests import look
from tui.wording.audit_events import named_actor
from tui.wording.requests import request_page, request_rows, what_was_done
from tui.wording.translation import N_, _

WIDTH = 80
Run = Callable[[Portal, Session, Namespace], Paper]


def add_to(parser: ArgumentParser) -> None:
    """The arguments of `request`."""
    commands = subcommands(parser)
    listing = commands.add_parser("list", help=_("list requests: those that wait, or all"))
    listing.add_argument(
        "--all", action="store_true", help=_("those that are decided or withdrawn, too")
    )
    _add_user(listing)
    add_limit(listing)
    add_json(listing)
    listing.set_defaults(run=list_requests)
    showing = commands.add_parser("show", help=_("show one, and what approving it would do"))
    _add_number(showing)
    showing.set_defaults(run=show)
    _add_asking(commands)
    for name, (text, _run) in _DECIDING.items():
        deciding = commands.add_parser(name, help=_(text))
        _add_number(deciding)
        deciding.set_defaults(run=decide)
        if name == "refuse":
            deciding.add_argument(
                "--why",
                required=True,
                metavar=_("TEXT"),
                help=_("the reason, for the person who asked"),
            )


def _add_asking(commands: Any) -> None:
    system = commands.add_parser("system", help=_("ask for a system to be added"))
    system.add_argument("equipment_id", metavar=_("ID"), help=equipment_id_help())
    system.add_argument("product", metavar=_("PRODUCT"), help=_("e.g. aastra5000"))
    system.add_argument("release", metavar=_("RELEASE"), help=_("software release, e.g. R5.2"))
    system.add_argument("--model", default="", metavar=_("MODEL"), help=_("where it has models"))
    transfer = commands.add_parser("transfer", help=_("ask for another company's system"))
    transfer.add_argument("equipment_id", metavar=_("ID"), help=equipment_id_help())
    _add_reason(transfer, TRANSFER_REASONS)
    moving = commands.add_parser("move", help=_("ask for one more move than your company has"))
    moving.add_argument("equipment_id", metavar=_("FROM"), help=equipment_id_help())
    moving.add_argument("to", metavar=_("TO"), help=_("Equipment ID of the new hardware"))
    moving.add_argument(
        "--proof", default="", metavar=_("TEXT"), help=_("return note of the old hardware")
    )
    _add_reason(moving, MOVE_REASONS)
    correction = commands.add_parser("correction", help=_("ask for an order to be corrected"))
    correction.add_argument("number", metavar=_("ORDER"), help=order_help())
    correction.add_argument(
        "quantities",
        nargs="+",
        metavar=_("PART=QUANTITY"),
        help=_("the quantity that was meant, e.g. BHW1095A=8; 0 for none"),
    )
    _add_reason(correction, CORRECTION_REASONS)
    for parser in (system, transfer, moving, correction):
        parser.add_argument(
            "--note", default="", metavar=_("TEXT"), help=_("a few words, at most 80 characters")
        )
        _add_user(parser)
        add_json(parser)
        parser.set_defaults(run=ask)


def _add_reason(parser: ArgumentParser, reasons: tuple[str, ...]) -> None:
    parser.add_argument(
        "--reason",
        default="",
        metavar=_("REASON"),
        help=_("one of: {words}").format(words=", ".join(reasons)),
    )


def _add_user(parser: ArgumentParser) -> None:
    parser.add_argument("--as", dest="user", metavar=_("COMPANY/LOGIN"), help=_("user to act as"))


def _add_number(parser: ArgumentParser) -> None:
    parser.add_argument("number", metavar=_("NUMBER"), help=_("of the request, e.g. R-2026-000001"))
    _add_user(parser)
    add_json(parser)


def list_requests(arguments: Namespace) -> int:
    """Print them, the last first."""
    most = limit(arguments) or 100
    states = frozenset(PaperState) if arguments.all else OPEN_STATES
    with opened(arguments) as portal:
        session = session_of(portal, arguments)
        papers = portal.requests.requests(session, states, limit=most)
        names = portal.requests.company_names(session, papers)
    if arguments.json:
        say_json([_as_data(paper, names) for paper in papers])
    elif papers:
        say(*request_rows(papers, names, WIDTH))
    else:
        note(_("No request waits."))
    return 0


def show(arguments: Namespace) -> int:
    """Print one."""
    with opened(arguments) as portal:
        session = session_of(portal, arguments)
        found = look(portal, session, arguments.number)
        catalogue = portal.catalogue
    if arguments.json:
        plan = {"plan": plan_answer(found.plan)} if found.plan else {}
        obstacle = {"obstacle": error_answer(found.obstacle)} if found.obstacle else {}
        say_json(_as_data(found.paper, found.names) | plan | obstacle)
    else:
        say(*request_page(found, catalogue, WIDTH))
    return 0


def ask(arguments: Namespace) -> int:
    """Ask the licence desk."""
    run = _ASKING[arguments.subcommand]
    if arguments.user is None and not key_of(arguments):
        raise WrongUse(needs_a_user())
    return _done(arguments, run, f"request-{arguments.subcommand}")


def _ask_for_system(portal: Portal, session: Session, given: Namespace) -> Paper:
    return portal.asking.ask_for_system(
        session,
        given.equipment_id,
        given.product,
        given.release,
        model=given.model,
        note=given.note,
    )


def _ask_for_transfer(portal: Portal, session: Session, given: Namespace) -> Paper:
    return portal.asking.ask_for_transfer(session, given.equipment_id, given.reason, given.note)


def _ask_for_move(portal: Portal, session: Session, given: Namespace) -> Paper:
    said = portal.changing.said(
        reason=given.reason, note=given.note, proof=given.proof, reasons=MOVE_REASONS
    )
    return portal.asking.ask_for_move(session, given.equipment_id, given.to, said)


def _ask_for_correction(portal: Portal, session: Session, given: Namespace) -> Paper:
    said = portal.changing.said(reason=given.reason, note=given.note, reasons=CORRECTION_REASONS)
    meant: dict[str, str] = {}
    for text in given.quantities:
        part, equals, quantity = text.partition("=")
        if not equals:
            raise WrongUse(_("A quantity is given as PART=QUANTITY, e.g. BHW1095A=8."))
        meant[part.strip().upper()] = quantity.strip()
    return portal.asking.ask_for_correction(session, given.number, meant, said)


def decide(arguments: Namespace) -> int:
    """Approve, refuse, withdraw, agree, object."""
    _text, run = _DECIDING[arguments.subcommand]
    return _done(arguments, run, f"request-{arguments.subcommand}")


def _done(arguments: Namespace, run: Run, deed: str) -> int:
    with opened(arguments) as portal:
        session = session_of(portal, arguments)
        paper = run(portal, session, arguments)
        names = portal.requests.company_names(session, [paper])
    said = what_was_done(deed, paper)
    with answering(said):
        if arguments.json:
            say_json(_as_data(paper, names))
        else:
            say(said)
    return 0


_ASKING: dict[str, Run] = {
    "system": _ask_for_system,
    "transfer": _ask_for_transfer,
    "move": _ask_for_move,
    "correction": _ask_for_correction,
}
_DECIDING: dict[str, tuple[str, Run]] = {
    "approve": (
        N_("do what was asked for (licence desk)"),
        lambda p, s, given: p.requests.approve(s, given.number),
    ),
    "refuse": (
        N_("say no, and why (licence desk)"),
        lambda p, s, given: p.requests.refuse(s, given.number, given.why),
    ),
    "withdraw": (
        N_("ask no longer"),
        lambda p, s, given: p.requests.withdraw(s, given.number),
    ),
    "agree": (
        N_("agree to a system of yours going to another company"),
        lambda p, s, given: p.requests.answer(s, given.number, agreed=True),
    ),
    "object": (
        N_("object to a system of yours going to another company"),
        lambda p, s, given: p.requests.answer(s, given.number, agreed=False),
    ),
}


def _as_data(paper: Paper, names: dict[str, str]) -> dict[str, Any]:
    asked: dict[str, Any] = msgspec.to_builtins(paper.asked)
    kind = asked.pop("type")
    decided = {
        "decided_by": named_actor(paper.decided_by, names),
        "decided_at": moment(paper.decided_at) if paper.decided_at else "",
        "why": paper.why,
        "outcome": paper.outcome,
    }
    return {
        "request": paper.number,
        "kind": kind,
        "state": paper.state.value,
        "company": names.get(paper.company_id, paper.company_id),
        "by": named_actor(paper.by, names),
        "at": moment(paper.at),
        "equipment_id": paper.asked.equipment_id,
        "asked": {name: value for name, value in asked.items() if value not in ("", None)},
        **{name: value for name, value in decided.items() if value},
    }
