"""The questions of a form, one line at a time."""

from __future__ import annotations

from tui.plain.dialogue import Dialogue, prompt
from tui.visit.questions import Question
from tui.wording.changes import choice_name, question_label


def answer(dialogue: Dialogue, question: Question) -> str:
    """What somebody answers to a question of a form."""
    label = question_label(question)
    if question.secret:
        return dialogue.ask(lambda: prompt(label), secret=True)
    if not question.choices:
        return dialogue.ask(lambda: prompt(label, question.value)) or question.value
    if question.value and len(question.choices) == 1:
        dialogue.say(f"{label} {choice_name(question.value)}")
        return question.value
    codes = {str(number): code for number, code in enumerate(question.choices, 1)}
    number = dialogue.choose(
        lambda: prompt(question_label(question)),
        lambda: {number: choice_name(code) for number, code in codes.items()},
    )
    return codes[number]
