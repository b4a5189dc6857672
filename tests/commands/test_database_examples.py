"""The examples of `data/postgresql/` as a licence desk uses them: TLS, and passwords in a file."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.conftest import SYSTEM, SYSTEMS, USER, Commands
from tests.support.environment import ROOT
from tests.support.postgresql import USER as SERVER_USER
from tests.support.postgresql import Server, server

SELF_SIGNED = """-----BEGIN CERTIFICATE-----
MIIBfDCCASOgAwIBAgIUYQ/JHn/GkdvdxPYx5Uy3Ck3efPcwCgYIKoZIzj0EAwIw
EzERMA8GA1UEAwwIaW52ZW50ZWQwIBcNMjYxMTI3MTMyNjEzWhgPMjEyNjExMDMx
MzI2MTNaMBMxETAPBgNVBAMMCGludmVudGVkMFkwEwYHKoZIzj0CAQYIKoZIzj0D
AQcDQgAEZOkEOlRr53+TgpUNQdCOe6Ww1sEhGxy4xZcS9Y33j+xOeSLN3Y/blFMn
dJBpucJM3a1GtsNKjw0Gjcx3qohCIaNTMFEwHQYDVR0OBBYEFMFq1DYQNvGsK2PW
NOhoBWOQY4IbMB8GA1UdIwQYMBaAFMFq1DYQNvGsK2PWNOhoBWOQY4IbMA8GA1Ud
EwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDRwAwRAIgQCyOcUn/S37uS5zfB0ySC88B
bpZdJjMuqdPrEL4wHzECICly/UrwAgHR3yKcz0GhfGONPjz3jP9HS0Rn/SKRzN+0
-----END CERTIFICATE-----
"""
"""Somebody else's, invented."""
PASSWORD = "not-for-anybody"
EXAMPLES = ROOT / "data" / "postgresql"


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, int, Path]]:
    """A server as the examples set it up: TLS, passwords, the roles; on 127.0.0.1."""
    certificates = tmp_path_factory.mktemp("certificates")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with server() as running:
        running.stop("fast")
        data = running.folder / "data"
        subprocess.run(
            [
                *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
                *("-keyout", "server.key", "-out", "server.crt", "-subj", "/CN=localhost"),
                *("-addext", "subjectAltName=DNS:localhost"),
            ],
            cwd=certificates,
            check=True,
            capture_output=True,
        )
        for name in ("server.crt", "server.key"):
            shutil.copy(certificates / name, data / name)
            (data / name).chmod(0o600)
            if SERVER_USER is not None:
                shutil.chown(data / name, "postgres", "postgres")
        with (data / "postgresql.conf").open("a") as settings:
            settings.write((EXAMPLES / "tls.conf").read_text())
            settings.write(f"listen_addresses = '127.0.0.1'\nport = {port}\n")
        hba = (EXAMPLES / "pg_hba.conf").read_text().replace("peer", "trust")
        (data / "pg_hba.conf").write_text(hba)
        sockets = f"-c unix_socket_directories={running.folder} -c fsync=off"
        running.run("pg_ctl", "-D", str(data), "-w", "-l", f"{data}/log", "-o", sockets, "start")
        psql = ("-h", str(running.folder), "-p", str(port), "-U", "postgres", "-XAtq")
        shutil.copy(EXAMPLES / "roles.sql", running.folder)
        running.run("psql", *psql, "-v", "ON_ERROR_STOP=1", "-f", "roles.sql")
        for role in ("keycode_server", "keycode_licence_desk", "keycode_owner"):
            running.run("psql", *psql, "-c", f"ALTER ROLE {role} PASSWORD '{PASSWORD}'")
        yield running, port, certificates / "server.crt"


class Example(Commands):
    """An installation with the example's services, on this server."""

    def __init__(self, folder: Path, port: int, certificate: Path) -> None:
        super().__init__(folder)
        self.store.mkdir()
        (self.store / "settings.toml").write_text('database = "service=keycodes"\n')
        text = (EXAMPLES / "pg_service.conf").read_text()
        text = re.sub("(?m)^host=.*", "host=localhost", text).replace("port=5432", f"port={port}")
        text = text.replace("/etc/keycode-portal/ca.crt", str(certificate))
        self.services = Path(self.file("pg_service.conf", text))
        self.passwords = Path(self.file("pgpass", f"*:*:keycodes:*:{PASSWORD}\n"))
        self.passwords.chmod(0o600)

    def environment(self, **more: str) -> dict[str, str]:
        own = {"PGSERVICEFILE": str(self.services), "PGPASSFILE": str(self.passwords)}
        return super().environment(**(own | more))


@pytest.fixture
def example(tls: tuple[Server, int, Path], tmp_path: Path) -> Example:
    return Example(tmp_path, *tls[1:])


OWNER = {"KEYCODE_PORTAL_DATABASE_OWNER": "service=keycodes-owner"}


def test_the_examples_are_all_that_is_needed(example: Example) -> None:
    example.done("init", **OWNER)
    example.done("company", "add", "Société d'Essai")
    example.done(
        *("user", "add", "société d'essai", "jdupont", "--last-name", "Dupont"),
        *("--first-name", "Jeanne", "--email", "jdupont@essai.example"),
    )
    example.done("system", "import", example.file("systems.csv", SYSTEMS))
    example.done(
        *("system", "add", SYSTEM, "--product", "aastra5000"),
        *("--release", "R5.1", "--company", "Société d'Essai"),
    )
    example.done("order", example.document(), "--as", USER)
    example.done("check")
    erasing = ("erase", "--order", f"{SYSTEM}-0001", "--yes")
    assert "no permission" in example(*erasing).err
    example.done(*erasing, KEYCODE_PORTAL_DATABASE="service=keycodes-desk")

    wrong = example.file("other.pass", "*:*:keycodes:*:guessed-wrong\n")
    Path(wrong).chmod(0o600)
    another = example.file("another.crt", SELF_SIGNED)
    services = example.services.read_text()
    other = re.sub("(?m)^sslrootcert=.*", f"sslrootcert={another}", services)
    plain = re.sub("(?m)^ssl.*\n", "", services) + "\n"
    plain = plain.replace("connect_timeout=2", "connect_timeout=2\nsslmode=disable")
    for said, environment in (
        (("does not let the portal in", "refuse le portail"), {"PGPASSFILE": wrong}),
        (
            ("certificate is not accepted", "certificat du serveur"),
            _services(example, "other.conf", other),
        ),
        (
            ("does not let the portal in", "refuse le portail"),
            _services(example, "plain.conf", plain),
        ),
    ):
        for language, sentence in zip(("en", "fr"), said, strict=True):
            example.language = language
            answer = example("order", "list", **environment)
            assert (answer.status, sentence in answer.err) == (1, True), answer
            assert not {PASSWORD, "guessed-wrong"} & set(answer.err.split())


def _services(example: Example, name: str, text: str) -> dict[str, str]:
    return {"PGSERVICEFILE": example.file(name, text)}
