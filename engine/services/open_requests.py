"""The queue of requests: what waits in it, and its lines in the audit log."""

from __future__ import annotations

from engine.audit import EventName
from engine.papers.paper import OPEN_STATES, Paper, PaperQuery, Series
from engine.ports import Store
from engine.services.access import Session

_MOST = 1000
"""Open requests that are looked through."""


def open_requests(store: Store, company_id: str | None = None) -> list[Paper]:
    """Those that wait, of one company or of all; the last first."""
    return store.papers(PaperQuery(Series.REQUEST, company_id, states=OPEN_STATES), _MOST)


def record(store: Store, event: EventName, session: Session, paper: Paper, **more: str) -> None:
    """Write a line about a request."""
    details = {"equipment_id": paper.asked.equipment_id, "company_id": paper.company_id}
    kind = str(paper.content.__struct_config__.tag)
    store.record(event, session.who, paper=paper.number, request=kind, **details, **more)
