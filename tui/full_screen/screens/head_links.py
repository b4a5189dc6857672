"""The ways from every screen that stand in its head: links, tabs and the menu of the guide."""

from __future__ import annotations

from engine.accounts.people import Right
from tui.full_screen.keymap import (
    DESK,
    HOME,
    LANGUAGE,
    LEGAL,
    LOG_OUT,
    MENU,
    NEW_ORDER,
    PASSWORD,
    SEARCH,
)
from tui.full_screen.widgets.buttons import Link
from tui.visit.visit import Visit
from tui.wording.stored_text import clipped
from tui.wording.translation import N_, _, pgettext

LONGEST_LOGIN = 10
"""Characters of a login in the head; with more there is no room for where one is."""


def title_links(visit: Visit) -> list[Link]:
    """Legal, and the language before login or `Logout (jsmith)` after it."""
    legal = Link(lambda: _(LEGAL.label), LEGAL.action)
    if visit.session is None:
        return [legal, Link(lambda: _(LANGUAGE.label), LANGUAGE.action)]
    login = clipped(visit.session.login, LONGEST_LOGIN)
    log_out = Link(lambda: _("Logout ({login})").format(login=login), LOG_OUT.action, id="logout")
    return [legal, log_out]


def tab_line(visit: Visit, here: str) -> list[Link]:
    """The tabs, of which `here` (`home`, `licences` or neither) is marked, and the menu. Shorter
    words than elsewhere: all of it is one line."""
    if visit.session is None:
        return []
    order = [Link(lambda: pgettext("menu line", "New order"), NEW_ORDER.action)]
    if not visit.may(Right.ORDER):
        order = []
    desk = [_tab(N_("DESK"), DESK.action, marked=here == "desk")]
    password = [Link(lambda: pgettext("menu line", "Change password"), PASSWORD.action)]
    if visit.may(Right.JOURNAL):
        password = []  # F6, and in the menu: there is no room for both
    else:
        desk = []
    return [
        _tab(N_("HOME"), HOME.action, marked=here == "home"),
        _tab(N_("LICENCES"), (NEW_ORDER if order else SEARCH).action, marked=here == "licences"),
        *desk,
        *order,
        Link(lambda: pgettext("menu line", "Find a keycode"), SEARCH.action),
        *password,
        Link(lambda: f"{MENU.shown} {_(MENU.label)}", MENU.action),
    ]


def _tab(label: str, action: str, *, marked: bool) -> Link:
    """A tab; the one where the reader is stands in brackets."""
    if marked:
        return Link(lambda: f"[{_(label)}]", action, classes="tab -here")
    return Link(lambda: _(label), action, classes="tab")
