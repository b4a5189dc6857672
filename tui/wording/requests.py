"""Requests to the licence desk: what they ask for, what became of them, and their pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from engine.catalogue.product import Catalogue
from engine.errors import PortalError
from engine.licences.plans import Plan
from engine.papers.paper import Paper, PaperState
from engine.papers.requests import CorrectionAsked, MoveAsked, NewSystem, RequestContent, TakeOver
from tui.wording.audit_events import named_actor, person_or_desk
from tui.wording.errors import sentence
from tui.wording.formats import date, date_time
from tui.wording.kinds import reason_name
from tui.wording.labels import field_label
from tui.wording.plans import plan_page
from tui.wording.stored_text import shown
from tui.wording.tables import GAP, cells, pairs, share, table, wrapped
from tui.wording.translation import N_, _, ngettext

KINDS: dict[type[RequestContent], str] = {
    NewSystem: N_("New system"),
    TakeOver: N_("Transfer"),
    MoveAsked: N_("Move"),
    CorrectionAsked: N_("Correction"),
}
STATES: dict[PaperState, str] = {
    PaperState.OPEN: N_("waits"),
    PaperState.DONE: N_("approved"),
    PaperState.REFUSED: N_("refused"),
    PaperState.WITHDRAWN: N_("withdrawn"),
}
_DONE: dict[str, str] = {
    "request-system": N_("The licence desk is asked to add the system: {number}."),
    "request-transfer": N_("The licence desk is asked to transfer the system: {number}."),
    "request-correction": N_("The licence desk is asked to correct the order: {number}."),
    "request-move": N_("The licence desk is asked to move the system: {number}."),
    "request-approve": N_("{number} is approved and done."),
    "request-refuse": N_("{number} is refused."),
    "request-withdraw": N_("{number} is withdrawn."),
    "request-agree": N_("{number}: your company agrees. The licence desk decides."),
    "request-object": N_("{number}: your company objects. The licence desk decides."),
}
"""What was done, by the name of the deed."""


def kind_of(paper: Paper) -> str:
    """What it asks for."""
    return _(KINDS[type(paper.asked)])


def state_of(paper: Paper) -> str:
    """What became of it; of one that waits for the desk, what the company of the system says."""
    asked = paper.asked
    if paper.is_open and isinstance(asked, TakeOver) and asked.agreed is not None:
        return _("waits, agreed") if asked.agreed else _("waits, objected")
    return _(STATES[paper.state])


def what_was_done(deed: str, paper: Paper) -> str:
    """In a sentence."""
    return _(_DONE[deed]).format(number=paper.number)


def how_many_wait(count: int) -> str:
    """For who has to decide or to answer."""
    return ngettext("{count} request waits for you", "{count} requests wait for you", count).format(
        count=count
    )


def request_rows(papers: Sequence[Paper], names: Mapping[str, str], width: int) -> list[str]:
    """A heading, and a line for each, in columns of together at most so many cells: numbers,
    dates and Equipment IDs whole. The company stands where there are several."""
    kept = [
        (_("Request"), _("System"), _("Asked on")),
        *((paper.number, paper.asked.equipment_id, date(paper.at)) for paper in papers),
    ]
    cut: list[tuple[str, ...]] = [
        (_("State"), _("Kind"), _("Company")),
        *((state_of(paper), kind_of(paper), _company(paper, names)) for paper in papers),
    ]
    if len({paper.company_id for paper in papers}) == 1:
        cut = [row[:-1] for row in cut]
    whole = table(kept)
    room = width - max(map(cells, whole)) - len(GAP) * len(cut[0])
    shared = zip(*share(list(zip(*cut, strict=True)), room), strict=True)
    return table([(one, *others) for one, others in zip(whole, shared, strict=True)])


def _company(paper: Paper, names: Mapping[str, str]) -> str:
    return shown(names.get(paper.company_id, paper.company_id))


class Seen(Protocol):
    """A request, and what approving it would do."""

    @property
    def paper(self) -> Paper:
        """The request."""

    @property
    def names(self) -> Mapping[str, str]:
        """Of companies, by their ids."""

    @property
    def plan(self) -> Plan | None:
        """What would be done to a system that is known."""

    @property
    def obstacle(self) -> PortalError | None:
        """Or why it could not be done."""


def request_page(seen: Seen, catalogue: Catalogue, width: int) -> list[str]:
    """All that there is to say of one, in lines of at most `width` cells."""
    said = list(pairs(list(_facts(seen.paper, seen.names, catalogue)), width))
    if seen.obstacle is not None:
        wrong = _("It could not be done now: {why}").format(why=sentence(seen.obstacle, catalogue))
        said += ["", *wrapped(wrong, width)]
    if seen.plan is not None:
        said += ["", _("Approving it would do this:"), "", *plan_page(seen.plan, width)]
    return said


def _facts(
    paper: Paper, names: Mapping[str, str], catalogue: Catalogue
) -> Iterator[tuple[str, str]]:
    yield _("Request"), f"{paper.number} · {kind_of(paper)}"
    yield _("State"), state_of(paper)
    yield _("Asked by"), named_actor(paper.by, names)
    yield _("Asked on"), date_time(paper.at)
    yield from _asked(paper.asked, catalogue)
    if paper.decided_at is not None:
        yield _("Decided by"), person_or_desk(paper.decided_by, names)
        yield _("Decided on"), date_time(paper.decided_at)
    if paper.why:
        yield _("Reason given"), shown(paper.why)
    if paper.outcome and paper.outcome != paper.asked.equipment_id:
        yield _("Became"), paper.outcome


def _asked(asked: RequestContent, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    if isinstance(asked, CorrectionAsked):
        yield _("Order to be corrected"), asked.number
        for part, quantity in asked.meant.items():
            yield _("Quantity that was meant"), f"{part} × {shown(quantity)}"
    else:
        yield field_label("equipment_id"), asked.equipment_id
    if isinstance(asked, NewSystem):
        product = catalogue.products.get(asked.product)
        yield _("Product"), asked.model or (product.name if product else shown(asked.product))
        yield _("Release"), shown(asked.release)
    else:
        yield _("Reason"), reason_name(asked.reason)
    if isinstance(asked, MoveAsked):
        yield _("To"), asked.to
        if asked.proof:
            yield _("Return note"), shown(asked.proof)
    if asked.note:
        yield _("Note"), shown(asked.note)
    if isinstance(asked, TakeOver):
        said = {None: N_("nothing yet"), True: N_("agrees"), False: N_("objects")}[asked.agreed]
        yield _("Its company says"), _(said)
