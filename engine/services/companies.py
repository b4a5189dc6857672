"""Finding a company by its name."""

from __future__ import annotations

from collections.abc import Iterable

from engine.accounts.people import Company
from engine.errors import CompanyUnknown
from engine.ports import AccountStore
from engine.safe_text import clean, folded


def known_company(store: AccountStore, name: str) -> Company:
    """The company of that name, however it was typed. Raises `CompanyUnknown`."""
    company = store.company_named(clean(name))
    if company is None:
        raise CompanyUnknown(name=name, close=closest(name, store.companies()))
    return company


def closest(name: str, companies: Iterable[Company]) -> str:
    """The name of the company that was probably meant, or ""."""
    from difflib import get_close_matches  # only when something is wrong

    names = {folded(company.name): company.name for company in companies}
    return "".join(names[found] for found in get_close_matches(folded(name), names, 1))
