"""A system after the sale: the questions of a change, what it would be, and the button that does
it. Lies over the screen that opened it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import ClassVar
from uuid import uuid4

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from engine.errors import FieldRequired, MovesUsedUp, OrderRefused, PortalError, Problem
from engine.licences.plans import Plan
from engine.licences.system import System
from engine.papers.paper import Paper
from engine.ports import Placement
from tui.full_screen.host import Host
from tui.full_screen.keymap import BACK, GUIDE, LANGUAGE, LOG_OUT, NEXT, PREVIOUS, Command
from tui.full_screen.screens.asking import PortalScreen
from tui.full_screen.screens.change_form import ChangeForm
from tui.full_screen.screens.result_page import WIDTH
from tui.full_screen.widgets.buttons import PushButton
from tui.full_screen.widgets.choice_list import ChooseDialog
from tui.full_screen.widgets.containers import Page, Row, Switcher
from tui.full_screen.widgets.deliberate_button import DeliberateButton
from tui.full_screen.widgets.question import ConfirmDialog
from tui.full_screen.widgets.text import lines
from tui.visit.changes import changes_of
from tui.visit.questions import Change
from tui.visit.requests import asking_for_move
from tui.wording.changes import (
    confirm_label,
    how_to_confirm,
    title_of,
)
from tui.wording.errors import sentence
from tui.wording.plans import plan_page
from tui.wording.translation import N_, _


class ChangePlan(Page):
    """What it would be."""

    def __init__(self) -> None:
        super().__init__(id="change-plan")
        self.plan: Plan | None = None

    def compose(self) -> ComposeResult:
        """A page that scrolls."""
        with VerticalScroll(id="change-page"):
            yield Static(id="change-text", markup=False)

    def show(self, plan: Plan) -> None:
        """Show it from its first line."""
        self.plan = plan
        self.relabel()
        self.query_one("#change-page", VerticalScroll).scroll_home(animate=False)

    def relabel(self) -> None:
        """Say the page again."""
        if self.plan is not None:
            self.query_one("#change-text", Static).update(lines(plan_page(self.plan, WIDTH)))


class ChangeScreen(PortalScreen):
    """The form, what it would be in its place, and the way on."""

    TITLE_WORDS = N_("System")
    KEYS: ClassVar[tuple[Command, ...]] = (GUIDE, BACK, LANGUAGE, PREVIOUS, NEXT, LOG_OUT)

    def __init__(self, host: Host, change: Change) -> None:
        super().__init__(host)
        self._change = change
        self._request_id = uuid4().hex
        """Whatever is asked again, it is done once."""
        self._form = ChangeForm(change, change.questions())
        self._plan = ChangePlan()
        self._answers: dict[str, str] = {}
        """Those that the plan was made of: the button does that, and nothing else."""

    @property
    def guide_page(self) -> str:
        """That of the change."""
        return self._change.page

    def body(self) -> Iterable[Widget]:
        """The two pages, and the button."""
        with Switcher(initial="change-form"):
            yield self._form
            yield self._plan
        with Row(id="change-ways"):
            yield PushButton(lambda: _("<< Previous"), "screen.previous", id="previous")
            yield DeliberateButton(
                partial(confirm_label, self._change),
                "screen.confirm",
                self.host.keyboard,
                id="confirm",
            )

    def begin(self) -> None:
        """With the questions."""
        self.action_previous()

    def relabel(self) -> None:
        """Say every text again in the current language."""
        super().relabel()
        self._plan.relabel()

    def _show(self, page: Page) -> None:
        self.query_one(Switcher).current = page.id
        self.query_one("#change-ways").display = page is self._plan
        self.clear_message()

    def action_previous(self) -> None:
        """F7: the questions again."""
        self._show(self._form)
        self._form.take_focus()

    def main_action(self) -> None:
        """Enter in the last field."""
        self.action_next()

    def action_next(self) -> None:
        """F8: what it would be. Nothing is done but by the button."""
        if self._plan.display:
            self.say(lambda: how_to_confirm(self._change))
            self.set_focus(self.query_one("#confirm"))
            return
        answers, change = self._form.answers, self._change
        unanswered = [
            question.name
            for question in change.questions()
            if question.choices and not answers[question.name]
        ]
        if unanswered:
            self._wrong(OrderRefused(problems=tuple(map(_missing, unanswered))))
            return
        if change.direct:
            self._answers = answers
            self.action_confirm()
            return
        self.ask(lambda: change.plan(answers), partial(self._planned, answers), self._wrong)

    def _planned(self, answers: dict[str, str], plan: Plan) -> None:
        self._answers = answers
        self._plan.show(plan)
        self._show(self._plan)
        self.set_focus(self.query_one("#change-page"))

    def _wrong(self, error: PortalError) -> None:
        if not self._form.display:
            self._show(self._form)
        if isinstance(error, MovesUsedUp):
            self._offer_to_ask(error)
            return
        if isinstance(error, OrderRefused):
            self._form.say_problems(error.problems)
            self.say_error(error.problems[0].error)
            return
        self.say_error(error)

    def _offer_to_ask(self, error: MovesUsedUp) -> None:
        """The licence desk can make one more."""
        portal, session = self.visit.portal, self.visit.signed_in
        deed = asking_for_move(portal, session, self._change.of, self._form.answers)

        def answered(ask: bool | None) -> None:
            if ask:
                self.ask(lambda: deed.act({}), asked, hold=True)

        def asked(paper: Paper) -> None:
            from tui.full_screen.screens.requests import RequestScreen

            self.app.switch_screen(RequestScreen(self.host, paper.number, deed.name))

        dialog = ConfirmDialog(lambda: sentence(error), lambda: title_of(deed), self.host.keyboard)
        self.app.push_screen(dialog, answered)

    def action_confirm(self) -> None:
        """YES."""
        change, answers, request_id = self._change, self._answers, self._request_id
        seen = self._plan.plan.total if self._plan.plan else None
        self.ask(lambda: change.do(answers, request_id, seen), self._done, self._wrong, hold=True)

    async def _done(self, placement: Placement) -> None:
        await self.host.navigation.show_order(placement.order.number)

    async def action_back(self) -> None:
        """F3, Esc: the questions, and from there to where one came from."""
        if self._plan.display:
            self.action_previous()
        else:
            self.app.pop_screen()


def choose_change(screen: PortalScreen, system: System) -> None:
    """Ask which of the changes of a system is meant, where there are several."""
    visit = screen.visit
    screen.ask(lambda: changes_of(visit.portal, visit.signed_in, system), partial(_choose, screen))


def _choose(screen: PortalScreen, found: list[Change]) -> None:
    changes = {each.name: each for each in found}
    if not changes:
        screen.say(lambda: _("There is nothing that you could change of this system."))
        return

    def chosen(name: str | None) -> None:
        if name is not None:
            screen.app.push_screen(ChangeScreen(screen.host, changes[name]))

    if len(changes) == 1:
        chosen(next(iter(changes)))
        return
    titles = lambda: [(name, title_of(each)) for name, each in changes.items()]  # noqa: E731
    screen.app.push_screen(ChooseDialog(lambda: _("What would you like to do?"), titles), chosen)


def _missing(name: str) -> Problem:
    return Problem(name, FieldRequired(field=name))
