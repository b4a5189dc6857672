"""Reports in plain mode: the numbers of the screens, question by question."""

from __future__ import annotations

from tests.plain.conftest import LOGIN, Plain

REPORTS = "14"


def test_a_report_and_a_wrong_day(demo: Plain) -> None:
    said = demo.tell(
        *LOGIN, REPORTS, "2", "2007-13-01", "2008-12-31", "1", "2007-01-01", "", "8", "0", "0"
    )
    assert "“2007-13-01” is not a date" in said
    assert "Items ordered" in said
    assert "BHW1095A SIP trunk" in said
    assert "█" in said
