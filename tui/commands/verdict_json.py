"""The verdict on a keycode as JSON: for scripts, in English whatever the language."""

from __future__ import annotations

from engine.catalogue.product import Catalogue
from engine.errors import PortalError
from engine.licences.verdict import Check, Verdict
from tui.commands.json_shapes import inventory_answer
from tui.wording.errors import sentence


def verdict_answer(check: Check, catalogue: Catalogue) -> dict[str, object]:
    """What `verify --json` answers."""
    reading, meant = check.reading, check.suggestion
    keycode = reading.keycode
    return {
        "equipment_id": check.system.equipment_id,
        "verdict": check.verdict.value,
        "outcome": _outcome(check),
        "superseded": check.superseded,
        "order": check.issued.number if check.issued else None,
        "current": check.current.keycode if check.current else None,
        "reason": sentence(reading.error, catalogue) if reading.error else None,
        "inventory": inventory_answer(keycode.product, keycode.inventory) if keycode else [],
        "suggestion": {"keycode": meant.keycode, "positions": list(meant.right)} if meant else None,
    }


def error_answer(error: PortalError) -> dict[str, object]:
    """The same for a row that could not be looked at."""
    return {"error": error.code, "message": sentence(error)}


def _outcome(check: Check) -> str:
    """The name that scripts of earlier versions know: `valid`, `malformed`, `other-system`; and
    for a keycode that was never issued, which they must not take for valid, its own."""
    if check.valid:
        return "valid"
    if check.verdict is Verdict.NEVER_ISSUED:
        return check.verdict.value
    return check.reading.outcome.value
