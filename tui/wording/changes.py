"""The changes of a system after the sale: what they are called, ask and need to be confirmed."""

from __future__ import annotations

from typing import Protocol

from engine.catalogue.item import Names
from tui.wording.kinds import REASONS, reason_name
from tui.wording.labels import field_label
from tui.wording.people import ROLES, role_name
from tui.wording.translation import N_, _, language

_TITLES = {
    "upgrade": N_("Upgrade to another release"),
    "downgrade": N_("Back to an earlier release"),
    "correction": N_("Correct an order: the quantities that were meant"),
    "move": N_("Move to other hardware"),
    "transfer": N_("Transfer to another company"),
    "proof": N_("Give the proof of the move"),
    "reissue": N_("Issue new keycodes"),
    "company-add": N_("Add a company"),
    "company-terms": N_("Change discount and limit"),
    "company-hold": N_("Put on hold: it orders nothing"),
    "company-release": N_("Release: it can order again"),
    "system-add": N_("Add a system"),
    "system-edit": N_("Correct a system without orders"),
    "person-add": N_("Add somebody"),
    "person-edit": N_("Change names and e-mail"),
    "person-role": N_("Change the role"),
    "person-issue": N_("Issue a password"),
    "person-close": N_("Close the account"),
    "person-open": N_("Open the account again"),
    "person-key": N_("Add an SSH key"),
    "person-key-remove": N_("Remove an SSH key"),
    "person-sessions": N_("End all sessions"),
    "request-system": N_("Ask for a new system"),
    "request-transfer": N_("Ask for a transfer to your company"),
    "request-correction": N_("Ask for a correction: the quantities that were meant"),
    "request-move": N_("Ask the licence desk for one more move"),
    "request-approve": N_("Approve and do it"),
    "request-refuse": N_("Refuse"),
    "request-withdraw": N_("Withdraw"),
    "request-agree": N_("Agree to the transfer"),
    "request-object": N_("Object to the transfer"),
}
_CONFIRM = {
    "upgrade": N_("YES, upgrade the system"),
    "downgrade": N_("YES, bring the system back"),
    "correction": N_("YES, correct the order"),
    "move": N_("YES, move the licences"),
    "transfer": N_("YES, transfer the system"),
    "proof": N_("Give the proof of the move"),
    "reissue": N_("YES, issue new keycodes"),
}


class Named(Protocol):
    """A change, as far as words go."""

    @property
    def name(self) -> str:
        """What its words are found by."""

    @property
    def of(self) -> str:
        """The system, the order or the person that it is about."""


def title_of(change: Named) -> str:
    """What it is."""
    return _(_TITLES[change.name])


def title_above(change: Named) -> str:
    """Above its questions: of what, too."""
    return f"{title_of(change)} · {change.of}" if change.of else title_of(change)


def confirm_label(change: Named) -> str:
    """On the button."""
    return _(_CONFIRM[change.name])


def how_to_confirm(change: Named) -> str:
    """Nothing is done but by the button."""
    return _("To do it, choose “{button}”.").format(button=confirm_label(change))


class Asked(Protocol):
    """A question, as far as words go."""

    @property
    def name(self) -> str:
        """Of its field, or a part number."""

    @property
    def item(self) -> Names | None:
        """The item of that part number."""


def question_label(question: Asked) -> str:
    """Beside a field."""
    return question.item.in_language(language()) if question.item else field_label(question.name)


def choice_name(code: str) -> str:
    """A reason or a role in words; a release as it is."""
    if code in ROLES:
        return role_name(code)
    return reason_name(code) if code in REASONS else code
