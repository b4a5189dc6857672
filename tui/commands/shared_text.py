"""How commands print what several of them print, without what takes long to import."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.assembly import Portal
from engine.catalogue.product import Product
from engine.keycode.codec import grouped
from engine.licences.order import FunctionKeycode
from tui.wording.deliverables import function_name
from tui.wording.tables import table


def company_name(portal: Portal, company_id: str) -> str:
    """The name of a company, or its id when it is gone."""
    companies = portal.administration.companies()
    return next((c.name for c in companies if c.company_id == company_id), company_id)


def inventory_lines(product: Product, inventory: Mapping[str, int]) -> list[str]:
    """Functions and quantities."""
    rows = [(function_name(product, key), str(quantity)) for key, quantity in inventory.items()]
    return table(rows, right=(1,))


def function_keycode_lines(product: Product, codes: Iterable[FunctionKeycode]) -> list[str]:
    """Functions and their keycodes, grouped and in one piece."""
    return table((function_name(product, c.function), grouped(c.keycode), c.keycode) for c in codes)
