"""What somebody asks of the licence desk, and a second person decides."""

from __future__ import annotations

from msgspec import Struct


class NewSystem(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="new-system"):
    """A system that nobody knows yet, to be added for the company that asks."""

    equipment_id: str
    product: str
    release: str


RequestContent = NewSystem
