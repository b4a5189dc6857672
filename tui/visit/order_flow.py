"""The order under way, once for the full screens and plain mode (guide, Order Process).

It has one owner: only here it changes. What waits for the store (`look`, `review`, `place`, …)
changes nothing and is given what it needs as values, so that it may run in any thread; what
changes the order (`open`, `take`, …) is called by whoever answers the person, and says nothing
of an order that is no longer the one under way.
"""

from __future__ import annotations

from threading import Lock

from msgspec.structs import replace

from engine.errors import PortalError, SystemMoved, SystemTransferred
from engine.licences.order import Address, Draft, Order, Pattern
from engine.licences.quote import Quote
from engine.papers.paper import Paper
from engine.ports import Placement
from engine.services.access import Session
from engine.services.ordering import Ordering
from engine.services.quotations import Quotations
from tui.visit.order_steps import VALIDATION, Identified, Review


class OrderFlow:
    """The order under way in one session."""

    def __init__(self, ordering: Ordering, session: Session) -> None:
        self._ordering = ordering
        self._session = session
        self._draft: Draft | None = None
        self._kept: Draft | None = None
        """The order as this session last read it from the store, or wrote it there."""
        self._over: set[str] = set()
        """Ids of orders that are placed or dropped: they do not come back."""
        self._replaced: set[str] = set()
        """Those among them that are to be forgotten with the next change that is written."""
        self._turn = Lock()
        """Threads keep and drop the order one after the other, each as it is by then: nothing
        older is written last."""

    @property
    def draft(self) -> Draft | None:
        """The order under way, as it stands in the fields at this moment."""
        return self._draft

    @property
    def now(self) -> Draft:
        """The order under way, where there must be one: from step 2 on."""
        assert self._draft is not None, "there is one from step 2 on"
        return self._draft

    # Asking the store

    def look(self, text: str) -> Identified:
        """The system with that Equipment ID, however it was typed.

        Raises `EquipmentIdMalformed`, `SystemUnknown`, `SystemMoved`, `ProductUnknown`,
        `StoreTrouble`.
        """
        system = self._ordering.find_system(self._session, text)
        system.require_open()
        unfinished = self._ordering.unfinished(self._session)
        kept = next((d for d in unfinished if d.equipment_id == system.equipment_id), None)
        product, choices = self._ordering.product(system), self._ordering.choices(system)
        return Identified(system, product, choices, kept)

    def unfinished(self) -> list[Draft]:
        """The orders that this user left unfinished, the latest first."""
        return self._ordering.unfinished(self._session)

    def closed(self) -> list[SystemMoved | SystemTransferred]:
        """Why orders that were left unfinished are closed, told once."""
        return self._ordering.closed(self._session)

    def reads_unfinished(self) -> bool:
        """Whether that is all of them: a damaged document has none."""
        return self._ordering.reads_unfinished(self._session)

    def resume(self, draft: Draft) -> tuple[Identified, Draft]:
        """What is needed to go on with an order that was left unfinished, and the order as it is
        now: another session may have gone on with it. The one under way is kept before.

        Raises as `look`.
        """
        self.save()
        found = self.look(draft.equipment_id)
        if self._draft is not None and self._draft.draft_id == draft.draft_id:
            return found, self._draft
        known = {each.draft_id: each for each in self.unfinished()}
        return found, known.get(draft.draft_id, draft)

    def latest_orders(self, limit: int) -> list[Order]:
        """The latest orders of the company."""
        return self._ordering.latest_orders(self._session, limit)

    def last_address(self) -> tuple[str, Address] | None:
        """Licensee and address of the company's latest order."""
        return self._ordering.last_address(self._session)

    def check_items(self, draft: Draft) -> Quote:
        """The items, priced and added up. Raises `OrderRefused`."""
        return self._ordering.check_items(self._session, draft)

    def review(self, draft: Draft) -> Review:
        """Everything about the order, cleaned and checked. Raises `OrderRefused`."""
        quote = self._ordering.check(self._session, draft)
        checked = replace(self._ordering.check_reference(draft), step=VALIDATION)
        earlier = self._ordering.earlier_order(self._session, checked.reference)
        return Review(checked, quote, earlier)

    def place(self, review: Review, *, sure: bool = False) -> Placement:
        """Place what was reviewed. However often this is asked, one draft is one order. `sure`:
        what is unusual about it is meant.

        Raises what `Ordering.place` raises.
        """
        placement = self._ordering.place(self._session, review.draft, review.quote.total, sure=sure)
        with self._turn:
            self._over.add(review.draft.draft_id)
        return placement

    def quote(self, review: Review, quotations: Quotations) -> Paper:
        """Make a quote of what was reviewed. Raises what `Quotations.make` raises."""
        paper = quotations.make(self._session, review.draft)
        with self._turn:
            self._over.add(review.draft.draft_id)
        return paper

    # What changes the order

    def successor(self, found: Identified, like: Pattern | None = None) -> Draft:
        """The order for that system: a new one `like` another; or the one under way, one that was
        left unfinished, or a new one with the reference and address of the one under way."""
        if like is not None:
            return self._like(like, found)
        old = self._draft
        if old is not None and old.equipment_id == found.system.equipment_id:
            return old
        if found.kept is not None and found.kept.draft_id not in self._over:
            return found.kept
        return self._ordering.new_draft(found.system, old)

    def _like(self, order: Pattern, found: Identified) -> Draft:
        """With its licensee, its address and, as far as they can be ordered, its items."""
        lines = [line for line in order.lines if line.part in found.orderable]
        return replace(
            self._ordering.new_draft(found.system),
            quantities={line.part: str(line.quantity) for line in lines},
            licensee=order.licensee,
            address=order.address,
        )

    def resumable(self, unfinished: list[Draft]) -> list[Draft]:
        """The orders that can be gone on with: the one under way, then the others, as far as they
        are not over."""
        under_way = [self._draft] if self._draft else []
        known = self._over | {draft.draft_id for draft in under_way}
        return under_way + [draft for draft in unfinished if draft.draft_id not in known]

    def drops(self, new: Draft) -> bool:
        """Whether going on with `new` drops items of the order under way."""
        old = self._draft
        return old is not None and old.draft_id != new.draft_id and bool(old.quantities)

    def open(self, draft: Draft, *, aside: bool = False) -> None:
        """Go on with this order in place of the one under way, which is dropped, or stays `aside`
        as it was kept."""
        with self._turn:
            old = self._draft
            if old is not None and old.draft_id != draft.draft_id and not aside:
                self._over.add(old.draft_id)
                self._replaced.add(old.draft_id)
            if draft != old:
                self._kept = draft if draft.saved_at else None
            self._draft = draft

    def take(self, draft: Draft) -> None:
        """What stands in the fields now; of another order than the one under way, nothing."""
        if self._draft is not None and self._draft.draft_id == draft.draft_id:
            self._draft = draft

    def placed(self, review: Review) -> None:
        """It is an order or a quote now: none is under way."""
        if self._draft is not None and self._draft.draft_id == review.draft.draft_id:
            self._draft = self._kept = None

    def renew(self) -> None:
        """The order under way has become an order already, as it was before it was changed:
        what stands in the fields now would be another one."""
        self._draft = self._ordering.renewed(self.now)
        self._kept = None

    # Keeping it

    def save(self) -> None:
        """Write the order under way down, when it has changed since.

        Raises `StoreTrouble`, and `NotAllowed` when the role has changed.
        """
        with self._turn:
            draft = self._draft
            if draft is not None and draft.draft_id not in self._over and draft != self._kept:
                self._ordering.keep(self._session, draft)
                self._kept = draft
            for replaced in tuple(self._replaced):
                self._ordering.forget(self._session, replaced)
                self._replaced.discard(replaced)

    def keep(self) -> bool:
        """The same, without raising: False when the store refuses. For the thread that ends the
        program, too."""
        try:
            self.save()
        except PortalError:
            return False
        return True

    def drop(self) -> None:
        """Forget the order under way. Raises `StoreTrouble`, and then it is as it was."""
        with self._turn:
            if self._draft is not None:
                self._ordering.forget(self._session, self._draft.draft_id)
                self._over.add(self._draft.draft_id)
