"""Login (guide, Login), and what there is to read without one."""

from __future__ import annotations

from engine.errors import FieldRequired, PortalError
from tui.plain import reading
from tui.plain.dialogue import Back, Dialogue, Lines, prompt
from tui.visit.visit import Visit
from tui.wording.contact import demonstration, demonstration_words, whom_to_ask
from tui.wording.errors import sentence
from tui.wording.labels import field_label
from tui.wording.translation import _

MOST_REFUSALS = 3


def welcome(visit: Visit, dialogue: Dialogue) -> None:
    """Where one is, and whom to ask for an account."""
    dialogue.say(
        "Keycode Portal",
        _("Licences · Aastra 5000 and Nexspan"),
        whom_to_ask(visit.portal.settings),
        *([demonstration(enter=dialogue.on_terminal)] if visit.portal.demo else []),
        "",
    )


class TooManyRefusals(Exception):  # what happened, not a mistake
    """Whoever writes into this pipe does not look at the answers."""


def log_in(visit: Visit, dialogue: Dialogue) -> bool:
    """Company name, username and password until they are right; False: leave the portal.

    Raises `TooManyRefusals`.
    """
    company, login = visit.arrival.company, visit.arrival.login
    attempts = LoginAttempts(visit, dialogue)
    if (key := visit.enters_with_key()) and _enter(visit, dialogue, key):
        return True
    while True:
        dialogue.page = "login"
        try:
            company = _name(
                dialogue,
                "company",
                company,
                before=_hint,
                or_none=_enter_is_enough(visit, dialogue),
            )
            if not company:
                visit.begin(*visit.portal.signing_in.sign_in(*demonstration_words()))
                return True
        except Back:
            if not _menu(visit, dialogue):
                return False
            continue
        try:
            while not visit.session:
                login = _name(dialogue, "login", login)
                attempts.ask(company, login)
        except Back:
            continue
        return True


def _enter_is_enough(visit: Visit, dialogue: Dialogue) -> bool:
    """An empty line of a script is a mistake; at a terminal, Enter alone logs in to the demo."""
    return visit.portal.demo and dialogue.on_terminal


def _enter(visit: Visit, dialogue: Dialogue, key: str) -> bool:
    """With an SSH key that is enough."""
    try:
        visit.begin(*visit.portal.ssh_access.sign_in(key))
    except PortalError as error:
        dialogue.say(sentence(error))
    return visit.session is not None


def _name(
    dialogue: Dialogue, field: str, value: str, before: Lines = tuple, *, or_none: bool = False
) -> str:
    while not (answer := dialogue.ask(lambda: prompt(field_label(field), value), before) or value):
        if or_none:
            break
        dialogue.say(sentence(FieldRequired(field=field)))
    return answer


class LoginAttempts:
    """Passwords. What was typed ahead is no answer to a refusal; in a pipe, where nobody can
    know, the rest of a script would close the account line by line, so there it ends."""

    def __init__(self, visit: Visit, dialogue: Dialogue) -> None:
        self._visit = visit
        self._dialogue = dialogue
        self._refused = 0

    def ask(self, company: str, login: str) -> None:
        """Until one is right, or until the names have to be changed."""
        while not self._visit.session:
            try:
                typed = self._dialogue.ask(lambda: prompt(field_label("password")), secret=True)
            except Back:
                return
            try:
                self._visit.begin(*self._visit.portal.signing_in.sign_in(company, login, typed))
            except PortalError as error:
                self._dialogue.say(sentence(error))
                self._count()

    def _count(self) -> None:
        self._refused += 1
        if self._dialogue.on_terminal:
            self._dialogue.drop_typed_ahead()
        elif self._refused == MOST_REFUSALS:
            raise TooManyRefusals


def _hint() -> list[str]:
    return [_("Log in. Type ? for help, < for the menu.")]


def _menu(visit: Visit, dialogue: Dialogue) -> bool:
    """What there is without a login; False for leaving."""

    def choices() -> dict[str, str]:
        pages = {n: label for n, (label, _job) in reading.jobs(visit.portal.settings, dialogue)}
        return {"1": _("Log in"), **pages, "10": _("Français"), "0": _("Quit")}

    try:
        answer = dialogue.choose(lambda: _("What would you like to do?"), choices)
        if answer == "10":
            dialogue.change_language()
        for number, (_label, job) in reading.jobs(visit.portal.settings, dialogue):
            if number == answer:
                job()
    except Back:
        return True
    return answer != "0"
