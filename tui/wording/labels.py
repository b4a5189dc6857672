"""What the fields are called: the guide's words, the same on the screens and in messages."""

from __future__ import annotations

from tui.wording.translation import N_, _

FIELD_LABELS: dict[str, str] = {
    "equipment_id": N_("Equipment ID"),
    "items": N_("Items to order"),
    "order_reference": N_("Order reference"),
    "licensee": N_("Licensee name"),
    "address.name": N_("Name"),
    "address.line1": N_("Address"),
    "address.line2": N_("Address (2)"),
    "address.line3": N_("Address (3)"),
    "address.city": N_("City"),
    "address.zip_code": N_("Postcode"),
    "address.country": N_("Country"),
    "keycode": N_("Keycode"),
    "release": N_("Release"),
    "reason": N_("Reason"),
    "note": N_("Note"),
    "why": N_("Why"),
    "runs": N_("Product and release"),
    "new_id": N_("New Equipment ID"),
    "new_id_again": N_("The same once more"),
    "proof": N_("Proof"),
    "since_day": N_("From (date)"),
    "journal_text": N_("With the text"),
    "since": N_("Ordered on or after"),
    "company": N_("Company name"),
    "login": N_("Username"),
    "last_name": N_("Last name"),
    "first_name": N_("First name"),
    "email": N_("E-mail"),
    "role": N_("Role"),
    "discount": N_("Discount in %"),
    "four_eyes_over": N_("Second person above"),
    "model": N_("Model"),
    "ssh_key": N_("Public key (.pub)"),
    "known_key": N_("SSH key"),
    "own_password": N_("Your own password"),
    "name": N_("Company name"),
    "password": N_("Password"),
    "previous_password": N_("Current password"),
    "new_password": N_("New password"),
    "new_password_again": N_("Confirm new password"),
}
"""By the names of the order document (`engine.licences.draft_rules.LONGEST`) and of accounts."""


def field_label(field: str) -> str:
    """The label of a field in the reader's language; a part number is its own label."""
    label = FIELD_LABELS.get(field)
    return _(label) if label else field
