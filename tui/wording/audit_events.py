"""The events of the audit log in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from engine.ports import Event
from tui.wording.stored_text import shown
from tui.wording.translation import N_, _

EVENTS: dict[str, str] = {
    "sign-in": N_("logged in"),
    "sign-in-refused": N_("login refused"),
    "sign-out": N_("logged out"),
    "user-closed": N_("account disabled after too many attempts"),
    "password-change": N_("password changed"),
    "password-change-refused": N_("password change refused"),
    "order": N_("order placed"),
    "order-import": N_("order imported"),
    "keycode-never-issued": N_("keycode checked that was never issued"),
    "company-add": N_("company added"),
    "user-add": N_("user added"),
    "user-disable": N_("account disabled"),
    "user-enable": N_("account enabled"),
    "user-role": N_("role changed"),
    "user-reset-password": N_("password issued"),
    "system-add": N_("system added"),
    "systems-import": N_("systems imported"),
    "key-rotate": N_("new signing key"),
    "backup": N_("backup made"),
    "restore": N_("store restored"),
    "system-restore": N_("system restored"),
    "accounts-restore": N_("accounts restored"),
    "journal-cut": N_("the end of the audit log was missing"),
    "order-lost": N_("order lost"),
    "order-settled": N_("lost order settled"),
    "erase": N_("personal data erased"),
}
_OBJECTS = ("number", "equipment_id", "user", "company", "count", "key", "made_at")


def event_text(event: Event) -> str:
    """What happened; an event without words is shown as it is."""
    return _(EVENTS[event.event]) if event.event in EVENTS else shown(event.event)


def object_of(event: Event, companies: Mapping[str, str]) -> str:
    """What it happened to, with the role of a user."""
    details = event.details
    named = next((details[name] for name in _OBJECTS if name in details), "")
    role = f" ({shown(details['role'])})" if "role" in details else ""
    return named_user(named, companies) + role


def actor_of(event: Event, companies: Mapping[str, str], users: Collection[str]) -> str:
    """Who did it, given every user as `COMPANY-ID/LOGIN`. Orders of earlier versions have the
    login alone, and the company that they are for beside it: only if it has a user of that login
    can it be his."""
    owner = f"{event.details.get('company_id', '')}/{event.who}"
    return named_user(owner if owner in users else event.who, companies)


def named_user(text: str, companies: Mapping[str, str]) -> str:
    """`COMPANY-ID/LOGIN`, or the id of a company alone, with the company's name."""
    company_id, slash, login = text.partition("/")
    company = shown(companies.get(company_id, company_id))
    if text == "unknown company":  # a refused login: what was typed is never written down
        return _("unknown company")
    if login == "unknown user":
        return _("{company} (unknown user)").format(company=company)
    return f"{company}{slash}{shown(login)}"
