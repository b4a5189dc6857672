"""Values that are written as text: numbers of orders, users, and who did something."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.audit import Actor, UserName
from engine.errors import EquipmentIdMalformed
from engine.licences.order_number import OrderNumber
from engine.licences.system import EquipmentId

ID = EquipmentId("03FFFF0302AD4")


@given(sequence=st.integers(0, 10**15 - 1))
def test_an_order_number_is_read_as_it_was_written(sequence: int) -> None:
    number = OrderNumber(ID, sequence)
    assert OrderNumber.parse(str(number)) == number


def test_an_order_number_has_four_digits_at_least() -> None:
    assert str(OrderNumber(ID, 2)) == "03FFFF0302AD4-0002"
    assert str(OrderNumber(ID, 12345)) == "03FFFF0302AD4-12345"


@pytest.mark.parametrize(
    "text",
    ["", "-", "0001", ID, f"{ID}-", f"{ID}-x", f"{ID}-\u0661", f"{ID}--1", f"{ID[:-1]}-0001"],
)
def test_any_other_text_is_no_order_number(text: str) -> None:
    assert OrderNumber.parse(text) is None


def test_the_equipment_id_of_a_typed_order_number_is_forgiven_as_anywhere() -> None:
    assert OrderNumber.typed("03ffff-0302 ad4-0002") == OrderNumber(ID, 2)
    assert OrderNumber.typed(f"{ID}-two") is None
    assert OrderNumber.typed(f"{ID}-2") is None
    with pytest.raises(EquipmentIdMalformed):
        OrderNumber.typed("0002")


def test_a_user_is_named_by_company_and_login() -> None:
    assert str(UserName("c1", "jsmith")) == "c1/jsmith"
    assert UserName.parse("AC/DC Telecom/jsmith") == UserName("AC/DC Telecom", "jsmith")
    assert [UserName.parse(text) for text in ("", "/", "jsmith", "c1/", "/jsmith")] == [None] * 5


@pytest.mark.parametrize(
    ("actor", "text", "user"),
    [
        (Actor("c1/jsmith"), "c1/jsmith", UserName("c1", "jsmith")),
        (Actor("c1/jsmith", "alice"), "c1/jsmith (unix:alice)", UserName("c1", "jsmith")),
        (Actor("licence-desk", "alice"), "licence-desk (unix:alice)", None),
        (Actor(unix_user="alice"), "unix:alice", None),
        (Actor("jsmith"), "jsmith", None),
        (Actor("portal"), "portal", None),
    ],
)
def test_an_actor_is_a_user_a_command_or_both(
    actor: Actor, text: str, user: UserName | None
) -> None:
    assert (str(actor), Actor.parse(text), actor.user) == (text, actor, user)


@given(st.text(st.sampled_from("a/ ()unix:\n"), max_size=20))
def test_whatever_is_in_a_line_is_written_as_it_was_read(text: str) -> None:
    assert str(Actor.parse(text)) == text
