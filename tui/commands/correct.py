"""`correct ORDER PART=QUANTITY…`: an order that was a mistake, down to what was meant."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from engine.services.changing import CORRECTION_REASONS
from tui.commands.acting import session_of
from tui.commands.changes import add_common, say_done, say_plan
from tui.commands.installation import WrongUse, opened
from tui.commands.parser import order_help
from tui.wording.stored_text import clipped
from tui.wording.translation import _


def add_to(parser: ArgumentParser) -> None:
    """The arguments of `correct`."""
    parser.add_argument("order", metavar=_("ORDER"), help=order_help())
    parser.add_argument(
        "meant",
        nargs="+",
        metavar=_("PART=QUANTITY"),
        help=_("the quantity that was meant, e.g. BHW1095A=8; 0 for none"),
    )
    parser.add_argument(
        "--reason",
        required=True,
        metavar=_("REASON"),
        help=_("one of: {words}").format(words=", ".join(CORRECTION_REASONS)),
    )
    add_common(parser, as_user=False)
    parser.set_defaults(run=correct)


def correct(arguments: Namespace) -> int:
    """Show what it would leave, or do it and print the deliverables."""
    meant = dict(map(_meant, arguments.meant))
    with opened(arguments) as portal:
        session, changing = session_of(portal, arguments), portal.changing
        said = changing.said(
            reference=arguments.reference, reason=arguments.reason, note=arguments.note
        )
        if arguments.dry_run:
            say_plan(changing.plan_correction(session, arguments.order, meant), arguments)
            return 0
        say_done(changing.correct(session, arguments.order, meant, said), portal, arguments)
    return 0


def _meant(text: str) -> tuple[str, str]:
    """`BHW1095A=8`. Raises `WrongUse`."""
    part, equals, quantity = text.partition("=")
    if not equals or not part:
        raise WrongUse(
            _("“{text}” is not PART=QUANTITY, for example BHW1095A=8.").format(text=clipped(text))
        )
    return part.strip().upper(), quantity.strip()
