"""Reading the fields of companies and users."""

from __future__ import annotations

import re
from decimal import Decimal

from engine.accounts.people import Role
from engine.errors import (
    AmountMalformed,
    CharacterNotAllowed,
    DiscountMalformed,
    EmailMalformed,
    FieldRequired,
    FieldTooLong,
    LoginMalformed,
    RoleUnknown,
)
from engine.safe_text import clean, refused_character

LONGEST_NAME = 60
"""Most characters of a name or login."""
_DISCOUNT = re.compile(r"[0-9]{1,2}([.,][0-9]{1,2})?", re.ASCII)
_AMOUNT = re.compile(r"[0-9]{1,12}([.,][0-9]{1,2})?", re.ASCII)
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}")


def parse_role(text: str) -> Role:
    """A role by its name. Raises `RoleUnknown`."""
    try:
        return Role(text)
    except ValueError:
        raise RoleUnknown(text=text, known=tuple(role.value for role in Role)) from None


def check_name(field: str, text: str) -> str:
    """The cleaned text of a name. Raises `FieldRequired`, `FieldTooLong`,
    `CharacterNotAllowed`."""
    if refused := refused_character(text):
        raise CharacterNotAllowed(field=field, character=refused)
    name = clean(text)
    if not name:
        raise FieldRequired(field=field)
    if len(name) > LONGEST_NAME:
        raise FieldTooLong(field=field, length=len(name), most=LONGEST_NAME)
    return name


def check_login(text: str) -> str:
    """The cleaned text of a username. Raises as `check_name`, and `LoginMalformed`."""
    login = check_name("login", text)
    if "/" in login or " " in login:
        raise LoginMalformed(text=login)
    return login


def check_email(text: str) -> str:
    """The cleaned address. Raises `EmailMalformed`."""
    email = clean(text)
    if not _EMAIL.fullmatch(email):
        raise EmailMalformed(text=email[:80])
    return email


def parse_discount(text: str) -> Decimal:
    """Per cent, from 0 to below 100, with at most two decimals after a point or a comma.

    Raises `DiscountMalformed`.
    """
    if not _DISCOUNT.fullmatch(text.strip()):
        raise DiscountMalformed(text=text[:40])
    return Decimal(text.strip().replace(",", ".")).normalize() + 0


def parse_amount(text: str) -> Decimal:
    """An amount of money, 0 or more, with at most two decimals after a point or a comma.

    Raises `AmountMalformed`.
    """
    if not _AMOUNT.fullmatch(text.strip()):
        raise AmountMalformed(text=text[:40])
    return Decimal(text.strip().replace(",", "."))
