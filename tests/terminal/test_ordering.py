"""The guide's order, from login to logout, through a real terminal on a real store."""

from __future__ import annotations

import re
from functools import partial

import pytest

from engine.settings import Language
from tests.support.installation import Installation
from tests.support.operator import LOG_IN, TO_VALIDATION, Operator
from tests.support.terminal import Terminal

ELEMENTARY: dict[Language, str] = {
    "en": """
Total of elementary functions
IAE forward 1
IAE group and multi group 1
IAE greeting 1
Listening and break-in 1
CDR > 128 bytes 1
SIP trunk 8
IP terminals Aastra cordless 57
IP terminals i2052 CTI 5
Directory (blocks of 100) 1
IP terminals any type 5

""",
    "fr": """
Renvoi IAE 1
Groupe et multigroupe IAE 1
Message d’accueil IAE 1
Écoute et entrée en tiers 1
Tickets de taxe > 128 octets 1
Trunk SIP 8
Terminaux IP sans fil Aastra 57
Terminaux IP i2052 CTI 5
Annuaire (blocs de 100 fiches) 1
Terminaux IP tous types 5

""",
}
"""Of the guide (Order Process: Deliverables): the same rows, quantities and order."""
KEYCODE = re.compile(r"^ ?(442M780108G39R5M1V51[0-9A-Z]+)$", re.MULTILINE)
TALL = (80, 70)


def exported(installation: Installation) -> str:
    (path,) = (installation.store / "export").iterdir()
    return path.read_text(encoding="utf-8")


def squeezed(text: str) -> str:
    """Without the spaces that make columns."""
    return "\n".join(" ".join(line.split()) for line in text.splitlines()) + "\n"


def shows(terminal: Terminal, row: str) -> bool:
    return row in squeezed(terminal.text)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_guides_order_from_login_to_logout(
    installation: Installation, language: Language
) -> None:
    with installation.open("--language", language) as terminal:
        operator = Operator(terminal, language)
        operator.logs_in()
        operator.goes_to_validation()
        operator.confirms()
        operator.sees("The order is placed: {number}")
        terminal.press("tab", "enter")
        operator.sees("Write a .txt file")
        terminal.press("enter")
        # The path is as long as the folder of the test: it may be broken anywhere.
        terminal.wait_for(lambda: "-0002_" in "".join(terminal.text.split()))
        terminal.resize(*TALL)
        terminal.wait_for(lambda: KEYCODE.search(terminal.text))
        shown = squeezed(terminal.text)
        terminal.resize(80, 24)
        operator.logs_out()
        assert operator.leaves() == 0
        assert terminal.terminal_attributes() == terminal.attributes
    text = squeezed(exported(installation))
    assert ELEMENTARY[language] in text
    assert ELEMENTARY[language] in shown
    assert text.partition("\n\n")[2] in shown
    keycode = KEYCODE.search(text)
    assert keycode
    installation.done("verify", "03FFFF0302AD4", keycode[1])


def test_everything_typed_ahead_arrives_in_the_right_fields(demo: Installation) -> None:
    """Login and order in one burst, from before the portal was there."""
    with demo.open("demo") as terminal:
        terminal.wait_for("Keycode Portal...")
        terminal.press(*LOG_IN, *TO_VALIDATION, "f8", "enter", "enter")
        operator = Operator(terminal)
        operator.at_step(4)
        terminal.wait_for_mark("YES, I confirm this order")
        terminal.press("f7")
        operator.at_step(3)
        for label, text in {
            "Order reference": "2125469-65891",
            "Licensee name": "John Smith",
            "Name": "John Smith",
            "Address": "1 rue Arnold schoenberg",
            "City": "Guyancourt",
            "Postcode": "78280",
            "Country": "France …",
        }.items():
            row = f"{label} {text}"
            terminal.wait_for(partial(shows, terminal, row))
        terminal.press("f7")
        operator.at_step(2)
        for row in ("Extended ACD €1,530.00 [x]", "SIP trunk €120.00 8", "mobile IP €65.00 57"):
            terminal.wait_for(partial(shows, terminal, row))
        terminal.wait_for("Total excl. VAT: €6,195.00")
