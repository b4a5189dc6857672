"""The two looks: contrast, and a style sheet that is worked off quickly."""

from __future__ import annotations

from typing import Literal

import pytest
from msgspec.structs import replace
from textual.color import Color
from textual.css.stylesheet import Stylesheet
from textual.theme import Theme

from engine.assembly import open_demo
from engine.settings import Settings
from engine.store.rows import row_of
from tests.contract.values import user
from tests.support.guide import COMPANY, LOGIN, PASSWORD
from tests.tui.driving import SIZE, operator
from tui.full_screen.app import PortalApp
from tui.full_screen.theme import LIGHT, THEMES

AA = 4.5
GROUNDS = ("background", "surface", "panel")
INKS = ("foreground", "primary", "secondary", "accent", "error", "success", "warning")


def luminance(color: Color) -> float:
    """Relative luminance, as WCAG 2.1 defines it."""
    channels = (
        value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4
        for value in color.normalized
    )
    return sum(
        weight * channel for weight, channel in zip((0.2126, 0.7152, 0.0722), channels, strict=True)
    )


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((luminance(Color.parse(c)) for c in (one, other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_the_formula_knows_black_on_white() -> None:
    assert round(contrast("#000000", "#ffffff"), 1) == 21.0
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("ink", INKS)
def test_text_can_be_read(theme: Theme, ground: str, ink: str) -> None:
    assert contrast(getattr(theme, ink), getattr(theme, ground)) >= AA


COSTLY = ("first", "last", "odd", "even", "focus-within", "empty")
"""Pseudo-classes that keep every widget whose name ends such a selector out of Textual's cache of
styles, wherever it is."""


def test_no_style_depends_on_the_order_of_widgets() -> None:
    sheet = PortalApp.CSS_PATH.read_text()
    assert not [word for word in COSTLY if f":{word}" in sheet]


@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_the_style_sheet_is_parsed_once_in_the_right_colours(
    monkeypatch: pytest.MonkeyPatch, theme: Literal["dark", "light"]
) -> None:
    again: list[Stylesheet] = []
    monkeypatch.setattr(Stylesheet, "reparse", again.append)
    app = PortalApp(open_demo(Settings(store="", theme=theme)))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert not again
        (look,) = [each for each in THEMES if each.name.endswith(theme)]
        assert app.screen.styles.background == Color.parse(look.background or "")
        assert app.has_class(f"-{theme}-mode")


async def test_the_colours_change_while_it_runs_and_are_remembered() -> None:
    async with operator() as person:
        await person.app.run_action("app.colours")
        await person.settled()
        assert person.app.screen.styles.background == Color.parse(LIGHT.background or "")
        portal = person.app.visit.portal
        await person.until(lambda: portal.administration.user(COMPANY, LOGIN)[1].theme == "light")
        await person.app.run_action("app.colours")
        await person.until(lambda: portal.administration.user(COMPANY, LOGIN)[1].theme == "dark")
        portal.own_account.remember_theme(person.app.visit.signed_in, "light")
        session, known = portal.signing_in.sign_in(COMPANY, LOGIN, PASSWORD)
        person.app.signed_in(person.app.screen_stack[0], session, known)
        await person.until(lambda: person.app.theme == LIGHT.name)


def test_a_choice_that_was_never_made_is_not_written() -> None:
    assert "theme" not in row_of(user())
    assert row_of(replace(user(), theme="light"))["theme"] == "light"
