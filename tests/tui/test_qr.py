"""The QR code is read back by a decoder that is not ours, from the picture of its characters."""

from __future__ import annotations

import pytest
import zxingcpp

from tui.full_screen.qr_code import qr_code

PIXELS = 6
_MODULES = {" ": (0, 0), "▀": (1, 0), "▄": (0, 1), "█": (1, 1)}


def photographed(text: str) -> memoryview:
    """The characters as a terminal draws them: black halves on white, a cell twice as high as
    wide."""
    rows = [
        bytes(255 * (1 - _MODULES[character][half]) for character in line for _x in range(PIXELS))
        for line in text.split("\n")
        for half in (0, 1)
        for _y in range(PIXELS)
    ]
    return memoryview(b"".join(rows)).cast("B", (len(rows), len(rows[0])))


@pytest.mark.parametrize(
    "keycode",
    [
        "442ZP5M1V51C1DCC3A2131FF8EC",
        "442M780108G39R5M1V51D4D05920ED281A2F",
        "34103133CE0EBBC2940AD5",
        "4429" * 21,
    ],
)
def test_a_camera_reads_the_keycode(keycode: str) -> None:
    read = zxingcpp.read_barcodes(photographed(qr_code(keycode).plain))
    assert [code.text for code in read] == [keycode]


def test_it_fits_beside_the_groups_on_80_by_24() -> None:
    lines = qr_code("442M780108G39R5M1V51D4D05920ED281A2F").plain.split("\n")
    assert len(lines) <= 17
    assert {len(line) for line in lines} == {33}
    # 68 digits of body and 16 of tag without any run of zeros: the longest of an Aastra 5000.
    longest = qr_code("4429" * 21).plain.split("\n")
    assert len(longest) <= 19
    assert {len(line) for line in longest} == {37}
