"""What the audit log is made of."""

from __future__ import annotations

from engine.audit import EventName


def test_the_names_in_old_journals_are_the_names_of_today() -> None:
    assert {*EventName} == set(
        "sign-in sign-in-refused sign-out user-closed password-change"
        " password-change-refused order order-import keycode-never-issued company-add"
        " user-add user-disable user-enable user-role user-reset-password system-add"
        " systems-import system-digests key-prepare key-rotate key-withdraw backup"
        " store-copy store-copy-undone restore"
        " system-restore accounts-restore journal-cut order-lost order-settled erase"
        " catalogue-put company-edit system-edit user-edit move-proof"
        " ssh-key-add ssh-key-remove company-hold company-release user-sessions-end"
        " quote-add quote-order quote-withdraw"
        " confirm-refused"
        " request-add request-answer request-approve request-refuse request-withdraw".split()
    )
