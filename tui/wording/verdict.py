"""What there is to say about a keycode and a system, in the reader's language: the verdict, where
a mistake is, which keycode was probably meant, and what it unlocks.

Places are told by a mark below and by brackets, never by colour alone, and in words too: who
hears the screen has no use for marks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.catalogue.product import Catalogue, Product
from engine.inventory import Inventory
from engine.keycode.codec import Keycode, cleaned, decode
from engine.keycode.repair import Mistake, Repair
from engine.licences.order import FunctionKeycode, Order
from engine.licences.verdict import Check, Verdict
from engine.services.searching import function_keycodes
from tui.wording.deliverables import function_name
from tui.wording.errors import sentence
from tui.wording.formats import date, number
from tui.wording.marked import INDENT, marked, seen
from tui.wording.tables import table, wrapped
from tui.wording.translation import N_, _, ngettext

_MISTAKES = {
    Mistake.WRONG: N_("Character {place}: “{typed}” should be “{right}”."),
    Mistake.MISSING: N_("Character {place} is missing: “{right}”."),
    Mistake.EXTRA: N_("Character {place} is one too many: “{typed}”."),
    Mistake.SWAPPED: N_(
        "Characters {place} and {next} are swapped: “{typed}” should be “{right}”."
    ),
    Mistake.ALIKE: N_("Characters {places}: the letters “{typed}” should be the digits “{right}”."),
    Mistake.PART: N_("Characters {place} to {last} of {all} were typed."),
}

_VALID = {
    Verdict.CURRENT: N_("Valid: this keycode was issued for {equipment_id}."),
    Verdict.SUPERSEDED: N_("Valid: this keycode was issued for {equipment_id}."),
    Verdict.EARLIER_RELEASE: N_(
        "Valid for {release} only: this keycode was issued for {equipment_id} before it was"
        " upgraded to {now}."
    ),
    Verdict.WITHDRAWN_KEY: N_(
        "Genuine: this keycode was issued for {equipment_id}, but signing key {number} is"
        " withdrawn."
    ),
}


def keycode_to_give(check: Check) -> str | None:
    """The keycode that the system's owner needs now, as far as the check knows it."""
    if check.current:
        return check.current.keycode
    if check.suggestion:
        return check.suggestion.keycode
    return check.reading.keycode.text if check.valid and check.reading.keycode else None


def keycodes_now(check: Check, catalogue: Catalogue) -> list[FunctionKeycode]:
    """Those that the system has now, where the check itself does not say which is needed: the
    unique one, which is of no function, or those of its functions. None when it has none."""
    if code := keycode_to_give(check):
        return [FunctionKeycode(function="", keycode=code)]
    system = check.system
    latest = system.orders[-1] if system.orders else None
    if latest and latest.keycode:
        return [FunctionKeycode(function="", keycode=latest.keycode)]
    product = catalogue.product(system.product)
    return list(function_keycodes(system, product, system.orders))


def verdicts(checks: Sequence[tuple[Check, str]], catalogue: Catalogue, width: int) -> list[str]:
    """`check_lines` of each of several keycodes that were typed or pasted together."""
    if len(checks) == 1:
        return check_lines(*checks[0], catalogue, width)
    lines = [_("{count} keycodes, one after the other.").format(count=len(checks))]
    for place, (check, typed) in enumerate(checks, start=1):
        heading = _("Keycode {number} of {count}:").format(number=place, count=len(checks))
        lines += [
            "",
            heading,
            *marked(cleaned(typed)),
            *check_lines(check, typed, catalogue, width),
        ]
    return lines


def not_logged() -> str:
    """Of a keycode that was never issued: the licence desk would not find it in the audit log."""
    return _("It could not be noted in the audit log: tell the licence desk this too.")


def check_lines(check: Check, typed: str, catalogue: Catalogue, width: int) -> list[str]:
    """All of it, in paragraphs of at most `width` cells."""
    blocks = [list(_verdict(check, catalogue)), list(_meant(check, cleaned(typed)))]
    if not (check.valid or check.suggestion or check.current):
        blocks.append(list(_right_one(check)))
    if keycode := _that_counts(check, catalogue):
        heading = _("What it unlocks:")
        if not check.issued:
            heading = _("What it would unlock, if it were valid:")
        blocks.append([heading, *_inventory(keycode.product, keycode.inventory)])
    paragraphs = [[part for line in block for part in _fitted(line, width)] for block in blocks]
    return [line for block in paragraphs if block for line in (*block, "")][:-1]


