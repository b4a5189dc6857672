"""The two looks, dark and light; every pair of colours used for text has WCAG AA contrast."""

from __future__ import annotations

from textual.app import App
from textual.theme import Theme

from engine.assembly import Portal
from engine.errors import PortalError
from engine.services.access import Session
from tui.visit.visit import Visit

DARK = Theme(
    name="portal-dark",
    primary="#8ab4f8",
    secondary="#9aa5b1",
    accent="#f2c14e",
    warning="#f2c14e",
    error="#ff8a80",
    success="#8bd49c",
    foreground="#e6e9ee",
    background="#12161c",
    surface="#1c222b",
    panel="#262e3a",
    dark=True,
)
LIGHT = Theme(
    name="portal-light",
    primary="#0b4f9e",
    secondary="#4a5563",
    accent="#7a4b00",
    warning="#7a4b00",
    error="#a31515",
    success="#1b6e33",
    foreground="#14181d",
    background="#fbfcfd",
    surface="#eef1f5",
    panel="#dde3ea",
    dark=False,
)
THEMES = (DARK, LIGHT)
_PREFIX = "portal-"


def theme_named(name: str) -> str:
    """Textual's name of a look, `dark` or `light`."""
    return f"{_PREFIX}{name}"


def other_theme(theme: str) -> str:
    """The other one of the two, by Textual's names."""
    return next(each.name for each in THEMES if each.name != theme)


def remember_theme(app: App[None], visit: Visit) -> None:
    """The current look for the next session of whoever is signed in; written in a thread."""
    if visit.session is not None:
        portal, session, theme = visit.portal, visit.session, app.theme.removeprefix(_PREFIX)
        app.run_worker(lambda: _write(portal, session, theme), thread=True)


def _write(portal: Portal, session: Session, theme: str) -> None:
    try:
        portal.own_account.remember_theme(session, theme)
    except PortalError:
        return  # a preference, as the language is
