"""A command that came with an SSH connection: which are offered, and what they must not name.

The text of the client is split into words as a shell would, and never given to one.
"""

from __future__ import annotations

import shlex
from argparse import Namespace
from collections.abc import Sequence

from engine.errors import CommandNotOffered, OptionNotOffered
from tui.commands.installation import WrongUse
from tui.wording.stored_text import clipped
from tui.wording.translation import N_, _

OFFERED: dict[tuple[str, ...], tuple[str, str]] = {
    ("order", "place"): ("order - --json <order.json", N_("place an order from a JSON document")),
    ("order", "list"): ("order list --since 2026-11-01", N_("list orders, the latest first")),
    ("order", "show"): (
        "order show 03FFFF0302AD4-0001 --json",
        N_("show an order, its keycode and who placed it"),
    ),
    ("export",): (
        "export 03FFFF0302AD4-0001 >keycode.txt",
        N_("print the deliverables of an order"),
    ),
    ("search",): ("search --reference 2125469-65891", N_("find orders")),
    ("quote", "new"): ("quote new - --json <order.json", N_("make a quote from a JSON document")),
    ("quote", "list"): ("quote list", N_("list quotes, the latest first")),
    ("quote", "show"): ("quote show Q-2026-000123", N_("show a quote, and what became of it")),
    ("quote", "copy"): (
        "quote copy Q-2026-000123 --for 03FFFF0302B17",
        N_("make the same quote at the prices of today"),
    ),
    ("quote", "withdraw"): ("quote withdraw Q-2026-000123", N_("offer it no longer")),
    ("quote", "order"): ("quote order Q-2026-000123", N_("order what a quote says: once")),
    ("quote", "export"): (
        "quote export Q-2026-000123 >quote.txt",
        N_("print a quote for a customer"),
    ),
    ("report",): (
        "report items --from 2026-11-01 --to 2026-11-30",
        N_("what was ordered in a period: orders, items, companies, systems, keys"),
    ),
    ("show",): ("show 03FFFF0302AD4", N_("show what a system has, its keycode and its orders")),
    ("verify",): (
        "verify 03FFFF0302AD4 442ZP5M1V51…",
        N_("check that a keycode was issued for a system"),
    ),
    ("upgrade",): ("upgrade 03FFFF0302AD4 R5.2", N_("bring a system to another release")),
    ("move", "system"): (
        "move 03FFFF0302AD4 03FFFF0302AFE --reason relocation",
        N_("take a system's licences to other hardware"),
    ),
    ("move", "list"): ("move list", N_("list moves without their proof")),
    ("move", "proof"): ("move proof 03FFFF0302AD4-0002 RMA-4711", N_("give the proof of a move")),
    ("people", "list"): ("people list --json", N_("list the people of your company")),
    ("people", "add"): (
        "people add anna --last-name … --first-name … --email …",
        N_("add somebody; your own password comes on standard input"),
    ),
    ("people", "edit"): (
        "people edit anna --email …",
        N_("correct names or e-mail address"),
    ),
    ("people", "role"): (
        "people role anna company-admin",
        N_("change the role; your own password comes on standard input"),
    ),
    ("people", "issue"): (
        "people issue anna",
        N_("issue a password; your own comes on standard input"),
    ),
    ("people", "close"): ("people close anna", N_("close an account")),
    ("people", "open"): ("people open anna", N_("open an account again")),
    ("people", "end-sessions"): (
        "people end-sessions anna",
        N_("end all sessions of an account"),
    ),
    ("people", "key-list"): ("people key-list anna", N_("list somebody's SSH keys")),
    ("people", "key-add"): (
        "people key-add anna",
        N_("add an SSH key; on standard input your own password, then the key"),
    ),
    ("people", "key-remove"): ("people key-remove anna SHA256:…", N_("remove an SSH key")),
    ("request", "list"): ("request list --json", N_("list requests: those that wait, or all")),
    ("request", "show"): (
        "request show R-2026-000001",
        N_("show one, and what approving it would do"),
    ),
    ("request", "system"): (
        "request system 03FFFF0302AFE aastra5000 R5.2",
        N_("ask for a system to be added"),
    ),
    ("request", "transfer"): (
        "request transfer 03FFFF0302AFE --reason merger",
        N_("ask for another company's system"),
    ),
    ("request", "correction"): (
        "request correction 03FFFF0302AD4-0002 BHW1095A=8 --reason wrong-quantity",
        N_("ask for an order to be corrected"),
    ),
    ("request", "move"): (
        "request move 03FFFF0302AD4 03FFFF0302AFE --reason relocation",
        N_("ask for one more move than your company has"),
    ),
    ("request", "agree"): (
        "request agree R-2026-000001",
        N_("agree to a system of yours going to another company"),
    ),
    ("request", "object"): (
        "request object R-2026-000001",
        N_("object to a system of yours going to another company"),
    ),
    ("request", "withdraw"): ("request withdraw R-2026-000001", N_("ask no longer")),
    ("request", "approve"): (
        "request approve R-2026-000001",
        N_("do what was asked for (licence desk)"),
    ),
    ("request", "refuse"): (
        "request refuse R-2026-000001 --why 'not your customer'",
        N_("say no, and why (licence desk)"),
    ),
    ("catalogue", "list"): ("catalogue list", N_("list the versions of the catalogue")),
    ("catalogue", "show"): ("catalogue show", N_("show what can be ordered, and its prices")),
    ("decode",): (
        "decode 442ZP5M1V51…",
        N_("show what a keycode unlocks; needs neither store nor key"),
    ),
}
"""By the words of a command: an example, and what it does. Each asks its service, which looks at
the rights of whoever the key is."""
_STREAM = "-"
_FILES = ("file", "csv", "result")
_HELP = {"help", "--help", "-h"}


def words_of(asked: str) -> list[str]:
    """The words of what a client asked for. Raises `WrongUse`."""
    try:
        return shlex.split(asked)
    except ValueError:
        raise WrongUse(_("This command cannot be read: a quotation mark is not closed.")) from None


def asks_for_help(words: Sequence[str]) -> bool:
    """Whether it is the list of commands that is wanted."""
    return words[0] in _HELP


def help_lines() -> list[str]:
    """What there is, each with an example."""
    said = [_("Over SSH, with the rights of the key's owner:"), ""]
    for example, does in OFFERED.values():
        said += [f"  {example}", f"      {_(does)}"]
    return [*said, "", _("Each takes --help; most take --json. Without a command: the portal.")]


def require_offered(words: Sequence[str]) -> None:
    """Raise `CommandNotOffered` for what is not in the list."""
    if tuple(words[:2]) not in OFFERED and tuple(words[:1]) not in OFFERED:
        raise CommandNotOffered(text=clipped(" ".join(words[:2])))


def require_no_files(arguments: Namespace) -> None:
    """Raise `OptionNotOffered` where a file of the server is named, or another user."""
    if getattr(arguments, "user", None) is not None:
        raise OptionNotOffered(text="--as")
    for name in _FILES:
        value = getattr(arguments, name, None)
        if isinstance(value, str) and value != _STREAM:
            raise OptionNotOffered(text=value)
        if value is True or (value and name == "csv" and hasattr(arguments, "result")):
            raise OptionNotOffered(text=f"--{name}")  # it leaves a file of keycodes on the server
