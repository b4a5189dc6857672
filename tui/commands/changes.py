"""What the commands that change a system after the sale have in common."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from engine.assembly import Portal
from engine.audit import UserName
from engine.licences.plans import Plan
from engine.ports import Placement
from engine.services.access import Session
from tui.commands.installation import WrongUse, unix_user
from tui.commands.json_shapes import order_answer, plan_answer
from tui.commands.parser import add_json
from tui.terminal.output import answering, note, say, say_json
from tui.wording.translation import _


def add_common(parser: ArgumentParser, *, as_user: bool) -> None:
    """`--reference`, `--note`, `--dry-run`, `--json`; `--as` where users may, too."""
    if as_user:
        parser.add_argument(
            "--as", dest="user", metavar=_("COMPANY/LOGIN"), help=_("user to act as")
        )
    parser.add_argument(
        "--reference", default="", metavar=_("TEXT"), help=_("your reference, for the records")
    )
    parser.add_argument(
        "--note", default="", metavar=_("TEXT"), help=_("a few words, at most 80 characters")
    )
    parser.add_argument(
        "--dry-run", action="store_true", help=_("show what it would give, and do nothing")
    )
    add_json(parser)


def session_of(portal: Portal, arguments: Namespace) -> Session:
    """Of the user of `--as`, or of the licence desk. Raises `WrongUse`, `CompanyUnknown`,
    `UserUnknown`."""
    text: str | None = getattr(arguments, "user", None)
    if text is None:
        return portal.signing_in.at_the_desk(unix_user())
    name = UserName.parse(text)
    if name is None:
        raise WrongUse(_("--as needs a company and a username: --as COMPANY/LOGIN"))
    return portal.signing_in.act_as(*name, unix_user())


def say_plan(plan: Plan, arguments: Namespace) -> None:
    """What would be done."""
    if arguments.json:
        say_json(plan_answer(plan))
        return
    from tui.wording.plans import plan_page

    note(_("Nothing was changed: this is what it would give."))
    say(*plan_page(plan))


def say_done(placement: Placement, portal: Portal, arguments: Namespace) -> None:
    """The order that it became, with its keycode."""
    placed = placement.order
    product = portal.catalogue.product(placed.product)
    if placement.already:
        note(_("This had been done before; nothing was changed."))
    done = _("Done: order {number}. `export {number}` prints its keycode.")
    with answering(done.format(number=placed.number)):
        if arguments.json:
            say_json(order_answer(placed, product))
            return
        from tui.wording.deliverables import deliverables_text

        say(*deliverables_text(placed, product).splitlines())
