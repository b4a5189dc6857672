"""Files and stores that are wrong: CSV, TOML, settings, keys, a store that cannot be used."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.assembly import open_installation
from engine.errors import KeysOfAnother, OwnerWrong
from engine.files.system_calls import SystemCalls
from engine.findings import FindingCode
from engine.maintenance import Maintenance
from engine.settings import load_settings
from engine.store.folder.upkeep import check
from tests.commands.conftest import SYSTEM, Commands
from tests.support.environment import ROOT
from tests.support.language import in_french
from tui.wording.errors import sentence
from tui.wording.findings import finding_sentence

Refused = Callable[..., str]
HEADER = "equipment_id,product,release,company,model\n"
GOOD = "03FFFF0302C01,aastra5000,R5.1,Société d'Essai,\n"


def test_an_import_is_all_or_nothing_and_names_every_bad_line(installed: Commands) -> None:
    rows = (
        GOOD,
        "03FFFF0302XX1,aastra5000,R5.1,Société d'Essai,\n",
        "03FFFF0302C02,aastra9000,R5.1,Société d'Essai,\n",
        "03FFFF0302C03,aastra5000,R9.9,Société d'Essai,\n",
        "03FFFF0302C04,aastra5000,R5.1,Nobody,\n",
        "03FFFF0302C05,nexspan,R4.1,Société d'Essai,\n",
        "03FFFF0302C06,aastra5000\n",
        GOOD,
        f"{SYSTEM},aastra5000,R5.1,Société d'Essai,\n",
    )
    answer = installed("system", "import", installed.file("bad.csv", HEADER + "".join(rows)))
    assert answer.status == 1
    lines = answer.err.splitlines()
    assert "8 rows" in lines[0]
    assert [line.split(":")[0].strip() for line in lines[1:]] == [
        f"Line {number}" for number in range(3, 11)
    ]
    assert "R5.1, R5.2" in lines[3]
    assert "Nexspan S, Nexspan L" in lines[5]
    assert "03FFFF0302C01" not in installed.done("system", "list").out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "missing: equipment_id, product, release, company."),
        (b"id;product\n", "missing: equipment_id, release, company; unknown: id."),
        (b"Product,BHWxxxxx\n", "unknown: BHWxxxxx."),
        (b"id\n", "Columns: equipment_id, product, release, company (optional: model)"),
        (HEADER.encode().replace(b"model", b"release"), "twice: release."),
        (b",".join(b"x%d" % n for n in range(99)), "unknown: x0, x1, x2, x3, x4, ..."),
        (HEADER.encode() + b'03FFFF0302C01,"aastra5000\n' + b"x\n" * 9, "Line 2, column 15 of"),
        (HEADER.encode() + b'a,"b\nc","d\n\ne,"f"\n', "Line 3, column 4 of"),
        (HEADER.encode() + b'a,"b" c,d\n', "Line 2, column 6 of"),
        (HEADER.encode() + b"\x81\xff,x,x,x,\n", "it is neither Unicode nor Windows-1252 text"),
        (HEADER.encode() + b'"' + b"x" * 200_000 + b'",,,,\n', "Line 2, column 1 of"),
    ],
)
def test_a_file_that_is_no_csv_of_systems(
    shared: Commands, refused: Refused, content: bytes, said: str
) -> None:
    assert said in refused("system", "import", shared.file("bad.csv", content))


def test_of_wrong_columns_the_french_is_set_as_french(shared: Commands) -> None:
    bad = shared.file("columns.csv", b"equipment_id,product,release,compny\n")
    said = shared("system", "import", bad, KEYCODE_PORTAL_LANGUAGE="fr").err
    assert "il manque company\N{NO-BREAK SPACE}; inconnues" in said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("[body]", "[body"), "Line 16, column 6 of"),
        (("price = 1530.00", "price = -1"), "item BHW1063A, price: -1 is not a price"),
        (("digits = 68", "digits = 68\nwidth = 1"), "body, width: unknown field"),
        (('code = "442"\n', ""), "code: this is missing"),
        (('keycodes = "unique"', 'keycodes = "uniqe"'), "use unique or function"),
    ],
)
def test_catalogue_check_names_the_place(
    shared: Commands, refused: Refused, change: tuple[str, str], said: str
) -> None:
    text = (ROOT / "data" / "catalogue" / "aastra5000.toml").read_text(encoding="utf-8")
    assert change[0] in text
    path = shared.file("wrong.toml", text.replace(*change, 1))
    assert said in refused("catalogue", "check", path)
    right = shared.done("catalogue", "check", shared.file("right.toml", text))
    assert "Aastra 5000 is valid: 16 items" in right.out


def test_a_catalogue_that_is_no_text(shared: Commands, refused: Refused) -> None:
    path = shared.file("wrong.toml", b"key = '\xff'")
    assert "it is not UTF-8 text" in refused("catalogue", "check", path)


def test_no_store_here(commands: Commands) -> None:
    answer = commands("show", SYSTEM)
    assert answer.status == 1
    assert f"“{commands.store}” is not a store. `keycode-portal init` makes one" in answer.err


def test_init_refuses_a_folder_that_holds_something(commands: Commands) -> None:
    commands.store.mkdir()
    (commands.store / "letter.txt").write_text("mine")
    answer = commands("init")
    assert answer.status == 1
    assert "is not empty" in answer.err
    assert not Path(f"{commands.store}-keys").exists()
    shutil.rmtree(commands.store)
    commands.done("init")
    assert commands("init").status == 1


def test_a_store_without_its_keys(installed: Commands) -> None:
    keys = Path(f"{installed.store}-keys")
    keys.rename(installed.folder / "elsewhere")
    answer = installed("show", SYSTEM)
    assert (answer.status, f"“{keys}” is missing" in answer.err) == (1, True)
    moved = {"KEYCODE_PORTAL_KEYS": str(installed.folder / "elsewhere")}
    assert installed("show", SYSTEM, **moved).status == 0


def test_keys_that_others_can_read(installed: Commands) -> None:
    key = Path(f"{installed.store}-keys") / "signing-01.key"
    key.chmod(0o444)
    answer = installed("key", "list")
    assert answer.status == 1
    assert "chmod 0400" in answer.err


def test_a_store_of_a_newer_format(installed: Commands) -> None:
    (installed.store / "VERSION").write_text("99\n")
    answer = installed("show", SYSTEM)
    assert (answer.status, "A newer version of the portal" in answer.err) == (1, True)


def test_a_damaged_document_is_named_and_others_go_on(installed: Commands) -> None:
    document = next(installed.store.glob(f"systems/*/{SYSTEM}.json"))
    document.write_bytes(document.read_bytes()[:-20])
    answer = installed("show", SYSTEM)
    assert answer.status == 1
    assert f"“{document}” is damaged" in answer.err
    installed.done("show", "03FFFF0302B17")


SETTINGS_WRONG = [
    ("language = 'de'", "The setting “language” in", "en or fr", "en ou fr"),
    (
        "idle_minutes = 0",
        "The setting “idle_minutes” in",
        "a whole number from 1 to 480",
        "de 1 à 480",
    ),
    ("idle_minutes = 'x'", "“idle_minutes”", "a whole number from 1 to 480", "un nombre entier"),
    (
        "lock_seconds = 0",
        "“lock_seconds”",
        "a number above 0, at most 60",
        "un nombre supérieur à 0",
    ),
    ("contact_name = 5", "“contact_name”", "text in quotes", "un texte entre guillemets"),
    ("contact_nam = 'x'", "Unknown setting “contact_nam”", "“contact_name”?", "Réglage inconnu"),
    ("colour = 'red'", "Unknown setting “colour”", "settings.toml”.", "Réglage inconnu"),
    ("language = fr", "Line 1, column 12 of", "text needs quotes", "Ligne 1, colonne 12"),
    ("a = 1\na = 2", "Line 2, column 6 of", "this name appears twice", "ce nom figure deux fois"),
    ("a = 'x", "Line 1, column", "a quote or bracket is not closed", "n’est pas fermé"),
    ("a = [1,\n\n", "Line 1, column 8 of", "missing at its end", "il manque quelque chose"),
    ("[a", "Line 1, column 3 of", "a quote or bracket is not closed", "n’est pas fermé"),
]


@pytest.mark.parametrize(("text", "where", "right", "french"), SETTINGS_WRONG)
def test_settings_that_are_none(
    installed: Commands, text: str, where: str, right: str, french: str
) -> None:
    (installed.store / "settings.toml").write_text(text)
    answer = installed("show", SYSTEM)
    assert answer.status == 1
    assert where in answer.err
    assert right in answer.err
    # In the language that the environment chooses, though the settings cannot be read.
    assert french in installed("show", SYSTEM, KEYCODE_PORTAL_LANGUAGE="fr").err
    # What needs no store does not stumble over it.
    installed.done("decode", "442ZP5M1V51329C73D")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("LANGAGE", "fr", "Unknown setting “KEYCODE_PORTAL_LANGAGE” in the environment. Did you"),
        ("LANGAGE", "fr", "“KEYCODE_PORTAL_LANGUAGE”?"),
        ("X", "1", "Unknown setting “KEYCODE_PORTAL_X” in the environment."),
        ("IDLE_MINUTES", "soon", "The setting “KEYCODE_PORTAL_IDLE_MINUTES” in the environment"),
    ],
)
def test_the_environment_is_read_as_strictly_as_the_file(
    shared: Commands, refused: Refused, name: str, value: str, said: str
) -> None:
    variables = {f"KEYCODE_PORTAL_{name}": value}
    assert said in refused("show", SYSTEM, **variables)
    french = shared("show", SYSTEM, KEYCODE_PORTAL_LANGUAGE="fr", **variables)
    assert "églage" in french.err


def test_settings_with_a_byte_order_mark(installed: Commands) -> None:
    (installed.store / "settings.toml").write_bytes(b"\xef\xbb\xbflanguage = 'fr'\r\n")
    installed.language = ""
    assert "Version" in installed.done("show", SYSTEM).out


def test_a_pipe_where_a_file_is_needed(shared: Commands) -> None:
    script = f'{sys.executable} -m tui system import <(echo "{HEADER}")'
    ran = subprocess.run(
        ["bash", "-c", script], capture_output=True, env=shared.environment(), check=False
    )
    assert (ran.returncode, b"a pipe will not do" in ran.stderr) == (1, True)


def test_the_language_of_the_installation(installed: Commands) -> None:
    (installed.store / "settings.toml").write_text("language = 'fr'")
    installed.language = ""  # the environment says nothing
    nothing = "Nothing was ordered for this system yet."
    assert in_french(nothing) in installed.done("show", SYSTEM).out
    assert nothing in installed.done("show", SYSTEM, "--language", "en").out


def test_folders_that_cannot_be_written(commands: Commands) -> None:
    # /proc takes no folder from anybody, root included.
    for store, keys in (
        ("/proc/nowhere", str(commands.folder / "keys")),
        (str(commands.folder / "store"), "/proc/nowhere"),
    ):
        answer = commands("init", "--store", store, KEYCODE_PORTAL_KEYS=keys)
        assert answer.status == 1
        assert "could not be written (there is no such file or folder)" in answer.err
    assert list(commands.folder.iterdir()) == []


def test_a_store_whose_folder_is_gone(installed: Commands) -> None:
    (installed.store / "export").rmdir()
    answer = installed("company", "add", "New")
    assert answer.status == 1
    assert f"“{installed.store}/export” cannot be written: there is no such" in answer.err


@pytest.mark.parametrize("most", [7, 12, 24])
@pytest.mark.parametrize(
    "words", [("show", SYSTEM), ("search", "--since", "2000-01-01"), ("check",), ("audit",)]
)
def test_few_open_files(shared: Commands, words: tuple[str, ...], most: int) -> None:
    """It is enough, or the reason is said; a pool of processes that lacks some never ends."""
    ran = subprocess.run(
        ["bash", "-c", f'ulimit -n {most}; exec "$@"', "", sys.executable, "-m", "tui", *words],
        capture_output=True,
        env=shared.environment(),
        timeout=60,
        check=False,
    )
    assert ran.returncode == 0 or b"too many files are open" in ran.stderr, ran


def test_a_check_without_room_for_its_lists_or_a_second_process(
    shared: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "no", "/dev/shm")  # noqa: S108 - as the system says

    maintenance = Maintenance(load_settings(shared.store, {}))
    monkeypatch.setattr("tempfile.mkdtemp", refused)
    assert [finding for finding in maintenance.check() if not finding.harmless] == []
    monkeypatch.undo()
    monkeypatch.setattr(check, "ProcessPoolExecutor", refused)
    assert [finding for finding in maintenance.check() if not finding.harmless] == []
    assert maintenance.checked.systems == 2 * maintenance.system_count()
    maintenance.close()


def test_a_store_whose_path_is_no_text(commands: Commands) -> None:
    """Bytes that are not UTF-8 are a name as any other."""
    store = os.fsdecode(os.fsencode(commands.folder) + b"/b\xe9")
    assert commands("--store", store, "init", "--demo").status == 0
    for words in (
        ("show", "03FFFF0302AD4"),
        ("search", "--since", "2000-01-01"),
        ("check",),
        ("backup", str(commands.folder / "backup.tar.gz")),
        ("key", "prepare"),
        ("key", "rotate"),
    ):
        answer = commands("--store", store, *words)
        assert answer.status == 0, answer
    answer = commands("--store", f"{store}/none", "show", SYSTEM, "--json")
    assert (answer.status, answer.json["error"]) == (1, "StoreMissing")


def test_whose_the_keys_are_is_said_with_the_command_that_cures_it(
    shared: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    me = os.geteuid()
    monkeypatch.setattr("os.geteuid", lambda: 54_321)
    with pytest.raises(KeysOfAnother) as caught:
        open_installation(load_settings(shared.store, {}))
    error = caught.value
    assert (error.path, error.name, error.owner, error.user) == (
        f"{shared.store}-keys",
        "",
        me,
        54_321,
    )
    said = sentence(error)
    assert f"`chown -R 54321 {shared.store}-keys`" in said
    assert "0700" not in said


def test_a_key_of_another_is_named_and_all_keys_are_given_over() -> None:
    said = sentence(KeysOfAnother(path="/the keys", name="pepper.key", owner=0, user=54_321))
    assert said == (
        "“/the keys/pepper.key” belongs to root; the portal runs as 54321."
        " As root: `chown -R 54321 '/the keys'`."
    )


def test_a_file_of_another_is_not_called_damaged(
    installed: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a system tells it to others than root, who may read everything."""
    (system,) = installed.store.glob(f"systems/*/{SYSTEM}.json")
    really = SystemCalls.read

    def refused(calls: SystemCalls, path: str) -> bytes:
        if path == str(system):
            raise OwnerWrong(path=path, owner=0, user=54_321)
        return really(calls, path)

    maintenance = Maintenance(load_settings(installed.store, {}))
    monkeypatch.setattr(SystemCalls, "read", refused)
    made = maintenance.back_up(installed.folder / "1.tar.gz", "unix:desk", with_keys=False)
    maintenance.close()
    (left_out,) = made.left_out
    assert (left_out.place, left_out.code) == (str(system), FindingCode.UNREADABLE)
    assert finding_sentence(left_out) == (
        f"“{system}” belongs to root; the portal runs as 54321. As root: `chown -R 54321 {system}`."
    )


def test_whose_the_store_is_is_said_too(folder_of_another: Path) -> None:
    with pytest.raises(OwnerWrong) as caught:
        open_installation(load_settings(folder_of_another, {}))
    assert caught.value.path == str(folder_of_another)


@pytest.fixture
def folder_of_another(installed: Commands, monkeypatch: pytest.MonkeyPatch) -> Path:
    """As access(2) and geteuid(2) tell it: root may write everywhere."""
    monkeypatch.setattr("os.geteuid", lambda: 54_321)
    monkeypatch.setattr("os.access", lambda path, mode: False)
    return installed.store


def test_what_init_says_comes_next_works_when_it_is_typed(commands: Commands) -> None:
    said = commands.done("init").out.partition("Next:\n")[2].splitlines()
    names = {"NAME": "Example Telecom", "LOGIN": "alice", "ID": "03FFFF0302AD4", "…": "a@b.example"}
    steps = [[names.get(word, word) for word in line.split()] for line in said[:3]]
    for program, *words in steps:
        assert program == "keycode-portal"
        commands.done(*words)
    assert commands.done("system", "list").out.startswith("03FFFF0302AD4")
    assert said[3] == "keycode-portal"
