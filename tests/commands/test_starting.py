"""How the program starts and how it ends: nothing heavy, nothing hidden, never a traceback."""

from __future__ import annotations

import os
import pty
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine.demo import load_demo
from tests.commands.conftest import SYSTEM, USER, Commands
from tui.__main__ import opens_the_portal

KEYCODE = "442ZP5M1V51329C73D"
HEAVY = ("textual", "rich", "babel")


def _modules(commands: Commands, *words: str) -> set[str]:
    """The names of the packages that a command has imported."""
    code = (
        "import sys; from tui.__main__ import main; main();"
        "print(*{name.split('.')[0] for name in sys.modules}, file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, *words],
        capture_output=True,
        env=commands.environment(),
        check=True,
    )
    return set(ran.stderr.decode().splitlines()[-1].split())


@pytest.mark.parametrize("words", [("decode", KEYCODE), ("show", SYSTEM), ("verify", SYSTEM, "4")])
def test_quick_commands_import_no_toolkit(shared: Commands, words: tuple[str, ...]) -> None:
    assert not _modules(shared, *words) & set(HEAVY)


def test_decode_imports_no_store(commands: Commands) -> None:
    assert not _modules(commands, "decode", KEYCODE) & {*HEAVY, "tinydb", "sqlite3", "bcrypt"}


def test_a_closed_pipe_is_no_event(shared: Commands) -> None:
    shell = f"{sys.executable} -m tui system list; echo $? >&2"
    ran = subprocess.run(
        ["bash", "-c", f"({shell}) | true"],
        capture_output=True,
        env=shared.environment(),
        check=True,
    )
    assert ran.stderr.decode().strip() in {"0", "141"}


def test_a_disk_that_is_full_under_the_output(shared: Commands) -> None:
    shared.unheard("show", SYSTEM)


@pytest.mark.parametrize("as_json", [(), ("--json",)])
def test_an_order_whose_answer_is_lost_is_placed(
    installed: Commands, as_json: tuple[str, ...]
) -> None:
    said = installed.unheard("order", installed.document(), "--as", USER, *as_json)
    assert f"Order {SYSTEM}-0001 is placed. `export {SYSTEM}-0001` prints its keycode." in said
    assert installed.done("export", f"{SYSTEM}-0001").out


def test_a_password_that_is_lost_says_how_to_get_another(installed: Commands) -> None:
    cure = "The password is lost: issue another with `user reset-password`."
    names = ("--last-name", "Roe", "--first-name", "Ann", "--email", "roe@essai.example")
    said = installed.unheard("user", "add", "Société d'Essai", "aroe", *names)
    assert "User “aroe” added." in said
    assert cure in said
    assert cure in installed.unheard("user", "reset-password", "Société d'Essai", "aroe")


def test_a_command_whose_answer_is_lost_says_what_it_has_done(commands: Commands) -> None:
    assert f"New store: {commands.store}" in commands.unheard("init")
    assert "Company “Essai” added." in commands.unheard("company", "add", "Essai")
    assert "Key 2 signs from the next order on." in commands.unheard("key", "rotate")
    backup = commands.folder / "backup.tar.gz"
    assert str(backup) in commands.unheard("backup", str(backup), "--with-keys")
    commands.store = commands.folder / "another"
    assert "0 systems restored." in commands.unheard("restore", str(backup))


