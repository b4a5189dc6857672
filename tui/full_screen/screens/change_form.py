"""The questions of a change of a system, as fields."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from engine.errors import Problem
from tui.full_screen.widgets.buttons import PushButton
from tui.full_screen.widgets.choice_field import ChoiceField
from tui.full_screen.widgets.containers import Page, Row
from tui.full_screen.widgets.fields import Field, LineInput
from tui.full_screen.widgets.text import Say, TranslatedText
from tui.visit.questions import Question
from tui.wording.brief_errors import brief
from tui.wording.changes import Named, choice_name, question_label, title_above
from tui.wording.translation import _


class ChangeForm(Page):
    """The questions."""

    def __init__(
        self, change: Named, questions: Iterable[Question], button: Say | None = None
    ) -> None:
        """`button`: what leads on is called so, where nothing is looked at before it is done."""
        super().__init__(id="change-form", classes="form")
        self._change = change
        self._button = button or (lambda: _("Next >>"))
        self._fields: dict[str, Field] = {}
        self._choices: dict[str, ChoiceField] = {}
        for question in questions:
            label = partial(question_label, question)
            identifier = f"change-{question.name.replace('_', '-').replace('.', '-')}"
            if question.choices:
                self._choices[question.name] = ChoiceField(
                    label, question.choices, choice_name, question.value, id=identifier
                )
            else:
                line = LineInput(
                    question.value,
                    max_length=question.longest,
                    id=identifier,
                    overtype=True,
                    password=question.secret,
                )
                self._fields[question.name] = Field(label, line)
        self._questions = {question.name: question for question in questions}

    def compose(self) -> ComposeResult:
        """A title and a line for each."""
        yield TranslatedText(partial(title_above, self._change), classes="title")
        # An order may have more items than the smallest window has lines.
        with VerticalScroll(id="change-fields", can_focus=False):
            for name, question in self._questions.items():
                if name in self._choices:
                    with Row(classes="field"):
                        yield TranslatedText(partial(question_label, question), classes="label")
                        yield self._choices[name]
                else:
                    yield self._fields[name]
            with Row(classes="buttons"):
                yield PushButton(self._button, "screen.next", id="change-next")
                yield PushButton(lambda: _("[Back]"), "screen.back", id="back")

    @property
    def answers(self) -> dict[str, str]:
        """What stands in the fields."""
        texts = {name: field.line.value for name, field in self._fields.items()}
        return texts | {name: choice.code for name, choice in self._choices.items()}

    def take_focus(self) -> None:
        """To the first field."""
        first = next(iter(self._questions), None)
        if first is None:
            self.screen.set_focus(self.query_one("#change-next"))
        else:
            self._go_to(first)

    def say_problems(self, problems: Iterable[Problem]) -> None:
        """Put problems at their fields and go to the first."""
        for field in self._fields.values():
            field.clear()
        for problem in reversed(tuple(problems)):
            name = problem.field
            if name in self._fields:
                self._fields[name].say(partial(brief, problem.error), error=True)
            if name in self._questions:
                self._go_to(name)

    def _go_to(self, name: str) -> None:
        self.screen.set_focus(self._choices.get(name) or self._fields[name].line)

    @on(LineInput.Changed)
    def _typed(self, event: LineInput.Changed) -> None:
        """What was said at the field was about what stood there before."""
        event.stop()
        for field in self._fields.values():
            if field.line is event.input:
                field.clear()
