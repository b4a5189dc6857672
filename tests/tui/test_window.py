"""Windows that are lower, smaller or wider than the one that the screens are made for."""

from __future__ import annotations

import pytest
from textual.containers import VerticalScroll
from textual.widget import Widget

from engine.settings import LANGUAGES, Language
from tests.support.guide import SYSTEM
from tests.tui.driving import PilotOperator, operator
from tests.tui.test_frame import SCREENS, cut
from tui.full_screen.screens.leave_dialog import LeaveDialog
from tui.full_screen.screens.login import LoginScreen
from tui.full_screen.widgets.head_and_foot import Foot
from tui.terminal.window import LEAST

LONG = (
    "A message that is longer than a line, as the reasons of some refusals are, for example this."
)


def out_of_sight(person: PilotOperator) -> list[str]:
    """What is laid out and has no place in the window, apart from what can be scrolled to."""
    screen = person.app.screen
    return [
        str(widget)
        for widget in screen.query(Widget)
        if widget.display
        and all(node.display for node in parents(widget))
        and not any(isinstance(node, VerticalScroll) for node in parents(widget))
        and widget.region.area
        and not screen.region.contains_region(widget.region)
    ]


def parents(widget: Widget) -> list[Widget]:
    return [node for node in widget.ancestors if isinstance(node, Widget)]


def links_shown(person: PilotOperator) -> list[bool]:
    foot = person.app.screen.query_one(Foot)
    visible = person.app.screen.region
    return [link.region.area > 0 and visible.contains_region(link.region) for link in foot._links]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rows", [22, 23])
async def test_every_screen_is_there_where_a_line_or_two_are_somebody_elses(
    language: Language, rows: int
) -> None:
    async with operator(language, signed_in=False, size=(80, rows)) as person:
        assert cut(person) + out_of_sight(person) == []
        await person.log_in()
        for name, go in SCREENS.items():
            await go(person)
            assert cut(person) + out_of_sight(person) == [], name
            foot = person.app.screen.query_one(Foot)
            assert foot.message or foot.query_one("#legend").region.area, name


async def test_in_the_lowest_window_a_message_takes_the_line_of_the_keys() -> None:
    async with operator(size=LEAST) as person:
        await person.press("ctrl+c")
        assert "To log out, press F10" in person.shown()
        assert "F1 Guide" not in person.shown()
        await person.press("f4")
        assert "F1 Guide" in person.shown()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ["", "Short.", LONG, f"{LONG} {LONG}", f"{LONG} {LONG} {LONG}"])
async def test_the_links_of_the_foot_are_always_there(language: Language, text: str) -> None:
    async with operator(language, signed_in=False) as person:
        for _ in range(2):
            person.app.navigation.top.say(lambda: text, error=True)
            await person.settled()
            assert all(links_shown(person))
            assert out_of_sight(person) == []
            # Every word is there, in the lines above the links and beside them.
            said = person.text("#status").split() + person.text("#copyright").split()
            assert set(text.split()) <= set(said)
            if isinstance(person.app.screen, LoginScreen):
                await person.log_in()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_longest_hint_leaves_links_and_items_where_they_are(language: Language) -> None:
    async with operator(language) as person:
        await person.identify(SYSTEM)
        boxes = person.app.screen.query("TickBox")
        for box in boxes:
            box.focus()
            await person.settled()
            assert all(links_shown(person))
            assert out_of_sight(person) == []


def of(columns: int, rows: int) -> str:
    """A size, which is not broken over two lines."""
    return f"{columns}\u00a0×\u00a0{rows}"


@pytest.mark.parametrize("size", [(80, 21), (79, 24), (40, 8)])
async def test_a_window_that_is_too_small_names_the_ways_out_and_they_work(
    size: tuple[int, int],
) -> None:
    async with operator() as person:
        await person.pilot.resize_terminal(*size)
        await person.settled()
        small = person.text("#too-small")
        assert f"The portal needs {of(80, 22)} characters; this window has {of(*size)}." in small
        assert "To log out, press F10" in small
        await person.press("ctrl+c")
        assert person.text("#too-small").startswith("To log out, press F10")
        await person.press("f4")
        assert "Find a keycode" in person.text("#too-small")
        await person.press("escape")
        assert "Find a keycode" not in person.text("#too-small")
        assert "Home" in person.text("#too-small")
        await person.press("f10")
        assert isinstance(person.app.screen, LeaveDialog)
        assert f"this window has {of(*size)}" in person.shown()
        assert out_of_sight(person) == []
        await person.press("tab", "enter")
        await person.until(lambda: isinstance(person.app.screen, LoginScreen))
        await person.settled()
        assert "To quit the portal, press F10" in person.text("#too-small")


async def test_a_dialog_says_so_only_while_the_window_is_too_small() -> None:
    async with operator() as person:
        await person.press("f10")
        assert "characters" not in person.shown()
        await person.pilot.resize_terminal(60, 12)
        await person.settled()
        assert f"this window has {of(60, 12)}" in person.shown()
        await person.pilot.resize_terminal(80, 24)
        await person.settled()
        assert "characters" not in person.shown()


async def test_from_110_columns_the_inventory_stands_beside_the_items() -> None:
    async with operator(size=(132, 43)) as person:
        await person.identify(SYSTEM)
        await person.choose(BHW1095A="8", BHW1063A="1")
        await person.until(lambda: "→ 8" in person.text("#inventory"))
        row = next(
            line for line in person.shown().splitlines() if "SIP trunk" in line and "→" in line
        )
        assert "0" in row.partition("→")[0]
        assert person.app.screen.query_one("#inventory").region.x > 80
        await person.pilot.resize_terminal(109, 30)
        await person.settled()
        assert not person.app.screen.query_one(".pane").display
        await person.choose(BHW1095A="9")
        await person.pilot.resize_terminal(140, 30)
        await person.until(lambda: "→ 9" in person.text("#inventory"))
