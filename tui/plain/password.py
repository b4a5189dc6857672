"""Change password (guide, Change password)."""

from __future__ import annotations

from engine.errors import BadValue, FieldRequired
from tui.plain.dialogue import WIDTH, Dialogue, prompt
from tui.visit.visit import Visit
from tui.wording.errors import sentence
from tui.wording.labels import field_label
from tui.wording.password_change import FIELDS, at_least, rules, to_type_again, user_details
from tui.wording.translation import _


def change(visit: Visit, dialogue: Dialogue) -> None:
    """Ask three times; what was wrong is asked again, and only that. `Back` changes nothing."""
    dialogue.page = "password"
    least = visit.portal.settings.password_length
    details = user_details(visit.user, WIDTH)
    dialogue.say(_("Change password"), "", *details, "", at_least(least), rules())
    typed: dict[str, str] = {}
    while len(typed) < len(FIELDS):
        for name in FIELDS:
            if name not in typed:
                typed[name] = _secret(dialogue, name)
        passwords = [typed[name] for name in FIELDS]
        try:
            visit.portal.own_account.change_password(visit.signed_in, *passwords)
        except BadValue as error:
            dialogue.say(sentence(error))
            for name in to_type_again(error):
                del typed[name]
    visit.user = visit.portal.own_account.user(visit.signed_in)
    dialogue.say(_("Your password is changed, and your other sessions have ended."))


def _secret(dialogue: Dialogue, name: str) -> str:
    while not (typed := dialogue.ask(lambda: prompt(field_label(name)), secret=True)):
        dialogue.say(sentence(FieldRequired(field=name)))
    return typed
