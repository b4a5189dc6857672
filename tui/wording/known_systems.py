"""The systems that a company knows, to choose from: the same on the screens and in plain mode."""

from __future__ import annotations

from engine.services.looking_up import Known
from tui.wording.formats import date
from tui.wording.stored_text import clipped
from tui.wording.translation import _

_MOST = 28


def known_line(known: Known) -> str:
    """A system, with whom and where it was last ordered for, and when."""
    order = known.order
    names = [clipped(order.licensee, _MOST), clipped(order.address.city, _MOST)]
    texts = [known.system.equipment_id, *filter(None, names), date(order.placed_at)]
    return " · ".join(texts)


def which_system() -> str:
    """The question, where several fit."""
    return _("Which system?")


def how_to_name_a_system() -> str:
    """What may be typed for an Equipment ID."""
    return _("13 hexadecimal digits, or of a known system: the last 4, licensee or city.")
