"""Rotating the signing key: whatever fails, no number is used up, and what is said is so."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pytest

from engine.errors import OutcomeUnknown, PortalError
from engine.files.system_calls import SystemCalls
from engine.keys.folder import KeysFolder
from engine.keys.making import create_keys
from engine.store.folder.upkeep.rotate_key import prepare, rotate
from tests.contract.folder.faults import KILLED, Faulty, in_child
from tests.contract.folder.power import Diary
from tests.contract.folder.small import SmallStore


class Rotated(SmallStore):
    """A small store with keys of its own, which go back with it."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__(folder, monkeypatch)
        self.keys = folder.with_name("keys")
        create_keys(self.keys)
        self._folders.append(self.keys)
        self.keep()

    def rotate(self, calls: SystemCalls | None = None) -> int:
        store = self.open(calls)
        try:
            return rotate(store, self.keys, "unix:desk")
        finally:
            store.close()

    def prepare(self, calls: SystemCalls | None = None) -> int:
        store = self.open(calls)
        try:
            return prepare(store, self.keys, "unix:desk")
        finally:
            store.close()

    def signs(self) -> int:
        """The number of the key that signs."""
        store = self.open()
        return KeysFolder(self.keys).signing(store.signing_key()).signs

    def put(self, files: Mapping[str, bytes]) -> None:
        super().put(files)
        for path in self.keys.iterdir():
            path.chmod(0o400)

    def attempted(self, calls: SystemCalls) -> str:
        """What is said of a rotation: `done`, `nothing` was changed, or what settles it."""
        try:
            assert self.rotate(calls) == 2
        except OutcomeUnknown as error:
            return str(error.what)
        except PortalError:
            return "nothing"
        return "done"

    def numbers(self) -> tuple[int, ...]:
        """The keys there are; the last one signs, or the one before it."""
        store = self.open()
        ring = KeysFolder(self.keys).signing(store.signing_key())
        assert ring.newest - ring.signs in (0, 1)
        return ring.numbers


@pytest.fixture
def rotated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rotated:
    return Rotated(tmp_path / "store", monkeypatch)


def places(rotated: Rotated) -> range:
    opening, whole = Faulty(), Faulty()
    rotated.open(opening)
    assert rotated.rotate(whole) == 2
    rotated.go_back()
    return range(opening.count + 1, whole.count + 1)


@pytest.mark.parametrize("for_good", [False, True], ids=["once", "for-good"])
@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_a_call_that_fails_uses_up_no_number(
    rotated: Rotated, fault: int, *, for_good: bool
) -> None:
    said: set[str] = set()
    for place in places(rotated):
        rotated.go_back()
        left = rotated.attempted(Faulty(place, fault, for_good=for_good))
        said.add(left)
        assert rotated.numbers() == ((1,) if left == "nothing" else (1, 2)), place
        then = 3 if left == "done" else 2
        assert rotated.rotate() == then, place
    assert said == {"done", "key", "nothing"}


def test_a_process_that_ends_anywhere_uses_up_no_number(rotated: Rotated) -> None:
    for place in places(rotated):
        rotated.go_back()
        assert in_child(partial(rotated.rotate, Faulty(place))) == KILLED
        before = rotated.numbers()
        assert before in [(1,), (1, 2)]
        assert rotated.rotate() in (2, 3)  # 3: it ended after the last step


def test_a_rotation_that_always_fails_makes_one_key_and_then_is_finished(rotated: Rotated) -> None:
    assert rotated.prepare() == 2
    blocked = rotated.folder / "newest-key.tmp"
    blocked.mkdir()
    for _ in range(16):
        with pytest.raises(OutcomeUnknown):
            rotated.rotate()
    assert KeysFolder(rotated.keys).ring().numbers == (1, 2)
    blocked.rmdir()
    assert rotated.rotate() == 2
    assert rotated.rotate() == 3


def test_a_power_cut_leaves_no_key_that_the_store_knows_and_nobody_has(rotated: Rotated) -> None:
    diary = Diary(rotated.files())
    assert rotated.rotate(diary) == 2
    seen: dict[frozenset[tuple[str, bytes]], tuple[int, ...]] = {}
    for files in (files for moment in diary.moments for files in moment):
        if files not in seen:
            rotated.put(dict(files))
            seen[files] = rotated.numbers()
            assert seen[files] in [(1,), (1, 2)]
            assert rotated.rotate() in (2, 3)
    assert len(seen) > 5
    assert {seen[files] for files in diary.moments[-1]} == {(1, 2)}


@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EIO])
def test_a_key_that_is_prepared_never_signs_whatever_fails(rotated: Rotated, fault: int) -> None:
    opening, whole = Faulty(), Faulty()
    rotated.open(opening)
    assert rotated.prepare(whole) == 2
    said: set[str] = set()
    for place in range(opening.count + 1, whole.count + 1):
        rotated.go_back()
        try:
            rotated.prepare(Faulty(place, fault))
            said.add("done")
        except OutcomeUnknown as error:
            said.add(str(error.what))
        except PortalError:
            said.add("nothing")
        assert rotated.signs() == 1, place
        assert rotated.prepare() == 2, place
        assert (rotated.signs(), rotated.rotate(), rotated.signs()) == (1, 2, 2), place
    assert said == {"done", "key", "nothing"}


def test_a_power_cut_while_a_key_is_prepared_lets_it_not_sign(rotated: Rotated) -> None:
    diary = Diary(rotated.files())
    assert rotated.prepare(diary) == 2
    seen: set[frozenset[tuple[str, bytes]]] = set()
    for files in (files for moment in diary.moments for files in moment):
        if files not in seen:
            seen.add(files)
            rotated.put(dict(files))
            assert rotated.signs() == 1
            assert rotated.rotate() == 2
    assert len(seen) > 3


def test_a_prepared_key_that_was_withdrawn_is_not_the_next_to_sign(rotated: Rotated) -> None:
    assert rotated.prepare() == 2
    store = rotated.open()
    store.withdraw_key(2, "unix:desk")
    store.close()
    assert rotated.rotate() == 3
    assert rotated.signs() == 3
