"""The keycode for people: copied, read out group by group, and shown to a camera."""

from __future__ import annotations

import pytest
import zxingcpp
from textual.widgets import Static

from engine.assembly import new_id
from engine.demo import DEMO_FOLDER
from engine.documents.order_json import read_order_document
from engine.keycode.codec import grouped
from engine.settings import LANGUAGES, Language
from tests.support.guide import BODY, NEXSPAN, SYSTEM
from tests.tui.driving import PilotOperator, operator
from tests.tui.test_qr import photographed
from tui.full_screen.screens.keycode import KeycodeScreen
from tui.full_screen.widgets.buttons import TickBox


@pytest.fixture(autouse=True)
def utf8(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


async def deliver(person: PilotOperator) -> str:
    """The guide's order, up to its keycode on the screen."""
    await person.to_validation(BHW1063A="on", BHW1095A="8", BHW1087A="57")
    await person.confirm()
    return await show(person)


async def look_up(person: PilotOperator) -> str:
    """The keycode of the same order, placed by a script and found by a search."""
    path = DEMO_FOLDER / "order.json"
    visit = person.app.visit
    draft = read_order_document(path.read_bytes(), str(path), new_id)
    visit.portal.ordering.place(visit.signed_in, draft)
    await person.press("f4")
    await person.fill(equipment_id=SYSTEM)
    await person.press("enter")
    return await show(person)


async def show(person: PilotOperator) -> str:
    await person.press("f9")
    assert isinstance(person.app.screen, KeycodeScreen)
    return person.text("#the-keycode")


def boxes(person: PilotOperator) -> list[TickBox]:
    return list(person.app.screen.query(TickBox))


def marks(person: PilotOperator) -> list[bool]:
    return [box.value for box in boxes(person)]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_all_of_the_guides_keycode_fits_the_smallest_screen(language: Language) -> None:
    async with operator(language) as person:
        keycode = await look_up(person)
        assert keycode.startswith(BODY)
        body = person.app.screen.query_one("#body").content_region
        texts = [str(box.render()) for box in boxes(person)]
        assert [text.split()[2] for text in texts] == grouped(keycode).split()
        for widget in (*boxes(person), person.app.screen.query_one("#qr")):
            assert body.contains_region(widget.region)
        assert all(box.size.height == 1 for box in boxes(person))
        assert person.app.screen.query_one("#groups").max_scroll_y == 0


async def test_the_picture_on_the_screen_is_the_keycode() -> None:
    async with operator() as person:
        keycode = await look_up(person)
        picture = person.app.screen.query_one("#qr", Static)
        assert picture.size == picture.virtual_size
        read = zxingcpp.read_barcodes(photographed(str(picture.visual)))
        assert [code.text for code in read] == [keycode]


@pytest.mark.parametrize(
    ("language", "first", "count"),
    [
        ("en", "442M four four two Mike", "2 of 9"),
        ("fr", "442M quatre quatre deux Mike", "2 sur 9"),
    ],
)
async def test_space_marks_a_group_as_heard_and_goes_to_the_next(
    language: Language, first: str, count: str
) -> None:
    async with operator(language) as person:
        await look_up(person)
        assert first in str(boxes(person)[0].render())
        assert person.app.focused is boxes(person)[0]
        await person.press("space", "down", "space")
        assert marks(person) == [True, False, True, *[False] * 6]
        assert count in person.text("#heard")
        assert person.app.focused is boxes(person)[3]
        await person.press("up", "space")
        assert marks(person)[:3] == [True, False, False]


async def test_marks_and_words_survive_a_change_of_language() -> None:
    async with operator() as person:
        await look_up(person)
        await person.press("space", "f5")
        assert marks(person)[0]
        assert "quatre quatre deux Mike" in str(boxes(person)[0].render())


@pytest.mark.parametrize("language", LANGUAGES)
async def test_from_the_deliverables_and_back(language: Language) -> None:
    async with operator(language) as person:
        keycode = await deliver(person)
        assert person.app.clipboard == keycode
        assert SYSTEM in person.shown()
        await person.press("f3")
        assert person.step == 5
        await person.pilot.click("#show-keycode")
        await person.settled()
        assert person.text("#the-keycode") == keycode


async def test_f9_copies_again() -> None:
    async with operator() as person:
        keycode = await look_up(person)
        person.app.copy_to_clipboard("something else")
        await person.press("f9")
        assert person.app.clipboard == keycode
        assert "clipboard" in person.status


async def test_a_nexspan_order_lets_one_choose_among_its_keycodes() -> None:
    async with operator() as person:
        await person.to_validation(NEXSPAN, BHW0901A="on", BHW0902A="on")
        await person.confirm()
        await person.press("f9", "down", "enter")
        assert f"{NEXSPAN}  Break-in" in person.shown()
        assert person.app.clipboard.startswith("34102")


@pytest.mark.parametrize(("language", "locale"), [("en", "C"), ("fr", "fr_FR.ISO-8859-1")])
async def test_without_utf8_a_sentence_stands_in_place_of_the_picture(
    language: Language, locale: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    async with operator(language) as person:
        await look_up(person)
        assert not person.app.screen.query("#qr")
        assert "UTF-8" in person.text("#no-qr")
        assert len(boxes(person)) == 9
