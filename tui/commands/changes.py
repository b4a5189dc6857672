"""What the commands that change a system after the sale have in common."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from engine.assembly import Portal
from engine.licences.plans import Plan
from engine.ports import Placement
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
