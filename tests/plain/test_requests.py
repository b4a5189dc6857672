"""Requests to the licence desk in plain mode."""

from __future__ import annotations

from tests.plain.conftest import LOGIN, Plain
from tests.support.guide import PASSWORD, SYSTEM

REQUESTS, FRESH = "16", "9123456789ABC"


def test_an_unknown_system_is_asked_for_and_the_desk_adds_it(plain: Plain) -> None:
    said = plain.tell(
        *LOGIN, "1", FRESH, "+", "1", "1", "new site", "<", REQUESTS, "1", "0", "0", "0"
    )
    assert "To ask the licence desk to add it, type +." in said
    assert "The licence desk is asked to add the system: R-2026-000001." in said
    assert "new site" in said
    plain.done("user", "role", "Other Telecom", "mmartin", "licence-desk")
    said = plain.tell(*("Other Telecom", "mmartin", PASSWORD), REQUESTS, "1", "1", "0", "0")
    assert "1 request waits for you" in said
    assert "R-2026-000001 is approved and done." in said
    said = plain.tell(*LOGIN, "1", FRESH, "<", "<", "0")
    assert "is known here" not in said


def test_a_correction_is_asked_for_and_refused_with_a_reason(plain: Plain) -> None:
    said = plain.tell(*LOGIN, "13", SYSTEM, "2", "0", "", "", "4", "", "0")
    assert "The licence desk is asked to correct the order: R-2026-000001." in said
    plain.done("user", "role", "Other Telecom", "mmartin", "licence-desk")
    desk = ("Other Telecom", "mmartin", PASSWORD)
    said = plain.tell(*desk, REQUESTS, "1", "2", "", "used already", "0", "0")
    assert "Approving it would do this:" in said
    assert "Say why: the person who asked reads it." in said
    assert "R-2026-000001 is refused." in said
    said = plain.tell(*LOGIN, REQUESTS, "1", "0", "0")
    assert "used already" in said
