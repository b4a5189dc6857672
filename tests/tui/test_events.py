"""Who did it, as the audit log is read."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine.audit import AuditEvent, EventName, UserName
from tui.wording.audit_events import EVENTS, actor_of

COMPANIES = {"c1": "Demo Telecom", "c2": "Other Telecom"}
USERS = {UserName("c1", "jsmith"), UserName("c2", "desk1")}


@pytest.mark.parametrize(
    ("who", "shown"),
    [
        ("c1/jsmith", "Demo Telecom/jsmith"),
        ("c2/desk1", "Other Telecom/desk1"),
        ("c2/desk1 (unix:alice)", "Other Telecom/desk1 (unix:alice)"),
        ("licence-desk (unix:alice)", "licence-desk (unix:alice)"),
        # As orders were written down until 0.1.0:
        ("jsmith", "Demo Telecom/jsmith"),
        ("desk1", "desk1"),
        ("unix:alice", "unix:alice"),
        # Of a refused login:
        ("c1/unknown user", "Demo Telecom (unknown user)"),
        ("unknown company", "unknown company"),
    ],
)
def test_an_order_names_who_placed_it_and_nobody_who_does_not_exist(who: str, shown: str) -> None:
    event = AuditEvent(datetime(2026, 11, 24, tzinfo=UTC), "order", who, {"company_id": "c1"})
    assert actor_of(event, COMPANIES, USERS) == shown


def test_every_event_has_words() -> None:
    assert EVENTS.keys() == {*EventName}
