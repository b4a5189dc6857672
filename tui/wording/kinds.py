"""What an order is about, and why: in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator

from engine.licences.order import Order, OrderKind
from tui.wording.stored_text import shown
from tui.wording.translation import N_, _

KINDS: dict[OrderKind, str] = {
    OrderKind.ORDER: N_("Order"),
    OrderKind.UPGRADE: N_("Release upgrade"),
    OrderKind.CORRECTION: N_("Correction"),
    OrderKind.REISSUE: N_("Re-issue"),
    OrderKind.MOVE_OUT: N_("Move to other hardware"),
    OrderKind.MOVE_IN: N_("Move from other hardware"),
    OrderKind.TRANSFER: N_("Transfer to another company"),
}
REASONS: dict[str, str] = {
    "wrong-item": N_("wrong item"),
    "wrong-quantity": N_("wrong quantity"),
    "wrong-system": N_("wrong system"),
    "cancelled": N_("cancelled by the customer"),
    "wrong-release": N_("wrong release"),
    "upgrade-failed": N_("the upgrade failed"),
    "key-withdrawn": N_("signing key withdrawn"),
    "failed-hardware": N_("hardware failed"),
    "hardware-upgrade": N_("larger hardware"),
    "loss-or-theft": N_("lost or stolen"),
    "relocation": N_("relocated"),
    "wrong-id": N_("wrong Equipment ID"),
    "reseller-change": N_("change of reseller"),
    "merger": N_("merger of companies"),
    "company-closed": N_("the company is closed"),
    "wrong-company": N_("wrong company"),
    "other": N_("other reason"),
}
"""By the codes that orders have; another code is shown as it is."""


def kind_name(order: Order) -> str:
    """What it is about."""
    return _(KINDS[order.kind])


def reason_name(code: str) -> str:
    """Why, in words."""
    return _(REASONS[code]) if code in REASONS else shown(code)


def about(order: Order) -> Iterator[tuple[str, str]]:
    """Of an order that is not simply one: what it is, and all that it says of itself."""
    if order.kind is OrderKind.ORDER:
        return
    yield _("Kind"), kind_name(order)
    if order.other_id:
        label = {
            OrderKind.CORRECTION: N_("Order corrected"),
            OrderKind.MOVE_OUT: N_("Moved to"),
            OrderKind.MOVE_IN: N_("Moved from"),
        }.get(order.kind, "")
        yield _(label), order.other_id
    if order.reason:
        yield _("Reason"), reason_name(order.reason)
    if order.note:
        yield _("Note"), shown(order.note)
    if order.proof:
        yield proof_label(order.kind), shown(order.proof)


def proof_label(kind: OrderKind) -> str:
    """Of what proves a change: hardware comes back, a system is signed over."""
    return _("Proof") if kind is OrderKind.TRANSFER else _("Return note")