@pytest.mark.parametrize(
    "at", ["fill", "Store.add_company", "Store.add_user", "Store.add_systems", "_place_history"]
)
def test_a_demonstration_that_was_cut_short_is_finished_by_the_same_again(
    commands: Commands, at: str
) -> None:
    """Killed at the second call of each kind, where there is one."""
    code = (
        "import itertools, os, sys, engine.demo as d\n"
        "from engine.store.folder.store import FolderStore as Store\n"
        "at, name = sys.argv.pop().rpartition('.')[::2]\n"
        "of, calls = (Store if at else d), itertools.count()\n"
        "do = getattr(of, name)\n"
        "def killed(*words):\n"
        "    if next(calls) or name in ('fill', 'add_systems'): os.kill(os.getpid(), 9)\n"
        "    return do(*words)\n"
        "setattr(of, name, killed)\n"
        "from tui.__main__ import main; sys.exit(main())"
    )
    cut = subprocess.run(
        [sys.executable, "-c", code, "init", "--demo", at],
        capture_output=True,
        env=commands.environment(),
        check=False,
    )
    assert cut.returncode == -signal.SIGKILL, cut
    assert commands("init").status == 1  # not a store for anybody else
    assert "Log in with" in commands.done("init", "--demo").out
    assert "No problems found." in commands.done("check").err
    assert len(commands.done("system", "list").out.splitlines()) == len(load_demo().system)
    assert len(commands.done("user", "list", "--json").json) == len(load_demo().user)
    assert commands("init", "--demo").status == 1  # it is full


