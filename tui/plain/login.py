"""Login (guide, Login), and what there is to read without one."""

from __future__ import annotations

from engine.errors import FieldRequired, PortalError
from tui.contact import demonstration, whom_to_ask
from tui.i18n import _
from tui.labels import field_label
from tui.messages import sentence
from tui.plain import reading
from tui.plain.dialogue import Back, Dialogue, Lines, prompt
from tui.session import Visit


def welcome(visit: Visit, dialogue: Dialogue) -> None:
    """Where one is, and whom to ask for an account."""
    dialogue.say(
        "Keycode Portal",
        _("Licences · Nexspan products"),
        whom_to_ask(visit.portal.settings),
        *([demonstration()] if visit.portal.demo else []),
        "",
    )


def log_in(visit: Visit, dialogue: Dialogue) -> bool:
    """Company name, username and password until they are right; False: leave the portal."""
    company = login = ""
    while True:
        dialogue.page = "login"
        try:
            company = _name(dialogue, "company", company, before=_hint)
        except Back:
            if not _menu(visit, dialogue):
                return False
            continue
        try:
            while not visit.session:
                login = _name(dialogue, "login", login)
                _password(visit, dialogue, company, login)
        except Back:
            continue
        return True


def _name(dialogue: Dialogue, field: str, value: str, before: Lines = tuple) -> str:
    while not (answer := dialogue.ask(lambda: prompt(field_label(field), value), before) or value):
        dialogue.say(sentence(FieldRequired(field=field)))
    return answer


def _password(visit: Visit, dialogue: Dialogue, company: str, login: str) -> None:
    """Ask until it is right, or until the names have to be changed."""
    while not visit.session:
        try:
            password = dialogue.ask(lambda: prompt(field_label("password")), secret=True)
        except Back:
            return
        try:
            visit.begin(*visit.portal.signing_in.sign_in(company, login, password))
        except PortalError as error:
            dialogue.say(sentence(error))


def _hint() -> list[str]:
    return [_("Login. Type ? for help, < for the menu.")]


def _menu(visit: Visit, dialogue: Dialogue) -> bool:
    """What there is without a login; False for leaving."""

    def choices() -> dict[str, str]:
        pages = {n: label for n, (label, _job) in reading.jobs(visit.portal.settings, dialogue)}
        return {"1": _("Login"), **pages, "10": _("Français"), "0": _("Leave")}

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
