"""The writing half of a driver: what is on the screen already is not sent again."""

from __future__ import annotations

from textual.driver import Driver

from tui.terminal.changed_cells import ChangedCells

NO_ATTRIBUTES = "\x1b[0m"


class ChangesWriter(Driver):
    """Knows what the terminal shows; a mixin that comes before Textual's driver."""

    _shown: ChangedCells | None = None
    """None until the terminal's size is known."""
    _new_size: tuple[int, int] | None = None

    def sized(self, columns: int, rows: int) -> None:
        """The terminal has this size now, or says it again: what it shows then is not known.
        May be called by a handler of signals."""
        self._new_size = (columns, rows)

    def forget(self) -> None:
        """Something else may have drawn on the terminal: send everything once more."""
        if self._shown is not None:
            self._shown.forget()

    def only_changes(self, data: str) -> str:
        """What to send of `data`; may be nothing."""
        if self._new_size is not None:
            self._shown, self._new_size = ChangedCells(*self._new_size), None
            data = NO_ATTRIBUTES + data  # whatever the shell has left: from here on they are known
        return data if self._shown is None else self._shown.shortened(data)
