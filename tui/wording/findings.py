"""What a check has found, as sentences in the reader's language."""

from __future__ import annotations

from engine.findings import Finding
from tui.wording.reasons import system_reason
from tui.wording.stored_text import clipped
from tui.wording.translation import N_, _

SENTENCES: dict[str, str] = {
    # Files
    "damaged-seal": N_(
        "“{place}” is damaged: its seal is broken. To repair: `restore FILE --damaged`."
    ),
    "damaged-json": N_(
        "“{place}” is damaged: it is incomplete. To repair: `restore FILE --damaged`."
    ),
    "damaged-shape": N_(
        "“{place}” is damaged: its contents are wrong. To repair: `restore FILE --damaged`."
    ),
    "damaged-io": N_(
        "“{place}” is missing or cannot be read. To repair: `restore FILE --damaged`."
    ),
    "damaged-kind": N_("“{place}” is not a regular file. To repair: `restore FILE --damaged`."),
    "damaged-size": N_("“{place}” is far too large. To repair: `restore FILE --damaged`."),
    "unreadable": N_("“{place}” cannot be read: {reason}."),
    "too-new": N_("“{place}” was written by a newer version of the portal: install that version."),
    "misplaced": N_("“{place}” does not belong in this folder: the portal will not find it."),
    "document-missing": N_(
        "“{place}” is missing: orders were placed for that system. To"
        " repair: `restore FILE --damaged`."
    ),
    # Systems
    "product-unknown": N_("{place}: the catalogue has no product “{product}”."),
    "release-unknown": N_("{place}: the product has no release “{release}”."),
    "company-unknown": N_("{place}: there is no company with the id “{company}”."),
    "order-count": N_("{place}: not all its orders are there."),
    # Orders
    "order-number": N_("Order {place} is where order {wanted} should be."),
    "order-other": N_("Order {place} is of another system or product."),
    "inventory": N_(
        "Order {place}: its inventory is not what was there before and what was ordered."
    ),
    "keycode-missing": N_("Order {place}: a keycode is missing."),
    "keycode-wrong": N_("Order {place}: its keycode was not issued for this system."),
    "keycode-key": N_(
        "Order {place}: its keycode was signed with key {key}, which is not there:"
        " put the keys back."
    ),
    "keycode-inventory": N_("Order {place}: its keycode unlocks something else."),
    "no-line": N_("Order {place}: the audit log does not know it."),
    "order-lost": N_("Order {place} is lost: the audit log knows it, the system does not."),
    "order-to-repeat": N_(
        "Order {place} was lost with a damaged file, and its keycodes were delivered. Order it"
        " again, then `check --settle {place}`."
    ),
    "order-changed": N_(
        "Order {place} was changed after it was placed: it differs from the audit log."
    ),
    "line-alone": N_(
        "Order {place} was begun and not placed, as when the program is killed: harmless."
    ),
    # The audit log
    "journal-changed": N_("Audit log: line {line} was changed ({place})."),
    "journal-removed": N_("Audit log: lines before line {line} were removed ({place})."),
    "journal-moved": N_("Audit log: line {line} was put in or moved ({place})."),
    "journal-cut": N_("Audit log: lines at its end are gone (“{place}”)."),
    # The rest
    "user-company": N_("User {place}: there is no such company."),
    "user-missing": N_(
        "User {place} is missing, although the audit log knows them. `restore FILE --damaged`."
    ),
    "user-password": N_(
        "User {place}: the stored password is damaged and cannot be used. To repair: `user "
        "reset-password`."
    ),
    "user-role": N_(
        "User {place}: the role is “{role}”, and the audit log says “{wanted}”."
        " `user role` sets it."
    ),
    "index-repaired": N_("The search index was out of date and has been rebuilt: harmless."),
    "store-open": N_("Others can read “{place}”: its mode is {mode}, and should be 0700."),
    "few-files": N_("The disk of “{place}” has room for only {files} more files."),
    "little-room": N_("The disk of “{place}” has only {megabytes} MB left."),
}
"""By `engine.findings.Finding.code`."""


def finding_sentence(finding: Finding) -> str:
    """What to say about a finding."""
    data = {name: clipped(value, 80) for name, value in finding.data.items()}
    if "reason" in data:
        data["reason"] = system_reason(data["reason"])
    return _(SENTENCES[finding.code]).format(place=clipped(finding.place, 1000), **data)
