"""Somebody who has gone is told a minute before, and then logged out; who comes back stays."""

from __future__ import annotations

import threading

from tui.terminal.idle_watch import IdleWatch


def test_it_warns_and_then_ends_once_each() -> None:
    said: list[str] = []
    over = threading.Event()

    def end() -> None:
        said.append("over")
        over.set()

    watch = IdleWatch(0.2, end, lambda: said.append("soon"))
    watch.start()
    assert over.wait(5)
    assert said == ["soon", "over"]


def test_who_comes_back_after_the_warning_is_warned_again() -> None:
    said: list[str] = []
    over = threading.Event()

    def end() -> None:
        said.append("over")
        over.set()

    def warn() -> None:
        said.append("soon")
        if len(said) < 3:
            watch.touch()

    watch = IdleWatch(0.2, end, warn)
    watch.start()
    assert over.wait(5)
    assert said == ["soon", "soon", "soon", "over"]


def test_stopped_it_says_nothing() -> None:
    said: list[str] = []
    watch = IdleWatch(0.01, lambda: said.append("over"), lambda: said.append("soon"))
    watch.start()
    watch.stop()
    for thread in threading.enumerate():
        if thread.name == "idle":
            thread.join(5)
    assert said == []
