"""What a check has found, as sentences in the reader's language."""

from __future__ import annotations

from engine.findings import Finding, FindingCode
from tui.wording.reasons import system_reason
from tui.wording.store_errors import of_another
from tui.wording.stored_text import clipped
from tui.wording.translation import N_, _

SENTENCES: dict[FindingCode, str] = {
    # Files
    FindingCode.DAMAGED_SEAL: N_(
        "“{place}” is damaged: its seal is broken. To repair: `restore FILE --damaged`."
    ),
    FindingCode.DAMAGED_JSON: N_(
        "“{place}” is damaged: it is incomplete. To repair: `restore FILE --damaged`."
    ),
    FindingCode.DAMAGED_SHAPE: N_(
        "“{place}” is damaged: its contents are wrong. To repair: `restore FILE --damaged`."
    ),
    FindingCode.DAMAGED_IO: N_(
        "“{place}” is missing or cannot be read. To repair: `restore FILE --damaged`."
    ),
    FindingCode.DAMAGED_KIND: N_(
        "“{place}” is not a regular file. To repair: `restore FILE --damaged`."
    ),
    FindingCode.DAMAGED_SIZE: N_(
        "“{place}” is far too large. To repair: `restore FILE --damaged`."
    ),
    FindingCode.UNREADABLE: N_("“{place}” cannot be read: {reason}."),
    FindingCode.TOO_NEW: N_(
        "“{place}” was written by a newer version of the portal: install that version."
    ),
    FindingCode.MISPLACED: N_(
        "“{place}” does not belong in this folder: the portal will not find it."
    ),
    FindingCode.DOCUMENT_MISSING: N_(
        "“{place}” is missing: orders were placed for that system. To"
        " repair: `restore FILE --damaged`."
    ),
    # Systems
    FindingCode.SYSTEM_CHANGED: N_(
        "{place} was changed after it was added: company, product, model or release differs from"
        " the audit log."
    ),
    FindingCode.SYSTEM_MISSING: N_(
        "“{place}” is missing: the audit log says that this system was added. To"
        " repair: `restore FILE --damaged`."
    ),
    FindingCode.PRODUCT_UNKNOWN: N_("{place}: the catalogue has no product “{product}”."),
    FindingCode.RELEASE_UNKNOWN: N_("{place}: the product has no release “{release}”."),
    FindingCode.COMPANY_UNKNOWN: N_("{place}: there is no company with the id “{company}”."),
    FindingCode.ORDER_COUNT: N_("{place}: not all its orders are there."),
    # Orders
    FindingCode.ORDER_NUMBER: N_("Order {place} is where order {wanted} should be."),
    FindingCode.ORDER_OTHER: N_("Order {place} is of another system or product."),
    FindingCode.INVENTORY: N_(
        "Order {place}: its inventory is not what was there before and what was ordered."
    ),
    FindingCode.KEYCODE_MISSING: N_("Order {place}: a keycode is missing."),
    FindingCode.KEYCODE_WRONG: N_("Order {place}: its keycode was not issued for this system."),
    FindingCode.KEYCODE_KEY: N_(
        "Order {place}: its keycode was signed with key {key}, which is not there:"
        " put the keys back."
    ),
    FindingCode.MOVE_HALF: N_(
        "Order {place}: the other side of this move, in {other}, is missing or is not the same."
    ),
    FindingCode.KEYCODE_INVENTORY: N_("Order {place}: its keycode unlocks something else."),
    FindingCode.NO_LINE: N_("Order {place}: the audit log does not know it."),
    FindingCode.ORDER_LOST: N_(
        "Order {place} is lost: the audit log knows it, the system does not."
    ),
    FindingCode.ORDER_TO_REPEAT: N_(
        "Order {place} was lost with a damaged file, and its keycodes were delivered. Order it"
        " again, then `check --settle {place}`."
    ),
    FindingCode.ORDER_CHANGED: N_(
        "Order {place} was changed after it was placed: it differs from the audit log."
    ),
    FindingCode.LINE_ALONE: N_(
        "Order {place} was begun and not placed, as when the program is killed: harmless."
    ),
    # The audit log
    FindingCode.JOURNAL_CHANGED: N_("Audit log: line {line} was changed ({place})."),
    FindingCode.JOURNAL_REMOVED: N_("Audit log: lines before line {line} were removed ({place})."),
    FindingCode.JOURNAL_MOVED: N_("Audit log: line {line} was put in or moved ({place})."),
    FindingCode.JOURNAL_CUT: N_("Audit log: lines at its end are gone (“{place}”)."),
    # The rest
    FindingCode.USER_COMPANY: N_("User {place}: there is no such company."),
    FindingCode.SERVER_FSYNC: N_(
        "{place} does not wait for its disk (fsync is off): a power cut may take confirmed orders."
    ),
    FindingCode.SERVER_CHECKSUMS: N_(
        "{place} has no data checksums: damage on its disk is found late, or never."
    ),
    FindingCode.SERVER_COMMIT: N_(
        "{place} does not wait for a standby (synchronous_commit is “{value}”)."
    ),
    FindingCode.SERVER_ALONE: N_(
        "{place} has no synchronous standby: if it is lost, orders since its last backup are."
    ),
    FindingCode.SERVER_CLOCK: N_(
        "{place}: its clock and this machine's are {seconds} seconds apart."
    ),
    FindingCode.SSH_KEY_USER: N_(
        "SSH key {place} belongs to “{other}”, who is not there: it opens nothing."
    ),
    FindingCode.PAPER_MISSING: N_(
        "{place} is missing, although the audit log knows it. `restore FILE --damaged`."
    ),
    FindingCode.USER_MISSING: N_(
        "User {place} is missing, although the audit log knows them. `restore FILE --damaged`."
    ),
    FindingCode.USER_PASSWORD: N_(
        "User {place}: the stored password is damaged and cannot be used. To repair: `user "
        "reset-password`."
    ),
    FindingCode.USER_ROLE: N_(
        "User {place}: the role is “{role}”, and the audit log says “{wanted}”."
        " `user role` sets it."
    ),
    FindingCode.CATALOGUE_CHANGED: N_("“{place}” is not the catalogue that was put."),
    FindingCode.INDEX_REPAIRED: N_(
        "The search index was out of date and has been rebuilt: harmless."
    ),
    FindingCode.STORE_OPEN: N_(
        "Others can read “{place}”: its mode is {mode}, and should be 0700."
    ),
    FindingCode.FEW_FILES: N_("The disk of “{place}” has room for only {files} more files."),
    FindingCode.LITTLE_ROOM: N_("The disk of “{place}” has only {megabytes} MB left."),
}


def finding_sentence(finding: Finding) -> str:
    """What to say about a finding."""
    if "owner" in finding.data:
        owner, user = int(finding.data["owner"]), int(finding.data["user"])
        return of_another(finding.place, owner, user)
    data = {name: clipped(value, 80) for name, value in finding.data.items()}
    if "reason" in data:
        data["reason"] = system_reason(data["reason"])
    return _(SENTENCES[finding.code]).format(place=clipped(finding.place, 1000), **data)
