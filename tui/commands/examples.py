"""What stands below the help of a command: how it is used most."""

from __future__ import annotations

from argparse import ArgumentParser, HelpFormatter

from tui.wording.translation import _

EXAMPLES: dict[str, tuple[str, ...]] = {
    "audit": ("audit --since 2026-11-01", "audit --by 'Demo Telecom/jsmith' --json"),
    "backup": ("backup /srv/backup/keycodes-$(date +%F)",),
    "catalogue": (
        "catalogue show --at 2026-12-01",
        "catalogue diff aastra5000.toml",
        "catalogue put aastra5000.toml --from 2026-12-01",
    ),
    "company": ("company add 'Demo Telecom'", "company hold 'Demo Telecom'", "company list --json"),
    "completion": (
        'eval "$(keycode-portal completion bash)"',
        "completion fish >~/.config/fish/completions/keycode-portal.fish",
    ),
    "copy": (
        "copy /srv/keycodes /srv/new/keycodes",
        "copy --undo /srv/keycodes",
    ),
    "correct": (
        "correct 03FFFF0302AD4-0002 BHW1095A=8 --reason wrong-quantity --dry-run",
        "correct 03FFFF0302AD4-0002 BHW1063A=0 --reason other --note 'sold twice'",
    ),
    "decode": ("decode '442Z P5M1 V513 29C7 3D'",),
    "demo": ("demo", "--plain demo", "demo --order"),
    "events": ("events --after 4711 --wait 60 --json",),
    "export": ("export 03FFFF0302AD4-0001 >keycode.txt",),
    "move": (
        "move 03FFFF0302AD4 03FFFF0302AFE --reason failed-hardware --dry-run",
        "move 03FFFF0302AD4 03FFFF0302AFE --reason failed-hardware --proof RMA-4711",
        "move list --open",
        "move proof 03FFFF0302AD4-0002 RMA-4711",
    ),
    "order list": (
        "order list --limit 20",
        "order list --company 'Demo Telecom' --since 2026-11-01 --csv november.csv",
    ),
    "order place": (
        "order place order.json --as 'Demo Telecom/jsmith' --dry-run",
        "order place --template >orders.csv",
        "order place orders.csv --csv --as 'Demo Telecom/jsmith'",
        "order place - --json --as 'Demo Telecom/jsmith' <order.json",
    ),
    "order show": ("order show 03FFFF0302AD4-0001",),
    "quote": (
        "quote new order.json --as 'Demo Telecom/jsmith'",
        "quote list Smith --all",
        "quote order Q-2026-000123 --as 'Demo Telecom/jsmith'",
        "quote export Q-2026-000123 >quote.txt",
    ),
    "reissue": (
        "reissue --key 1 --dry-run",
        "reissue --key 1 --company 'Demo Telecom' --result keycodes.csv",
    ),
    "people": (
        "people list --as 'Demo Telecom/jsmith'",
        "people close anna --as 'Demo Telecom/jsmith'",
    ),
    "report": (
        "report orders --from 2026-01-01 --to 2026-12-31 --by month,company",
        "report items --from 2026-11-01 --to 2026-11-30 --csv november.csv",
    ),
    "request list": ("request list", "request list --all --json"),
    "request system": ("request system 03FFFF0302AFE aastra5000 R5.2 --as 'Demo Telecom/jsmith'",),
    "request refuse": ("request refuse R-2026-000001 --why 'not a customer of yours'",),
    "search": ("search --reference 2125469-65891", "search --licensee Smith --json"),
    "show": ("show 03FFFF0302AD4",),
    "status": ("status --json", "status --prometheus >/var/lib/node_exporter/keycodes.prom"),
    "system add": (
        "system add 03FFFF0302AD4 --product aastra5000 --release R5.1 \\",
        "    --company 'Demo Telecom'",
    ),
    "system import": (
        "system import --template >systems.csv",
        "system import systems.csv --dry-run",
    ),
    "try-database": ("try-database", "try-database ~/portal-to-try"),
    "upgrade": (
        "upgrade 03FFFF0302AD4 R5.2 --dry-run",
        "upgrade 03FFFF0302AD4 R5.2 --as 'Demo Telecom/jsmith' --reference 4711",
    ),
    "user add": (
        "user add 'Demo Telecom' jsmith --last-name Smith --first-name John \\",
        "    --email jsmith@example.com",
    ),
    "user key add": (
        "user key add 'Demo Telecom' jsmith jsmith.pub",
        "ssh-add -L | keycode-portal user key add 'Demo Telecom' jsmith",
    ),
    "user key remove": ("user key remove SHA256:…",),
    "verify": ("verify 03FFFF0302AD4 '442Z P5M1 V513 29C7 3D'", "verify --csv read-out.csv"),
}
"""By command, without the name of the program."""
PROGRAM = "keycode-portal"


class Formatter(HelpFormatter):
    """Wraps texts, and leaves the lines of examples as they are."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        if "\n" in text:
            return "\n".join(indent + line for line in text.split("\n"))
        return super()._fill_text(text, width, indent)


def add_examples(parser: ArgumentParser) -> None:
    """Below the help of a command, and of those that it has."""
    name = parser.prog.removeprefix(f"{PROGRAM} ")
    if lines := EXAMPLES.get(name):
        parser.epilog = "\n".join((_("examples:"), *map(_line, lines)))
    for action in parser._actions:  # argparse has no other way to walk a parser
        if isinstance(action.choices, dict):
            for below in action.choices.values():
                add_examples(below)


def _line(words: str) -> str:
    return f"  {words}" if words.startswith(("eval", " ")) else f"  {PROGRAM} {words}"
