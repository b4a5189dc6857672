"""An operator at the portal: the steps of the guide, as keys and as what he waits to see.

He types ahead as fast as a macro would: all of a step in one go.
"""

from __future__ import annotations

from engine.settings import Language
from tests.support import guide
from tests.support.guide import COMPANY, LICENSEE, LOGIN, PASSWORD, SYSTEM
from tests.support.language import said_in
from tests.support.screen import Screen
from tui.full_screen.widgets.deliberate_button import SETTLE_SECONDS

LOG_IN = (COMPANY, "enter", LOGIN, "enter", PASSWORD, "enter")
TO_ITEMS = ("f2", SYSTEM, "enter")
ITEMS = ("space", *["tab"] * 6, "8", "tab", "57")
"""The guide's order: Extended ACD, 8 SIP trunks, 57 Aastra mobile IP."""
REFERENCE = (guide.REFERENCE, "enter", LICENSEE, "enter", LICENSEE, "enter")
ADDRESS = ("1 rue Arnold schoenberg", *["enter"] * 3, "Guyancourt", "enter", "78280")
COUNTRY = ("tab", "france", "enter")
TO_VALIDATION = (*TO_ITEMS, *ITEMS, "f8", *REFERENCE, *ADDRESS, *COUNTRY, "f8")
CONFIRM = "YES, I confirm this order"
KEYCODE = "442M 7801 08G3 9R5M 1V51"
SPEAKS: dict[str, str] = {"en": "F5 Fran", "fr": "F5 English"}
"""What stands in the foot of every screen, in this language."""
DELIBERATE = SETTLE_SECONDS + 0.1
"""Seconds that a person looks at a button before a press of it is meant."""


class Operator:
    """Works at a terminal, in English or French."""

    def __init__(self, terminal: Screen, language: Language = "en") -> None:
        self.terminal = terminal
        self.language = language

    def says(self, message: str) -> str:
        """A text of the portal in the operator's language, up to its first value."""
        return said_in(self.language, message).partition("{")[0].strip()

    def sees(self, *messages: str) -> None:
        """Wait for texts of the portal."""
        self.terminal.wait_for(*(self.says(message) for message in messages))

    def logs_in(self) -> None:
        """Login → Home."""
        self.sees("Company name")
        self.terminal.press(*LOG_IN)
        self.sees("Latest orders of your company")
        self.terminal.wait_for("2008-0814")

    def at_step(self, number: int) -> None:
        """Wait until the step header marks a step."""
        steps = ("ID", "Items to order", "Customer reference", "Validation")
        self.terminal.wait_for(f"[{number} {self.says(steps[number - 1])}]")

    def goes_to_validation(self) -> None:
        """From home, all at once."""
        self.terminal.press(*TO_VALIDATION)
        self.at_step(4)
        self.terminal.wait_for("BHW1087A")

    def goes_to_confirm(self) -> None:
        """To the button that places the order, long enough to press it."""
        self.terminal.press("f8")
        self.terminal.wait_for_mark(self.says(CONFIRM))
        self.terminal.watch(DELIBERATE)

    def confirms(self) -> None:
        """4 → Deliverables."""
        self.goes_to_confirm()
        self.terminal.press("enter")
        self.terminal.wait_for(KEYCODE)

    def is_answered(self) -> None:
        """Wait until every key so far has been worked off: F5 twice is the last of them."""
        for language in ("fr", "en") if self.language == "en" else ("en", "fr"):
            self.terminal.press("f5")
            self.terminal.wait_for(SPEAKS[language])

    def logs_out(self) -> None:
        """F10, and Log out: there is no order under way."""
        self.terminal.press("f10")
        self.terminal.wait_for_mark(self.says("Stay"))
        self.terminal.press("tab", "enter")
        self.sees("You are logged out.")

    def leaves(self) -> int:
        """From the login out of the portal; the exit status."""
        self.terminal.press("f10")
        self.terminal.wait_for_mark(self.says("Stay"))
        self.terminal.press("tab", "enter")
        return self.terminal.wait_for_end()
