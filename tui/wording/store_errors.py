"""What to say about the store, its keys and the system, where it takes more than a template."""

from __future__ import annotations

import shlex

from engine.errors import (
    CopyDiffers,
    DocumentDamaged,
    KeyDamaged,
    KeysMissing,
    KeysOfAnother,
    KeysTooOpen,
    KeysUnreadable,
    LongWork,
    OutcomeUnknown,
    OwnerWrong,
    StoreBusy,
    SystemRefused,
    Unfinished,
)
from tui.wording import reasons
from tui.wording.error_sentences import OUTCOMES, sentence_of
from tui.wording.stored_text import clipped
from tui.wording.translation import N_, _, ngettext
from tui.wording.unix_users import user_name


@sentence_of.register
def _busy(error: StoreBusy) -> str:
    said = N_("Another process is working on {what}. Nothing was changed; try again in a moment.")
    if error.holder:
        said = N_(
            "Process {holder} is working on {what}. Nothing was changed; try again in a moment."
        )
    return _(said).format(holder=error.holder, what=clipped(error.what))


CONTENTS = {
    "systems": N_("systems"),
    "companies": N_("companies"),
    "users": N_("users"),
    "ssh keys": N_("SSH keys"),
    "drafts": N_("unfinished orders"),
    "audit log": N_("lines of the audit log"),
    "catalogue": N_("catalogue"),
    "signing key": N_("number of the signing key"),
    "withdrawn keys": N_("withdrawn keys"),
}
"""What is in a store, by the names that a copy has for it."""


@sentence_of.register
def _differs(error: CopyDiffers) -> str:
    return _(
        "Nothing was copied: what arrived is not what was sent ({what}). Run `check` on the store."
    ).format(what=_(CONTENTS[error.what]))


@sentence_of.register
def _outcome(error: OutcomeUnknown) -> str:
    reason = reasons.system_reason(error.reason)
    return _(OUTCOMES[error.what]).format(reason=reason, path=clipped(error.path, 1000))


@sentence_of.register
def _unfinished(error: Unfinished) -> str:
    if error.what is LongWork.ERASE:
        said = ngettext(
            "Not finished: names and addresses are erased from {count} order so far. Run the same"
            " command again to go on.",
            "Not finished: names and addresses are erased from {count} orders so far. Run the same"
            " command again to go on.",
            error.done,
        )
    else:
        said = ngettext(
            "Not finished: {count} file is put back so far. Run the same command again to go on.",
            "Not finished: {count} files are put back so far. Run the same command again to go on.",
            error.done,
        )
    return said.format(count=error.done)


@sentence_of.register
def _damaged(error: DocumentDamaged) -> str:
    return _(
        "The file “{path}” is damaged ({reason}): put it back from a backup."
        " Others are not affected."
    ).format(path=clipped(error.path, 1000), reason=_(reasons.DAMAGE[error.reason]))


@sentence_of.register
def _system(error: SystemRefused) -> str:
    said = N_("The system refuses: {reason}.")
    if error.path:
        said = N_("“{path}”: the system refuses, {reason}.")
    return _(said).format(
        path=clipped(error.path, 1000), reason=reasons.system_reason(error.reason)
    )


@sentence_of.register
def _owner(error: OwnerWrong) -> str:
    return of_another(error.path, error.owner, error.user)


@sentence_of.register
def _keys_of_another(error: KeysOfAnother) -> str:
    """All keys are given over, whatever file was met first."""
    file = _file(error.path, error.name)
    return of_another(file, error.owner, error.user, give=error.path)


def of_another(path: str, owner: int, user: int, give: str = "") -> str:
    """Whose a file is that `user`, who runs the portal, may not read, and how all of `give` (the
    file itself) is given over. Users by their numbers."""
    said = N_("“{path}” belongs to {owner}: run the portal as {owner}, not as {user}.")
    if user:
        said = N_(
            "“{path}” belongs to {owner}; the portal runs as {user}. As"
            " root: `chown -R {user} {quoted}`."
        )
    return _(said).format(
        path=clipped(path, 1000),
        quoted=shlex.quote(clipped(give or path, 1000)),
        owner=user_name(owner),
        user=user_name(user),
    )


@sentence_of.register
def _keys_missing(error: KeysMissing) -> str:
    return _("“{file}” is missing: put back your copy of the keys.").format(
        file=_file(error.path, error.name)
    )


@sentence_of.register
def _key_damaged(error: KeyDamaged) -> str:
    return _("“{file}” is damaged: put back your copy of the keys.").format(
        file=_file(error.path, error.name)
    )


@sentence_of.register
def _keys_unreadable(error: KeysUnreadable) -> str:
    return _("“{file}” could not be read: {reason}.").format(
        file=_file(error.path, error.name), reason=reasons.system_reason(error.reason)
    )


@sentence_of.register
def _keys_too_open(error: KeysTooOpen) -> str:
    file = _file(error.path, error.name)
    return _(
        "The mode of “{file}” is {mode}, which allows too much: `chmod {wanted} {quoted}`."
    ).format(file=file, mode=error.mode, wanted=error.wanted, quoted=shlex.quote(file))


def _file(folder: str, name: str) -> str:
    """A key, or the folder of all of them."""
    return f"{clipped(folder, 1000)}/{clipped(name)}".rstrip("/")
