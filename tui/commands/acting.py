"""In whose name a command acts: the licence desk's, a user's (`--as`), or, where it came with an
SSH key, that of its owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.audit import UserName
from tui.commands.installation import WrongUse, unix_user
from tui.wording.translation import _

if TYPE_CHECKING:
    from argparse import Namespace

    from engine.assembly import Portal
    from engine.services.access import Session


def session_of(portal: Portal, arguments: Namespace) -> Session:
    """Of the owner of the key, of the user of `--as`, or of the licence desk.

    Raises `WrongUse`, `CompanyUnknown`, `UserUnknown`, `SshKeyUnknown`, `SessionEnded`.
    """
    if fingerprint := key_of(arguments):
        return portal.ssh_access.act(fingerprint)
    text: str | None = getattr(arguments, "user", None)
    if text is None:
        return portal.signing_in.at_the_desk(unix_user())
    name = UserName.parse(text)
    if name is None:
        raise WrongUse(needs_a_user())
    return portal.signing_in.act_as(*name, unix_user())


def key_of(arguments: Namespace) -> str:
    """The fingerprint of the SSH key that the command came with, or ""."""
    return str(getattr(arguments, "ssh_key", ""))


def needs_a_user() -> str:
    """What is wrong with a `--as` that is none, or not there."""
    return _("--as needs a company and a username: --as COMPANY/LOGIN")
