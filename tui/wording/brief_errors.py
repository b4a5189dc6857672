"""Errors in a few words, for the room beside a field; the message line has the whole sentence."""

from __future__ import annotations

from engine import errors
from engine.errors import PortalError
from tui.wording.formats import number
from tui.wording.translation import N_, _

BRIEFS: dict[type[PortalError], str] = {
    errors.FieldRequired: N_("required"),
    errors.FieldTooLong: N_("at most {most} characters"),
    errors.CharacterNotAllowed: N_("impossible character"),
    errors.CountryUnknown: N_("not a country"),
    errors.QuantityMalformed: N_("whole numbers only"),
    errors.QuantityTooLarge: N_("at most {most}"),
    errors.ItemOwned: N_("owned already"),
    errors.ItemCovered: N_("already included"),
    errors.ItemUnknown: N_("not offered"),
    errors.ItemNotOrdered: N_("not in this order"),
    errors.CorrectionUpwards: N_("at most {has}"),
    errors.ReasonRequired: N_("say here why"),
    errors.IdsDiffer: N_("not the same"),
    errors.PasswordTooShort: N_("at least {least} characters"),
    errors.PasswordTooLong: N_("at most {most} characters"),
    errors.PasswordTooCommon: N_("too common"),
    errors.PasswordIsName: N_("must not be a name"),
    errors.PasswordUnchanged: N_("not changed"),
    errors.ItemRetired: N_("no longer offered"),
    errors.PasswordsDiffer: N_("does not match"),
    errors.PasswordWrong: N_("wrong"),
}


def brief(error: PortalError) -> str:
    """At most 24 characters, after the mark of an error; of one that only the whole sentence
    tells, that it is wrong."""
    data = {
        name: number(value) if isinstance(value, int) else value
        for name, value in error.data.items()
    }
    return f"! {_(BRIEFS.get(type(error), N_('wrong'))).format(**data)}"
