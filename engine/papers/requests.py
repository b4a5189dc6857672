"""What somebody asks of the licence desk, and a second person decides."""

from __future__ import annotations

from msgspec import Struct

from engine.licences.order_number import OrderNumber


class NewSystem(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="new-system"):
    """A system that is not known to the company that asks, to be added for it."""

    equipment_id: str
    product: str
    release: str
    model: str = ""
    note: str = ""


class TakeOver(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="transfer"):
    """A system of another company's, to go to the one that asks. Whether there is such a system is
    not said to whoever asks."""

    equipment_id: str
    reason: str
    note: str = ""
    agreed: bool | None = None
    """What the company that has the system says; None: nothing yet."""
    answered_by: str = ""


class MoveAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="move"):
    """A move to other hardware, beyond those that the company may make by itself."""

    equipment_id: str
    to: str
    reason: str
    reference: str = ""
    proof: str = ""
    note: str = ""


class CorrectionAsked(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="correction"
):
    """An order of the company's own to be taken back, in part or whole."""

    number: str
    """Of the order."""
    meant: dict[str, str]
    """The right quantity of each part that was wrong."""
    reason: str
    reference: str = ""
    note: str = ""

    @property
    def equipment_id(self) -> str:
        """Of the order's system."""
        number = OrderNumber.parse(self.number)
        return number.equipment_id if number else ""


RequestContent = NewSystem | TakeOver | MoveAsked | CorrectionAsked
