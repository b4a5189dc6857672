"""Fields to type into."""

from __future__ import annotations

from textual import events
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from engine.safe_text import clean, with_refused_marked
from tui.full_screen.widgets.buttons import PushButton
from tui.full_screen.widgets.containers import Row
from tui.full_screen.widgets.drawn_cells import ERROR, NOTE, Cell, DrawnCells
from tui.full_screen.widgets.text import Say

LONGEST_PASTE = 10_000


class LineInput(Input):
    """One line of text. What is pasted is cleaned, and nothing of it is dropped in silence;
    nothing blinks."""

    class NotPlaced(Message):
        """Of what was pasted, lines after the first, and maybe the end of that one, have found no
        place here. Who knows fields that follow takes lines out."""

        def __init__(self, line: LineInput, lines: list[str], *, cut: bool) -> None:
            super().__init__()
            self.line = line
            self.lines = lines
            self.cut = cut

    def __init__(
        self,
        value: str = "",
        *,
        id: str | None = None,  # noqa: A002
        password: bool = False,
        restrict: str | None = None,
        max_length: int = 0,
        classes: str | None = None,
        overtype: bool = False,
        joined: bool = False,
    ) -> None:
        """With `overtype`, what is typed after the field was entered takes the place of what it
        held; `joined` makes one line of several that are pasted."""
        super().__init__(
            value,
            id=id,
            password=password,
            restrict=restrict,
            max_length=max_length,
            classes=classes,
            compact=True,
            select_on_focus=overtype,
        )
        self.cursor_blink = False
        self._joined = joined

    def on_paste(self, event: events.Paste) -> None:
        """Take the first line, cleaned; as much of it as the field's rule and length allow. What
        finds no place is told."""
        event.prevent_default()
        event.stop()
        pasted = with_refused_marked(event.text[:LONGEST_PASTE])
        lines = [line for each in pasted.splitlines() if (line := clean(each))]
        if self._joined:
            lines = [" ".join(lines)]
        text = whole = lines.pop(0) if lines else ""
        if self.max_length:
            room = self.max_length - len(self.value) + len(self.selected_text)
            text = whole[: max(0, room)]
        start, end = sorted(self.selection)
        self.replace(text, start, end)
        if lines or text != whole:
            self.post_message(self.NotPlaced(self, lines, cut=text != whole))

    def action_copy(self) -> None:
        """A password is not copied: the key then says how to leave, as it does elsewhere."""
        if self.password:
            raise SkipAction
        super().action_copy()

    def action_cut(self) -> None:
        """A password is not cut out."""
        if not self.password:
            super().action_cut()


def is_field(widget: Widget) -> bool:
    """Whether Enter in the field before leads here."""
    return isinstance(widget, LineInput) or (isinstance(widget, PushButton) and widget.IS_FIELD)


class Field(Row, DrawnCells):
    """A label, a line to type in, and the place where its error stands."""

    def __init__(self, label: Say, line: LineInput, *, classes: str | None = None) -> None:
        super().__init__(classes=classes)
        self._label = label
        self.line = line
        self._note: Say = lambda: ""
        self._is_error = False

    def compose(self) -> ComposeResult:
        """The line; label and note are drawn beside it."""
        yield self.line

    @property
    def note(self) -> str:
        """What is said at the field."""
        return str(self._note())

    @property
    def says_error(self) -> bool:
        """What is said is an error."""
        return self._is_error and bool(self.note)

    def lines(self) -> list[list[Cell]]:
        """Label, line, note."""
        label, line = self.line.styles.margin.left, self.line.outer_size.width + 1
        room = max(0, self.size.width - label - line)
        note = Cell(self.note, room, ERROR if self._is_error else NOTE)
        return [[Cell(str(self._label()), label), Cell("", line), note]]

    def say(self, note: Say, *, error: bool = False) -> None:
        """Put a note, or an error, at the field."""
        before = self.note, self._is_error
        self._note, self._is_error = note, error
        if before != (self.note, error):
            self.refresh()

    def clear(self) -> None:
        """Take the note away."""
        self.say(lambda: "")
