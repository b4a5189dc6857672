"""What the readers of the portal do with what nobody meant.

    python -m tests.bench.fuzzing [--count 20000] [--seed 1]

Each reader gets that many inputs: right ones with bytes changed, put in, taken out, doubled or
cut off, and some that are chance alone. It answers, or refuses with one of the portal's own errors;
whatever else it does is a crash, printed with the input, and the exit status is 1. The same seed
gives the same inputs.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from engine.assembly import Portal, open_demo
from engine.catalogue.toml_files import CATALOGUE_FOLDER, load_catalogue, load_product
from engine.demo import DEMO_FOLDER
from engine.documents.order_json import read_order_document
from engine.documents.systems_csv import read_systems
from engine.errors import PortalError
from engine.keycode.codec import decode
from engine.licences.system import System, parse_equipment_id
from engine.services.bulk_ordering import plan_orders
from engine.settings import Settings, load_settings
from engine.store.folder.documents import body_of, sealed, tables_of
from engine.store.folder.system_rows import system_of
from tests.bench.sides import say
from tui.wording.tables import table

GUIDE_ID = "03FFFF0302AD4"
SYSTEM_ROW = {
    "equipment_id": GUIDE_ID,
    "product": "aastra5000",
    "release": "R5.1",
    "company_id": "demo",
}
DOCUMENT = sealed({"system": {GUIDE_ID: SYSTEM_ROW}, "orders": {}})
SYSTEMS = b"equipment_id,product,release,company\n03FFFF0302AD5,aastra5000,R5.1,Demo Telecom\n"
ORDERS = (
    b"equipment_id,order_reference,licensee,city,country,BHW1063A,BHW1095A\n"
    b"03FFFF0302AD4,2125469-65891,John Smith,Guyancourt,FR,1,8\n"
)
SETTINGS = b'retention_months = 60\nlanguage = "fr"\nidle_minutes = 15\n'
TOKENS = (
    *(b"\x00", b"\xff", b'"', b"'", b",", b";", b"\n", b"\r", b"{", b"[", b"#", b"null"),
    *(b"9" * 30, b"-1", b"1e999", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\x1b[2J"),
    *("ß\u202e٣".encode(), b"[" * 50_000, b"{" * 50_000, b'{"a":' * 50_000),
)
"""What is put in: what formats and terminals take for more than a character."""


class Reader(NamedTuple):
    """One way into the portal."""

    name: str
    right: bytes
    """What it takes without a word."""
    read: Callable[[bytes], object]


class Result(NamedTuple):
    """What came of one reader."""

    accepted: int
    refused: int
    crashes: list[tuple[bytes, Exception]]
    seconds: float


def readers(portal: Portal, folder: Path) -> list[Reader]:
    """All of them; files are written into `folder`."""
    catalogue = load_catalogue(CATALOGUE_FOLDER)
    session = portal.signing_in.act_as("Demo Telecom", "jsmith", "fuzzing")
    system = portal.searching.by_equipment_id(session, GUIDE_ID)
    keycode = next(order.keycode for order in reversed(system.orders) if order.keycode)
    product = min(CATALOGUE_FOLDER.glob("*.toml"))
    file = folder / "input"

    def from_file(read: Callable[[Path], object]) -> Callable[[bytes], object]:
        def written(data: bytes) -> object:
            file.write_bytes(data)
            return read(file)

        return written

    def make(equipment_id: str, product: str, release: str, name: str, model: str) -> System:
        company = portal.administration.company(name)
        return portal.registering.new_system(equipment_id, product, release, company, model)

    return [
        Reader("Equipment ID, typed", GUIDE_ID.encode(), lambda d: parse_equipment_id(_text(d))),
        Reader("keycode, typed", keycode.encode(), lambda d: decode(_text(d), catalogue)),
        Reader(
            "order document (JSON)",
            (DEMO_FOLDER / "order.json").read_bytes(),
            lambda d: read_order_document(d, "input", lambda: "id"),
        ),
        Reader(
            "systems (CSV)",
            SYSTEMS,
            from_file(lambda p: list(read_systems(p, make, lambda _: ()))),
        ),
        Reader(
            "orders (CSV)",
            ORDERS,
            from_file(lambda p: plan_orders(p, catalogue, portal.ordering, session)),
        ),
        Reader("catalogue (TOML)", product.read_bytes(), from_file(load_product)),
        Reader("settings (TOML)", SETTINGS, from_file(_settings)),
        Reader("seal of a document", DOCUMENT, lambda d: body_of("input", d)),
        Reader("what is sealed", body_of("input", DOCUMENT), _system),
    ]


def _text(data: bytes) -> str:
    return data.decode(errors="surrogateescape")  # as a terminal or an argument brings it


def _settings(file: Path) -> Settings:
    file.replace(file.with_name("settings.toml"))
    return load_settings(file.parent, {})


def _system(body: bytes) -> System:
    return system_of(tables_of("input", body), GUIDE_ID, "input")


def changed(right: bytes, chance: random.Random) -> bytes:
    """The input with some slips, or something that has nothing to do with it."""
    if chance.random() < 0.05:
        return chance.randbytes(chance.randrange(200))
    data = bytearray(right)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data) + 1)
        end = min(len(data), at + chance.choice((1, 1, 2, 8, 40)))
        slip = chance.choice((b"", chance.randbytes(1), chance.choice(TOKENS), data[at:end] * 2))
        data[at : at if chance.random() < 0.3 else end] = slip
    return bytes(data[: chance.randrange(len(data) + 1)] if chance.random() < 0.1 else data)


def fuzz(reader: Reader, count: int, chance: random.Random) -> Result:
    """Try them all. The right input has to be accepted: raises what the reader says of it."""
    reader.read(reader.right)
    accepted, refused = 0, 0
    crashes: list[tuple[bytes, Exception]] = []
    began = time.perf_counter()
    for _ in range(count):
        data = changed(reader.right, chance)
        try:
            reader.read(data)
            accepted += 1
        except PortalError:
            refused += 1
        except Exception as error:  # noqa: BLE001 - what this program looks for
            crashes.append((data, error))
    return Result(accepted, refused, crashes, time.perf_counter() - began)


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.fuzzing", description=__doc__)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    rows: list[tuple[str, ...]] = [("", "inputs", "accepted", "refused", "crashed", "a second")]
    crashes: list[tuple[str, bytes, Exception]] = []
    with tempfile.TemporaryDirectory() as folder:
        for reader in readers(open_demo(Settings(store=folder)), Path(folder)):
            result = fuzz(reader, arguments.count, random.Random(arguments.seed))  # noqa: S311
            counts = (arguments.count, result.accepted, result.refused, len(result.crashes))
            rate = arguments.count / result.seconds
            rows.append((reader.name, *map(str, counts), f"{rate:,.0f}"))
            crashes += [(reader.name, data, error) for data, error in result.crashes]
    for line in table(rows, right=(1, 2, 3, 4, 5)):
        say(line)
    for name, data, error in crashes[:20]:
        say(f"{name}: {error!r} for {data!r}")
    return 1 if crashes else 0


if __name__ == "__main__":
    sys.exit(main())
