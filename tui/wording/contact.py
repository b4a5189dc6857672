"""Whom to ask: what the installation's settings say, as a page to read."""

from __future__ import annotations

from engine.settings import FILE_NAME, PREFIX, Settings
from tui.wording.documents import WIDTH, Section
from tui.wording.stored_text import shown
from tui.wording.tables import pairs, wrapped
from tui.wording.translation import _


def contact_pages(settings: Settings) -> list[Section]:
    """One page: the licence desk, or how it makes itself known."""
    rows = (
        (_("Licence desk"), shown(settings.contact_name)),
        (_("E-mail"), shown(settings.contact_email)),
        (_("Telephone"), shown(settings.contact_phone)),
    )
    known = [row for row in rows if row[1]]
    if known:
        text = [*wrapped(_why(), WIDTH), "", *pairs(known, WIDTH)]
    else:
        text = [*wrapped(_nobody(), WIDTH), "", *wrapped(_how_to_set(), WIDTH)]
    return [Section("contact", _("Contact"), "\n".join(text))]


def has_contact(settings: Settings) -> bool:
    """Whether the settings say whom to ask."""
    return bool(settings.contact_name or settings.contact_email or settings.contact_phone)


def no_contact(settings: Settings) -> str:
    """What an administrator adds when they do not."""
    path = f"{settings.store_folder}/{FILE_NAME}"
    said = _("No contact is set, so users cannot see who to ask. For example, add to “{path}”:")
    return said.format(path=path) + '\ncontact_email = "desk@example.com"'


def whom_to_ask(settings: Settings) -> str:
    """The same in one sentence, for the login."""
    contact = (settings.contact_name, settings.contact_email, settings.contact_phone)
    desk = ", ".join(filter(None, map(shown, contact))) or _("the licence desk")
    return _("Please direct all new account and password requests to {desk}.").format(desk=desk)


def demonstration(*, enter: bool) -> str:
    """Who can log in to the demonstration; `enter`: with Enter alone, too."""
    text = _("Demonstration: company {company}, username {login}, password {password}")
    company, login, password = demonstration_words()
    said = text.format(company=company, login=login, password=password)
    return said + (_("; or Enter alone") if enter else "")


def demonstration_login() -> list[str]:
    """The same as lines, field by field."""
    return [_("Demonstration: Enter alone logs you in."), *pairs(visitor_fields(), WIDTH)]


def demonstration_words() -> tuple[str, str, str]:
    """What is meant where nothing was typed."""
    from engine.demo import load_demo

    visitor = load_demo().visitor
    return visitor.company, visitor.login, visitor.password


def visitor_fields() -> tuple[tuple[str, str], ...]:
    """What who tries the demonstration types, with the labels of the fields."""
    from engine.demo import load_demo

    visitor = load_demo().visitor
    return (
        (_("Company name"), visitor.company),
        (_("Username"), visitor.login),
        (_("Password"), visitor.password),
    )


def _why() -> str:
    return _("Ask the licence desk for an account, a new password, or a system that is missing.")


def _nobody() -> str:
    return _("No contact has been set for this installation.")


def _how_to_set() -> str:
    text = _(
        "Administrator: set contact_name, contact_email and contact_phone in "
        "settings.toml, in the folder of the store, or {prefix}CONTACT_NAME and so on in "
        "the environment."
    )
    return text.format(prefix=PREFIX)
