"""A page that nobody looks at any more gives its place back, and loses nothing."""

from __future__ import annotations

import pytest

from tests.support.clock import Clock
from tests.support.guide import SYSTEM
from tests.tui.driving import PilotOperator, demo_portal
from tui.terminal.idle_watch import IdleWatch
from tui.web.app import PageApp


async def test_at_the_login_it_ends() -> None:
    app = PageApp(demo_portal(Clock()))
    app._idle = IdleWatch(0.2, app._idle_too_long)
    async with app.run_test() as pilot:
        person = PilotOperator(app, pilot, Clock())
        await person.until(lambda: not app.is_running)
    assert app.return_code == 0


@pytest.mark.parametrize("times", [1, 2])
async def test_of_somebody_who_had_logged_in_it_says_so_first(times: int) -> None:
    app = PageApp(demo_portal(Clock()))
    async with app.run_test() as pilot:
        person = PilotOperator(app, pilot, Clock())
        await person.log_in()
        session = app.visit.signed_in
        await person.identify(SYSTEM)
        await person.choose(BHW1095A="8")
        for _ in range(times):
            await app._end_idle()
            await pilot.pause(0.2)
        assert app.is_running == (times == 1)
        (draft,) = app.visit.portal.ordering.unfinished(session)
        assert draft.equipment_id == SYSTEM
