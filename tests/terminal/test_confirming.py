"""One confirmation is one order, and only what is meant as one confirms."""

from __future__ import annotations

from engine.files.system_calls import SystemCalls
from engine.store.folder.locks import Locks, hashed_place
from tests.support.guide import SYSTEM
from tests.support.installation import Installation
from tests.support.operator import CONFIRM, DELIBERATE, KEYCODE, Operator
from tui.full_screen.widgets.deliberate_button import BURST_SECONDS

PLACED = "The order is placed"


def orders(installation: Installation) -> int:
    return len(installation.done("show", SYSTEM, "--json").json["orders"])


def still_validating(operator: Operator) -> None:
    operator.is_answered()
    operator.terminal.watch(2 * BURST_SECONDS)
    operator.at_step(4)
    assert PLACED not in operator.terminal.text


def test_a_paste_without_brackets_never_confirms(demo: Installation) -> None:
    with demo.open("demo") as terminal:
        operator = Operator(terminal)
        operator.logs_in()
        operator.goes_to_validation()
        operator.goes_to_confirm()
        for pasted in ("yes\r", "\ryes", "\r\r\r", "\n\n", "one\rtwo\rthree", " \r", "\r "):
            terminal.type(pasted)
            still_validating(operator)
            terminal.wait_for_mark(CONFIRM)
        operator.confirms()


def test_enter_elsewhere_and_what_is_typed_ahead_do_not_confirm(demo: Installation) -> None:
    with demo.open("demo") as terminal:
        operator = Operator(terminal)
        operator.logs_in()
        operator.goes_to_validation()
        for key in ("enter", "space"):
            terminal.press(key)  # on the page
            still_validating(operator)
        terminal.press("f8", "enter", "enter", "space")  # ahead of the button
        still_validating(operator)
        terminal.wait_for_mark(CONFIRM)
        terminal.paste("\r\n")
        still_validating(operator)
        terminal.press("shift+tab")
        terminal.wait_for_mark("<< Previous")
        terminal.press("enter")
        operator.at_step(3)
        assert PLACED not in terminal.text


def test_a_double_press_is_one_order(installation: Installation) -> None:
    before = orders(installation)
    with installation.open() as terminal:
        operator = Operator(terminal)
        operator.logs_in()
        operator.goes_to_validation()
        operator.goes_to_confirm()
        terminal.press("enter")
        terminal.watch(2 * BURST_SECONDS)  # as fast as a hand can
        terminal.press("enter")
        terminal.watch(2 * BURST_SECONDS)
        terminal.press("space")
        terminal.wait_for(KEYCODE)
        operator.is_answered()
        terminal.wait_for(f"{SYSTEM}-0002")
    assert orders(installation) == before + 1


def test_while_another_process_writes_the_screen_waits_and_answers(
    installation: Installation,
) -> None:
    locks = Locks(SystemCalls(), str(installation.store / "locks"), seconds=1)
    with installation.open(KEYCODE_PORTAL_LOCK_SECONDS="60") as terminal:
        operator = Operator(terminal)
        operator.logs_in()
        operator.goes_to_validation()
        operator.goes_to_confirm()
        with locks.held(hashed_place(SYSTEM), SYSTEM):
            terminal.press("enter")
            terminal.wait_for("Still waiting: somebody else may be saving")
            operator.is_answered()
            operator.at_step(4)
            terminal.press("f3", "f1")  # nothing leads away from the answer
            assert PLACED not in terminal.text
        terminal.wait_for(PLACED, KEYCODE)
        operator.is_answered()
        terminal.wait_for(PLACED, KEYCODE)
    assert orders(installation) == 2


def test_an_order_that_could_not_wait_is_not_placed_and_can_be_tried_again(
    installation: Installation,
) -> None:
    locks = Locks(SystemCalls(), str(installation.store / "locks"), seconds=1)
    with installation.open(KEYCODE_PORTAL_LOCK_SECONDS="1") as terminal:
        operator = Operator(terminal)
        operator.logs_in()
        operator.goes_to_validation()
        operator.goes_to_confirm()
        with locks.held(hashed_place(SYSTEM), SYSTEM):
            terminal.press("enter")
            terminal.wait_for("! ")
            operator.at_step(4)
            assert orders(installation) == 1
        operator.goes_to_confirm()
        terminal.press("enter")
        terminal.wait_for(KEYCODE)
    assert orders(installation) == 2


def test_f8_never_places_an_order_however_often_it_is_pressed(demo: Installation) -> None:
    with demo.open("demo") as terminal:
        operator = Operator(terminal)
        operator.logs_in()
        operator.goes_to_validation()
        for _press in range(6):
            terminal.press("f8")
            terminal.wait_for_mark(CONFIRM)
            terminal.watch(DELIBERATE)
        still_validating(operator)
        assert PLACED not in terminal.text
