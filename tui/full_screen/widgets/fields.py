"""Fields to type into."""

from __future__ import annotations

from textual import events
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Input

from engine.safe_text import clean
from tui.full_screen.widgets.buttons import PushButton
from tui.full_screen.widgets.containers import Row
from tui.full_screen.widgets.text import Say, Words

LONGEST_PASTE = 10_000


class LineInput(Input):
    """One line of text. What is pasted is cleaned and cut to one line; nothing blinks."""

    def __init__(
        self,
        value: str = "",
        *,
        id: str | None = None,  # noqa: A002
        password: bool = False,
        restrict: str | None = None,
        max_length: int = 0,
        classes: str | None = None,
    ) -> None:
        super().__init__(
            value,
            id=id,
            password=password,
            restrict=restrict,
            max_length=max_length,
            classes=classes,
            compact=True,
            select_on_focus=False,
        )
        self.cursor_blink = False

    def on_paste(self, event: events.Paste) -> None:
        """Take the first line, cleaned; as much of it as the field's rule and length allow."""
        event.prevent_default()
        event.stop()
        text = clean(event.text.strip()[:LONGEST_PASTE].split("\n")[0].split("\r")[0])
        if self.max_length:
            room = self.max_length - len(self.value) + len(self.selected_text)
            text = text[: max(0, room)]
        start, end = sorted(self.selection)
        self.replace(text, start, end)

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


class Field(Row):
    """A label, a line to type in, and the place where its error stands."""

    def __init__(self, label: Say, line: LineInput, *, classes: str | None = None) -> None:
        super().__init__(classes=classes)
        self._label = label
        self.line = line
        self._note = Words(lambda: "", classes="note")

    def compose(self) -> ComposeResult:
        """Label, line, note."""
        yield Words(self._label, classes="label")
        yield self.line
        yield self._note

    def say(self, note: Say, *, error: bool = False) -> None:
        """Put a note, or an error, at the field."""
        self._note.set_class(error, "-error")
        self._note.say(note)

    def clear(self) -> None:
        """Take the note away."""
        self.say(lambda: "")
