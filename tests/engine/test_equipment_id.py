"""Equipment IDs as people type them, and what a message can say about one that is wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import EquipmentIdMalformed
from engine.licences.system import parse_equipment_id
from tests.engine.trade import equipment_ids
from tests.support.guide import SYSTEM


@pytest.mark.parametrize(
    "typed",
    [
        "03FFFF0302AD4",
        "03ffff0302ad4",
        "  03FF FF03 02AD 4 \n",
        "03-FF-FF-03-02-AD-4",
        "03:ff:ff:03:02:ad:4",
        "03.FFFF.0302AD4",
        "03\u00a0FFFF\u202f0302AD4",
        " " * 500 + "03FFFF0302AD4",
    ],
)
def test_forgiving(typed: str) -> None:
    assert parse_equipment_id(typed) == SYSTEM


@pytest.mark.parametrize(
    ("typed", "position", "character", "length"),
    [
        ("", 0, "", 0),
        (" - ", 0, "", 0),
        ("03FFFF0302AD", 0, "", 12),
        ("03 FFFF 0302 AD45", 0, "", 14),
        ("F" * 10_000, 0, "", 10_000),
        ("03FFFFO302AD4", 7, "O", 0),
        ("03 FFFF G302AD4", 9, "G", 0),
        ("03FFFF0302AD4\x1b", 14, "\x1b", 0),
        ("03FFFF0302AD\u0664", 13, "\u0664", 0),
        ("03FFFF0302AD\uff14", 13, "\uff14", 0),
        ("03FFFF0302A/4", 12, "/", 0),
        # What lies far behind is looked at too.
        (" " * 500 + "03FFFF0302ADZ", 513, "Z", 0),
    ],
)
def test_refused_with_the_first_wrong_character_or_the_length(
    typed: str, position: int, character: str, length: int
) -> None:
    with pytest.raises(EquipmentIdMalformed) as caught:
        parse_equipment_id(typed)
    error = caught.value
    assert (error.position, error.character, error.length) == (position, character, length)
    assert len(error.text) <= 40


@given(equipment_ids, st.data())
def test_every_id_in_every_spelling(equipment_id: str, data: st.DataObject) -> None:
    typed = "".join(
        data.draw(st.sampled_from([c, c.lower(), f" {c}", f"{c}-", f".{c}"])) for c in equipment_id
    )
    assert parse_equipment_id(typed) == equipment_id
    assert parse_equipment_id(parse_equipment_id(typed)) == equipment_id


@given(st.text())
def test_whatever_is_typed_is_an_id_or_refused(typed: str) -> None:
    try:
        equipment_id = parse_equipment_id(typed)
    except EquipmentIdMalformed:
        return
    assert len(equipment_id) == 13
    assert set(equipment_id) <= set("0123456789ABCDEF")
