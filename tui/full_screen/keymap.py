"""The keys: one registry of what can be done, for bindings, the foot of each screen, the menu and
the guide.

Nothing needs a mouse, or a combination that SSH, tmux or the Linux console swallows. For
terminals that lose function keys, Esc and the digit does the same (Esc 2 = F2, Esc 0 = F10), and
everything is in the menu.
"""

from __future__ import annotations

from typing import NamedTuple

from textual.binding import Binding

from tui.wording.translation import N_


class Command(NamedTuple):
    """Something that a key does."""

    action: str
    """The Textual action: `app.…` works from anywhere, `screen.…` where the screen has it."""
    keys: str
    """Textual key names, the first is the one shown."""
    shown: str
    label: str
    """For the menu."""
    short: str
    """For the foot."""


GUIDE = Command("app.guide", "f1", "F1", N_("User guide"), N_("Guide"))
NEW_ORDER = Command("app.new_order", "f2", "F2", N_("New order"), N_("Order"))
BACK = Command("screen.back", "f3,escape", "F3", N_("Back"), N_("Back"))
SEARCH = Command("app.search", "f4", "F4", N_("Find a keycode"), N_("Search"))
CHECK = Command("app.check", "f12", "F12", N_("Check a keycode"), N_("Check"))
CHANGE = Command("app.change", "", "", N_("Change a system"), N_("Change"))
QUOTES = Command("app.quotes", "", "", N_("Quotes"), N_("Quotes"))
REPORTS = Command("app.reports", "", "", N_("Reports"), N_("Reports"))
REQUESTS = Command("app.requests", "", "", N_("Requests to the licence desk"), N_("Requests"))
DESK = Command("app.desk", "", "", N_("Licence desk"), N_("Desk"))
PEOPLE = Command("app.people", "", "", N_("People of your company"), N_("People"))
LANGUAGE = Command("app.language", "f5", "F5", N_("Français"), N_("Français"))
COLOURS = Command("app.colours", "", "", N_("Light or dark colours"), N_("Colours"))
PASSWORD = Command("app.password", "f6", "F6", N_("Change password"), N_("Password"))
PREVIOUS = Command("screen.previous", "f7", "F7", N_("Previous step"), N_("Previous"))
NEXT = Command("screen.next", "f8", "F8", N_("Next step"), N_("Next"))
KEYCODE = Command("screen.keycode", "f9", "F9", N_("Show and copy the keycode"), N_("Keycode"))
LOG_OUT = Command("app.log_out", "f10", "F10", N_("Log out"), N_("Logout"))
LEAVE = Command("app.log_out", "f10", "F10", N_("Quit the portal"), N_("Quit"))
"""What F10 does before login."""
START_PAGE = Command("app.log_out", "f10", "F10", N_("Start page"), N_("Start page"))
"""… and on a kiosk, which nobody can quit."""
MENU = Command("app.menu", "ctrl+p", "Ctrl+P", N_("Menu"), N_("Menu"))
HOME = Command("app.home", "", "", N_("Home"), N_("Home"))
LEGAL = Command("app.legal", "", "", N_("Legal"), N_("Legal"))
CONTACT = Command("app.contact", "", "", N_("Contact"), N_("Contact"))
ABOUT = Command("app.about", "", "", N_("About"), N_("About"))

EVERYWHERE = (
    GUIDE,
    NEW_ORDER,
    SEARCH,
    CHECK,
    CHANGE,
    QUOTES,
    REQUESTS,
    REPORTS,
    PEOPLE,
    DESK,
    LANGUAGE,
    COLOURS,
    PASSWORD,
    LOG_OUT,
    MENU,
)
"""What works from anywhere, by its key or from the menu."""
ON_SCREENS = (BACK, PREVIOUS, NEXT, KEYCODE)
"""Keys that work where the screen has the action."""
FUNCTION_KEYS = {
    command.shown.removeprefix("F"): command
    for command in (*EVERYWHERE, *ON_SCREENS)
    if command.shown.startswith("F")
}
"""By the number of the function key; Esc and the digit asks for the same, 0 for F10."""


def bindings(commands: tuple[Command, ...]) -> list[Binding]:
    """Textual bindings for commands of the registry."""
    return [
        Binding(c.keys, c.action, c.label, show=False, priority=True) for c in commands if c.keys
    ]


def for_digit(digit: str) -> Command | None:
    """The command of Esc and a digit."""
    return FUNCTION_KEYS.get("10" if digit == "0" else digit)
