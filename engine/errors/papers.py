"""Refusals about requests and quotes."""

from __future__ import annotations

from engine.errors.refusals import Refused


class PaperUnknown(Refused):
    """There is no request or quote of that number, or none that this person may see."""

    number: str
