"""Making and checking keycodes, beside the one HMAC that each holds."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterator

from engine.catalogue.toml_files import CATALOGUE_FOLDER, load_catalogue
from engine.keycode.issuing import issue
from engine.keycode.signing import KeyRing
from engine.keycode.verifying import verify
from tests.bench.figures import Figure, in_turns, ratio

KEY = bytes(range(32))
SYSTEM, RELEASE = "03FFFF0302AD4", "R5.1"
INVENTORY = {
    **dict.fromkeys(("iae-forward", "iae-group", "iae-greeting", "break-in", "cdr"), 1),
    "sip-trunk": 8,
    "cordless": 57,
    "i2052-cti": 5,
    "directory": 1,
    "any-type": 5,
}
TIMES = 200


def keycodes() -> Iterator[Figure]:
    """Expand, encode, sign; decode and verify."""
    catalogue, ring = load_catalogue(CATALOGUE_FOLDER), KeyRing({1: KEY})
    product = catalogue.products["aastra5000"]
    known = {function.key for function in product.functions}
    inventory = {key: quantity for key, quantity in INVENTORY.items() if key in known}
    code = issue(product, RELEASE, SYSTEM, inventory, ring)
    assert verify(code, catalogue, ring, SYSTEM, RELEASE).genuine
    message = "\0".join(("keycode/1", "442", RELEASE, SYSTEM, "0" * 68)).encode()
    floor, made, checked = in_turns(
        25,
        repeated(lambda: hmac.new(KEY, message, "sha256").hexdigest()),
        repeated(lambda: issue(product, RELEASE, SYSTEM, inventory, ring)),
        repeated(lambda: verify(code, catalogue, ring, SYSTEM, RELEASE)),
    )
    yield ratio("a keycode made", floor / TIMES, made / TIMES, 10)
    yield ratio("a keycode read and verified", floor / TIMES, checked / TIMES, 10)


def repeated(work: Callable[[], object]) -> Callable[[], None]:
    """Often enough to be measured."""

    def repeat() -> None:
        for _ in range(TIMES):
            work()

    return repeat
