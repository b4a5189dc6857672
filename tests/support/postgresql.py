"""A PostgreSQL server of a test's own: on a socket in memory, as an unprivileged user."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

BIN = max(Path("/usr/lib/postgresql").glob("*/bin"), default=Path("/usr/bin"))
USER = "postgres" if os.geteuid() == 0 else None
"""PostgreSQL does not run as root."""
QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=16MB"


class Server:
    """One that runs; ended by who started it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.killed = False

    def run(self, program: str, *words: str) -> str:
        ran = subprocess.run(
            [str(BIN / program), *words],
            user=USER,
            cwd=self.folder,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    def sql(self, text: str, database: str = "postgres") -> str:
        """What psql answers, as the superuser."""
        at = ("-h", str(self.folder), "-U", "postgres", "-d", database)
        return self.run("psql", *at, "-XAtq", "-v", "ON_ERROR_STOP=1", "-c", text).strip()

    def database(self, name: str, user: str = "postgres") -> str:
        """How the portal finds one of its databases."""
        return f"host={self.folder} dbname={name} user={user}"

    def start(self, options: str = QUICK) -> None:
        listens = f"-c listen_addresses='' -c unix_socket_directories={self.folder} {options}"
        log = str(self.folder / "log")
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-w", "-l", log, "-o", listens, "start")

    def kill(self) -> None:
        """As when the machine is gone: no process of it is told."""
        pid = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for each in (pid, *map(int, children)):
            os.kill(each, signal.SIGKILL)
        self.killed = True

    def stop(self, mode: str = "immediate") -> None:
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-w", "-m", mode, "stop")


@contextmanager
def server() -> Iterator[Server]:
    """A new server, until the end. Where the program is not installed, the test is skipped with a
    word; never in CI."""
    if not (BIN / "initdb").exists():
        missing = "needs PostgreSQL 15 or newer (Debian: apt-get install postgresql)"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    memory = Path("/dev/shm")  # noqa: S108  # a folder of our own in it
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir=memory if memory.is_dir() else None))
    if USER:
        shutil.chown(folder, USER)
    made = Server(folder)
    try:
        data = str(folder / "data")
        made.run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-N", "-E", "UTF8")
        made.start()
        try:
            yield made
        finally:
            if not made.killed:
                made.stop()
    finally:
        shutil.rmtree(folder)


@contextmanager
def following(leader: Server, options: str) -> Iterator[Server]:
    """A standby of that server, until the end."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir=leader.folder.parent))
    if USER:
        shutil.chown(folder, USER)
    standby = Server(folder)
    try:
        data = str(folder / "data")
        at = ("-h", str(leader.folder), "-U", "postgres")
        leader.run("pg_basebackup", *at, "-D", data, "-R", "-c", "fast")
        standby.start(options)
        try:
            yield standby
        finally:
            standby.stop()
    finally:
        shutil.rmtree(folder)
