"""What is pressed: buttons, links and tick boxes, told apart by text and never by colour alone."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static

from tui.full_screen.widgets.containers import NoScrollbars
from tui.full_screen.widgets.text import Say, TranslatedText, plain


class PushButton(TranslatedText, can_focus=True):
    """Runs an action of its screen or of the app: the same one that its key runs."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "press", show=False)]
    IS_FIELD: ClassVar[bool] = False
    """It holds a value, as a field does: Enter in the field before leads to it."""

    def __init__(
        self,
        say: Say,
        action: str,
        *,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(say, id=id, classes=classes)
        self.press_action = action

    async def action_press(self) -> None:
        """Do what the button says."""
        await self.run_action(self.press_action)

    async def on_key(self, event: events.Key) -> None:
        """Space presses. Not a binding: those are looked up where the focus is when the key
        comes back, which may be elsewhere by then."""
        if event.key == "space":
            event.stop()
            await self.action_press()

    async def on_click(self, event: events.Click) -> None:
        """The mouse presses too, where there is one."""
        event.stop()
        await self.action_press()


class Link(PushButton):
    """A button that looks like a word of the menu."""


class TickBox(Static, NoScrollbars, can_focus=True):
    """`[x]` or `[ ]` and a text. Turned by Space, not by Enter."""

    value = reactive(False, layout=False)

    class Changed(Message):
        """The box was turned."""

        def __init__(self, box: TickBox) -> None:
            self.box = box
            super().__init__()

        @property
        def control(self) -> TickBox:
            """The box."""
            return self.box

    def __init__(
        self,
        *,
        value: bool,
        say: Say = lambda: "",
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes, markup=False)
        self.set_reactive(TickBox.value, value)
        self._say = say

    def render(self) -> Content:
        """The mark, and its text if it has one."""
        return plain(f"{'[x]' if self.value else '[ ]'} {self._say()}".rstrip())

    def relabel(self) -> None:
        """In the current language."""
        self.refresh()

    def turn(self) -> None:
        """The other way."""
        self.value = not self.value
        self.post_message(self.Changed(self))

    def on_key(self, event: events.Key) -> None:
        """Space turns it."""
        if event.key == "space":
            event.stop()
            self.turn()

    def on_click(self, event: events.Click) -> None:
        """The mouse turns it too."""
        event.stop()
        self.focus()
        self.turn()
