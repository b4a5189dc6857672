"""A system after the sale: the questions of a change, what it would be, the word that does it."""

from __future__ import annotations

from uuid import uuid4

from engine.accounts.people import Right
from engine.errors import (
    BadValue,
    EquipmentIdMalformed,
    MovesUsedUp,
    OrderRefused,
    OutcomeUnknown,
    PortalError,
    StoreBusy,
    SystemUnknown,
    WriteFailed,
)
from engine.licences.order import OrderKind
from engine.licences.plans import Plan
from engine.ports import Placement
from engine.services.searching import SystemRecord
from tui.plain.dialogue import Dialogue, prompt
from tui.plain.questions import answer
from tui.plain.requests import do
from tui.visit.changes import Correction, changes_of, may_correct
from tui.visit.handing_on import Proof, is_unproved
from tui.visit.questions import Answers, Change
from tui.visit.requests import RequestDeed, asking_for_correction, asking_for_move
from tui.visit.visit import Visit
from tui.wording.changes import title_above, title_of
from tui.wording.errors import reason_lines, sentence
from tui.wording.labels import field_label
from tui.wording.order import keycode_of_order, page_of_order
from tui.wording.plans import plan_page
from tui.wording.translation import _


def begin(visit: Visit, dialogue: Dialogue) -> None:
    """Which system, and which of its changes. Raises `Back`."""
    dialogue.page = "change-upgrade"
    searching, session = visit.portal.searching, visit.signed_in
    while typed := dialogue.ask(lambda: prompt(field_label("equipment_id"))):
        try:
            record = searching.by_equipment_id(session, typed)
        except (EquipmentIdMalformed, SystemUnknown) as error:
            dialogue.say(sentence(error))
        else:
            _offer(visit, dialogue, record)
            return


def _offer(visit: Visit, dialogue: Dialogue, record: SystemRecord) -> None:
    portal, session = visit.portal, visit.signed_in
    changes: list[Change | RequestDeed] = [*changes_of(portal, session, record.system)]
    changes += [
        Correction(portal, session, order) for order in record.orders if may_correct(session, order)
    ]
    if visit.may(Right.MOVE):
        changes += [Proof(portal, session, order) for order in record.orders if is_unproved(order)]
    if visit.may(Right.ORDER) and not visit.may(Right.CORRECT):
        corrigible = [o for o in record.orders if o.kind is OrderKind.ORDER and o.lines]
        changes += [asking_for_correction(portal, session, order) for order in corrigible]
    if not changes:
        dialogue.say(_("There is nothing that you could change of this system."))
        return

    def choices() -> dict[str, str]:
        titles = {str(number): _label(each) for number, each in enumerate(changes, 1)}
        return titles | {"0": _("Back")}

    answer = dialogue.choose(lambda: _("What would you like to do?"), choices)
    if answer != "0":
        chosen = changes[int(answer) - 1]
        if isinstance(chosen, RequestDeed):
            do(visit, dialogue, chosen)
        else:
            _make(visit, dialogue, chosen)


def _label(change: Change | RequestDeed) -> str:
    of_order = isinstance(change, Correction | Proof | RequestDeed)
    return title_above(change) if of_order else title_of(change)


def _make(visit: Visit, dialogue: Dialogue, change: Change) -> None:
    dialogue.page = change.page
    dialogue.say("", title_above(change))
    while True:
        answers = {question.name: answer(dialogue, question) for question in change.questions()}
        try:
            if change.direct:
                placement = change.do(answers, uuid4().hex)
            else:
                placement = _confirmed(dialogue, change, answers, change.plan(answers))
        except (BadValue, OrderRefused) as error:
            dialogue.say(*reason_lines(error, visit.portal.catalogue))
            continue
        except MovesUsedUp as error:
            dialogue.say(sentence(error))
            _offer_to_ask(visit, dialogue, change, answers)
            return
        break
    record, order = visit.portal.searching.order(visit.signed_in, placement.order.number)
    page = page_of_order(record, order)
    dialogue.say("", keycode_of_order(record, order), "", *page, "")


def _offer_to_ask(visit: Visit, dialogue: Dialogue, change: Change, answers: Answers) -> None:
    """The licence desk can make one more move."""
    deed = asking_for_move(visit.portal, visit.signed_in, change.of, answers)
    chosen = dialogue.choose(
        lambda: _("What would you like to do?"), lambda: {"1": title_of(deed), "0": _("Back")}
    )
    if chosen == "1":
        do(visit, dialogue, deed)


def _confirmed(dialogue: Dialogue, change: Change, answers: Answers, plan: Plan) -> Placement:
    """However often the word is typed, it is done once."""
    request_id, again = uuid4().hex, False
    while True:
        dialogue.drop_typed_ahead()
        typed = dialogue.ask(_question, lambda: ["", *plan_page(plan), ""], again=again)
        again = True
        if typed.casefold() != _("YES").casefold():
            dialogue.say(_("Nothing is done yet."))
            continue
        try:
            return change.do(answers, request_id, plan.total)
        except (StoreBusy, WriteFailed, OutcomeUnknown) as error:
            _say(dialogue, error)


def _say(dialogue: Dialogue, error: PortalError) -> None:
    dialogue.say(*reason_lines(error))


def _question() -> str:
    return _("To do this, type the word {word}; < goes back:").format(word=_("YES"))
