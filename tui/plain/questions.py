"""The questions of a form, one line at a time."""

from __future__ import annotations

from typing import TypeVar

from engine.catalogue.product import Catalogue
from engine.errors import BadValue, OrderRefused, Refused
from tui.plain.dialogue import Dialogue, prompt
from tui.visit.questions import Answers, Deed, Question
from tui.wording.changes import choice_name, question_label, title_above
from tui.wording.errors import reason_lines, sentence

Result = TypeVar("Result")


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


def done(
    dialogue: Dialogue, deed: Deed[Result], catalogue: Catalogue
) -> tuple[Answers, Result] | None:
    """Ask about a deed and do it, until what is answered is right; None where the answer is no."""
    dialogue.say("", title_above(deed))
    while True:
        answers = {question.name: answer(dialogue, question) for question in deed.questions}
        try:
            return answers, deed.act(answers)
        except (BadValue, OrderRefused) as error:
            dialogue.say(*reason_lines(error, catalogue))
            if not deed.questions:  # asking again would be the same
                return None
        except Refused as error:
            dialogue.say(sentence(error, catalogue))
            return None
