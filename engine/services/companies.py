"""Finding a company by its name."""

from __future__ import annotations

from engine.accounts.people import Company
from engine.errors import CompanyUnknown
from engine.ports import AccountStore
from engine.safe_text import clean


def known_company(store: AccountStore, name: str) -> Company:
    """The company of that name, however it was typed. Raises `CompanyUnknown`."""
    company = store.company_named(clean(name))
    if company is None:
        raise CompanyUnknown(name=name)
    return company
