"""What a company pays: the catalogue's prices, less its discount."""

from __future__ import annotations

from decimal import Decimal

from engine.accounts.people import Company
from engine.catalogue.product import Catalogue, Product
from engine.licences.system import System
from engine.ports import Store


class PriceLists:
    """The catalogue as each company sees it."""

    def __init__(self, store: Store, catalogue: Catalogue) -> None:
        self._store = store
        self._catalogue = catalogue
        self._names: dict[str, str] = {}
        """Of companies, by id: they never change."""
        self._made: dict[tuple[str, Decimal], tuple[Product, Product]] = {}
        """By product and discount: of which product it was made, and what."""

    def product(self, system: System) -> Product:
        """The product of a system, at the prices of its company today. Raises `ProductUnknown`."""
        product = self._catalogue.product(system.product)
        discount = self._discount(system.company_id)
        if not discount:
            return product
        of, made = self._made.get((product.key, discount), (None, product))
        if of is not product:
            made = product.discounted(discount)
            self._made[product.key, discount] = product, made
        return made

    def four_eyes_over(self, company_id: str) -> Decimal | None:
        """Orders of that company for more than that need a second person; None: none do."""
        company = self._company(company_id)
        return company.four_eyes_over if company else None

    def _discount(self, company_id: str) -> Decimal:
        company = self._company(company_id)
        return company.discount if company else Decimal(0)

    def _company(self, company_id: str) -> Company | None:
        if company_id not in self._names:
            self._names = {each.company_id: each.name for each in self._store.companies()}
        return self._store.company_named(self._names.get(company_id, ""))
