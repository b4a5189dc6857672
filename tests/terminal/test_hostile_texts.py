"""Text that means something to a terminal or to Textual is only ever text.

Typed and pasted into every field, and put into the store behind the portal's back, then shown on
every screen that shows it: nothing reaches the terminal but what a harmless walk sends, too.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime
from decimal import Decimal

from msgspec.structs import replace

from engine.keys.folder import KeysFolder
from engine.licences.order import Address, Draft, Order, OrderLine
from engine.licences.order_number import OrderNumber
from engine.licences.system import EquipmentId, System
from engine.settings import load_settings
from engine.store.folder.store import FolderStore, open_store
from tests.support.guide import SYSTEM
from tests.support.installation import Installation
from tests.support.operator import LOG_IN, Operator
from tests.support.terminal import Terminal

PAYLOADS = (
    "[/b]x",
    "[@click=app.quit]x[/]",
    "[TODO][red]",
    "\x1b[2J\x1b[31337m",
    "\x1b]52;c;bWFycQ==\x07\x1b]0;title\x1b\\",
    "\x9b2J\x9d0;t\x9c",
    "\x07\x08\x0e",
    "\u202eedoc\u2066\u2069\u200f",
    "a\u200b\u200d\ufeff\u2060b",
    "\x00nul",
    "\x7fdel",
    "o" + "\u0301" * 60,
)
TO_CORRECT = re.compile(r"^ ! (8 entries to correct|Postcode is too long)", re.MULTILINE)
"""What F8 says at last: of these texts, and of one that is too long for one field only."""
EMPTY = ("end", "\x15")
OTHER = "03FFFF0302B17"
SEQUENCE = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]P^_][^\x07\x1b]*(?:\x07|\x1b\\)|[ -/]*[0-Z\\^-~])"
)
HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def sent(terminal: Terminal) -> tuple[set[str], set[str]]:
    """The kinds of sequences, and the characters that are not to be seen, that were sent."""
    text = terminal.output.decode("utf-8", errors="replace")
    found = SEQUENCE.findall(text)
    assert not [sequence for sequence in found if "31337" in sequence or "bWFycQ" in sequence]
    kinds = {
        "clipboard"
        if sequence.startswith("\x1b]52;c;")
        else "colour"
        if sequence.endswith("m")
        else re.sub(r"\d+", "0", sequence)
        for sequence in found
    }
    rest = SEQUENCE.sub("", text)
    return kinds, {char for char in rest if unicodedata.category(char) in HIDDEN}


def walk(installation: Installation) -> Terminal:
    """Every screen that shows stored texts, to the end of each page."""
    with installation.open() as terminal:
        operator = Operator(terminal)
        operator.logs_in()
        for number in (SYSTEM, OTHER):
            terminal.press("f4", number, "enter")
            terminal.wait_for("Search result")
            terminal.press(*["pagedown"] * 5, "f9")
            operator.is_answered()
        terminal.press("escape", "f6")
        terminal.wait_for("User details")
        terminal.press("f1", "escape", "f2", SYSTEM, "enter")
        operator.at_step(2)
        terminal.press(*["tab"] * 6, *EMPTY, "8", "f8")
        operator.at_step(3)
        terminal.press(*EMPTY, "code", "enter", *EMPTY, "someone")
        for _ in range(6):
            terminal.press("enter", *EMPTY)
        terminal.press("f8")
        operator.at_step(4)
        terminal.press(*["pagedown"] * 3)
        operator.is_answered()
        operator.goes_to_confirm()
        terminal.press("enter")
        terminal.wait_for("The order is placed")
        terminal.press(*["pagedown"] * 4, "tab", "enter")
        terminal.wait_for("Write a .txt file")
        terminal.press("enter")
        terminal.wait_for("Exported")
        operator.logs_out()
        assert operator.leaves() == 0
    return terminal


def put_behind_the_portals_back(installation: Installation, text: str) -> None:
    """Into every field of the store that holds a text."""
    settings = load_settings(installation.store, {})
    store = open_store(settings.store, KeysFolder(settings.keys_folder).audit_key())
    place(store, SYSTEM, text)
    place(store, OTHER, text)
    store.keep_draft("demo-1", "jsmith", draft(text))
    store.change_user(
        *("demo-1", "jsmith"),
        lambda user: replace(user, last_name=text, first_name=text, email=text),
    )
    store.close()


def draft(text: str) -> Draft:
    return Draft(
        draft_id="d",
        equipment_id=SYSTEM,
        quantities={"BHW1095A": text, text: "1"},
        reference=text,
        licensee=text,
        address=replace(address(text), country="FR"),
        step=2,
    )


def address(text: str) -> Address:
    return Address(name=text, lines=(text, text, text), city=text, zip_code=text, country=text)


def place(store: FolderStore, equipment_id: str, text: str) -> None:
    def decide(system: System) -> Order:
        return Order(
            number=str(OrderNumber(system.equipment_id, len(system.orders) + 1)),
            draft_id=f"hostile-{equipment_id}",
            equipment_id=system.equipment_id,
            placed_at=datetime.now(UTC),
            company_id=system.company_id,
            placed_by=text,
            product=system.product,
            release=system.release,
            lines=(OrderLine(part=text, name=text, quantity=1, unit_price=Decimal(1)),),
            currency="EUR",
            reference=f"{text}code",
            licensee=text,
            address=address(text),
            inventory=dict(system.inventory),
            keycode="442ZP5M1V51329C73D",  # made by the portal, and of characters that it spells
        )

    store.place(EquipmentId(equipment_id), f"hostile-{equipment_id}", decide)


def test_stored_texts_are_only_text(installation: Installation) -> None:
    harmless = sent(walk(installation))
    put_behind_the_portals_back(installation, "".join(PAYLOADS))
    hostile = sent(walk(installation))
    assert hostile[0] <= harmless[0]
    assert hostile[1] <= harmless[1]
    for path in (installation.store / "export").iterdir():
        found = {char for char in path.read_text("utf-8") if unicodedata.category(char) in HIDDEN}
        assert found == {"\n"}


def test_typed_and_pasted_texts_are_only_text(demo: Installation) -> None:
    harmless = sent(fill_everything(demo, ("harmless",)))
    hostile = sent(fill_everything(demo, PAYLOADS))
    assert hostile[0] <= harmless[0]
    assert hostile[1] <= harmless[1]


def fill_everything(demo: Installation, texts: tuple[str, ...]) -> Terminal:
    """Every field of every screen, one by one, and what the portal says of it."""
    with demo.open("demo") as terminal:
        operator = Operator(terminal)

        def fill(fields: int, keys: str = "") -> None:
            for _ in range(fields):
                for text in texts:
                    terminal.paste(text)
                    if not set(text) & {*"\x1b\x07\x08\x0e\x00\x7f", *keys}:  # those are keys
                        terminal.type(text)
                terminal.press("tab")
                operator.is_answered()  # more than some hundred keys at a time are not taken

        operator.sees("Company name")
        fill(3)
        terminal.press("shift+tab", "enter")
        terminal.wait_for("do not match")  # there may be a message already: some texts did not fit
        terminal.press("shift+tab", *EMPTY, "shift+tab", *EMPTY)
        terminal.press(*LOG_IN)
        terminal.wait_for("2008-0814")
        for key, fields, refusal in (
            ("f4", 1, "is not a hexadecimal digit"),
            ("f6", 3, "! "),
            ("f2", 1, "is not a hexadecimal digit"),
        ):
            terminal.press(key)
            fill(fields)
            terminal.press("shift+tab", "enter")
            terminal.wait_for(refusal)
        terminal.press(*EMPTY, SYSTEM, "enter")
        operator.at_step(2)
        terminal.press("space", *["tab"] * 6)
        fill(1, keys="/")  # opens the quick entry
        terminal.press("shift+tab", *EMPTY, "f8")
        operator.at_step(3)
        fill(8)
        terminal.press("f8")
        terminal.wait_for(lambda: TO_CORRECT.search(terminal.text))
        terminal.press("f7", "f7")
        operator.at_step(1)
    return terminal


def resumed(installation: Installation, text: str) -> Terminal:
    """The items and the customer reference of an order under way whose texts are these."""
    settings = load_settings(installation.store, {})
    store = open_store(settings.store, KeysFolder(settings.keys_folder).audit_key())
    store.keep_draft("demo-1", "jsmith", draft(text))
    store.close()
    with installation.open() as terminal:
        operator = Operator(terminal)
        operator.logs_in()
        terminal.wait_for(f"Resume the order for {SYSTEM}")
        terminal.press("enter")
        operator.at_step(2)
        terminal.press(*["pagedown"] * 3, *["tab"] * 6, *EMPTY, "8", "f8")
        operator.at_step(3)
        terminal.press(*["tab"] * 9)
        operator.is_answered()
        terminal.hang_up()
        terminal.wait_for_end(129)
    return terminal


def test_a_resumed_order_is_only_text(installation: Installation) -> None:
    """From a changed file, or from somebody else's backup."""
    harmless = sent(resumed(installation, "harmless"))
    hostile = sent(resumed(installation, "\x1b[31337mx\x9b2J\x07\u202e\x1b]52;c;bWFycQ==\x07"))
    assert hostile[0] <= harmless[0]
    assert hostile[1] <= harmless[1]
