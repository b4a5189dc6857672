"""Change password (guide, Change password)."""

from __future__ import annotations

from engine.errors import BadValue, FieldRequired, PasswordsDiffer, PasswordWrong
from tui.i18n import _
from tui.labels import field_label
from tui.messages import sentence
from tui.plain.dialogue import WIDTH, Dialogue, prompt
from tui.session import Visit
from tui.tables import pairs
from tui.texts import shown

FIELDS = PREVIOUS, NEW, AGAIN = "previous_password", "new_password", "new_password_again"
DETAILS = ("last_name", "first_name", "email", "login")


def change(visit: Visit, dialogue: Dialogue) -> None:
    """Ask three times; what was wrong is asked again, and only that. `Back` changes nothing."""
    dialogue.page = "password"
    dialogue.say(_("Change password"), "", *_details(visit), "", *_rules(visit))
    typed: dict[str, str] = {}
    while len(typed) < len(FIELDS):
        for name in FIELDS:
            if name not in typed:
                typed[name] = _secret(dialogue, name)
        passwords = [typed[name] for name in FIELDS]
        try:
            visit.portal.signing_in.change_password(visit.signed_in, *passwords)
        except BadValue as error:
            dialogue.say(sentence(error))
            typed = _still_right(typed, error)
    visit.user = visit.portal.signing_in.user(visit.signed_in)
    dialogue.say(_("Your password is changed, and your other sessions have ended."))


def _still_right(typed: dict[str, str], error: BadValue) -> dict[str, str]:
    """What does not have to be typed again."""
    match error:
        case PasswordWrong():
            wrong: tuple[str, ...] = (PREVIOUS,)
        case PasswordsDiffer():
            wrong = (AGAIN,)
        case _:
            wrong = (NEW, AGAIN)
    return {name: text for name, text in typed.items() if name not in wrong}


def _secret(dialogue: Dialogue, name: str) -> str:
    while not (typed := dialogue.ask(lambda: prompt(field_label(name)), secret=True)):
        dialogue.say(sentence(FieldRequired(field=name)))
    return typed


def _details(visit: Visit) -> list[str]:
    rows = [(field_label(name), shown(getattr(visit.user, name))) for name in DETAILS]
    return pairs(rows, WIDTH)


def _rules(visit: Visit) -> list[str]:
    least = visit.portal.settings.password_length
    return [
        _("at least {least} characters").format(least=least),
        _(
            "Spaces and all letters are allowed. Not a common password, and not the username, "
            "the company's or a product's name."
        ),
    ]
