"""The events of the audit log in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress

from engine.audit import UNKNOWN_COMPANY, UNKNOWN_USER, Actor, AuditEvent, EventName, UserName
from engine.licences.order import OrderKind
from tui.wording.stored_text import shown
from tui.wording.translation import N_, _

EVENTS: dict[EventName, str] = {
    EventName.SIGN_IN: N_("logged in"),
    EventName.SIGN_IN_REFUSED: N_("login refused"),
    EventName.SIGN_OUT: N_("logged out"),
    EventName.USER_CLOSED: N_("account disabled after too many attempts"),
    EventName.PASSWORD_CHANGE: N_("password changed"),
    EventName.PASSWORD_CHANGE_REFUSED: N_("password change refused"),
    EventName.CONFIRM_REFUSED: N_("own password was wrong when asked again"),
    EventName.ORDER: N_("order placed"),
    EventName.ORDER_IMPORT: N_("order imported"),
    EventName.KEYCODE_NEVER_ISSUED: N_("keycode checked that was never issued"),
    EventName.COMPANY_ADD: N_("company added"),
    EventName.COMPANY_EDIT: N_("company changed"),
    EventName.COMPANY_HOLD: N_("company put on hold"),
    EventName.COMPANY_RELEASE: N_("company released"),
    EventName.USER_ADD: N_("user added"),
    EventName.USER_DISABLE: N_("account disabled"),
    EventName.USER_ENABLE: N_("account enabled"),
    EventName.USER_EDIT: N_("user details changed"),
    EventName.USER_ROLE: N_("role changed"),
    EventName.USER_RESET_PASSWORD: N_("password issued"),
    EventName.USER_SESSIONS_END: N_("sessions ended"),
    EventName.SSH_KEY_ADD: N_("SSH key added"),
    EventName.SSH_KEY_REMOVE: N_("SSH key removed"),
    EventName.SYSTEM_ADD: N_("system added"),
    EventName.SYSTEM_EDIT: N_("system corrected"),
    EventName.SYSTEMS_IMPORT: N_("systems imported"),
    EventName.SYSTEM_DIGESTS: N_("systems recorded"),
    EventName.CATALOGUE_PUT: N_("catalogue changed"),
    EventName.KEY_PREPARE: N_("signing key prepared"),
    EventName.KEY_ROTATE: N_("new signing key"),
    EventName.KEY_WITHDRAW: N_("signing key withdrawn"),
    EventName.BACKUP: N_("backup made"),
    EventName.STORE_COPY: N_("store copied and closed"),
    EventName.STORE_COPY_UNDONE: N_("store opened again"),
    EventName.RESTORE: N_("store restored"),
    EventName.SYSTEM_RESTORE: N_("system restored"),
    EventName.ACCOUNTS_RESTORE: N_("accounts restored"),
    EventName.JOURNAL_CUT: N_("the end of the audit log was missing"),
    EventName.ORDER_LOST: N_("order lost"),
    EventName.ORDER_SETTLED: N_("lost order settled"),
    EventName.MOVE_PROOF: N_("proof of a move given"),
    EventName.QUOTE_ADD: N_("quote made"),
    EventName.QUOTE_ORDER: N_("quote ordered"),
    EventName.QUOTE_WITHDRAW: N_("quote withdrawn"),
    EventName.REQUEST_ADD: N_("asked the licence desk"),
    EventName.REQUEST_ANSWER: N_("request answered"),
    EventName.REQUEST_APPROVE: N_("request approved"),
    EventName.REQUEST_REFUSE: N_("request refused"),
    EventName.REQUEST_WITHDRAW: N_("request withdrawn"),
    EventName.ERASE: N_("personal data erased"),
}
OF_KIND: dict[OrderKind, str] = {
    OrderKind.ORDER: EVENTS[EventName.ORDER],
    OrderKind.UPGRADE: N_("release changed"),
    OrderKind.CORRECTION: N_("order corrected"),
    OrderKind.REISSUE: N_("new keycode issued"),
    OrderKind.MOVE_OUT: N_("moved to other hardware"),
    OrderKind.MOVE_IN: N_("moved from other hardware"),
    OrderKind.TRANSFER: N_("transferred to another company"),
}
_OBJECTS = ("paper", "number", "equipment_id", "user", "company", "count", "key", "made_at", "file")


def event_text(event: AuditEvent, *, unplaced: bool = False) -> str:
    """What happened; an event without words is shown as it is. `unplaced`: an order was begun and
    not placed."""
    if unplaced:
        return _("order begun, not placed")
    kind = event.details.get("kind")
    if kind and event.event in {EventName.ORDER, EventName.ORDER_IMPORT}:
        with suppress(ValueError):
            return _(OF_KIND[OrderKind(kind)])
    try:
        return _(EVENTS[EventName(event.event)])
    except ValueError:
        return shown(event.event)


def object_of(event: AuditEvent, companies: Mapping[str, str]) -> str:
    """What it happened to, with the role of a user."""
    details = event.details
    named = next((details[name] for name in _OBJECTS if name in details), "")
    role = f" ({shown(details['role'])})" if "role" in details else ""
    return _named(named, companies) + role


def actor_of(event: AuditEvent, companies: Mapping[str, str], users: Collection[UserName]) -> str:
    """Who did it, given every user by the id of the company. Orders of earlier versions have the
    login alone, and the company that they are for beside it: only if it has a user of that login
    can it be his."""
    owner = UserName(event.details.get("company_id", ""), event.who)
    return named_actor(str(owner) if owner in users else event.who, companies)


def named_actor(text: str, companies: Mapping[str, str]) -> str:
    """An `Actor`, with the company's name."""
    actor = Actor.parse(text)
    return shown(str(actor._replace(name=_named(actor.name, companies))))


def person_or_desk(text: str, companies: Mapping[str, str]) -> str:
    """An `Actor`; who is of a company that the reader does not see is the licence desk."""
    user = Actor.parse(text).user
    if user is not None and user.company not in companies:
        return _("the licence desk")
    return named_actor(text, companies)


def _named(text: str, companies: Mapping[str, str]) -> str:
    """A user, or the id of a company alone, with the company's name; anything else as it is."""
    if text == UNKNOWN_COMPANY:
        return _("unknown company")
    user = UserName.parse(text)
    if user is None:
        return shown(companies.get(text, text))
    company = shown(companies.get(user.company, user.company))
    if user.login == UNKNOWN_USER:
        return _("{company} (unknown user)").format(company=company)
    return f"{company}/{shown(user.login)}"
