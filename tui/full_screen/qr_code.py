"""A keycode as a QR code of half-block characters, for the camera of a telephone."""

from __future__ import annotations

from textual.content import Content

QUIET = 4
"""Modules of white around it, as the standard (ISO/IEC 18004) asks for …"""
_LINES = 19
"""… where it then fits a screen of 80×24; a longer keycode gets what is left, at least 2."""
_HALVES = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def qr_code(text: str) -> Content:
    """Two modules a character, one above the other: black on white whatever the theme, since a
    camera reads no other. 33 columns and 17 lines for a keycode of the guide's length, 37 and 19
    for one of 90 characters."""
    import segno

    code = segno.make(text, micro=False, error="m")
    size = len(code.matrix)
    quiet = max(2, min(QUIET, (2 * _LINES - size) // 2))
    rows = [[bool(module) for module in row] for row in code.matrix_iter(border=quiet)]
    if len(rows) % 2:
        rows.append([False] * len(rows[0]))
    lines = (
        "".join(_HALVES[upper, lower] for upper, lower in zip(top, bottom, strict=True))
        for top, bottom in zip(rows[::2], rows[1::2], strict=True)
    )
    return Content.styled("\n".join(lines), "#000000 on #ffffff")
