"""Words for the ways in which an order's text reaches the person, for screens and plain mode."""

from __future__ import annotations

from tui.wording.translation import N_, _

_WAYS = {
    "folder": N_("Write a .txt file"),
    "bare": N_("Show the text alone"),
    "copy": N_("Copy the whole text"),
    "command": N_("Fetch it with a command"),
    "download": N_("Download in the browser"),
}


def said_of_way(way: str) -> str:
    """For a list to choose from."""
    return _(_WAYS[way])


def fetch_with(command: str) -> str:
    """The command that fetches an order's text."""
    return _("On your own computer: {command}").format(command=command)


def exported_to() -> str:
    """Above the path of a file."""
    return _("Exported to:")
