"""`ssh`: what sshd runs for an operator (`ForceCommand`), and what it asks for keys
(`AuthorizedKeysCommand`)."""

from __future__ import annotations

import os
import pwd
from argparse import ArgumentParser, Namespace
from base64 import b64decode
from binascii import Error as NotBase64
from contextlib import suppress
from pathlib import Path

from engine.accounts.ssh_keys import fingerprint_of
from engine.errors import OptionNotOffered, PortalError, SshKeyUnknown
from tui.commands import remote
from tui.commands.installation import WrongUse, opened, settings_of
from tui.commands.open_portal import open_portal
from tui.commands.parser import (
    as_spelled_now,
    parse_command,
    parse_globals,
    speak_to_argparse,
)
from tui.terminal.output import say
from tui.visit.arrival import Arrival, door_of
from tui.wording import translation
from tui.wording.translation import _

AUTHENTICATED = "SSH_USER_AUTH"
"""The file in which sshd says how the client has proved who it is (`ExposeAuthInfo yes`)."""
ASKED = "SSH_ORIGINAL_COMMAND"


def add_to(parser: ArgumentParser) -> None:
    """The arguments of `ssh`."""
    commands = parser.add_subparsers(metavar=_("COMMAND"), title=_("commands"))
    keys = commands.add_parser("keys", help=_("for sshd: the key with that fingerprint"))
    keys.add_argument("fingerprint", metavar=_("FINGERPRINT"), help=_("from sshd: %%f"))
    keys.set_defaults(run=authorized_keys)
    parser.set_defaults(run=connect)


def authorized_keys(arguments: Namespace) -> int:
    """Print the line that lets the key's owner in; nothing for a key that opens nothing."""
    with opened(arguments) as portal:
        key = portal.ssh_access.opens(arguments.fingerprint)
    if key is not None:
        say(f"restrict,pty {key.line}")
    return 0


def connect(arguments: Namespace) -> int:
    """Open the portal for the owner of the key, or run the command that came with it."""
    fingerprint = _fingerprint(os.environ.get(AUTHENTICATED, ""))
    chosen, words = parse_globals(remote.words_of(os.environ.get(ASKED, "")))
    if chosen.store is not None:
        raise OptionNotOffered(text="--store")
    _speak(arguments, fingerprint, chosen.language)
    if not words:
        arguments.plain = arguments.plain or chosen.plain
        return open_portal(arguments, _arrival(arguments, fingerprint))
    return _run(arguments, words, fingerprint)


def _run(arguments: Namespace, words: list[str], fingerprint: str) -> int:
    if remote.asks_for_help(words):
        say(*remote.help_lines())
        return 0
    words = as_spelled_now(words)
    remote.require_offered(words)
    if not fingerprint:
        raise WrongUse(
            _("The server does not say which SSH key this is: see “Over SSH” in README.")
        )
    asked = parse_command(words)
    remote.require_no_files(asked)
    for name, value in vars(asked).items():
        if name not in ("store", "language", "plain"):
            setattr(arguments, name, value)
    arguments.ssh_key = fingerprint
    return int(asked.run(arguments))


def _speak(arguments: Namespace, fingerprint: str, chosen: str | None) -> None:
    """The language that was asked for, else that of the key's owner."""
    if chosen is not None:
        arguments.language = chosen
    elif fingerprint and arguments.language is None:
        with suppress(PortalError), opened(arguments) as portal:
            arguments.language = portal.ssh_access.owner(fingerprint)[1].language
    if arguments.language is not None:
        translation.set_language(arguments.language)
        speak_to_argparse()


def _arrival(arguments: Namespace, fingerprint: str) -> Arrival:
    """Who comes: nobody that is known with a key of the earlier set-up, which logs in as ever."""
    if not fingerprint:
        return Arrival()
    with opened(arguments) as portal:
        try:
            company, user = portal.ssh_access.owner(fingerprint)
        except SshKeyUnknown:
            return Arrival()
    enough = settings_of(arguments).ssh_key_is_enough
    account = pwd.getpwuid(os.geteuid()).pw_name
    door = door_of(os.environ, company.name, user.login, account)
    return Arrival(company.name, user.login, fingerprint if enough else "", door)


def _fingerprint(path: str) -> str:
    """Of the key that opened the door, or "" where sshd does not say."""
    with suppress(OSError, NotBase64, ValueError):
        for line in Path(path).read_text(encoding="ascii").splitlines() if path else ():
            way, _kind, blob = (*line.split(), "", "", "")[:3]
            if way == "publickey":
                return fingerprint_of(b64decode(blob, validate=True))
    return ""
