"""An order, step by step, as an operator meets it."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Static

from engine.settings import Language
from tests.support.guide import BODY, FOREIGN, FRESH, NEXSPAN, SYSTEM
from tests.tui.driving import PilotOperator, operator
from tui.full_screen.screens.order.items import ItemGrid
from tui.full_screen.screens.order.screen import OrderScreen
from tui.full_screen.widgets.buttons import TickBox
from tui.full_screen.widgets.fields import Field

GUIDE_ORDER = {"BHW1063A": "on", "BHW1095A": "8", "BHW1087A": "57"}
TEN_ROWS = [
    "IAE forward 1",
    "IAE group and multi group 1",
    "IAE greeting 1",
    "Listening and break-in 1",
    "CDR > 128 bytes 1",
    "SIP trunk 8",
    "IP terminals Aastra cordless 57",
    "IP terminals i2052 CTI 5",
    "Directory (blocks of 100) 1",
    "IP terminals any type 5",
]


def read(path: str) -> str:
    return Path(path).read_text(encoding="utf-8")


def wrong_items(person: PilotOperator) -> list[str]:
    """What is said at the rows whose quantity is wrong."""
    grid = person.app.screen.query_one(ItemGrid)
    return [row.note for row in grid.rows.values() if row.error is not None]


def page(person: PilotOperator, selector: str) -> list[str]:
    """The lines of a page, with single spaces."""
    text = str(person.app.screen.query_one(selector, Static).visual)
    return [" ".join(line.split()) for line in text.split("\n")]


async def test_the_guides_order_delivers_the_guides_ten_rows_and_a_keycode() -> None:
    async with operator() as person:
        await person.to_validation(**GUIDE_ORDER)
        assert "€6,195.00" in " ".join(page(person, "#validation-text"))
        await person.confirm()
        lines = page(person, "#deliverables-text")
        start = lines.index("Total of elementary functions") + 1
        assert lines[start : start + 10] == TEN_ROWS
        assert any(line.startswith(BODY) for line in lines)
        assert "442M 7801 08G3 9R5M 1V51" in person.text("#new-keycode")


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_the_whole_order_in_either_language_is_exported_in_it(language: Language) -> None:
    async with operator(language) as person:
        await person.to_validation(**GUIDE_ORDER)
        await person.confirm()
        await person.pilot.click("#export")
        await person.press("enter")  # the first of the ways: a file
        await person.until(lambda: SYSTEM in person.status)
        path = person.status.split(": ", 1)[-1] if language == "en" else person.status.split()[-1]
        text = read(path)
        assert ("Order reference" in text) == (language == "en")
        assert ("Réf. de commande" in text) == (language == "fr")
        assert "John Smith" in text


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Enter the Equipment ID"),
        ("03FFFF0302AD", "1 digit of 13 is missing"),
        ("03FFFF0302AD44", "1 digit too many"),
        ("03FFFG0302AD4", "character 6, “G”"),
        ("0123456789ABC", "No system"),
        (FOREIGN, "No system"),
    ],
)
async def test_a_wrong_id_is_told_where_it_was_typed(typed: str, says: str) -> None:
    async with operator() as person:
        await person.press("f2")
        await person.fill(equipment_id=typed)
        await person.press("enter")
        await person.until(lambda: person.text("#id-error"))
        assert says in person.text("#id-error")
        assert person.step == 1
        assert person.app.screen.query_one("#equipment-id").value == typed  # type: ignore[attr-defined]


async def test_unknown_and_foreign_systems_get_the_same_words() -> None:
    async with operator() as person:
        told = []
        for typed in ("0123456789ABC", FOREIGN):
            await person.press("f2")
            await person.fill(equipment_id=typed)
            await person.press("enter")
            await person.until(lambda: person.text("#id-error"))
            told.append(person.text("#id-error").replace(typed, "ID"))
        assert told[0] == told[1]


async def test_the_id_is_forgiving() -> None:
    async with operator() as person:
        await person.identify(" 03ff-ff03 02ad4 ")
        assert f"Equipment ID: {SYSTEM}" in person.text("#identity")


@pytest.mark.parametrize("typed", ["-5", "1_000", "٣", "1e3", "8.5", "99999999"])
async def test_a_wrong_quantity_is_told_at_its_row_and_stays(typed: str) -> None:
    async with operator() as person:
        await person.identify(SYSTEM)
        await person.choose(BHW1095A=typed)
        notes = wrong_items(person)
        assert len(notes) == 1
        await person.press("f8")
        assert person.step == 2
        assert person.app.screen.query_one("#item-BHW1095A").value == typed  # type: ignore[attr-defined]
        assert person.app.focused is person.app.screen.query_one("#item-BHW1095A")


async def test_a_quantity_that_does_not_fit_names_the_limit() -> None:
    async with operator() as person:
        await person.identify(SYSTEM)
        await person.choose(BHW1095A="256")
        notes = wrong_items(person)
        assert notes == ["! at most 255"]


async def test_an_item_that_another_one_brings_is_refused_at_its_row() -> None:
    async with operator() as person:
        await person.identify(SYSTEM)
        await person.choose(BHW1064A="on", BHW1063A="on", BHW1067A="on")
        notes = wrong_items(person)
        assert notes == ["! already included"] * 2
        person.app.screen.query_one("#item-BHW1064A", TickBox).focus()
        await person.press("space", "space")
        assert "would be paid for twice" in person.status
        assert "with Extended ACD" in person.status
        assert "€1,530.00" in person.shown()
        await person.press("f8")
        assert person.step == 2
        await person.choose(BHW1064A="on", BHW1067A="on")
        await person.press("f8")
        assert person.step == 3


async def test_only_what_is_operated_is_a_widget() -> None:
    """Sixteen items took four widgets each, and a field three."""
    async with operator() as person:
        await person.identify(SYSTEM)
        grid = person.app.screen.query_one(ItemGrid)
        assert len(grid.rows) == len(list(grid.walk_children())) == 16
        assert "SIP trunk" in str(grid.render())
        for field in person.app.screen.query(Field):
            assert list(field.walk_children()) == [field.line]


async def test_an_empty_order_is_told() -> None:
    async with operator() as person:
        await person.identify(SYSTEM)
        await person.press("f8")
        await person.until(lambda: person.status.startswith("!"))
        assert person.step == 2


async def test_what_the_system_has_and_what_an_item_unlocks() -> None:
    async with operator() as person:
        await person.identify(NEXSPAN)
        owned = [str(w.visual) for w in person.app.screen.query("#items .owned")]  # type: ignore[attr-defined]
        assert owned == ["owned", "owned"]
        await person.press("f3", "f3")
        await person.identify(SYSTEM)
        assert "owned: 5" in person.shown()
        box = person.app.screen.query_one("#item-BHW1063A", TickBox)
        person.app.screen.set_focus(box)
        await person.settled()
        assert "IAE greeting" in person.status


async def test_required_fields_are_told_at_the_fields_all_at_once() -> None:
    async with operator() as person:
        await person.to_reference(BHW1095A="1")
        await person.press("f8")
        await person.until(lambda: person.status.startswith("!"))
        fields = person.app.screen.query("#step-3 Field").results(Field)
        notes = [field.note for field in fields if field.says_error]
        assert notes == ["! required", "! required"]
        assert person.app.focused is person.app.screen.query_one("#order-reference")


async def test_back_and_forth_loses_nothing() -> None:
    async with operator() as person:
        await person.to_validation(BHW1095A="8", BHW1063A="on")
        for expected in (3, 2, 1):
            await person.press("f7")
            assert person.step == expected
        for expected in (2, 3, 4):
            await person.press("f8")
            await person.until(lambda expected=expected: person.step == expected)  # type: ignore[misc]
        text = " ".join(page(person, "#validation-text"))
        assert "SIP trunk 8" in text
        assert "Extended ACD 1" in text
        assert "2125469-65891" in text


async def test_escape_goes_back_and_keeps_the_order_for_home_to_resume() -> None:
    async with operator() as person:
        await person.to_validation(BHW1095A="8")
        for expected in (3, 2, 1, 0):
            await person.press("escape")
            await person.until(lambda expected=expected: person.step == expected)  # type: ignore[misc]
        await person.until(lambda: f"Resume the order for {SYSTEM}" in person.shown())
        await person.pilot.click("#resume")
        await person.until(lambda: person.step > 1)
        assert person.app.screen.query_one("#item-BHW1095A").value == "8"  # type: ignore[attr-defined]


async def test_another_id_says_what_it_drops_and_drops_only_then() -> None:
    async with operator() as person:
        await person.to_reference(BHW1095A="8")
        await person.press("f7", "f7")
        await person.fill(equipment_id=FRESH)
        await person.press("f8")
        await person.until(lambda: not isinstance(person.app.screen, OrderScreen))
        assert SYSTEM in person.text(".question")
        assert FRESH in person.text(".question")
        await person.press("escape")
        assert person.app.visit.draft is not None
        assert person.app.visit.draft.equipment_id == SYSTEM
        await person.fill(equipment_id=FRESH)
        await person.press("f8")
        await person.until(lambda: not isinstance(person.app.screen, OrderScreen))
        await person.pilot.click("#deed")
        await person.until(lambda: person.step == 2)
        assert f"Equipment ID: {FRESH}" in person.text("#identity")
        assert person.app.visit.draft.quantities == {}


async def test_a_reference_used_before_is_shown_with_its_order() -> None:
    async with operator() as person:
        await person.to_reference(BHW1095A="1")
        await person.fill(order_reference="2008-0814", licensee="John Smith")
        await person.press("f8")
        await person.until(lambda: person.step == 4)
        assert "was used before" in " ".join(page(person, "#validation-text"))


async def test_one_confirmation_is_one_order_however_often_it_is_pressed() -> None:
    async with operator() as person:
        await person.to_validation(BHW1095A="8")
        for _time in range(5):
            await person.app.screen.run_action("screen.confirm")
        await person.until(lambda: person.step == 5)
        portal, session = person.app.visit.portal, person.app.visit.signed_in
        record = portal.searching.by_equipment_id(session, SYSTEM)
        assert len(record.orders) == 2


async def test_before_and_after_stand_on_the_validation() -> None:
    async with operator() as person:
        await person.to_validation(BHW1090A="3")
        lines = page(person, "#validation-text")
        assert "IP terminals i2052 CTI 5 → 8" in lines
        assert "IP terminals any type 5 5" in lines


async def test_somebody_else_ordered_meanwhile_and_it_is_added_up() -> None:
    async with operator() as person:
        await person.to_validation(BHW1095A="8")
        portal, session = person.app.visit.portal, person.app.visit.signed_in
        system = portal.ordering.find_system(session, SYSTEM)
        other = portal.ordering.new_draft(system)
        import msgspec

        other = msgspec.structs.replace(
            other, quantities={"BHW1095A": "2"}, reference="other", licensee="Other"
        )
        portal.ordering.place(session, other)
        await person.confirm()
        assert "SIP trunk 10" in page(person, "#deliverables-text")


async def test_logging_out_asks_whether_to_keep_the_order() -> None:
    async with operator() as person:
        await person.to_reference(BHW1095A="8")
        await person.press("f10")
        assert SYSTEM in person.text(".question")
        await person.pilot.click("#keep")
        await person.until(lambda: person.app.visit.session is None)
        await person.log_in()
        await person.until(lambda: f"Resume the order for {SYSTEM}" in person.shown())


async def test_the_language_changes_on_every_step_with_nothing_lost() -> None:
    async with operator() as person:
        await person.to_validation(BHW1063A="on", BHW1095A="8")
        await person.press("f5")
        assert "Trunk SIP 8" in " ".join(page(person, "#validation-text"))
        await person.press("f7")
        assert person.app.screen.query_one("#licensee").value == "John Smith"  # type: ignore[attr-defined]
        await person.press("f7")
        assert person.app.screen.query_one("#item-BHW1063A", TickBox).value
        assert "SIP" in person.shown()


@pytest.mark.parametrize("typed", ["[/b] x", "[@click=app.quit]x", "[TODO]"])
async def test_markup_is_text(typed: str) -> None:
    async with operator() as person:
        await person.to_reference(BHW1095A="8")
        await person.fill(order_reference=typed, licensee=typed)
        await person.press("f8")
        await person.until(lambda: person.step == 4)
        assert typed in str(person.app.screen.query_one("#validation-text", Static).visual)
        await person.confirm()
        assert typed in str(person.app.screen.query_one("#deliverables-text", Static).visual)


async def test_ten_thousand_characters_are_told_and_nothing_is_lost() -> None:
    async with operator() as person:
        await person.to_reference(BHW1095A="8")
        person.app.screen.query_one("#licensee").value = "x" * 10_000  # type: ignore[attr-defined]
        await person.fill(order_reference="r")
        await person.press("f8")
        await person.until(lambda: person.status.startswith("!"))
        assert person.step == 3
