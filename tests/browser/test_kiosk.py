"""The kiosk in a real browser: it invites, and begins again when its session has ended."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from tests.browser.chromium import browsing
from tests.support.installation import Installation
from tests.web.served import serving

START = ("Press any key to begin", "Appuyez sur une touche")


def test_it_begins_again_by_itself(demo: Installation, tmp_path: Path, artefacts: Path) -> None:
    with serving(demo, "--kiosk") as served, browsing(served, tmp_path / "profile") as page:
        page.wait_for(*START)
        (artefacts / "kiosk-in-browser.png").write_bytes(page.picture())
        page.press("enter")
        page.wait_for_mark("Log in")
        page.press("enter")
        page.wait_for("2008-0814")
        (process,) = served.visitors()
        os.kill(process, signal.SIGKILL)
        page.wait_for("The session has ended.")
        page.wait_for(*START)


def test_whoever_is_too_many_is_told_and_comes_in_later(demo: Installation, tmp_path: Path) -> None:
    with serving(demo, "--kiosk", "--limit", "1") as served:
        with browsing(served, tmp_path / "first") as page:
            page.wait_for(*START)
            with browsing(served, tmp_path / "second") as second:
                second.wait_for("All sessions are in use", "sessions sont occupées")
        served.waits_until_empty()
        with browsing(served, tmp_path / "third") as page:
            page.wait_for(*START)
