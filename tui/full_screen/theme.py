"""The two looks, dark and light; every pair of colours used for text has WCAG AA contrast."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="portal-dark",
    primary="#8ab4f8",
    secondary="#9aa5b1",
    accent="#f2c14e",
    warning="#f2c14e",
    error="#ff8a80",
    success="#8bd49c",
    foreground="#e6e9ee",
    background="#12161c",
    surface="#1c222b",
    panel="#262e3a",
    dark=True,
)
LIGHT = Theme(
    name="portal-light",
    primary="#0b4f9e",
    secondary="#4a5563",
    accent="#7a4b00",
    warning="#7a4b00",
    error="#a31515",
    success="#1b6e33",
    foreground="#14181d",
    background="#fbfcfd",
    surface="#eef1f5",
    panel="#dde3ea",
    dark=False,
)
THEMES = (DARK, LIGHT)
