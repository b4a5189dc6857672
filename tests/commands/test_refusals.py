"""Every call to the system is refused once, in every command: the right sentence, and status 1.

The calls that only read too: opening, listing, looking whether something is there. What was asked
for is done, or refused with a reason; it never ends as a mistake of the program.
"""

from __future__ import annotations

import errno
import io
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.demo import load_demo
from engine.store.folder.upkeep import upkeep
from tests.commands.refusing import Refusing
from tests.support.environment import ROOT
from tests.support.few_folders import only_folders_of
from tests.support.installation import Answer
from tui.commands import running
from tui.terminal import crash_report

SYSTEM, NEW = "03FFFF0302AD4", "03FFFF0500001"
USER = "Demo Telecom/jsmith"
FAULTS = (errno.EMFILE, errno.EIO, errno.EACCES, errno.ENOMEM)
READING: dict[str, tuple[str, ...]] = {
    "show": ("show", SYSTEM),
    "search": ("search", "--since", "2000-01-01"),
    "verify": ("verify", SYSTEM, "KEYCODE"),
    "audit": ("audit",),
    "key-list": ("key", "list"),
    "company-list": ("company", "list"),
    "user-list": ("user", "list"),
    "system-list": ("system", "list"),
    "check": ("check",),
    "dry-run": ("order", "ORDER", "--as", USER, "--again", "--dry-run"),
}
CHANGING: dict[str, tuple[str, ...]] = {
    "order": ("order", "ORDER", "--as", USER, "--again"),
    "company-add": ("company", "add", "New Telecom"),
    "user-add": (
        *("user", "add", "Demo Telecom", "anna", "--last-name", "A", "--first-name", "A"),
        *("--email", "anna@demo.example"),
    ),
    "reset-password": ("user", "reset-password", "Demo Telecom", "jsmith"),
    "system-import": ("system", "import", "SYSTEMS"),
    "export": ("export", f"{SYSTEM}-0001"),
    "key-prepare": ("key", "prepare"),
    "key-rotate": ("key", "rotate"),
    "erase": ("erase", "--licensee", "Hôtel de Valbrune", "--yes"),
    "backup": ("backup", "BACKUP"),
    "restore": ("restore", "MADE", "--damaged"),
}


class House:
    """An installation of a few folders, and commands that run in this process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "installation"
        self._kept = folder / "kept"
        self._values: dict[str, str | Path] = {
            "ORDER": ROOT / "data" / "demo" / "order.json",
            "SYSTEMS": folder / "systems.csv",
            "MADE": folder / "made.tar.gz",
            "BACKUP": self.folder / "backup.tar.gz",
        }
        (folder / "systems.csv").write_text(
            f"equipment_id,product,release,company,model\n{NEW},aastra5000,R5.2,Demo Telecom,\n"
        )
        self.done("init", "--demo")
        self._values["KEYCODE"] = self.done("show", SYSTEM, "--json").json["keycode"]
        self.done("search", "--since", "2000-01-01")  # makes the index
        self.done("backup", str(self._values["MADE"]))
        shutil.copytree(self.folder, self._kept)

    def go_back(self) -> None:
        shutil.rmtree(self.folder)
        shutil.copytree(self._kept, self.folder)

    def done(self, *words: str) -> Answer:
        answer = self.run(*words)
        assert answer.status == 0, answer
        return answer

    def run(self, *words: str) -> Answer:
        store = ("--store", str(self.folder / "store"))
        kept = sys.stdin, sys.stdout, sys.stderr
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in "12")
        sys.stdin, sys.stdout, sys.stderr = io.TextIOWrapper(io.BytesIO()), out, err
        try:
            status = running.run([*store, *(str(self._values.get(word, word)) for word in words)])
        finally:
            sys.stdin, sys.stdout, sys.stderr = kept
        texts = (stream.buffer.getvalue().decode() for stream in (out, err))
        return Answer(status, *texts)


def _raise(error: BaseException) -> None:
    raise error


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("refusals")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "XDG_STATE_HOME"):
            patch.setenv(name, str(folder))
        patch.setenv("KEYCODE_PORTAL_BCRYPT_COST", "4")
        patch.setattr(upkeep, "PROCESSES", 1)
        patch.setattr(crash_report, "report", _raise)
        # The last net knows no more than what the system says: what is in a store is told better.
        patch.setattr(running, "_system_refused", _raise)
        ids = [NEW, *(system.equipment_id for system in load_demo().system)]
        only_folders_of(patch, ids)
        yield House(folder)


@pytest.fixture
def refusing(house: House, monkeypatch: pytest.MonkeyPatch) -> Refusing:
    house.go_back()
    refusing = Refusing(house.folder)
    refusing.patch(monkeypatch)
    return refusing


def refused(
    house: House, refusing: Refusing, words: tuple[str, ...]
) -> Iterator[tuple[str, int, Answer]]:
    """What the command answers as each of its calls is refused, in turn."""
    refusing.aim(0, 0)
    house.run(*words)
    for at in range(1, len(refusing.made) + 1):
        fault = FAULTS[at % len(FAULTS)]
        refusing.aim(0, 0)
        house.go_back()
        refusing.aim(at, fault)
        answer = house.run(*words)
        if len(refusing.made) < at:  # fewer than the first time
            break
        place = f"{errno.errorcode[fault]} at {refusing.made[at - 1]}: {answer}"
        refusing.aim(0, 0)
        yield place, fault, answer


@pytest.mark.parametrize("command", READING)
def test_a_call_that_is_refused_while_reading(
    house: House, refusing: Refusing, command: str
) -> None:
    right = house.done(*READING[command]).out
    for place, fault, answer in refused(house, refusing, READING[command]):
        assert answer.status in {0, 1}, place
        if answer.status:
            assert answer.err.strip(), place
        elif fault != errno.EIO:  # a file that the disk cannot read is damaged: `check` names it
            assert without_numbers(answer.out) == without_numbers(right), place


def without_numbers(text: str) -> str:
    """The dry run names a new keycode each time."""
    return "\n".join(line for line in text.splitlines() if "442" not in line)


@pytest.mark.parametrize("command", CHANGING)
def test_a_call_that_is_refused_while_changing(
    house: House, refusing: Refusing, command: str
) -> None:
    for place, _, answer in refused(house, refusing, CHANGING[command]):
        assert answer.status in {0, 1}, place
        assert answer.err.strip() or not answer.status, place
        sound: Callable[..., Answer] = house.run
        assert sound("check").status == 0, place
