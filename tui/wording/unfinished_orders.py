"""What there is to say about orders that were left unfinished, and about going on with another: the
same on the screens and in plain mode."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from engine.catalogue.product import Product
from engine.errors import PortalError
from engine.licences.order import Draft, Pattern
from tui.wording.deliverables import item_name
from tui.wording.errors import sentence
from tui.wording.formats import date_time
from tui.wording.stored_text import clipped
from tui.wording.translation import _, ngettext


def what_can_be_resumed(drafts: list[Draft]) -> str:
    """The way to the orders that were left unfinished."""
    if not drafts:
        return ""
    if len(drafts) == 1:
        return _("Resume the order for {id}").format(id=drafts[0].equipment_id)
    return _("Resume one of {count} orders").format(count=len(drafts))


def what_was_closed(errors: Sequence[PortalError]) -> str:
    """Of unfinished orders whose systems were moved or transferred: the first, and how many
    more."""
    more = len(errors) - 1
    said = _("Your unfinished order was closed.") + f" {sentence(errors[0])}"
    if not more:
        return said
    others = ngettext("{count} more was closed, too.", "{count} more were closed, too.", more)
    return f"{said} {others.format(count=more)}"


def unfinished_unread() -> str:
    """Why nothing can be resumed that was kept."""
    return _("Your unfinished orders cannot be read: tell the licence desk.")


def unfinished_line(draft: Draft) -> str:
    """One of several: its system, when it was kept, and what names it."""
    kept = date_time(draft.saved_at) if draft.saved_at else ""
    names = (draft.equipment_id, kept, clipped(draft.reference, 20), clipped(draft.licensee, 20))
    return "  ".join(filter(None, names))


def what_is_dropped(old: Draft, new: Draft) -> str:
    """Another ID was given after items were chosen: what going on with it drops."""
    count = len(old.quantities)
    text = ngettext(
        "The order in progress for {old} has {count} item. Continuing with {new} discards "
        "it; reference and address are kept.",
        "The order in progress for {old} has {count} items. Continuing with {new} discards "
        "them; reference and address are kept.",
        count,
    )
    return text.format(old=old.equipment_id, new=new.equipment_id, count=count)


def gone_on_with(kept_at: datetime) -> str:
    """Where items, reference and address come from that nobody has just typed."""
    return _("Continued from the order kept on {moment}.").format(moment=date_time(kept_at))


def ordered_again(order: Pattern, product: Product, orderable: Collection[str]) -> str:
    """Where the new order comes from, and what of it cannot be ordered for this system, or not
    once more."""
    text = _("Items, licensee and address are those of {number}: check them.")
    said = text.format(number=order.number)
    left = [
        item_name(product, line.part, line.name)
        for line in order.lines
        if line.part not in orderable
    ]
    if not left:
        return said
    return f"{said} " + _("Not copied: {items}.").format(items=", ".join(left))


def logged_out(settled: bool) -> str:
    """Of a logout; `settled`: the order in progress was kept, or discarded, as was asked for."""
    if settled:
        return _("You are logged out.")
    return _("You are logged out. The order could not be discarded: it will be offered again.")


def idle_soon() -> str:
    """A minute before somebody who has gone is logged out."""
    return _("Nobody here? In a minute you will be logged out. Any key keeps you here.")
