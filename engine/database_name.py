"""How a database is named in settings: as libpq does, without a password."""

from __future__ import annotations

import re

_NAME = re.compile(r"(\s*\w+\s*=\s*('([^'\\]|\\.)*'|[^\s'\\]+))+\s*")
"""What libpq calls a connection string, of keywords and values."""
_WORD = re.compile(r"(\w+)\s*=")
_SECRET = {"password", "sslpassword"}


def is_database(text: str) -> bool:
    """Whether it names one (`service=keycodes`). No URL, which has room for a password, and no
    password: whoever reads the file, or lists processes and their environment, would see it. It
    belongs into PGPASSFILE."""
    words = {word.lower() for word in _WORD.findall(text)}
    return bool(_NAME.fullmatch(text)) and not words & _SECRET
