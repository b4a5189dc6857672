"""A conversation in lines: a question, an answer, one after the other.

Nothing is redrawn and nothing is drawn: a screen reader reads each line once, a slow line carries
each byte once, and a pipe can hold either end. At every question `<` goes back and `?` helps.
"""

from __future__ import annotations

import termios
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from typing import TextIO

from engine.errors import NotUtf8
from engine.safe_text import clean, safe
from engine.settings import LANGUAGES, Language
from tui.terminal.encoding import written
from tui.terminal.output import writing
from tui.wording.documents import Section, read_section
from tui.wording.errors import sentence
from tui.wording.tables import fitted
from tui.wording.translation import _, language, other_language, set_language

WIDTH = 80
LONGEST = 4096
"""Characters of a line that are read; of a longer one the rest is dropped."""
BACK, HELP, GUIDE = "<", "?", "??"
_LANGUAGES: dict[str, Language] = {f"?{language}": language for language in LANGUAGES}

Say = Callable[[], str]
"""A text made when it is said, in the language of then."""
Lines = Callable[[], Sequence[str]]


class Back(Exception):  # an answer, not an error
    """The answer was `<`."""


class InputEnded(Exception):  # what happened, not a mistake
    """There is nobody left to answer."""


class NotText(InputEnded):  # the same, for whoever only asks whether to go on
    """A pipe sent bytes that are not UTF-8: what follows must not be taken for other answers."""


class Dialogue:
    """Asks and says. `heard` is called with every answer, and may raise; `language_chosen` when
    the reader has changed the language."""

    def __init__(self, lines_in: TextIO, lines_out: TextIO, encoding: str) -> None:
        self._in = lines_in
        self._out = lines_out
        self._encoding = encoding
        self.on_terminal = lines_in.isatty()
        """Somebody types the answers one by one, as far as one can know."""
        self._prompts = self.on_terminal and lines_out.isatty()
        self._warned = False
        self.page = "plain"
        """The page of the user guide that `??` reads."""
        self.heard: Callable[[], None] = lambda: None
        self.language_chosen: Callable[[], None] = lambda: None
        self.waiting = False
        """For an answer: only then does Ctrl+C mean anything."""
        self.lines_read = 0

    # Saying

    def say(self, *lines: str) -> None:
        """Lines of at most 80 columns, without anything that a terminal obeys."""
        with writing():
            for line in lines:
                self._out.writelines(f"{part}\n" for part in self._fitted(line))
            self._out.flush()

    def _fitted(self, line: str) -> list[str]:
        return fitted(written(safe(line), self._encoding), WIDTH)

    # Asking

    def ask(
        self, question: Say, before: Lines = tuple, *, again: bool = False, secret: bool = False
    ) -> str:
        """The answer to a question; `before` are lines to be read first, unless it is asked
        `again`, and once more after help.

        A secret is answered as it was typed, without echo. Raises `Back`, `InputEnded`, what
        `heard` raises, and `KeyboardInterrupt` at the second Ctrl+C.
        """
        if not again:
            self.say(*before())
        while True:
            typed = self._answer(question(), secret=secret)
            line = typed if secret else clean(typed)
            if line == BACK:
                raise Back
            if line in _LANGUAGES:
                self.change_language(_LANGUAGES[line])
                self.say(*before())
            elif line == HELP:
                self.say(*_help(), *before())
            elif line == GUIDE:
                self.say(*page_lines(read_section("guide", language(), self.page)))
            else:
                return line

    def choose(self, question: Say, choices: Callable[[], dict[str, str]]) -> str:
        """The number of a choice; `choices` are labels by their numbers."""

        def listed() -> list[str]:
            return ["", *(f"{number}. {label}" for number, label in choices().items())]

        answer = self.ask(question, listed)
        while answer not in choices():
            numbers = ", ".join(choices())
            self.say(_("Type one of these numbers: {numbers}.").format(numbers=numbers))
            answer = self.ask(question, listed, again=True)
        return answer

    def change_language(self, chosen: Language | None = None) -> None:
        """Speak that language, or the other one."""
        set_language(chosen or other_language())
        self.language_chosen()

    def drop_typed_ahead(self) -> None:
        """What was typed before the next question is no answer to it (in a terminal; a pipe
        cannot know)."""
        if self.on_terminal:
            with suppress(termios.error):  # the terminal is gone: the next question finds out
                termios.tcflush(self._in.fileno(), termios.TCIFLUSH)

    def end_line(self) -> None:
        """The answer never came: what follows begins a line of its own."""
        if self._prompts:
            self.say("")

    # Reading

    def _answer(self, question: str, *, secret: bool) -> str:
        while True:
            try:
                line = self._put(question, silent=secret and self.on_terminal)
            except KeyboardInterrupt:
                if self._warned:
                    raise
                self._warned = True
                self.end_line()
                self.say(_("To quit, log out or press Ctrl+C again. Type ? for help."))
                continue
            self._warned = False
            self.heard()
            if _is_text(line):
                return line
            self.say(sentence(NotUtf8()))
            if not self.on_terminal:
                raise NotText

    def _put(self, question: str, *, silent: bool) -> str:
        """Put a question and read the line that answers it."""
        self.waiting = True
        try:
            with _unechoed(self._in) if silent else nullcontext():
                self._prompt(question)
                line = self._read()
        finally:
            self.waiting = False
        if silent:
            self.end_line()
        if not line:
            raise InputEnded
        if not self.lines_read:
            line = line.removeprefix("\ufeff")
        self.lines_read += 1
        return line.rstrip("\r\n")

    def _prompt(self, question: str) -> None:
        *lines, last = self._fitted(question)
        self.say(*lines)
        with writing():
            self._out.write(f"{last} " if self._prompts else f"{last}\n")
            self._out.flush()

    def _read(self) -> str:
        """One line with its end, or "" when there is none; of a long one the beginning."""
        try:
            line = rest = self._in.readline(LONGEST)
            while len(rest) == LONGEST and not rest.endswith("\n"):
                rest = self._in.readline(LONGEST)
        except OSError:  # EIO: the terminal is gone
            return ""
        return line


def _is_text(line: str) -> bool:
    """Whether all its bytes were characters: those that are none come as lone surrogates."""
    return not any("\ud800" <= character <= "\udfff" for character in line)


@contextmanager
def _unechoed(lines: TextIO) -> Iterator[None]:
    """A terminal does not show what is typed. Not `getpass`: that reads /dev/tty, whatever the
    input is, and stops at a byte that is no character."""
    terminal = lines.fileno()
    try:
        before = termios.tcgetattr(terminal)
        silent = [*before[:3], before[3] & ~termios.ECHO, *before[4:]]
        termios.tcsetattr(terminal, termios.TCSANOW, silent)
    except termios.error:  # the terminal is gone
        raise InputEnded from None
    try:
        yield
    finally:
        with suppress(termios.error):
            termios.tcsetattr(terminal, termios.TCSANOW, before)


def prompt(label: str, value: str = "") -> str:
    """A question for a value; the one so far stands in brackets, and an empty line keeps it."""
    if value:
        return _("{label} [{value}]:").format(label=label, value=value)
    return _("{label}:").format(label=label)


def page_lines(page: Section) -> list[str]:
    """A page of a document, between empty lines."""
    return ["", page.title, "", *page.text.split("\n"), ""]


def _help() -> list[str]:
    return [
        _("Answer on one line. Press Enter to keep the value in brackets."),
        _("<    back to the previous question or step"),
        _("?    this help;  ??  the page of the user guide for this question"),
        _("?fr  français;  ?en  English"),
    ]
