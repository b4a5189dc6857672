"""The names of this machine's users."""

from __future__ import annotations

import pwd


def user_name(number: int) -> str:
    """The name of a user of this machine; the number of one without a name."""
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)
