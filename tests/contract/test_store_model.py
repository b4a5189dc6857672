"""Each store against plain dictionaries: whatever is done, in whatever order."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from msgspec.structs import replace

from engine.accounts.people import Company, User
from engine.audit import EventName
from engine.errors import ItemOwned, NameTaken, SystemKnown, SystemUnknown, UserUnknown
from engine.licences.order import Draft, Order
from engine.licences.system import EquipmentId, System
from engine.ports import OrderQuery, Store
from engine.store.folder.store import FolderStore, open_store
from engine.store.folder.store_folder import History
from engine.store.memory.store import MemoryStore
from tests.contract.values import (
    AUDIT_KEY,
    BEGIN,
    TickingClock,
    company,
    decide,
    draft,
    system,
    user,
)

IDS = tuple(EquipmentId(f"03FFFF0302A{number:02X}") for number in range(4))
ids = st.sampled_from(IDS)
draft_numbers = st.integers(0, 6)
licensees = st.sampled_from(("John Smith", "", "Société Électrique", "o"))
logins = st.sampled_from(("jsmith", "JSmith", " jsmith", "ann", "é", "e\u0301"))
companies = st.sampled_from(("c1", "c2"))
LOGIN_OF = {"JSmith": "jsmith", " jsmith": "jsmith", "e\u0301": "é"}


class StoreModel(RuleBasedStateMachine):
    """What a store should hold after all that was done to it."""

    def __init__(self, open_one: Callable[[], Store]) -> None:
        super().__init__()
        self._open = open_one
        self.systems: dict[str, System] = {}
        self.orders: dict[str, list[Order]] = {}
        self.companies: list[Company] = []
        self.users: dict[tuple[str, str], User] = {}
        self.drafts: dict[tuple[str, str], Draft] = {}
        self.events: list[tuple[str, str]] = []

    @initialize(long_history=st.booleans())
    def begin(self, *, long_history: bool) -> None:
        """Two systems, so that most of what follows meets one; maybe with a sealed segment."""
        self.store = self._open()
        self.add_systems([IDS[0]], "c1")
        self.add_systems([IDS[1]], "c2")
        for number in range(History().most + 5 if long_history else 0):
            self._place(IDS[0], f"early-{number}", "John Smith")

    # Systems and orders

    @rule(some=st.lists(ids, max_size=3), of=companies)
    def add_systems(self, some: list[str], of: str) -> None:
        new = [system(each, of) for each in some]
        if len(set(some)) < len(some) or any(each in self.systems for each in some):
            with pytest.raises(SystemKnown):
                self.store.add_systems(new)
        else:
            assert self.store.add_systems(new) == len(new)
            self.systems |= {each.equipment_id: each for each in new}
            self.orders |= {each: [] for each in some}

    @rule(of=ids, number=draft_numbers, licensee=licensees)
    def place(self, of: EquipmentId, number: int, licensee: str) -> None:
        self._place(of, f"d{number}", licensee)

    @rule(of=ids, position=st.integers(0, 8))
    def place_again(self, of: EquipmentId, position: int) -> None:
        for order in self.orders.get(of, [])[position : position + 1]:
            self._place(of, order.draft_id, "somebody else")

    def _place(self, of: EquipmentId, draft_id: str, licensee: str) -> None:
        if of not in self.systems:
            with pytest.raises(SystemUnknown):
                self.store.place(of, draft_id, decide(draft_id))
            return
        placement = self.store.place(of, draft_id, decide(draft_id, licensee=licensee))
        before = [each for each in self.orders[of] if each.draft_id == draft_id]
        if before:
            assert (placement.already, [placement.order]) == (True, before)
        else:
            assert (placement.already, placement.order.draft_id) == (False, draft_id)
            self.orders[of].append(placement.order)
            self.events.append(("order", "jsmith"))

    @rule(of=ids)
    def refuse(self, of: EquipmentId) -> None:
        def decline(_: System) -> Order:
            raise ItemOwned(part="BHW1063A")

        with pytest.raises(ItemOwned if of in self.systems else SystemUnknown):
            self.store.place(of, "declined", decline)

    @rule(of=ids, positions=st.sets(st.integers(1, 8), min_size=1))
    def erase(self, of: EquipmentId, positions: set[int]) -> None:
        numbers = {f"{of}-{position:04d}" for position in positions}
        mine = [each for each in self.orders.get(of, []) if each.number in numbers]
        due = [each for each in mine if each.is_personal]
        assert self.store.erase_personal(of, numbers, "desk") == len(due)
        self.events += [("erase", "desk")] * len(due)
        if of in self.orders:
            self.orders[of] = [e.erased() if e in due else e for e in self.orders[of]]

    # Accounts, drafts, log

    @rule(of=companies, name=st.sampled_from(("One", "one ", "Zwei", "Été")))
    def add_company(self, of: str, name: str) -> None:
        names = {each.name.strip().casefold() for each in self.companies}
        taken = name.strip().casefold() in names
        if of in {each.company_id for each in self.companies} and not taken:
            return  # ids are the program's own, and never given twice
        with pytest.raises(NameTaken) if taken else nullcontext():
            self.store.add_company(company(of, name))
            self.companies.append(company(of, name))

    @rule(of=companies, login=logins)
    def add_user(self, of: str, login: str) -> None:
        key = (of, LOGIN_OF.get(login, login))
        with pytest.raises(NameTaken) if key in self.users else nullcontext():
            self.store.add_user(user(login, of))
            self.users[key] = user(login, of)

    @rule(of=companies, login=logins, failures=st.integers(0, 9))
    def change_user(self, of: str, login: str, failures: int) -> None:
        key = (of, LOGIN_OF.get(login, login))
        with nullcontext() if key in self.users else pytest.raises(UserUnknown):
            changed = self.store.change_user(of, login, lambda u: replace(u, failures=failures))
            self.users[key] = replace(self.users[key], failures=failures)
            assert changed == self.users[key]

    @rule(login=st.sampled_from(("ann", "bob")), number=draft_numbers)
    def keep_draft(self, login: str, number: int) -> None:
        kept = draft(f"d{number}", licensee=login)
        self.drafts[login, kept.draft_id] = kept
        self.store.keep_draft("c1", login, kept)

    @rule(login=st.sampled_from(("ann", "bob")), number=draft_numbers)
    def drop_draft(self, login: str, number: int) -> None:
        self.drafts.pop((login, f"d{number}"), None)
        self.store.drop_draft("c1", login, f"d{number}")

    @rule(text=st.text(st.characters(codec="utf-8"), max_size=8))
    def record(self, text: str) -> None:
        self.store.record(EventName.SIGN_IN, text, company=text)
        self.events.append(("sign-in", text))

    # What must not matter

    @precondition(lambda self: isinstance(self.store, FolderStore))
    @rule()
    def open_again(self) -> None:
        self.store.close()
        assert isinstance(self.store, FolderStore)
        self.store = open_store(self.store.folder.paths.root, AUDIT_KEY, TickingClock())

    @precondition(lambda self: isinstance(self.store, FolderStore))
    @rule()
    def lose_the_index(self) -> None:
        assert isinstance(self.store, FolderStore)
        Path(self.store.folder.paths.index).unlink(missing_ok=True)

    # What must be so

    @rule()
    def find(self) -> None:
        moments = (None, BEGIN + timedelta(minutes=3))
        for of, licensee, since in product((None, "c1", "c2"), (None, "smith", "É"), moments):
            expected = [
                each
                for orders in self.orders.values()
                for each in orders
                if (of is None or each.company_id == of)
                and (licensee is None or licensee.casefold() in each.licensee.casefold())
                and (since is None or each.placed_at >= since)
            ]
            expected.sort(key=lambda each: (each.placed_at, each.number), reverse=True)
            query = OrderQuery(company_id=of, licensee=licensee, since=since)
            assert self.store.find_orders(query, 7) == expected[:7]

    @rule(of=ids, position=st.integers(0, 8))
    def find_one(self, of: str, position: int) -> None:
        for order in self.orders.get(of, [])[position : position + 1]:
            assert order.keycode is not None
            found = self.store.find_orders(OrderQuery(keycode=order.keycode.lower()), 5)
            assert order in found
            same = OrderQuery(reference=f" {order.reference.upper()} ", company_id=order.company_id)
            assert order in self.store.find_orders(same, 10_000)

    @rule()  # no invariant: it looks into 4,096 folders
    def list_systems(self) -> None:
        assert [each.equipment_id for each in self.store.systems()] == sorted(self.systems)
        assert self.store.system_count() == len(self.systems)

    @invariant()
    def systems_are_there(self) -> None:
        for equipment_id in IDS:
            found = self.store.system(equipment_id)
            if found is None:
                assert equipment_id not in self.systems
                continue
            orders = [*self.store.older_orders(found), *found.orders]
            assert orders == self.orders[equipment_id]
            assert found.company_id == self.systems[equipment_id].company_id

    @invariant()
    def accounts_are_there(self) -> None:
        assert {each.company_id for each in self.store.companies()} == {
            each.company_id for each in self.companies
        }
        assert len(self.store.users()) == len(self.users)
        for (of, login), expected in self.users.items():
            assert self.store.user(of, login) == expected

    @invariant()
    def drafts_are_there(self) -> None:
        for login in ("ann", "bob"):
            found = {(login, each.draft_id): each for each in self.store.drafts("c1", login)}
            assert found == {key: kept for key, kept in self.drafts.items() if key[0] == login}

    @invariant()
    def the_log_is_whole(self) -> None:
        assert [(each.event, each.who) for each in self.store.events()] == self.events

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()


@pytest.mark.parametrize(
    ("kind", "examples"),
    [
        ("folder", 10),
        ("memory", 20),
        ("postgresql", 5),
        pytest.param("folder", 150, marks=pytest.mark.long),
    ],
)
def test_a_store_holds_what_the_model_holds(
    kind: str, examples: int, new_folder: Callable[[], Path], request: pytest.FixtureRequest
) -> None:
    def in_memory() -> Store:
        return MemoryStore(TickingClock())

    def on_disk() -> Store:
        return open_store(new_folder(), AUDIT_KEY, TickingClock())

    opening: dict[str, Callable[[], Store]] = {"folder": on_disk, "memory": in_memory}
    if kind == "postgresql":
        opening[kind] = request.getfixturevalue("new_database")

    class Machine(StoreModel):
        def __init__(self) -> None:
            super().__init__(opening[kind])

    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=40,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
