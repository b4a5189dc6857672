"""`company add`, `company list`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from tui.commands.installation import actor, opened
from tui.commands.json_shapes import moment
from tui.commands.parser import add_json, company_help, subcommands
from tui.terminal.output import answering, say, say_json
from tui.wording.stored_text import shown
from tui.wording.translation import _


def add_to(parser: ArgumentParser) -> None:
    """The arguments of `company`."""
    commands = subcommands(parser)
    add_company = commands.add_parser("add", help=_("add a reseller"))
    add_company.add_argument("name", metavar=_("NAME"), help=company_help())
    add_company.set_defaults(run=add)
    listing = commands.add_parser("list", help=_("list all resellers"))
    add_json(listing)
    listing.set_defaults(run=list_companies)


def add(arguments: Namespace) -> int:
    """Add a reseller."""
    with opened(arguments) as portal:
        company = portal.administration.add_company(arguments.name, actor())
    added = _("Company “{name}” added.").format(name=company.name)
    with answering(added):
        say(added)
    return 0


def list_companies(arguments: Namespace) -> int:
    """Print all resellers."""
    with opened(arguments) as portal:
        companies = portal.administration.companies()
    if arguments.json:
        say_json([{"company": c.name, "created": moment(c.created_at)} for c in companies])
    else:
        say(*(shown(company.name) for company in companies))
    return 0