def _verdict(check: Check, catalogue: Catalogue) -> Iterator[str]:
    equipment_id, issued = check.system.equipment_id, check.issued
    if check.valid:
        yield _(_VALID[check.verdict]).format(
            equipment_id=equipment_id,
            release=issued.release if issued else "",
            now=check.system.release,
            number=check.reading.keycode.key_number if check.reading.keycode else "",
        )
        if issued:
            yield _("Issued with {order}.").format(order=_order(issued))
        yield from _whether_current(check)
        if other_id := check.system.moved_to:
            yield _("This hardware was given up: what it had is in {equipment_id} now.").format(
                equipment_id=other_id
            )
    elif check.verdict is Verdict.PARTIAL and issued:
        yield _("A part of a keycode that was issued for {equipment_id}.").format(
            equipment_id=equipment_id
        )
        yield _("Issued with {order}.").format(order=_order(issued))
    elif check.verdict is Verdict.REPLACED_HARDWARE and issued:
        yield _(
            "Not valid here: this keycode was issued for {old}, whose place {equipment_id} has"
            " taken."
        ).format(old=issued.equipment_id, equipment_id=equipment_id)
        yield _("Issued with {order}.").format(order=_order(issued))
        yield _("The keycode to enter now:")
        yield from _codes_now(check)
    elif check.reading.error:
        yield sentence(check.reading.error, catalogue)
    elif check.verdict is Verdict.NEVER_ISSUED and check.reading.keycode:
        text = _(
            "Not valid: signed with key {number}, but never issued by this portal. Do not use it;"
            " tell the licence desk."
        )
        yield text.format(number=check.reading.keycode.key_number)
        if not check.logged:
            yield not_logged()
    else:
        text = _("Not valid: this keycode was not issued for {equipment_id}.")
        yield text.format(equipment_id=equipment_id)
        if issued and issued.equipment_id != equipment_id:
            text = _("It is a keycode of {equipment_id}: {order}.")
            yield text.format(equipment_id=issued.equipment_id, order=_order(issued))


def _whether_current(check: Check) -> Iterator[str]:
    if check.current is None:
        if check.verdict is Verdict.WITHDRAWN_KEY:
            yield _("None has replaced it yet: ask the licence desk for a new one.")
        else:
            yield _("This is the current keycode: none has replaced it.")
        return
    text = _("No longer the current one: {order} has replaced it. The current keycode:")
    yield text.format(order=_order(check.current))
    yield from _codes_now(check)


def _codes_now(check: Check) -> Iterator[str]:
    """The keycode that the system has now; of a product whose functions have their own, that of
    the function in question."""
    if (order := check.current) is None:
        return
    functions = set(check.reading.keycode.inventory) if check.reading.keycode else set()
    codes = [code.keycode for code in order.function_keycodes if code.function in functions]
    for code in codes or [order.keycode or ""]:
        yield from marked(code)


def _order(order: Order) -> str:
    return _("order {number} of {date}").format(number=order.number, date=date(order.placed_at))


def _meant(check: Check, typed: str) -> Iterator[str]:
    """What was typed and what was meant, the characters that differ marked."""
    meant, error = check.suggestion, check.reading.error
    if meant:
        yield _("You typed:")
        yield from marked(typed, meant.typed)
        yield _("The whole keycode:") if meant.mistake is Mistake.PART else _("Did you mean:")
        yield from marked(meant.keycode, meant.right)
        yield _mistake(meant, typed)
        if check.current:
            yield from _whether_current(check)
    elif error and error.text:
        yield _("You typed:")
        yield from marked(error.text, (error.position,))


def _right_one(check: Check) -> Iterator[str]:
    """Whatever was typed, what the system has."""
    latest = check.system.orders[-1] if check.system.orders else None
    if latest and latest.keycode:
        text = _("The keycode that {equipment_id} has now:")
        yield text.format(equipment_id=check.system.equipment_id)
        yield from marked(latest.keycode)


def _mistake(meant: Repair, typed: str) -> str:
    places = meant.typed or meant.right
    if meant.mistake is Mistake.SEVERAL:
        return _how_many(max(len(meant.typed), len(meant.right)))
    return _(_MISTAKES[meant.mistake]).format(
        place=places[0],
        next=places[-1],
        last=places[-1],
        all=len(meant.keycode),
        places=", ".join(map(str, places)),
        typed="".join(seen(typed[place - 1]) for place in meant.typed),
        right="".join(meant.keycode[place - 1] for place in meant.right),
    )


def _how_many(mistakes: int) -> str:
    return ngettext(
        "{count} character is wrong, missing or one too many: it is marked.",
        "{count} characters are wrong, missing or too many: they are marked.",
        mistakes,
    ).format(count=mistakes)


def _that_counts(check: Check, catalogue: Catalogue) -> Keycode | None:
    """The one whose functions are worth showing: with a slip of the hand in it, the one meant."""
    return (
        decode(check.suggestion.keycode, catalogue) if check.suggestion else check.reading.keycode
    )


def _inventory(product: Product, inventory: Inventory) -> list[str]:
    rows = [(function_name(product, key), number(n)) for key, n in inventory.items()]
    return table([(_("Functions"), _("Quantities")), *rows], right=(1,))


def _fitted(line: str, width: int) -> list[str]:
    return [line] if line.startswith(INDENT) else wrapped(line, width)
