"""What came of a line with several items: the same on the screens and in plain mode."""

from __future__ import annotations

from collections.abc import Collection

from engine.licences.quick_entry import QuickEntry
from tui.wording.stored_text import clipped
from tui.wording.translation import _, ngettext

_MOST = 44
"""Cells of a list: the whole has to fit the message line."""


def how_to_enter() -> str:
    """What the line takes."""
    return _("Part number or name, then quantity: 1095 8 1087 57. Or two columns, pasted.")


def what_was_taken(entry: QuickEntry, owned: Collection[str] = ()) -> str:
    """How many items, and what was not taken; `owned` are items that were there already."""
    count = len(entry.quantities) - len(owned)
    parts = [ngettext("{count} item taken.", "{count} items taken.", count).format(count=count)]
    for text, found in (
        (_("Not understood: {texts}."), entry.rubbish),
        (_("Without a quantity: {texts}."), entry.without),
        (_("Owned: {texts}."), tuple(owned)),
    ):
        if found:
            parts.append(text.format(texts=clipped(", ".join(found), _MOST)))
    return " ".join(parts)


def is_all_taken(entry: QuickEntry, owned: Collection[str] = ()) -> bool:
    """Whether nothing was left out."""
    return bool(entry.quantities) and not (entry.rubbish or entry.without or owned)