def test_an_interrupt_ends_it_without_a_word(shared: Commands) -> None:
    running = subprocess.Popen(
        [sys.executable, "-m", "tui", "order", "-", "--as", "Demo Telecom/jsmith"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=shared.environment(),
    )
    with running:
        _until_it_reads(running.pid)
        running.send_signal(signal.SIGINT)
        assert running.wait(10) == 130
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.read() + running.stderr.read() == b""


def _until_it_reads(pid: int) -> None:
    """Wait until the process sleeps in a read of its standard input."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        # Number of the system call and its first argument: read(0, …).
        if Path(f"/proc/{pid}/syscall").read_text().split()[:2] == ["0", "0x0"]:
            return
        os.sched_yield()
    raise AssertionError("it never read")


def test_a_mistake_is_written_down_without_what_was_typed(shared: Commands) -> None:
    code = (
        "import tui.commands.decode as d, sys; from tui.__main__ import main\n"
        "def wrong(*_): canary = 'correct horse'; raise RuntimeError(canary)\n"
        "d.decode = wrong; sys.exit(main())"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, "decode", "canary-argument"],
        capture_output=True,
        env=shared.environment(),
        check=False,
    )
    assert ran.returncode == 70
    assert b"Traceback" not in ran.stderr
    [log] = (shared.folder / "state" / "keycode-portal").iterdir()
    assert str(log) in ran.stderr.decode()
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    text = log.read_text()
    assert "RuntimeError" in text
    assert "in decode_keycode" in text
    assert b"horse" not in ran.stderr + ran.stdout
    assert "horse" not in text
    assert "canary" not in text


def test_textual_settings_of_the_environment_are_dropped(commands: Commands) -> None:
    code = (
        "import os, sys; from tui.__main__ import main; main();"
        "print([n for n in os.environ if n.startswith('TEXTUAL')])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, "--version"],
        capture_output=True,
        env=commands.environment(TEXTUAL_PRESS="q", TEXTUAL_DRIVER="os:system"),
        check=False,
    )
    assert ran.returncode == 0
    assert b"TEXTUAL" not in ran.stdout + ran.stderr


@pytest.mark.parametrize(
    ("words", "opens"),
    [
        ((), True),
        (("demo",), True),
        (("--store", "company"), True),
        (("--store=x", "demo", "--language", "fr"), True),
        (("demo", "--order"), False),
        (("--help",), False),
        (("--version",), False),
        (("company", "list"), False),
        (("--store", "x", "company", "list"), False),
    ],
)
def test_what_opens_the_full_screen(words: tuple[str, ...], opens: bool) -> None:
    assert opens_the_portal(words) is opens


@pytest.mark.parametrize("locale", ["C", "POSIX", "en_US.ISO-8859-1", "C.UTF-8"])
def test_every_locale_prints(shared: Commands, locale: str) -> None:
    environment = shared.environment(LC_ALL=locale)
    for words in (("demo", "--order"), ("catalogue", "show"), ("show", SYSTEM, "--json")):
        for encoding in ("", "ascii", "latin-1"):
            ran = subprocess.run(
                [sys.executable, "-m", "tui", "--language", "fr", *words],
                capture_output=True,
                env=environment | ({"PYTHONIOENCODING": encoding} if encoding else {}),
                check=False,
            )
            assert (ran.returncode, ran.stderr) == (0, b"")
            # Letters, apostrophes, euros and no-break spaces have a plain form everywhere.
            assert b"?" not in ran.stdout


def test_arguments_that_are_no_text(shared: Commands) -> None:
    answer = shared("show", os.fsdecode(b"\xff\xfe"), "--json")
    assert answer.status == 1
    assert answer.json["error"] == "EquipmentIdMalformed"


def _on_a_terminal(commands: Commands, *words: str, **environment: str) -> tuple[int, str]:
    """Run a command on a terminal of its own; answers its status and all that it wrote."""
    return talk(commands, "", *words, **environment)


def talk(commands: Commands, typed: str, *words: str, **environment: str) -> tuple[int, str]:
    """The same, with lines that are typed before it asks for them."""
    ours, its = pty.openpty()
    os.write(ours, typed.encode())
    process = subprocess.Popen(
        [sys.executable, "-m", "tui", *words],
        stdin=its,
        stdout=its,
        stderr=its,
        env=commands.environment(**environment),
        start_new_session=True,
    )
    os.close(its)
    said = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # the other end is closed: the process is over
            break
        if not piece:
            break
        said += piece
    os.close(ours)
    return process.wait(20), said.decode()


def test_an_import_shows_a_bar_on_a_terminal_only(installed: Commands) -> None:
    rows = "".join(f"03FFFF04{n:05X},aastra5000,R5.1,Société d'Essai\n" for n in range(300))
    path = installed.file("many.csv", "equipment_id,product,release,company\n" + rows)
    status, said = _on_a_terminal(installed, "system", "import", path)
    assert status == 0
    assert "Checking 300 rows" in said
    assert "%" in said
    assert said.rstrip().endswith("300 systems imported.")
    again = installed("system", "import", path)
    assert again.status == 1
    assert "Checking" not in again.err


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_closed_stream_leads_nowhere(installed: Commands, closed: str) -> None:
    """… and not into the store: the next file that is opened would get its number."""
    words = f'user reset-password "Société d\'Essai" jdupont {closed}'
    ran = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m tui {words}; echo $? >{installed.folder}/status"],
        capture_output=True,
        env=installed.environment(),
        check=True,
    )
    assert (installed.folder / "status").read_text() == "0\n"
    if closed == "2>&-":  # nothing but the password, whose notes are for the closed stream
        assert len(ran.stdout.split()) == 1
    installed.done("check")
    assert not (installed.folder / "state").exists()


@pytest.mark.parametrize("zone", [":/etc/passwd", "/dev/zero", "/", "nonsense", ":"])
def test_a_time_zone_that_is_none(shared: Commands, zone: str) -> None:
    """Babel reads it when it is imported: a login and an export need it."""
    answer = shared("show", SYSTEM, TZ=zone)
    assert answer.status == 0
    answer = shared("demo", "--order", TZ=zone)
    assert (answer.status, "BHW1063A" in answer.out) == (0, True), answer


def test_a_time_zone_is_still_believed(shared: Commands) -> None:
    there, here = (shared("audit", TZ=zone).out[:22] for zone in ("Etc/GMT-9", "UTC"))
    assert there != here


def test_nobody_without_a_home_gets_a_folder(tmp_path: Path) -> None:
    """A number without a name and without HOME, as in many containers."""
    code = (
        "import pwd, sys; pwd.getpwuid = lambda number: {}[number];"
        "from tui.__main__ import main; sys.exit(main())"
    )
    commands = Commands(tmp_path)
    environment = commands.environment()
    for name in ("HOME", "XDG_STATE_HOME", "KEYCODE_PORTAL_STORE"):
        environment.pop(name)
    ran = subprocess.run(
        [sys.executable, "-c", code, "init"],
        capture_output=True,
        cwd=tmp_path,
        env=environment,
        check=False,
    )
    assert (ran.returncode, b"--store" in ran.stderr) == (1, True), ran
    assert list(tmp_path.iterdir()) == []
