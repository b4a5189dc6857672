"""`company add`, `edit`, `hold`, `release`, `list`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from engine.accounts.people import Company
from tui.commands.installation import WrongUse, actor, opened
from tui.commands.json_shapes import moment
from tui.commands.lists import add_csv, add_limit, limit
from tui.commands.parser import add_json, company_help, subcommands
from tui.commands.sheets import amount, save_table
from tui.terminal.output import answering, note, say, say_json
from tui.wording.formats import percent
from tui.wording.stored_text import shown
from tui.wording.translation import _

COLUMNS = ("company", "created", "discount", "state", "four_eyes_over")


def add_to(parser: ArgumentParser) -> None:
    """The arguments of `company`."""
    commands = subcommands(parser)
    add_company = commands.add_parser("add", help=_("add a reseller"))
    add_company.add_argument("name", metavar=_("NAME"), help=company_help())
    add_json(add_company)
    add_company.set_defaults(run=add)
    editing = commands.add_parser("edit", help=_("set a reseller's discount, or its limit"))
    editing.add_argument("name", metavar=_("NAME"), help=company_help())
    editing.add_argument(
        "--discount",
        metavar=_("PER CENT"),
        help=_("off the catalogue's prices, e.g. 12.5; 0 for none"),
    )
    editing.add_argument(
        "--four-eyes-over",
        metavar=_("AMOUNT"),
        help=_("orders for more need a second person; an empty text: none do"),
    )
    add_json(editing)
    editing.set_defaults(run=edit)
    for name, text, run in (
        ("hold", _("let a reseller look things up, but not order"), hold),
        ("release", _("let a reseller order again"), release),
    ):
        changing = commands.add_parser(name, help=text)
        changing.add_argument("name", metavar=_("NAME"), help=company_help())
        add_json(changing)
        changing.set_defaults(run=run)
    listing = commands.add_parser("list", help=_("list all resellers"))
    add_limit(listing)
    add_csv(listing)
    add_json(listing)
    listing.set_defaults(run=list_companies)


def add(arguments: Namespace) -> int:
    """Add a reseller."""
    with opened(arguments) as portal:
        company = portal.administration.add_company(arguments.name, actor())
    added = _("Company “{name}” added.").format(name=company.name)
    with answering(added):
        if arguments.json:
            say_json(_as_data(company))
        else:
            say(added)
    return 0


def edit(arguments: Namespace) -> int:
    """Set the discount, or what one person may order."""
    name, discount, most = arguments.name, arguments.discount, arguments.four_eyes_over
    if discount is None and most is None:
        raise WrongUse(_("Name what to change: --discount or --four-eyes-over."))
    with opened(arguments) as portal:
        administration, said = portal.administration, []
        company = administration.company(name)
        if discount is not None:
            company = administration.set_discount(name, discount, actor())
            said.append(_("“{name}” pays {percent} % less than the catalogue says, from now on."))
        if most is not None:
            company = administration.set_four_eyes(name, most, actor())
            said.append(_four_eyes_set(company))
    if arguments.json:
        say_json(_as_data(company))
    for text in said:
        note(
            text.format(
                name=shown(company.name),
                percent=percent(company.discount),
                most=company.four_eyes_over,
            )
        )
    return 0


def _four_eyes_set(company: Company) -> str:
    if company.four_eyes_over is None:
        return _("“{name}”: one person may order for any amount.")
    return _("“{name}”: an order for more than {most} needs a second person.")


def hold(arguments: Namespace) -> int:
    """Put on hold."""
    return _hold(arguments, on_hold=True, said=_("“{name}” is on hold: it orders nothing."))


def release(arguments: Namespace) -> int:
    """Let order again."""
    return _hold(arguments, on_hold=False, said=_("“{name}” can order again."))


def _hold(arguments: Namespace, *, on_hold: bool, said: str) -> int:
    with opened(arguments) as portal:
        company = portal.administration.hold(arguments.name, actor(), on_hold=on_hold)
    if arguments.json:
        say_json(_as_data(company))
    note(said.format(name=shown(company.name)))
    return 0


def list_companies(arguments: Namespace) -> int:
    """Print all resellers."""
    most = limit(arguments)
    with opened(arguments) as portal:
        companies = portal.administration.companies()[:most]
    if arguments.csv:
        save_table(arguments.csv, [COLUMNS, *map(_cells, companies)])
    elif arguments.json:
        say_json([_as_data(company) for company in companies])
    else:
        say(*map(_line, companies))
    return 0


def _cells(company: Company) -> tuple[str, ...]:
    most = company.four_eyes_over
    return (
        *(company.name, moment(company.created_at), percent(company.discount)),
        *("on hold" if company.on_hold else "", "" if most is None else amount(most)),
    )


def _line(company: Company) -> str:
    said = shown(company.name)
    if company.discount:
        said = _("{name} (discount {percent} %)").format(
            name=said, percent=percent(company.discount)
        )
    if company.four_eyes_over is not None:
        said = _("{name} (two people over {most})").format(name=said, most=company.four_eyes_over)
    return _("{name} (on hold)").format(name=said) if company.on_hold else said


def _as_data(company: Company) -> dict[str, object]:
    found: dict[str, object] = {"company": company.name, "created": moment(company.created_at)}
    found |= {"discount": str(company.discount)} if company.discount else {}
    if company.four_eyes_over is not None:
        found["four_eyes_over"] = str(company.four_eyes_over)
    return found | ({"on_hold": True} if company.on_hold else {})
