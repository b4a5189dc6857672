"""Quotes on a real terminal: from step 4 to the keycode, and texts that are only text."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from engine.keys.folder import KeysFolder
from engine.licences.order import Draft, OrderLine
from engine.papers.paper import Paper, Series
from engine.papers.quotations import Quotation
from engine.settings import Language, load_settings
from engine.store.folder.store import open_store
from tests.support.guide import SYSTEM
from tests.support.installation import Installation
from tests.support.operator import DELIBERATE, KEYCODE, Operator
from tests.support.terminal import Terminal
from tests.terminal.test_hostile_texts import HIDDEN, PAYLOADS, address, sent


@pytest.mark.parametrize("language", ["en", "fr"])
def test_from_step_4_to_a_quote_and_from_the_quote_to_the_keycode(
    installation: Installation, language: Language
) -> None:
    with installation.open(KEYCODE_PORTAL_LANGUAGE=language) as terminal:
        operator = Operator(terminal, language)
        operator.logs_in()
        operator.goes_to_validation()
        operator.goes_to_confirm()
        terminal.press("tab", "enter")
        operator.sees("Saved as the quote {number}. Nothing is ordered.")
        assert not installation.drafts()
        terminal.press("f8", "enter")
        operator.sees("PageDown: read on. F8: go to “YES, I confirm this order”.")
        operator.goes_to_confirm()
        terminal.press("enter")
        terminal.wait_for(KEYCODE)
        operator.logs_out()
        assert operator.leaves() == 0
    orders = installation.done("order", "list", "--json").out
    assert orders.count(f"{SYSTEM}-0002") >= 1


def test_a_quote_is_not_ordered_by_keys_that_were_pressed_before(
    installation: Installation,
) -> None:
    with installation.open() as terminal:
        operator = Operator(terminal)
        operator.logs_in()
        operator.goes_to_validation()
        operator.goes_to_confirm()
        terminal.press("tab", "enter")
        operator.sees("Saved as the quote {number}. Nothing is ordered.")
        terminal.press("f8", "enter", "f8", "enter", "enter", "enter")
        operator.sees("To place the order, choose “YES, I confirm this order”.")
        terminal.watch(DELIBERATE)
        operator.is_answered()
        assert KEYCODE not in terminal.text
    quotes = installation.done("quote", "list", "--json").out
    assert '"state": "open"' in quotes


def put(installation: Installation, text: str) -> None:
    """A quote behind the portal's back, with a text wherever there is one."""
    settings = load_settings(installation.store, {})
    store = open_store(settings.store, KeysFolder(settings.keys_folder).audit_key())
    now = datetime.now(UTC)

    def made(number: str) -> Paper:
        content = Quotation(
            draft=Draft(
                draft_id=number,
                equipment_id=SYSTEM,
                quantities={"BHW1095A": text},
                reference=text,
                licensee=text,
                address=address(text),
            ),
            product="aastra5000",
            release=text,
            currency="EUR",
            lines=(OrderLine(part=text, name=text, quantity=1, unit_price=Decimal(1)),),
            valid_until=now + timedelta(30),
        )
        by = f"demo-1/{text}"
        return Paper(number=number, company_id="demo-1", by=by, at=now, content=content, why=text)

    store.add_paper(Series.QUOTE, now.year, made)
    store.close()


def walk(installation: Installation) -> Terminal:
    """The list, the page of the latest, its text."""
    with installation.open(SSH_CONNECTION="192.0.2.7 50022 192.0.2.1 22") as terminal:
        operator = Operator(terminal)
        operator.logs_in()
        terminal.press("ctrl+p")
        operator.sees("Menu")
        terminal.type("quotes")
        terminal.press("enter")
        terminal.wait_for("S: sort")
        terminal.press("enter")
        operator.sees("Copy …")
        terminal.press(*["pagedown"] * 3, "f8", "right", "enter")
        operator.is_answered()
        terminal.press("escape", "escape")
        operator.logs_out()
        assert operator.leaves() == 0
    return terminal


def test_stored_texts_are_only_text(installation: Installation) -> None:
    put(installation, "harmless")
    harmless = sent(walk(installation))
    put(installation, "".join(PAYLOADS))
    hostile = sent(walk(installation))
    assert hostile[0] <= harmless[0]
    assert hostile[1] <= harmless[1]
    for words in (("list",), ("show", "Q"), ("export", "Q")):
        number = f"Q-{datetime.now(UTC).year}-000002"
        said = installation.done("quote", *(number if word == "Q" else word for word in words)).out
        assert {char for char in said if unicodedata.category(char) in HIDDEN} <= {"\n"}
