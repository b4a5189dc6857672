"""Who is expected at the login."""

from __future__ import annotations

from typing import NamedTuple


class Arrival(NamedTuple):
    """What is known of the person before the login, or was before an idle logout."""

    company: str = ""
    login: str = ""
    ssh_key: str = ""
    """The fingerprint of a key that opens the portal without a password; once."""
