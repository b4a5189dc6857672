"""Ordering: from an Equipment ID to a keycode (guide, Order Process).

    draft as typed → check → Quote (lines, total, before and after) → place → Order with keycode

Placing reads the system again under its lock: if somebody else ordered meanwhile, this order is
added to what the system has now, or refused if that breaks a limit.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal

from msgspec.structs import replace

from engine.accounts.people import Right
from engine.catalogue.product import Product
from engine.errors import (
    DocumentDamaged,
    EquipmentIdMalformed,
    NotAllowed,
    PriceChanged,
    StoreTrouble,
    SystemMoved,
    SystemTransferred,
    SystemUnknown,
    UnusualOrder,
)
from engine.keycode.signing import Keys
from engine.licences.draft_rules import check_reference, check_same, storable
from engine.licences.order import Address, Draft, Order, OrderKind
from engine.licences.quote import (
    ItemChoice,
    Quote,
    check_draft,
    choices_for,
    make_order,
    quote,
)
from engine.licences.system import System
from engine.licences.unusual import Usual, unusual
from engine.ports import Clock, NewId, OrderQuery, Placement, Store
from engine.safe_text import clean
from engine.services.access import Access, Session
from engine.services.all_orders import all_orders
from engine.services.price_lists import PriceLists
from engine.services.terms import Terms, TodaysTerms

_EARLIEST = datetime.min.replace(tzinfo=UTC)


class Ordering:
    """What an operator can do about orders."""

    def __init__(
        self,
        store: Store,
        access: Access,
        prices: PriceLists,
        keys: Keys,
        clock: Clock,
        new_id: NewId,
        usual: Usual,
    ) -> None:
        self._store = store
        self._access = access
        self._prices = prices
        self._keys = keys
        self._clock = clock
        self._new_id = new_id
        self._usual = usual
        self._todays = TodaysTerms(prices)

    def find_system(self, session: Session, text: str) -> System:
        """The system with that Equipment ID, however it was typed.

        Raises `EquipmentIdMalformed`; `SystemUnknown` for one that is unknown or another
        company's.
        """
        self._access.require(session, Right.ORDER)
        return self._access.system(session, text)

    def product(self, system: System) -> Product:
        """The product of a system, at its company's prices. Raises `ProductUnknown` when the
        catalogue has it no more."""
        return self._prices.product(system)

    def choices(self, system: System) -> tuple[ItemChoice, ...]:
        """The items that the system's release offers, in the guide's order."""
        return choices_for(self.product(system), system)

    def new_draft(self, system: System, instead: Draft | None = None) -> Draft:
        """An order for a system, with an id of its own: empty, or with the reference, licensee
        and address of the draft that it takes the place of."""
        new = Draft(draft_id=self._new_id(), equipment_id=system.equipment_id, step=2)
        if instead is None:
            return new
        typed = {"reference": instead.reference, "licensee": instead.licensee}
        return replace(new, **typed, address=instead.address)

    def check_items(self, session: Session, draft: Draft) -> Quote:
        """The items of a draft, priced and added up. Raises `OrderRefused`, a problem a field."""
        system = self.find_system(session, draft.equipment_id)
        return quote(self.product(system), system, draft)

    def check_reference(self, draft: Draft) -> Draft:
        """The draft with reference, licensee and address cleaned. Raises `OrderRefused`."""
        return check_reference(draft)

    def check(self, session: Session, draft: Draft, terms: Terms | None = None) -> Quote:
        """Everything about a draft at once. Raises `OrderRefused` with every problem there is."""
        system = self.find_system(session, draft.equipment_id)
        return check_draft((terms or self._todays).product(system), system, draft)

    def trial(self, session: Session, draft: Draft, system: System | None = None) -> System:
        """The system as it would be after this order, which is not placed.

        `system` is one that an earlier trial has answered; None: as the store has it. A draft
        that is an order already changes nothing. Raises as `check`, and `DraftPlaced`.
        """
        self._access.require(session, Right.ORDER)
        system = system or self._access.system(session, draft.equipment_id)
        if placed := [order for order in system.orders if order.draft_id == draft.draft_id]:
            check_same(check_reference(draft), placed[0])
            return system
        check_draft(self.product(system), system, draft)
        order = self._order(session, check_reference(draft), system, self._todays)
        self._todays.check(system, order.total, order.currency)
        return replace(system, orders=(*system.orders, order))

    def orders_of(self, system: System) -> tuple[Order, ...]:
        """The orders of a system that its company has placed, the oldest first: what an earlier
        company ordered, under which reference, is nobody's business."""
        orders = all_orders(self._store, system)
        return tuple(order for order in orders if order.company_id == system.company_id)

    def renewed(self, draft: Draft) -> Draft:
        """The same, to be another order."""
        return replace(draft, draft_id=self._new_id(), saved_at=None)

    def unusual(self, order: Order) -> UnusualOrder | None:
        """What is to be asked about before such an order is placed, or None."""
        return unusual(order, self._usual)

    def place(
        self,
        session: Session,
        draft: Draft,
        seen: Decimal | None = None,
        *,
        sure: bool = False,
        terms: Terms | None = None,
    ) -> Placement:
        """Place the order, or answer the order that this draft has become already. `seen` is the
        total that somebody confirms; None: nobody has seen one (a script). `sure`: somebody has
        said that what is unusual is meant. `terms`: those of a quote; None: those of the day.

        Raises `PriceChanged`, `UnusualOrder`, `OrderRefused`, `SecondPersonNeeded` and what else
        the `terms` say, `SystemUnknown`, `StoreBusy`, `DocumentDamaged`, `WriteFailed` (nothing was
        placed), `OutcomeUnknown` (place the same draft again), and `DraftPlaced` when the draft was
        changed after it had become an order.
        """
        system = self.find_system(session, draft.equipment_id)
        draft = check_reference(draft)
        placement = self._store.place(
            system.equipment_id,
            draft.draft_id,
            self._decision(session, draft, seen, terms or self._todays, sure=sure),
        )
        if placement.already:
            check_same(draft, placement.order)
        with suppress(StoreTrouble):  # the order is placed, and must not look as if it were not
            self.forget(session, draft.draft_id)
        return placement

    def _decision(
        self, session: Session, draft: Draft, seen: Decimal | None, terms: Terms, *, sure: bool
    ) -> Callable[[System], Order]:
        def decide(system: System) -> Order:
            if not self._access.sees(session, system.company_id):
                raise SystemUnknown(equipment_id=system.equipment_id)
            order = self._order(session, draft, system, terms)
            terms.check(system, order.total, order.currency)
            if seen is not None and order.total != seen:
                raise PriceChanged(before=seen, now=order.total, currency=order.currency)
            if not sure and (error := self.unusual(order)):
                raise error
            return order

        return decide

    def _order(self, session: Session, draft: Draft, system: System, terms: Terms) -> Order:
        product = terms.product(system)
        return make_order(product, system, draft, session.who, self._clock(), self._keys)

    def earlier_order(self, session: Session, reference: str) -> Order | None:
        """The latest order of the session's company with that reference, or None."""
        self._access.require(session, Right.ORDER)
        reference = clean(reference)
        if session.company_id is None or not reference:
            return None
        query = OrderQuery(company_id=session.company_id, reference=reference)
        return next(iter(self._store.find_orders(query, 1)), None)

    def latest_orders(self, session: Session, limit: int) -> list[Order]:
        """The latest orders of the session's company, the newest first."""
        self._access.require(session, Right.SEARCH)
        return self._store.find_orders(OrderQuery(company_id=session.company_id), limit)

    def last_address(self, session: Session) -> tuple[str, Address] | None:
        """Licensee and address of the company's latest order of items, to be taken over on
        request."""
        self._access.require(session, Right.SEARCH)
        query = OrderQuery(company_id=session.company_id, kind=OrderKind.ORDER)
        latest = self._store.find_orders(query, 1)
        return (latest[0].licensee, latest[0].address) if latest else None

    def unfinished(self, session: Session) -> list[Draft]:
        """The orders that this user left unfinished, the latest first: those whose system is
        still his company's, and that were not placed in spite of all (the program ended before
        it could forget them)."""
        drafts = self._kept(session)
        found = [draft for draft in drafts if self._is_unfinished(session, draft)]
        return sorted(found, key=lambda draft: draft.saved_at or _EARLIEST, reverse=True)

    def _kept(self, session: Session) -> list[Draft]:
        self._access.require_signed_in(session, change_due=False)
        if session.company_id is None or Right.ORDER not in session.role.rights:
            return []
        return self._store.drafts(session.company_id, session.login)

    def closed(self, session: Session) -> list[SystemMoved | SystemTransferred]:
        """Why orders that this user left unfinished cannot be gone on with: of each whose system
        was moved or transferred since. They are dropped, so that this is told once."""
        found: list[SystemMoved | SystemTransferred] = []
        for draft in self._kept(session):
            try:
                self._access.system(session, draft.equipment_id).require_open()
            except (SystemMoved, SystemTransferred) as error:
                found.append(error)
                with suppress(StoreTrouble):  # where nothing can be written it is told again
                    self.forget(session, draft.draft_id)
            except (EquipmentIdMalformed, SystemUnknown, DocumentDamaged):
                continue
        return found

    def reads_unfinished(self, session: Session) -> bool:
        """False: this user may have left orders unfinished, which nobody can read."""
        if session.company_id is None or Right.ORDER not in session.role.rights:
            return True
        return self._store.reads_drafts(session.company_id, session.login)

    def _is_unfinished(self, session: Session, draft: Draft) -> bool:
        try:
            system = self._access.system(session, draft.equipment_id)
        except (EquipmentIdMalformed, SystemUnknown):
            return False
        except DocumentDamaged:
            return True  # that is said when it is resumed: here are others, too
        return not system.moved_to and all(
            order.draft_id != draft.draft_id for order in system.orders
        )

    def keep(self, session: Session, draft: Draft) -> None:
        """Keep a draft for later, beside the user's others.

        Works in a session that is over, too: that is when it is needed. Raises `NotAllowed`,
        `WriteFailed`, `StoreBusy`.
        """
        if Right.ORDER not in session.role.rights:
            raise NotAllowed(right=Right.ORDER.value)
        if session.company_id is not None:
            kept = replace(storable(draft), saved_at=self._clock())
            self._store.keep_draft(session.company_id, session.login, kept)

    def forget(self, session: Session, draft_id: str) -> None:
        """Drop one of the user's unfinished orders; as `keep`, but for every role."""
        if session.company_id is not None:
            self._store.drop_draft(session.company_id, session.login, draft_id)
