"""The life of systems against a plain model, on every store: whatever is bought, upgraded, taken
back, moved, transferred, issued once more, in whatever order, what was sold is what systems hold,
and every keycode that was ever issued gets its right verdict."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path

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

from engine.accounts.people import Role
from engine.errors import (
    CompanyHasIt,
    NothingCorrected,
    NothingOwned,
    OrderRefused,
    ReleaseNotLater,
    SystemMoved,
    SystemUnknown,
    TargetUnusable,
)
from engine.keycode.codec import decode
from engine.keycode.signing import KeyRing
from engine.licences.order import Order, OrderKind
from engine.licences.soundness import Examiner
from engine.licences.system import EquipmentId
from engine.licences.verdict import Verdict
from engine.ports import Store
from engine.store.folder.store import open_store
from engine.store.memory.store import MemoryStore
from tests.contract.values import AUDIT_KEY
from tests.engine.services.house import OTHER, OWN, House
from tests.engine.trade import AASTRA, CATALOGUE
from tests.support.clock import Clock
from tests.support.guide import SYSTEM

SYSTEMS = (SYSTEM, "03FFFF0302B17", "03FFFF0302AF1", "03FFFF0302AF2", "03FFFF0302AF3")
"""Two that are known, and three that a move makes known."""
PARTS = ("BHW1063A", "BHW1064A", "BHW1090A", "BHW1095A", "BHW1096A")
"""Two that overlap, and three with quantities."""
systems = st.sampled_from(SYSTEMS)
amounts = st.dictionaries(st.sampled_from(PARTS), st.integers(0, 3), min_size=1)


class Life(RuleBasedStateMachine):
    """What was sold, and in which release each system runs."""

    def __init__(self, open_one: Callable[[Clock], Store]) -> None:
        super().__init__()
        self._open = open_one

    @initialize()
    def begin(self) -> None:
        self.clock = Clock()
        self.ring = {1: bytes(range(32))}
        self.house = House(self._open(self.clock), self.clock, keys=lambda: KeyRing(self.ring))
        self.desk = self.house.session_as(Role.LICENCE_DESK)
        self.ids = (f"request-{number}" for number in count())
        self.sold: dict[str, dict[str, dict[str, int]]] = {}
        """By system and order: quantities by part number, without what was taken back."""
        self.release: dict[str, str] = {}
        self.issued: dict[str, list[tuple[str, str]]] = {of: [] for of in SYSTEMS}
        """By system: keycodes, with the release that each was issued for."""
        self.lost: set[int] = set()
        """Keys that were withdrawn."""
        self.brought: dict[str, dict[str, int]] = {of: {} for of in SYSTEMS}
        """What a system has from the hardware whose place it took."""
        self.moved: dict[str, str] = {}
        for of in SYSTEMS:
            self.sold[of] = {}
        self.owner: dict[str, str] = {}
        for of in SYSTEMS[:2]:
            known = self.house.searching.by_equipment_id(self.desk, of)
            orders = known.orders[::-1]
            self.sold[of] = {o.number: {e.part: e.quantity for e in o.lines} for o in orders}
            self.release[of] = known.system.release
            self.owner[of] = OWN
            self.issued[of] = [(o.keycode or "", o.release) for o in orders]

    @rule(of=systems, wanted=amounts)
    def buy(self, of: str, wanted: dict[str, int]) -> None:
        asked = {part: str(n if part[3:7] > "1080" else min(n, 1)) for part, n in wanted.items()}
        draft = self.house.draft(of, next(self.ids), quantities=asked)
        try:
            order = self.house.ordering.place(self.desk, draft).order
        except OrderRefused:
            return
        except (SystemMoved, SystemUnknown):
            assert of in self.moved or of not in self.release
            return
        self.sold[of][order.number] = {part: int(n) for part, n in asked.items() if int(n)}
        self._issued(order)

    @rule(of=systems, release=st.sampled_from(AASTRA.releases), back=st.booleans())
    def upgrade(self, of: str, release: str, *, back: bool) -> None:
        said = self.house.changing.said(reason="wrong-release", request_id=next(self.ids))
        try:
            placement = self.house.changing.upgrade(self.desk, of, release, said, back=back)
        except (SystemMoved, SystemUnknown):
            assert of in self.moved or of not in self.release
            return
        except (ReleaseNotLater, NothingOwned):
            later = release in AASTRA.later_releases(self.release[of])
            assert release == self.release[of] or later == back or not self._held(of)
            return
        if not placement.already:
            assert (release in AASTRA.later_releases(self.release[of])) != back
            self.release[of] = release
            self._issued(placement.order)

    @rule(of=systems, which=st.integers(0, 9), meant=amounts)
    def correct(self, of: str, which: int, meant: dict[str, int]) -> None:
        if which >= len(self.sold[of]):
            return
        number = list(self.sold[of])[which]
        has = self.sold[of][number]
        said = self.house.changing.said(reason="wrong-quantity", request_id=next(self.ids))
        texts = {part: str(n) for part, n in meant.items()}
        try:
            order = self.house.changing.correct(self.desk, number, texts, said).order
        except SystemMoved:
            assert of in self.moved
            return
        except OrderRefused:
            assert any(n > has.get(part, -1) for part, n in meant.items())
            return
        except NothingCorrected:
            assert all(has[part] == n for part, n in meant.items())
            return
        price = {item.part: item.price for item in AASTRA.items}
        assert order.total == sum(price[part] * (n - has[part]) for part, n in meant.items())
        has |= meant
        self._issued(order)

    @rule(source=systems, to=systems)
    def move(self, source: str, to: str) -> None:
        said = self.house.changing.said(reason="failed-hardware", request_id=next(self.ids))
        try:
            order = self.house.moving.move(self.desk, source, to, said).order
        except (SystemMoved, SystemUnknown, NothingOwned):
            assert source in self.moved or not self._held(source)
            return
        except TargetUnusable:
            new = to not in self.release or not self.issued[to]
            same = all(of.get(to, of[source]) == of[source] for of in (self.release, self.owner))
            assert source == to or not (new and same)
            return
        self.brought[to] = self._held(source)
        self.moved[source] = to
        self.sold[source], self.brought[source] = {}, {}
        self.release[to] = self.release[source]
        self.owner[to] = self.owner[source]
        gone = self.house.searching.by_equipment_id(self.desk, source).system.orders[-1]
        for each in (gone, order):
            self._issued(each)

    @rule(of=systems, company=st.sampled_from((OWN, OTHER)))
    def transfer(self, of: str, company: str) -> None:
        said = self.house.changing.said(reason="reseller-change", request_id=next(self.ids))
        try:
            placement = self.house.transferring.transfer(self.desk, of, company, said)
        except (SystemMoved, SystemUnknown):
            assert of in self.moved or of not in self.release
            return
        except CompanyHasIt:
            assert self.owner[of] == company
            return
        if placement.already:
            assert self.owner[of] == company
            return
        self.owner[of] = company
        if placement.order.keycode not in {code for code, _release in self.issued[of][-1:]}:
            self._issued(placement.order)

    @rule()
    def lose_the_key(self) -> None:
        """Another one signs; what the lost one has signed is issued once more."""
        number = max(self.ring)
        if number > 3:
            return
        self.ring[number + 1] = bytes(range(number, 32 + number))
        reissuing = self.house.reissuing
        assert reissuing.withdraw(self.desk, number)
        self.lost.add(number)
        for system in list(reissuing.systems(self.desk, number)):
            order = reissuing.reissue(self.desk, system, number).order
            if system.equipment_id in self.issued:
                self._issued(order)
        assert list(reissuing.systems(self.desk, number)) == []

    def _issued(self, order: Order) -> None:
        self.clock.advance(hours=1)
        self.desk.seen_at = self.desk.began_at = self.clock()
        self.issued[order.equipment_id].append((order.keycode or "", order.release))

    def _held(self, of: str) -> dict[str, int]:
        """What a system should have."""
        held = dict(self.brought[of])
        for quantities in self.sold[of].values():
            for part, quantity in quantities.items():
                item = AASTRA.item(part)
                assert item is not None
                for unlock in item.unlocks if quantity else ():
                    on_off = AASTRA.function(unlock.function).is_on_off
                    has = held.get(unlock.function, 0)
                    held[unlock.function] = 1 if on_off else has + quantity * unlock.units
        return held

    @invariant()
    def what_was_sold_is_what_systems_hold(self) -> None:
        for of in self.release:
            system = self.house.searching.by_equipment_id(self.desk, of).system
            assert dict(system.inventory) == self._held(of)
            assert system.release == self.release[of]
            assert system.company_id == self.house.company_id(self.owner[of])

    @invariant()
    def every_keycode_has_its_verdict(self) -> None:
        for of, codes in self.issued.items():
            for code, release in codes:
                if self._codes_of(of).count(code) > 1:
                    continue  # the same inventory twice, say: the latest order counts
                check = self.house.checking.check(self.desk, of, code)
                if decode(code, CATALOGUE).key_number in self.lost:
                    assert check.verdict is Verdict.WITHDRAWN_KEY
                elif release != self.release[of]:
                    assert check.verdict is Verdict.EARLIER_RELEASE
                elif code == codes[-1][0]:
                    assert check.verdict is Verdict.CURRENT
                else:
                    assert check.verdict is Verdict.SUPERSEDED
                for other in set(self.release) - {of}:
                    check = self.house.checking.check(self.desk, other, code)
                    assert (check.verdict is Verdict.REPLACED_HARDWARE) == (
                        other in self._after(of)
                    )
                    assert not check.valid

    def _codes_of(self, of: str) -> list[str]:
        return [code for code, _release in self.issued[of]]

    def _after(self, of: str) -> set[str]:
        """All hardware that has taken the place of this one."""
        found: set[str] = set()
        while of in self.moved:
            of = self.moved[of]
            found.add(of)
        return found

    def teardown(self) -> None:
        companies = [c.company_id for c in self.house.store.companies()]
        find = lambda of: self.house.store.system(EquipmentId(of))  # noqa: E731
        examine = Examiner(CATALOGUE, KeyRing(self.ring), companies, find)
        for system in self.house.store.systems():
            orders = (*self.house.store.older_orders(system), *system.orders)
            assert list(examine(system, orders)) == []
            assert system.orders[-1:] == () or system.orders[-1].kind in OrderKind
        self.house.exports.close()
        self.house.store.close()


@pytest.mark.parametrize("name", ["memory", "folder"])
def test_whatever_is_done_what_was_sold_is_what_systems_hold(
    name: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def open_one(clock: Clock) -> Store:
        if name == "memory":
            return MemoryStore(clock)
        folder: Path = request.getfixturevalue("new_folder")()
        return open_store(folder, AUDIT_KEY, clock)

    class Machine(Life):
        def __init__(self) -> None:
            super().__init__(open_one)

    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=15 if name == "memory" else 5,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
