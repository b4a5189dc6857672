"""Who is expected at the login, and by which door he came."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address
from typing import NamedTuple

CONNECTION = "SSH_CONNECTION"
"""From sshd: address and port of the client, then those of the server as the client reached it."""
SSH_PORT = 22


class Door(NamedTuple):
    """A server that takes commands from the owner of an SSH key."""

    company: str
    login: str
    account: str
    """The account on the server, which all operators share."""
    address: str
    port: int

    def command(self, number: str, export: str = "export") -> str:
        """What fetches the text of that order, to be typed on the person's own computer; `export`
        is the portal's command for it."""
        port = "" if self.port == SSH_PORT else f"-p {self.port} "
        return f"ssh {port}{self.account}@{self.address} {export} {number} >{number}.txt"


class Arrival(NamedTuple):
    """What is known of the person before the login, or was before an idle logout."""

    company: str = ""
    login: str = ""
    ssh_key: str = ""
    """The fingerprint of a key that opens the portal without a password; once."""
    door: Door | None = None
    """Where he came with a key of his own."""


def door_of(environment: Mapping[str, str], company: str, login: str, account: str) -> Door | None:
    """The one that sshd tells of; None where it tells of none."""
    try:
        _client, _port, address, port = environment.get(CONNECTION, "").split(" ")
        return Door(company, login, account, str(ip_address(address)), int(port))
    except ValueError:
        return None
