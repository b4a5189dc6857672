"""All of Textual's private API that the portal uses, each with the reason: there is no public way.

Textual is pinned exactly. Whoever raises it begins here; tests/terminal presses every key through
this. `tests/tooling/test_private_api.py` keeps other files from using any.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.app import App
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key
from textual.screen import Screen

if TYPE_CHECKING:
    from textual.drivers.web_driver import WebDriver

__all__ = ["BRACKETED_PASTE_END", "BRACKETED_PASTE_START"]
"""The marks around a paste: the parser below asks for one and ends at the other."""


class TextualApp(App[None], inherit_bindings=False):
    """An app that decides what becomes of an exception that nobody has caught."""

    def to_end_with(self, error: Exception) -> Exception | None:
        """What to end the app with; None: nothing, it goes on."""
        raise NotImplementedError

    def _handle_exception(self, error: Exception) -> None:
        # Textual publishes no hook for this. It would print every local variable of the frames,
        # a password among them, to a console that is silenced in `run_app`.
        if (mistake := self.to_end_with(error)) is not None:
            super()._handle_exception(mistake)


def driver_of(app: App[Any]) -> Driver | None:
    """What writes to the terminal: only it knows that the terminal shows something else than was
    written last (Ctrl+L)."""
    return app._driver


def replaceable(screen: Screen[None]) -> Screen[None]:
    """Make a default screen one that another can take the place of: Textual expects what it
    gives to screens that are pushed, and stumbles."""
    screen._push_result_callback(screen, None)
    return screen


class TextualDriver(Driver):
    """What a driver's base class keeps to itself."""

    @property
    def app(self) -> App[Any]:
        """The app that it drives."""
        return self._app

    @property
    def debug(self) -> bool:
        """Whether the parser of keys should log."""
        return self._debug

    def set_size(self, columns: int, rows: int) -> None:
        """The first frame is drawn in it, not in a size that Textual finds in the environment."""
        self._size = (columns, rows)


class TextualTerminalDriver(LinuxDriver):
    """A terminal whose size is not what the environment says of it."""

    def terminal_size(self) -> tuple[int, int]:
        """Columns and rows now."""
        raise NotImplementedError

    def report_mouse(self, *, on: bool) -> None:
        """Whether the terminal tells of the mouse, or selects with it."""
        if on:
            self._enable_mouse_support()
        else:
            self._disable_mouse_support()

    def _get_terminal_size(self) -> tuple[int, int]:
        # Textual asks COLUMNS and LINES first, which may be of another window.
        return self.terminal_size()


def wait_for_reader(driver: WebDriver) -> None:
    """Until the thread that reads the keys has ended. Its own wait for it, `disable_input`, is
    for Textual's reader, which this portal's replaces."""
    driver._key_thread.join()


class TextualKeys(XTermParser):
    """Makes keys of text. There is no other way to Textual's parser of keys."""

    def meant_by(self, sequence: str) -> Key | None:
        """The key of a sequence where Textual would make another of it; None: as Textual does."""
        raise NotImplementedError

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[Key]:
        key = self.meant_by(sequence)
        return super()._sequence_to_key_events(sequence, alt) if key is None else (key,)
