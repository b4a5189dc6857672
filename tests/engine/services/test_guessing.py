"""Guessing in many processes at once: they share one count."""

from __future__ import annotations

import multiprocessing
import os
from datetime import UTC, datetime
from multiprocessing.synchronize import Barrier
from pathlib import Path

from engine.accounts.passwords import Passwords
from engine.services.attempts import FREE_FAILURES
from engine.store.folder.store import open_store
from tests.contract.values import AUDIT_KEY
from tests.engine.services.house import COST, PEPPER, House
from tests.support.clock import Clock
from tests.support.guide import PASSWORD

PROCESSES, GUESSES = 16, 20


class _Traced(Passwords):
    """Writes down each comparison with a password that somebody has."""

    def __init__(self, trace: Path) -> None:
        super().__init__(PEPPER, COST)
        self._trace = trace

    def verify(self, password: str, kept: str | None) -> bool:
        if kept is not None:
            trace = os.open(self._trace, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
            os.write(trace, b"compared\n")
            os.close(trace)
        return super().verify(password, kept)


def _guess(folder: Path, trace: Path, start: Barrier, number: int) -> None:
    store = open_store(folder, AUDIT_KEY, lambda: datetime.now(UTC), 60)
    house = House(store, Clock(), filled=False)
    house.clock.now = datetime.now(UTC)
    house.signing_in = house.door(_Traced(trace))
    start.wait(30)
    for guess in range(GUESSES):
        assert house.refused(password=f"guess {guess} of process {number}")
    store.close()


def test_sixteen_processes_get_five_guesses_together(folder: Path, tmp_path: Path) -> None:
    clock = Clock()
    clock.now = datetime.now(UTC)
    store = open_store(folder, AUDIT_KEY, clock)
    house = House(store, clock)
    trace = tmp_path / "trace"
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.engine.services.house"])
    start = context.Barrier(PROCESSES)
    guessers = [
        context.Process(target=_guess, args=(folder, trace, start, number))
        for number in range(PROCESSES)
    ]
    for guesser in guessers:
        guesser.start()
    for guesser in guessers:
        guesser.join(60)
    assert [guesser.exitcode for guesser in guessers] == [0] * PROCESSES
    assert trace.read_text().splitlines() == ["compared"] * FREE_FAILURES
    assert house.user().failures == FREE_FAILURES
    assert house.events().count("sign-in-refused") == PROCESSES * GUESSES
    assert house.refused(password=PASSWORD)
    store.close()
