"""Plays deeds at a slow portal in a real terminal, and says what must never happen and did."""

from __future__ import annotations

import json
import re
import signal
import sys
import time
from typing import Any

from msgspec.structs import replace

from engine.keys.folder import KeysFolder
from engine.licences.order import Order
from engine.settings import load_settings
from engine.store.folder.store import FolderStore, open_store
from tests.races.keys import Deed
from tests.races.slow_portal import INTERRUPTED
from tests.support.environment import ROOT
from tests.support.installation import Installation
from tests.support.terminal import Terminal

HANG_SECONDS = 5.0
"""Longer than any answer takes, some calls of the store one after the other included."""
PATIENCE = 20.0
"""… on a machine that does other things, too."""
ENDS = {0, INTERRUPTED, -signal.SIGINT, -signal.SIGUSR1}
"""Logged out; Ctrl+C; or a signal that came before the portal listened, or when it did no more."""
PLACED = re.compile(r"The order is placed: (\S+)")
KEYCODE = re.compile(r"Your new keycode: ([0-9A-Z ]+\S)")


class Fault(Exception):
    """What must never happen."""


class Player:
    """One installation, and the portal on it; begun again when somebody has left it."""

    def __init__(
        self, installation: Installation, seed: int, longest: float, patience: float = PATIENCE
    ) -> None:
        self._installation = installation
        self._start = (str(seed), str(longest))
        self._patience = patience
        self._log = installation.folder / "told"
        self._log.touch()
        self._read = 0
        self.told: list[dict[str, Any]] = []
        self._shown: dict[str, str] = {}
        """Keycodes by order, as they stood on the screen."""
        settings = load_settings(installation.store, {})
        keys = KeysFolder(settings.keys_folder)
        self.store: FolderStore = open_store(settings.store, keys.audit_key())
        self._before = {order.number for order in self._orders()}
        self._terminal = self._begin()

    def play(self, deeds: list[Deed]) -> None:
        """All of them, one after the other. Raises `Fault`."""
        try:
            for deed in deeds:
                getattr(self, f"_{deed.kind}")(*deed.values)
                self._look()
            self._rest()
            self._settle()
        finally:
            self.close()

    def close(self) -> None:
        """End the portal, if it still runs."""
        self._terminal.__exit__()
        self.store.close()

    # Deeds

    def _keys(self, *names: str) -> None:
        self._terminal.press(*names)

    def _paste(self, text: str) -> None:
        self._terminal.paste(text)

    def _click(self, column: int, row: int) -> None:
        self._terminal.type(f"\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m")

    def _size(self, columns: int, rows: int) -> None:
        self._terminal.resize(columns, rows)

    def _wait(self, milliseconds: int) -> None:
        self._terminal.watch(milliseconds / 1000)

    def _away(self) -> None:
        self._terminal.signal(signal.SIGUSR1)

    def _close(self) -> None:
        self._change_user(disabled=True)

    def _open(self) -> None:
        self._change_user(disabled=False, failures=0, not_before=None)

    def _change_user(self, **changes: object) -> None:
        self.store.change_user("demo-1", "jsmith", lambda user: replace(user, **changes))

    def _rest(self) -> None:
        """Until nothing waits any more: no key, no answer. Raises `Fault`."""
        asked, since, left = len(self.told), time.monotonic(), 0
        while not self._rests(asked):
            self._look()
            if (now := self._left()) != left:  # a long row of keys that are worked off is no hang
                since, left = time.monotonic(), now
            if time.monotonic() > since + self._patience:
                raise Fault(
                    f"something waits for more than {self._patience} s\n{self._terminal.text}"
                )
            self._terminal.watch(0.02)
        self._look()

    def _left(self) -> int:
        """Keys that wait, as far as was told."""
        return next((told["left"] for told in reversed(self.told) if told["what"] == "rest"), 0)

    def _rests(self, asked: int) -> bool:
        """Said twice since: a key that was sent may not have come before the first time."""
        since = [told for told in self.told[asked:] if told["what"] == "rest"]
        return len(since) > 1 and not since[-1]["waits"] and not since[-2]["waits"]

    # Looking

    def _begin(self) -> Terminal:
        program = (sys.executable, "-m", "tests.races.slow_portal", *self._start, str(self._log))
        environment = self._installation.environment(PYTHONPATH=str(ROOT))
        return Terminal(program=program, environment=environment)

    def _look(self) -> None:
        with self._log.open(encoding="utf-8") as file:
            file.seek(self._read)
            lines = file.read()
        whole = lines[: lines.rfind("\n") + 1]
        self._read += len(whole.encode())
        self.told += map(json.loads, whole.splitlines())
        self._terminal.watch(0.0)
        text = self._terminal.text
        if (number := PLACED.search(text)) and (code := KEYCODE.search(text)):
            self._shown[number[1]] = code[1].replace(" ", "")
        if mistakes := [told["error"] for told in self.told if told["what"] == "mistake"]:
            raise Fault(mistakes[0])
        status = self._terminal.process.poll()
        if status is not None:
            if status not in ENDS or b"Traceback" in self._terminal.output:
                raise Fault(f"ended with {status}\n{self._terminal.text}")
            self._terminal.__exit__()
            self._terminal = self._begin()

    # Afterwards

    def _orders(self) -> list[Order]:
        return [order for system in self.store.systems() for order in system.orders]

    def _settle(self) -> None:
        """Compare what was done with what is there. Raises `Fault`."""
        orders = {o.number: o for o in self._orders() if o.number not in self._before}
        pressed = [told for told in self.told if told["what"] == "pressed"]
        pages = [told["page"] for told in pressed if told["button"] == "confirm"]
        for order in orders.values():
            if not any(_is_page_of(page, order) for page in pages):
                raise Fault(f"{order.number} is not what was confirmed: {order.lines}\n{pages}")
        if len(orders) > len(pages):
            raise Fault(f"{len(orders)} orders, and the button was pressed {len(pages)} times")
        for number, keycode in self._shown.items():
            if number not in orders or orders[number].keycode != keycode:
                raise Fault(f"{number} was said to be placed, with {keycode}")
        self._settle_drafts({order.draft_id for order in orders.values()}, pressed)

    def _settle_drafts(self, placed: set[str], pressed: list[dict[str, Any]]) -> None:
        kept = {draft.draft_id for draft in self.store.drafts("demo-1", "jsmith")}
        gone = {
            told["draft"]
            for told in self.told
            if told["what"] == "keep" and told["items"] and told["draft"] not in placed | kept
        }
        asked = [told for told in pressed if told["button"] in {"drop", "deed"}]
        if len(gone) > len(asked):
            raise Fault(f"{len(gone)} drafts are gone, and {len(asked)} questions were answered")


def _is_page_of(page: str, order: Order) -> bool:
    """Whether the validation page showed this order."""
    lines = [line for line in page.splitlines() if line.startswith("BHW")]
    ordered = [rf"{line.part}\s.*\s{line.quantity}\s" for line in order.lines]
    return (
        len(lines) == len(ordered)
        and all(re.match(*each) for each in zip(ordered, lines, strict=True))
        and order.reference in page
    )
