"""What would be done to a system after the sale: the page above the question."""

from __future__ import annotations

from collections.abc import Iterator

from engine.catalogue.product import Keycodes
from engine.licences.moves import near
from engine.licences.order import OrderKind
from engine.licences.plans import Plan
from tui.wording.deliverables import WIDTH, function_name, inventory_title, item_rows
from tui.wording.formats import money, number
from tui.wording.kinds import KINDS
from tui.wording.labels import field_label
from tui.wording.stored_text import shown
from tui.wording.tables import pairs, table, wrapped
from tui.wording.translation import N_, _

_TRANSFER = N_(
    "The system keeps all it has, and its keycodes. The new company sees both, without prices,"
    " references and licensees of earlier orders; the old one sees its own orders only."
)
_REISSUE = N_(
    "The system gets new keycodes for what it has, signed with the key of today. Have them entered:"
    " those of the withdrawn key are genuine, and no longer safe."
)
_NOTICES: dict[tuple[OrderKind, Keycodes], str] = {
    (OrderKind.UPGRADE, Keycodes.UNIQUE): N_(
        "The system gets a new keycode for the new release. The old one stays right for the old"
        " release until the upgrade is done."
    ),
    (OrderKind.UPGRADE, Keycodes.FUNCTION): N_(
        "Each function gets a new keycode for the new release. The old ones stay right for the old"
        " release until the upgrade is done."
    ),
    (OrderKind.MOVE_OUT, Keycodes.UNIQUE): N_(
        "The new hardware gets all of it, with a keycode of its own; the old one gets a keycode for"
        " nothing, to enter where it still runs. Keycodes that are out cannot be called back."
    ),
    (OrderKind.MOVE_OUT, Keycodes.FUNCTION): N_(
        "The new hardware gets all of it, with keycodes of its own. Keycodes that are out cannot be"
        " called back: have them removed where the old hardware still runs."
    ),
    (OrderKind.REISSUE, Keycodes.UNIQUE): _REISSUE,
    (OrderKind.REISSUE, Keycodes.FUNCTION): _REISSUE,
    (OrderKind.TRANSFER, Keycodes.UNIQUE): _TRANSFER,
    (OrderKind.TRANSFER, Keycodes.FUNCTION): _TRANSFER,
    (OrderKind.CORRECTION, Keycodes.UNIQUE): N_(
        "The system gets a new keycode for what is left. Keycodes that are out cannot be called"
        " back: have the new one entered."
    ),
    (OrderKind.CORRECTION, Keycodes.FUNCTION): N_(
        "What is left keeps its keycodes. Those of what is taken back are out and cannot be called"
        " back: have them removed from the system."
    ),
}


def plan_page(plan: Plan, width: int = WIDTH) -> list[str]:
    """Which system, what is charged or taken back, the inventory before and after, and what
    becomes of its keycodes, in lines of at most `width` cells."""
    notice = _(_NOTICES[plan.kind, plan.product.keycodes])
    blocks = [list(_head(plan, width)), _warning(plan, width), _lines(plan), list(_inventory(plan))]
    blocks.append(wrapped(notice, width))
    return [line for block in blocks if block for line in (*block, "")][:-1]


def _head(plan: Plan, width: int) -> Iterator[str]:
    system = plan.system
    release = system.release
    if plan.release != system.release:
        release = f"{system.release} → {plan.release}"
    rows = [
        (_("Kind"), _(KINDS[plan.kind])),
        (field_label("equipment_id"), system.equipment_id),
        (_("Product"), system.model or plan.product.name),
        (_("Release"), release),
    ]
    if plan.kind is OrderKind.CORRECTION:
        rows.append((_("Order corrected"), plan.other_id))
    if plan.kind is OrderKind.MOVE_OUT:
        rows.append((_("Moved to"), plan.other_id))
    if plan.kind is OrderKind.TRANSFER:
        rows.append((_("New company"), shown(plan.company_name)))
    yield from pairs(rows, width)


def _warning(plan: Plan, width: int) -> list[str]:
    """A transposed number is the one slip of the trade that cannot be repaired."""
    if plan.kind is not OrderKind.MOVE_OUT or not near(plan.system.equipment_id, plan.other_id):
        return []
    said = _("! {new} is nearly {old}: make sure that it is the new hardware's Equipment ID.")
    return wrapped(said.format(new=plan.other_id, old=plan.system.equipment_id), width)


def _lines(plan: Plan) -> list[str]:
    if not plan.lines:
        return [_("Nothing is charged.")]
    currency = plan.product.currency
    total = ("", _("Total excl. VAT"), "", "", money(plan.total, currency))
    return table([*item_rows(plan.lines, plan.product, currency), total], right=(2, 3, 4))


def _inventory(plan: Plan) -> Iterator[str]:
    yield inventory_title()
    yield from table(
        [
            (function_name(plan.product, c.function.key), number(c.before), "→", number(c.after))
            for c in plan.changes
        ],
        right=(1, 3),
    )
