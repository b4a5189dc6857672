"""How a store of a million systems compares with one of a thousand.

    python -m tests.bench.scale FOLDER [--small 1000] [--large 1000000]

makes both stores in FOLDER if they are not there (see `tests.bench.million`) and prints each
figure beside what is to be reached. What the two are compared in is measured in turns, so that
whatever else the machine does weighs on both.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from msgspec.structs import replace

from engine.maintenance import Maintenance
from engine.ports import OrderQuery
from tests.bench.million import COMPANIES, equipment_id, reference
from tests.bench.sides import Row, Side, compared, once, say
from tui.wording.tables import table

ORDERS = 60
STARTS = 9


def look_up(side: Side) -> Callable[[], object]:
    """A system that is in the system's cache."""
    wanted = equipment_id(side.ordered())
    side.store.system(wanted)
    return lambda: side.store.system(wanted)


def look_up_cold(side: Side) -> Callable[[], object]:
    """A system whose document has to come from the disk."""
    wanted = equipment_id(side.ordered())
    fd = os.open(side.store.folder.paths.system(wanted), os.O_RDONLY)
    os.posix_fadvise(fd, 0, 0, os.POSIX_FADV_DONTNEED)
    os.close(fd)
    return lambda: side.store.system(wanted)


def place(side: Side) -> Callable[[], object]:
    """An order, from the check to the keycode."""
    number = side.chance.randrange(side.count // COMPANIES) * COMPANIES  # of company 0
    system = side.portal.ordering.find_system(side.session, equipment_id(number))
    product = side.portal.catalogue.products[system.product]
    draft = side.portal.ordering.new_draft(system)
    part = next(item.part for item in product.items if not item.is_on_off)
    draft = replace(draft, quantities={part: "1"}, reference="scale", licensee="Scale")
    return lambda: side.portal.ordering.place(side.session, draft)


def start(side: Side) -> Callable[[], object]:
    """A command from the start of its process to its answer."""
    words = ["--store", str(side.path), "show", equipment_id(side.ordered())]
    return lambda: subprocess.run(
        [sys.executable, "-m", "tui", *words], check=True, capture_output=True
    )


def found_by(what: str, side: Side) -> Callable[[], object]:
    """An order by reference, keycode or company."""
    number = side.ordered()
    system = side.store.system(equipment_id(number))
    assert system is not None
    query = {
        "reference": {"reference": reference(number, 1)},
        "keycode": {"keycode": system.orders[0].keycode or ""},
        "company": {"company_id": system.company_id},
    }[what]
    if what == "keycode" and not system.orders[0].keycode:
        return found_by(what, side)
    return lambda: side.first(**query)


def comparisons(sides: tuple[Side, Side]) -> Iterator[Row]:
    """What should not depend on how many systems there are."""
    for side in sides:
        side.store.find_orders(OrderQuery(reference="none"), 1)  # the index is there
    yield compared("look-up by Equipment ID, warm", "ratio <= 1.2", sides, look_up)
    yield compared("look-up by Equipment ID, cold", "ratio <= 3", sides, look_up_cold)
    for what in ("reference", "keycode", "company"):
        find = partial(found_by, what)
        yield compared(f"find by {what}, with its check", "< 1 ms", sides, find)
    yield compared("placing an order", "ratio <= 1.5", sides, place, ORDERS)
    yield compared("a command, from its start", "", sides, start, STARTS)


def check(side: Side) -> None:
    """Read everything again; it must be sound."""
    maintenance = Maintenance(side.settings)
    assert all(finding.harmless for finding in maintenance.check())
    maintenance.close()


def back_up(side: Side) -> None:
    """A backup, taken away again."""
    maintenance, target = Maintenance(side.settings), side.path.with_suffix(".backup")
    maintenance.back_up(target, "bench", with_keys=False)
    maintenance.close()
    target.unlink()


def imported(side: Side) -> None:
    """The same number of systems from a CSV, as a command, into a new store."""
    fresh = side.path.with_name(f"{side.count}-imported")
    rows = side.path.with_suffix(".csv")
    with rows.open("w") as file:
        file.write("equipment_id,product,release,company\n")
        for number in range(side.count):
            file.write(f"{equipment_id(number)},aastra5000,R5.1,Company {number % 10}\n")
    run = [sys.executable, "-m", "tui", "--store", str(fresh)]
    subprocess.run([*run, "init"], check=True, capture_output=True)
    for number in range(10):
        subprocess.run(
            [*run, "company", "add", f"Company {number}"], check=True, capture_output=True
        )
    began, peak = time.perf_counter(), 0
    with subprocess.Popen([*run, "system", "import", str(rows)]) as process:
        while process.poll() is None:  # `ru_maxrss` would be this process's own
            peak = max(peak, _peak(process.pid))
            time.sleep(0.02)
    assert process.returncode == 0
    took = time.perf_counter() - began
    say(f"import of {side.count} rows: {took:.1f} s, at most {peak} MB")
    rows.unlink()
    for left in (fresh, Path(f"{fresh}-keys")):
        shutil.rmtree(left)


def _peak(pid: int) -> int:
    """The most memory that a process has had, in MB."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except ProcessLookupError:
        return 0
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) >> 10 if found else 0


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.scale", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--small", type=int, default=1000)
    parser.add_argument("--large", type=int, default=1_000_000)
    arguments = parser.parse_args()
    arguments.folder.mkdir(exist_ok=True)
    sides = (
        Side(arguments.folder, arguments.small),
        Side(arguments.folder, arguments.large),
    )
    heading = Row("", str(arguments.small), str(arguments.large), "ratio", "to reach")
    figures = [heading, *comparisons(sides)]
    anew = "index made anew"
    figures.append(once(anew, "< 60 s", sides, lambda side: side.store.index.rebuild()))
    figures.append(once("check, 2 processes", "<= 120 s", sides, check))
    figures.append(once("backup", "", sides, back_up))
    for line in table(figures, right=(1, 2, 3)):
        say(line)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    say(f"at most {peak} MB in this process")
    for side in sides:
        side.portal.close()
        side.store.close()
        imported(side)


if __name__ == "__main__":
    main()
