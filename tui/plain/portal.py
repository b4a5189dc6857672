"""The portal as a conversation: coming, the menu, going."""

from __future__ import annotations

from collections.abc import Callable

from engine.accounts.people import Right
from engine.errors import PasswordChangeDue, PortalError, SessionEnded
from engine.licences.order import Draft
from tui.plain import (
    changes,
    check_keycode,
    desk,
    latest,
    login,
    orders,
    password,
    people,
    quotes,
    reading,
    reports,
    requests,
    search,
)
from tui.plain.dialogue import Back, Dialogue
from tui.plain.order import OrderJob
from tui.visit.quotes import how_many_wait as how_many_quotes_wait
from tui.visit.requests import waiting_for
from tui.visit.visit import Visit, log_out
from tui.wording.errors import company_on_hold, only_reads, sentence
from tui.wording.quotations import quotes_waiting
from tui.wording.requests import how_many_wait
from tui.wording.translation import _, language, set_language
from tui.wording.unfinished_orders import (
    logged_out,
    unfinished_line,
    unfinished_unread,
    what_can_be_resumed,
    what_was_closed,
)


class PlainPortal:
    """One reader's portal, from the first login to the last logout."""

    def __init__(self, visit: Visit, dialogue: Dialogue) -> None:
        self._visit = visit
        self._dialogue = dialogue
        self._resumable: list[Draft] = []
        """The orders that can be gone on with."""
        dialogue.heard = self._heard
        dialogue.language_chosen = self._remember_language

    def run(self) -> None:
        """Until somebody leaves. Raises `InputEnded`."""
        login.welcome(self._visit, self._dialogue)
        while login.log_in(self._visit, self._dialogue):
            self._begin()
            self._session()

    def input_ended(self) -> None:
        """Nobody answers any more: what is said is said to whoever reads the output."""
        self._dialogue.end_line()
        if self._visit.session is not None:
            try:
                self._log_out(keep=True)
            except PortalError as error:
                self._say_error(error)

    # A session

    def _begin(self) -> None:
        if self._visit.language is not None:
            set_language(self._visit.language)
        if self._visit.only_reads:
            self._dialogue.say(only_reads())
        elif self._visit.portal.access.is_on_hold(self._visit.signed_in):
            self._dialogue.say(company_on_hold())
        elif not self._visit.order_flow.reads_unfinished():
            self._dialogue.say(unfinished_unread())

    def _session(self) -> None:
        while self._visit.session is not None:
            try:
                self._next_job()
            except SessionEnded as ended:
                self._visit.keep_draft()
                self._visit.expect_again(ended)
                self._visit.end()
                self._say_error(ended)
            except PasswordChangeDue:
                self._visit.user = self._visit.portal.own_account.user(self._visit.signed_in)
            except PortalError as error:
                self._say_error(error)

    def _next_job(self) -> None:
        visit, dialogue = self._visit, self._dialogue
        if visit.change_due:
            self._change_due()
            return
        flow = visit.order_flow
        if closed := flow.closed():
            dialogue.say(what_was_closed(closed))
        if waiting := waiting_for(visit.portal, visit.signed_in):
            dialogue.say(how_many_wait(len(waiting)))
        if count := how_many_quotes_wait(visit.portal, visit.signed_in):
            dialogue.say(quotes_waiting(count))
        self._resumable = flow.resumable(flow.unfinished())
        dialogue.page = "home"
        try:
            number = dialogue.choose(lambda: _("What would you like to do?"), self._choices)
            self._jobs()[number][1]()
        except Back:
            return

    def _choices(self) -> dict[str, str]:
        return {number: label for number, (label, _job) in self._jobs().items()}

    def _jobs(self) -> dict[str, reading.Job]:
        """Numbers stay the same, whatever is offered: they are learnt by heart."""
        visit, dialogue = self._visit, self._dialogue
        order = OrderJob(visit, dialogue)
        may_order, drafts = visit.may(Right.ORDER), self._resumable
        jobs: dict[str, reading.Job] = {}
        if may_order:
            jobs["1"] = (_("New order"), order.begin)
        if may_order and drafts:
            jobs["2"] = (what_can_be_resumed(drafts), lambda: self._resume(order))
        if visit.may(Right.SEARCH):
            jobs["3"] = (_("Find a keycode"), lambda: search.search(visit, dialogue))
            jobs["4"] = (_("Latest orders of your company"), self._latest(order))
        jobs["5"] = (_("Change password"), lambda: password.change(visit, dialogue))
        jobs |= dict(reading.jobs(visit.portal.settings, dialogue))
        jobs["10"] = (_("Français"), dialogue.change_language)
        if visit.may(Right.SEARCH):
            jobs["11"] = (_("Check a keycode"), lambda: check_keycode.check(visit, dialogue))
            jobs["12"] = (_("Search for orders"), lambda: orders.find(visit, dialogue))
        if may_order:
            jobs["13"] = (_("Change a system"), lambda: changes.begin(visit, dialogue))
        if visit.may(Right.REPORT):
            jobs["14"] = (_("Reports"), lambda: reports.show(visit, dialogue))
        if visit.may(Right.PEOPLE):
            jobs["15"] = (_("People of your company"), lambda: people.look_after(visit, dialogue))
        if visit.may(Right.SEARCH):
            jobs["16"] = (
                _("Requests to the licence desk"),
                lambda: requests.look_through(visit, dialogue),
            )
            jobs["17"] = (_("Quotes"), lambda: quotes.look_through(visit, dialogue))
        if visit.may(Right.JOURNAL):
            jobs["18"] = (_("Licence desk"), lambda: desk.work(visit, dialogue))
        jobs["0"] = (_("Log out"), self._leave)
        return jobs

    def _latest(self, order: OrderJob) -> Callable[[], None]:
        again = order.again if self._visit.may(Right.ORDER) else None
        return lambda: latest.show(self._visit, self._dialogue, again)

    def _resume(self, order: OrderJob) -> None:
        drafts = {str(number): draft for number, draft in enumerate(self._resumable, 1)}
        number = "1"
        if len(drafts) > 1:
            number = self._dialogue.choose(
                lambda: _("Which order?"),
                lambda: {key: unfinished_line(draft) for key, draft in drafts.items()},
            )
        order.resume(drafts[number])

    def _change_due(self) -> None:
        self._say_error(PasswordChangeDue())
        try:
            password.change(self._visit, self._dialogue)
        except Back:
            self._log_out(keep=True)

    # Going

    def _leave(self) -> None:
        draft = self._visit.draft
        if draft is None:
            self._log_out(keep=True)
            return
        text = _("An order for {id} is in progress. Keep it for later?")
        answer = self._dialogue.choose(
            lambda: text.format(id=draft.equipment_id),
            lambda: {
                "1": _("Keep it and log out"),
                "2": _("Discard it and log out"),
                "3": _("Stay"),
            },
        )
        if answer != "3":
            self._log_out(keep=answer == "1")

    def _log_out(self, *, keep: bool) -> None:
        """Raises what the store says when the order cannot be kept."""
        visit, draft = self._visit, self._visit.draft
        settled = log_out(visit.portal, visit.signed_in, visit.order_flow, keep=keep)
        if keep and draft is not None:
            text = _("The order for {id} is kept for later.")
            self._dialogue.say(text.format(id=draft.equipment_id))
        visit.end()
        self._dialogue.say(logged_out(settled), "")

    # What happens between questions

    def _heard(self) -> None:
        """Somebody is there, unless he was away for too long. Raises `SessionEnded`."""
        if self._visit.session is not None:
            self._visit.portal.access.require_signed_in(self._visit.session)

    def _remember_language(self) -> None:
        if self._visit.session is not None:
            self._visit.portal.own_account.remember_language(self._visit.session, language())

    def _say_error(self, error: PortalError) -> None:
        self._dialogue.say(sentence(error, self._visit.portal.catalogue))
