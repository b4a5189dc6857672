"""Ordering against a plain model of it: whatever is done in whatever order, over each store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from msgspec.structs import replace

from engine.catalogue.product import Keycodes, Product
from engine.errors import OrderRefused
from engine.keycode.codec import decode
from engine.keycode.verifying import verify
from engine.licences.order import Draft
from engine.ports import OrderQuery, Store
from engine.services.access import Session
from engine.store.folder.store import open_store
from engine.store.memory.store import MemoryStore
from tests.contract.values import AUDIT_KEY
from tests.engine.services.house import RING, House
from tests.engine.trade import AASTRA, CATALOGUE, NEXSPAN_PRODUCT
from tests.support.clock import Clock

LOGINS = ("ann", "bob")
PASSWORD = "a good long password"
PRODUCTS = ((AASTRA, "R5.1", ""), (AASTRA, "R5.2", ""), (NEXSPAN_PRODUCT, "R4.2", "Nexspan 50"))
REFERENCES = ("2125469-65891", "another", "É")

Has = dict[str, int]
OpenStore = Callable[[Clock], Store]


def _quantities(product: Product) -> st.SearchStrategy[dict[str, str]]:
    on_off = st.sampled_from(["", "0", "1", "1", "2"])
    counted = st.sampled_from(["", "0", "1", " 7 ", "100", "256", "1048575", "-1"])
    chosen = st.sampled_from([item.part for item in product.items])
    kinds = {item.part: on_off if item.is_on_off else counted for item in product.items}
    return st.lists(chosen, max_size=4, unique=True).flatmap(
        lambda parts: st.fixed_dictionaries({part: kinds[part] for part in parts})
    )


class Placed(NamedTuple):
    """An order as the model remembers it."""

    at: datetime
    number: str
    draft_id: str
    reference: str
    keycode: str | None


def _expected(
    product: Product, has: dict[str, int], typed: dict[str, str]
) -> dict[str, int] | None:
    """What a system has after an order, or None for one that is refused."""
    after = dict(has)
    ordered = False
    for part, text in typed.items():
        item = product.item(part)
        if item is None or text == "-1" or (item.is_on_off and text == "2"):
            return None
        if not int(text or 0):
            continue
        ordered = True
        if item.is_on_off and all(unlock.function in has for unlock in item.unlocks):
            return None
        for unlock in item.unlocks:
            function = product.function(unlock.function)
            more = int(text) * unlock.units
            total = 1 if function.is_on_off else after.get(function.key, 0) + more
            if total > function.most:
                return None
            after[function.key] = total
    return after if ordered and not _sold_twice(product, has, typed) else None


def _sold_twice(product: Product, has: dict[str, int], typed: dict[str, str]) -> bool:
    """Whether some on/off item could be left out, and the order would give the same functions."""

    def gives(parts: list[str]) -> set[str]:
        items = [product.item(part) for part in parts]
        return {unlock.function for item in items if item for unlock in item.unlocks}.union(has)

    chosen = [part for part, text in typed.items() if int(text or 0)]
    on_off = [part for part in chosen if (item := product.item(part)) and item.is_on_off]
    return any(gives([p for p in chosen if p != part]) == gives(chosen) for part in on_off)


class OrderingModel(RuleBasedStateMachine):
    """One company with two users and three systems of its own, in a store that has others."""

    examples = 0

    def __init__(self, open_one: OpenStore) -> None:
        super().__init__()
        self.clock = Clock()
        self.open_one = open_one
        self.house = House(open_one(self.clock), self.clock, filled=False)
        self.drafts: dict[str, set[str]] = {login: set() for login in LOGINS}
        self.tried: list[Draft] = []
        self.ids = 0

    @initialize()
    def begin(self) -> None:
        OrderingModel.examples += 1
        name = f"Company {OrderingModel.examples}"
        desk = self.house.administration
        self.company = desk.add_company(name, "desk")
        for login in LOGINS:
            desk.add_user(
                name,
                login,
                last_name="Ex",
                first_name="Ample",
                email="ex@example.com",
                password=PASSWORD,
                who="desk",
            )
        self.products: dict[str, Product] = {}
        register = self.house.registering
        for number, (product, release, model) in enumerate(PRODUCTS):
            equipment_id = f"{OrderingModel.examples:012X}{number}"
            system = register.new_system(equipment_id, product.key, release, self.company, model)
            register.add_system(system, "desk")
            self.products[equipment_id] = product
        self.has: dict[str, dict[str, int]] = {each: {} for each in self.products}
        self.placed: dict[str, list[Placed]] = {each: [] for each in self.products}
        self._sign_in()

    def _new_id(self) -> str:
        self.ids += 1
        return f"{OrderingModel.examples}-{self.ids}"

    def _sign_in(self) -> None:
        name = self.company.name
        self.sessions: dict[str, Session] = {
            login: self.house.sign_in(login, name, PASSWORD) for login in LOGINS
        }

    @rule(
        data=st.data(),
        login=st.sampled_from(LOGINS),
        number=st.integers(0, 2),
        reference=st.sampled_from(REFERENCES),
    )
    def place_new(self, data: st.DataObject, login: str, number: int, reference: str) -> None:
        equipment_id = list(self.products)[number]
        quantities = data.draw(_quantities(self.products[equipment_id]))
        draft_id = self._new_id()
        draft = self.house.draft(equipment_id, draft_id, quantities=quantities, reference=reference)
        self.tried.append(draft)
        self._place(login, draft)

    @rule(login=st.sampled_from(LOGINS), back=st.integers(1, 5))
    def place_again(self, login: str, back: int) -> None:
        if len(self.tried) >= back:
            self._place(login, self.tried[-back])

    @rule(login=st.sampled_from(LOGINS))
    def place_the_unfinished_one(self, login: str) -> None:
        for draft in self.house.ordering.unfinished(self.sessions[login])[:1]:
            self.tried.append(draft)
            self._place(login, draft)

    def _place(self, login: str, draft: Draft) -> None:
        equipment_id = draft.equipment_id
        product, has = self.products[equipment_id], self.has[equipment_id]
        before = [p for p in self.placed[equipment_id] if p.draft_id == draft.draft_id]
        after = _expected(product, has, draft.quantities)
        session = self.sessions[login]
        if not before and after is None:
            with pytest.raises(OrderRefused):
                self.house.ordering.check(session, draft)
            with pytest.raises(OrderRefused):
                self.house.ordering.place(session, draft, sure=True)
            return
        placement = self.house.ordering.place(session, draft, sure=True)
        order = placement.order
        assert placement.already == bool(before)
        if before:
            assert (order.number, order.keycode) == (before[0].number, before[0].keycode)
        else:
            assert after is not None
            assert dict(order.inventory) == after
            added = set(after) - set(has)
            one_each = product.keycodes is Keycodes.FUNCTION
            assert {c.function for c in order.function_keycodes} == (added if one_each else set())
            self.has[equipment_id] = after
            self.placed[equipment_id].append(
                Placed(self.clock.now, order.number, draft.draft_id, draft.reference, order.keycode)
            )
        self.drafts[login].discard(draft.draft_id)

    @rule(login=st.sampled_from(LOGINS), number=st.integers(0, 2), text=st.text(max_size=8))
    def keep(self, login: str, number: int, text: str) -> None:
        equipment_id = list(self.products)[number]
        quantities = {self.products[equipment_id].items[0].part: "1"}
        draft = self.house.draft(equipment_id, self._new_id(), quantities=quantities, step=3)
        self.house.ordering.keep(self.sessions[login], replace(draft, licensee="x" + text))
        self.drafts[login].add(draft.draft_id)

    @rule(login=st.sampled_from(LOGINS))
    def forget(self, login: str) -> None:
        for draft in self.house.ordering.unfinished(self.sessions[login])[:1]:
            self.house.ordering.forget(self.sessions[login], draft.draft_id)
            self.drafts[login].remove(draft.draft_id)

    @rule(seconds=st.integers(1, 60))
    def time_goes_by(self, seconds: int) -> None:
        self.clock.advance(seconds=seconds)

    @rule()
    def start_again(self) -> None:
        """The program ends and is started again."""
        self.house = House(self.open_one(self.clock), self.clock, filled=False)
        self._sign_in()

    @invariant()
    def systems_have_what_was_ordered(self) -> None:
        session = self.sessions["ann"]
        for equipment_id, has in self.has.items():
            record = self.house.searching.by_equipment_id(session, equipment_id)
            assert dict(record.system.inventory) == has
            placed = self.placed[equipment_id]
            assert [order.number for order in reversed(record.orders)] == [
                f"{equipment_id}-{number:04d}" for number in range(1, len(placed) + 1)
            ]
            release = record.system.release
            for order in record.orders:
                codes = {code.keycode: {code.function: 1} for code in order.function_keycodes}
                if order.keycode:
                    codes = {order.keycode: dict(order.inventory)}
                for code, unlocks in codes.items():
                    assert verify(code, CATALOGUE, RING, equipment_id, release).genuine
                    assert decode(code, CATALOGUE).inventory == unlocks

    @invariant()
    def orders_are_found(self) -> None:
        session, ordering = self.sessions["bob"], self.house.ordering
        everything = sorted((p for each in self.placed.values() for p in each), reverse=True)
        assert [o.number for o in ordering.latest_orders(session, 99)] == [
            placed.number for placed in everything
        ]
        for reference in REFERENCES:
            same = [p.number for p in everything if p.reference == reference]
            earlier = ordering.earlier_order(session, reference.lower())
            assert (earlier.number if earlier else None) == next(iter(same), None)
            query = OrderQuery(reference=reference)
            found = self.house.searching.orders(session, query, 99)
            assert [order.number for order in found] == same

    @invariant()
    def drafts_are_kept(self) -> None:
        for login, kept in self.drafts.items():
            found = self.house.ordering.unfinished(self.sessions[login])
            assert {draft.draft_id for draft in found} == kept


@pytest.mark.parametrize("kind", ["folder", "memory"])
def test_ordering_is_what_the_model_says(kind: str, request: pytest.FixtureRequest) -> None:
    in_memory: dict[Clock, Store] = {}

    def memory(clock: Clock) -> Store:
        return in_memory.setdefault(clock, MemoryStore(clock))

    folder: Path | None = request.getfixturevalue("folder") if kind == "folder" else None

    def on_disk(clock: Clock) -> Store:
        assert folder is not None
        return open_store(folder, AUDIT_KEY, clock)

    class Machine(OrderingModel):
        def __init__(self) -> None:
            super().__init__(on_disk if kind == "folder" else memory)

    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=8 if kind == "folder" else 40,
            stateful_step_count=20,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
