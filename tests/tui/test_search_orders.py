"""Searching without the Equipment ID: by keycode, order reference, licensee, company, day."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from textual.widgets import OptionList

from engine.accounts.people import Role
from engine.keycode.codec import grouped
from engine.settings import Language
from tests.support.guide import FOREIGN, FRESH, NEXSPAN, SYSTEM
from tests.tui.driving import PilotOperator, operator
from tui.visit.order_search import MOST


async def look_for(person: PilotOperator, **terms: str) -> None:
    """Fill fields and press Enter in the last of them."""
    await person.press("f4")
    for name, text in terms.items():
        person.app.screen.query_one(f"#by-{name}").focus()
        await person.fill(**{f"by_{name}": text})
    await person.settled()
    await person.press("enter")


def rows(person: PilotOperator) -> list[str]:
    """The orders in the list, with single spaces; nothing when there is no list."""
    options = person.app.screen.query_one("#orders", OptionList)
    if not options.is_on_screen:
        return []
    return [
        " ".join(str(options.get_option_at_index(n).prompt).split())
        for n in range(options.option_count)
    ]


async def order_for_john(person: PilotOperator) -> str:
    """The guide's reference and licensee; the keycode."""
    await person.to_validation(SYSTEM)
    await person.confirm()
    await person.press("f9")
    await person.press("escape")
    return person.app.clipboard


@pytest.mark.parametrize(
    "terms",
    [
        {"reference": " 2125469-65891 "},
        {"licensee": "smi"},
        {"licensee": "john", "since": "2026-11-24"},
        {"licensee": "john", "since": "24/11/2026"},
        {"reference": "2125469-65891", "licensee": "Smith", "since": "2008-01-01"},
    ],
)
@pytest.mark.parametrize("language", ["en", "fr"])
async def test_an_order_is_found_and_its_system_opened(
    terms: dict[str, str], language: Language
) -> None:
    day = {"en": "24 Nov 2026", "fr": "24 nov. 2026"}[language]
    async with operator(language) as person:
        await order_for_john(person)
        await look_for(person, **terms)
        assert rows(person) == [f"{day} {SYSTEM} 2125469-65891 John Smith"]
        await person.press("enter")
        assert SYSTEM in person.shown()
        assert f"{SYSTEM}-0002" in person.text("#found-text")
        await person.press("escape")
        assert rows(person)
        await person.press("escape")
        assert person.app.focused is person.app.screen.query_one(f"#by-{list(terms)[-1]}")


async def test_an_order_is_found_by_its_keycode_as_it_is_read_out() -> None:
    async with operator() as person:
        keycode = await order_for_john(person)
        await look_for(person, keycode=grouped(keycode).lower())
        assert [row.split()[3] for row in rows(person)] == [SYSTEM]


async def test_the_list_is_the_latest_first_and_follows_the_language() -> None:
    async with operator() as person:
        await order_for_john(person)
        await look_for(person, since="2008-01-01")
        assert [row.split()[3] for row in rows(person)] == [
            *(SYSTEM, SYSTEM, "03FFFF0500B32", "03FFFF0500B21", NEXSPAN, "03FFFF0500A11")
        ]
        await person.press(*["down"] * 4, "f5")
        assert rows(person)[4].startswith("3 mars 2008")
        assert "Nom du titulaire" in person.text("#orders-list .heading")
        await person.press("enter")
        assert NEXSPAN in person.shown()


@pytest.mark.parametrize(
    ("terms", "says", "at"),
    [
        ({"since": "24/13/2026"}, "“24/13/2026” is not a date", "by-since"),
        ({"licensee": "nobody"}, "No order found.", "by-licensee"),
        ({"keycode": "442Z"}, "Check a keycode", "by-keycode"),
    ],
)
async def test_what_is_wrong_stands_below_the_fields(
    terms: dict[str, str], says: str, at: str
) -> None:
    async with operator() as person:
        await look_for(person, **terms)
        assert says in person.text("#orders-error")
        assert person.app.focused is person.app.screen.query_one(f"#{at}")
        await person.press("a")
        assert person.text("#orders-error") == ""


async def test_the_field_with_the_cursor_decides_and_nothing_typed_is_lost() -> None:
    async with operator() as person:
        await look_for(person, licensee="valbrune")
        await person.press("f4")
        await person.fill(equipment_id=FRESH)
        await person.press("enter")
        assert f"Search result: {FRESH}" in person.shown()
        await person.press("escape", *["tab"] * 3)
        assert person.app.focused is person.app.screen.query_one("#by-licensee")
        await person.pilot.click("#find")
        await person.settled()
        assert [row.split()[3] for row in rows(person)] == [
            *(SYSTEM, NEXSPAN, "03FFFF0500C43", "03FFFF0500A11", "03FFFF0500B21")
        ]


async def test_a_long_list_says_that_it_is_not_all() -> None:
    async with operator() as person:
        ordering, session = person.app.visit.portal.ordering, person.app.visit.signed_in
        system = ordering.find_system(session, FRESH)
        for number in range(MOST + 1):
            draft = replace(
                ordering.new_draft(system),
                quantities={"BHW1087A": "1"},
                reference=f"many-{number}",
                licensee="Many",
            )
            ordering.place(session, draft)
        await look_for(person, licensee="many")
        assert len(rows(person)) == MOST
        assert f"Only the latest {MOST} orders are shown" in person.shown()
        await look_for(person, reference=f"many-{MOST}")
        assert len(rows(person)) == 1
        assert "1 order found." in person.shown()


async def test_a_company_sees_its_own_orders_only_and_no_field_for_others() -> None:
    async with operator() as person:
        await look_for(person, licensee="valbrune")
        assert FOREIGN not in " ".join(rows(person))
        assert not person.app.screen.query("#by-company")


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.LICENCE_DESK])
async def test_who_sees_all_companies_sees_their_names_and_searches_by_them(role: Role) -> None:
    async with operator() as person:
        become(person, role)
        await look_for(person, licensee="valbrune")
        assert {" ".join(row.split()[-2:]) for row in rows(person)} == {
            "Demo Telecom",
            "Other Telecom",
        }
        await look_for(person, company="other  TELECOM")
        assert [row.split()[3] for row in rows(person)] == [FOREIGN]
        await person.press("enter")
        assert "Other Telecom" in person.text("#found-text")
        await look_for(person, company="Nobody")
        assert "There is no company “Nobody”" in person.text("#orders-error")
        assert person.app.focused is person.app.screen.query_one("#by-company")


def become(person: PilotOperator, role: Role) -> None:
    """Another role, as the licence desk gives it."""
    visit = person.app.visit
    visit.portal.administration.set_role("Demo Telecom", visit.signed_in.login, role, "unix:test")
    visit.signed_in.role = role


async def test_an_order_for_a_system_that_was_given_away_opens_its_own_page() -> None:
    async with operator() as person:
        visit = person.app.visit
        portal = visit.portal
        desk = portal.signing_in.at_the_desk("tester")
        said = portal.changing.said(reason="merger")
        portal.transferring.transfer(desk, SYSTEM, "Other Telecom", said)
        await look_for(person, reference="2008-0814")
        assert [row.split()[3] for row in rows(person)] == [SYSTEM]
        await person.press("enter")
        await person.until(lambda: "Hôtel de Valbrune" in person.text("#order-text"))
        await person.press("escape")
        assert rows(person)
