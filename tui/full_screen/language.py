"""The language of everything on the screens (F5), and that it is remembered."""

from __future__ import annotations

from threading import Lock

from textual.app import App

from engine.assembly import Portal
from engine.errors import PortalError
from engine.services.access import Session
from engine.settings import Language
from tui.full_screen.widgets.text import Relabelled, relabel_all
from tui.visit.visit import Visit
from tui.wording.translation import language, set_language

_remembering = Lock()


def speak(app: App[None], chosen: Language) -> None:
    """Say everything again in that language."""
    set_language(chosen)
    for screen in app.screen_stack:
        if isinstance(screen, Relabelled):
            screen.relabel()
        else:
            relabel_all(screen)


def remember_language(app: App[None], visit: Visit) -> None:
    """The current language for the next session of whoever is signed in; written in a thread."""
    if visit.session is not None:
        portal, session = visit.portal, visit.session
        app.run_worker(lambda: _write(portal, session), thread=True)


def _write(portal: Portal, session: Session) -> None:
    try:
        with _remembering:  # the current language is the last one written, however fast F5 comes
            portal.own_account.remember_language(session, language())
    except PortalError:
        return  # a preference: not worth a word to somebody in the middle of an order
