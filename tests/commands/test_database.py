"""The commands on a store in a database, as a licence desk uses it: by a service, over TLS, with a
password that stands in one file only."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from tests.commands.conftest import SYSTEM, SYSTEMS, THE_ORDER, USER, Commands
from tests.support.postgresql import Server, server

OTHER = "03FFFF0302B17"
PASSWORD = "not-for-anybody"


@pytest.fixture(scope="session")
def running() -> Iterator[Server]:
    with server() as one:
        one.sql(f"CREATE ROLE owner LOGIN PASSWORD '{PASSWORD}'")
        for name in ("portal", "desk"):
            one.sql(f"CREATE ROLE keycode_{name} NOLOGIN")
            one.sql(f"CREATE ROLE {name} LOGIN PASSWORD '{PASSWORD}' IN ROLE keycode_{name}")
        yield one


class OnDatabase(Commands):
    """Commands on an installation that has a folder for its settings, and a database."""

    def __init__(self, folder: Path, running: Server, name: str, role: str = "desk") -> None:
        super().__init__(folder)
        self.server, self.name, self.role = running, name, role
        self.store.mkdir()
        self.services = folder / "pg_service.conf"
        self.services.write_text(
            "".join(
                f"[keycodes-{role}]\nhost={running.folder}\ndbname={name}\nuser={role}\n\n"
                for role in ("owner", "portal", "desk")
            )
        )
        self.set(f'database = "service=keycodes-{role}"\nbcrypt_cost = 4\n')

    def set(self, text: str) -> None:
        (self.store / "settings.toml").write_text(text)

    def environment(self, **more: str) -> dict[str, str]:
        return super().environment(**({"PGSERVICEFILE": str(self.services)} | more))


@pytest.fixture
def on_database(
    running: Server, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[..., OnDatabase]]:
    """Makes installations on one new database."""
    name = f"keycodes_{abs(hash(request.node.nodeid)) % 10**9}"
    running.sql(f"CREATE DATABASE {name} OWNER owner")

    def make(machine: str = "one", role: str = "desk") -> OnDatabase:
        folder = tmp_path / machine
        folder.mkdir()
        return OnDatabase(folder, running, name, role)

    yield make
    running.sql(f"DROP DATABASE {name} WITH (FORCE)")


OWNER = {"KEYCODE_PORTAL_DATABASE_OWNER": "service=keycodes-owner"}


def ready(made: OnDatabase) -> OnDatabase:
    """A new store with a company, a user and three systems."""
    made.done("init", **OWNER)
    made.done("company", "add", "Société d'Essai")
    made.done(
        *("user", "add", "société d'essai", "jdupont", "--last-name", "Dupont"),
        *("--first-name", "Jeanne", "--email", "jdupont@essai.example"),
    )
    made.done(
        *("system", "add", SYSTEM, "--product", "aastra5000"),
        *("--release", "R5.1", "--company", "Société d'Essai"),
    )
    made.done("system", "import", made.file("systems.csv", SYSTEMS))
    return made


def test_the_day_of_a_licence_desk(on_database: Callable[..., OnDatabase]) -> None:
    desk = ready(on_database())
    first = desk.done("order", desk.document(draft_id="d1"), "--as", USER, "--json").json
    again = desk.done("order", desk.document(draft_id="d1"), "--as", USER, "--json").json
    assert again["order"] == first["order"] == f"{SYSTEM}-0001"
    desk.done("verify", SYSTEM, first["keycode"])
    assert desk.done("show", SYSTEM, "--json").json["orders"] == [first]
    found = desk.done("search", "--licensee", THE_ORDER["licensee"].upper(), "--json").json
    assert [order["order"] for order in found] == [first["order"]]
    desk.done("upgrade", SYSTEM, "R5.2", "--as", USER)
    desk.done("move", SYSTEM, OTHER, "--reason", "failed-hardware")
    desk.done("key", "prepare")
    desk.done("key", "rotate")
    more = desk.document(equipment_id=OTHER, draft_id="d2", items={"BHW1095A": 1})
    desk.done("order", more, "--as", USER)
    assert len(desk.done("order", "list", "--json").json) == 5
    desk.done("catalogue", "show")
    assert "postgresql://" in desk("status", "--json").json["store"]
    desk.done("check")
    events = [line["event"] for line in desk.done("audit", "--json").json]
    assert events.count("order") == 5
    assert {"key-prepare", "key-rotate", "user-add", "system-add"} <= {*events}
    desk.done("erase", "--licensee", THE_ORDER["licensee"], "--yes")
    assert desk("search", "--licensee", THE_ORDER["licensee"]).status == 1
    desk.done("check")


def test_eight_processes_order_one_quote(on_database: Callable[..., OnDatabase]) -> None:
    desk = ready(on_database())
    desk.set('database = "service=keycodes-portal"\n')
    number = desk.done("quote", "new", desk.document(), "--as", USER, "--json").json["quote"]

    def order(_: int) -> str:
        return str(desk.done("quote", "order", number, "--as", USER, "--json").json["order"])

    with ThreadPoolExecutor(8) as pool:
        assert {*pool.map(order, range(8))} == {f"{SYSTEM}-0001"}
    assert desk.done("quote", "show", number, "--json").json["order"] == f"{SYSTEM}-0001"
    events = [line["event"] for line in desk.done("audit", "--json").json]
    assert (events.count("order"), events.count("quote-order")) == (1, 1)
    desk.done("check")


def test_the_portal_itself_may_not_erase(on_database: Callable[..., OnDatabase]) -> None:
    """Whoever breaks into a portal's server cannot change orders, nor the log."""
    desk = ready(on_database())
    desk.done("order", desk.document(), "--as", USER)
    desk.set('database = "service=keycodes-portal"\n')
    answer = desk("erase", "--licensee", THE_ORDER["licensee"], "--yes")
    assert (answer.status, "cannot be written: no permission" in answer.err) == (1, True)
    desk.done("order", desk.document(items={"BHW1095A": 1}, draft_id="d2"), "--as", USER)
    desk.done("check")


def test_another_server_needs_the_same_keys(on_database: Callable[..., OnDatabase]) -> None:
    one, two = ready(on_database()), on_database("two")
    refused = two("init")
    assert (refused.status, "is missing: put back your copy" in refused.err) == (1, True)
    shutil.copytree(f"{one.store}-keys", f"{two.store}-keys")
    two.done("init")
    two.done("order", two.document(), "--as", USER)
    assert one.done("show", SYSTEM, "--json").json["orders"][0]["order"] == f"{SYSTEM}-0001"
    assert two.done("export", f"{SYSTEM}-0001").out == one.done("export", f"{SYSTEM}-0001").out
    shutil.rmtree(f"{two.store}-keys")
    Commands(two.folder / "other").done("init")
    shutil.copytree(two.folder / "other" / "store-keys", f"{two.store}-keys")
    refused = two("order", "list")
    assert (refused.status, "are not those of the store" in refused.err) == (1, True)


def test_two_servers_do_not_each_make_a_key_of_the_same_number(
    on_database: Callable[..., OnDatabase],
) -> None:
    one = ready(on_database())
    two = on_database("two")
    ones, twos = Path(f"{one.store}-keys"), Path(f"{two.store}-keys")
    shutil.copytree(ones, twos)
    two.done("init")
    one.done("key", "prepare")
    refused = two("key", "prepare")
    assert (refused.status, "are not those of the store" in refused.err) == (1, True)
    assert sorted(path.name for path in twos.glob("signing-*")) == ["signing-01.key"]
    # One that came to be all the same opens nothing.
    made = twos / "signing-02.key"
    made.write_text("ab" * 32 + "\n")
    made.chmod(0o400)
    assert two("status", "--json").status != 0
    refused = two("order", two.document(), "--as", USER, "--json")
    assert (refused.status, refused.json["error"]) == (1, "KeysNotOfStore")
    made.unlink()
    shutil.copy2(ones / "signing-02.key", made)
    two.done("key", "rotate")
    two.done("order", two.document(), "--as", USER)
    one.done("check")


def test_without_the_owner_the_sql_is_said(on_database: Callable[..., OnDatabase]) -> None:
    made = on_database()
    said = made("init")
    assert (said.status, "CREATE TABLE orders" in said.out) == (1, True)
    assert "KEYCODE_PORTAL_DATABASE_OWNER" in said.err
    made.server.sql(f"SET ROLE owner; {said.out}", made.name)
    made.done("init")
    made.done("check")


URL = f"postgresql://desk:{PASSWORD}@db1/keycodes"


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    "database", [URL, f"host=db1 password={PASSWORD}", f"host=db1 sslpassword='{PASSWORD}'", "db1"]
)
def test_no_password_is_taken_in_settings(
    on_database: Callable[..., OnDatabase], database: str, language: str
) -> None:
    made = on_database()
    made.language = language
    wanted = {"en": "without a password or URL", "fr": "sans mot de passe ni URL"}[language]
    made.set(f'database = "{database}"\n')
    for answer in (made("order", "list"), made("init", KEYCODE_PORTAL_DATABASE=database)):
        assert (answer.status, wanted in answer.err) == (1, True), answer
        assert PASSWORD not in answer.err


@pytest.mark.parametrize(
    ("state", "english", "french"),
    [
        ("service", "has no such service", "n’a pas ce service"),
        ("database", "is not a store", "n’est pas une base"),
        ("newer", "A newer version of the portal", "version plus récente du portail"),
        ("role", "does not let the portal in", "refuse le portail"),
        ("both", "holds a store, and its settings", "contient une base, et ses réglages"),
        ("driver", "install its driver", "installez son pilote"),
        ("locked", "is working on", "travaille sur"),
    ],
)
def test_what_is_wrong_is_said(
    on_database: Callable[..., OnDatabase], state: str, english: str, french: str
) -> None:
    made = ready(on_database())
    environment: dict[str, str] = {}
    locked = None
    if state == "service":
        made.set('database = "service=nonsense"\n')
    elif state == "database":
        made.services.write_text(made.services.read_text().replace(made.name, "nonsense"))
    elif state == "newer":
        made.server.sql("INSERT INTO version VALUES (99)", made.name)
    elif state == "role":
        made.services.write_text(made.services.read_text().replace("user=desk", "user=nobody"))
    elif state == "both":
        (made.store / "VERSION").write_text("2\n")
    elif state == "driver":
        (made.folder / "psycopg.py").write_text("raise ImportError('no psycopg', name='psycopg')")
        environment = {"PYTHONPATH": str(made.folder)}
    else:
        made.set((made.store / "settings.toml").read_text() + "lock_seconds = 0.3\n")
        locked = psycopg.connect(made.server.database(made.name))
        locked.execute("SELECT 1 FROM systems FOR UPDATE")
    try:
        for language, said in (("en", english), ("fr", french)):
            made.language = language
            document = made.document()
            answer = made("order", document, "--as", USER, **environment)
            assert (answer.status, said in answer.err) == (1, True), answer
    finally:
        if locked:
            locked.close()


def test_a_store_goes_into_a_database_and_back(
    on_database: Callable[..., OnDatabase], installed: Commands
) -> None:
    first = installed.done("order", installed.document(draft_id="d1"), "--as", USER, "--json").json
    move = ("move", SYSTEM, OTHER, "--reason", "failed-hardware", "--json")
    installed.done("upgrade", SYSTEM, "R5.2", "--as", USER)
    installed.done(*move)
    made = on_database()
    environment = {**made.environment(), **OWNER}
    copied = installed.done("copy", str(installed.store), str(made.store), **environment)
    assert "All of it was read again and is the same." in copied.err
    refused = installed("order", "list")
    assert f"was copied to “{made.store}” and is closed" in refused.err

    made.done("check")
    assert first in made.done("show", SYSTEM, "--json").json["orders"]
    again = made.done("order", made.document(draft_id="d1"), "--as", USER, "--json").json
    assert again["order"] == first["order"]
    more = made.document(equipment_id=OTHER, draft_id="d2", items={"BHW1095A": 1})
    second = made.done("order", more, "--as", USER, "--json").json
    assert second["order"] == f"{OTHER}-0002"
    made.done("check")
    events = [line["event"] for line in made.done("audit", "--json").json]
    assert events[0] == "company-add"
    assert events[-2:] == ["store-copy", "order"]
    again = installed("copy", "--undo", str(installed.store), **environment)
    assert (again.status, "copy that one back" in again.err) == (1, True)

    back = Commands(installed.folder / "back")
    made.done("copy", str(made.store), str(back.store), **OWNER)
    refused = made("order", "list")
    assert (refused.status, f"was copied to “{back.store}”" in refused.err) == (1, True)
    back.done("check")
    assert second in back.done("show", OTHER, "--json").json["orders"]
    assert [line["event"] for line in back.done("audit", "--json").json] == [*events, "store-copy"]
    undone = made.done("copy", "--undo", str(made.store), "--json")
    assert undone.json["copy"] == str(back.store)
    last = made.document(equipment_id=OTHER, draft_id="d3", items={"BHW1095A": 1})
    made.done("order", last, "--as", USER)
    made.done("check")


def test_a_backup_of_a_database_is_one_of_a_folder_and_back(
    on_database: Callable[..., OnDatabase], running: Server
) -> None:
    made = ready(on_database())
    first = made.done("order", made.document(), "--as", USER, "--json").json
    target = made.folder / "backup.tar.gz"
    assert "Backup of 3 systems." in made.done("backup", str(target), "--with-keys").err
    fresh = Commands(made.folder / "fresh")
    fresh.done("restore", str(target))
    fresh.done("check")
    assert fresh.done("show", SYSTEM, "--json").json["orders"] == [first]
    refused = made("restore", str(target), **OWNER)
    assert (refused.status, "is not empty" in refused.err) == (1, True)
    refused = made("restore", str(target), "--damaged")
    assert (refused.status, "server's own backup" in refused.err) == (1, True)
    running.sql(f"DROP DATABASE {made.name} WITH (FORCE)")
    running.sql(f"CREATE DATABASE {made.name} OWNER owner")
    made.done("restore", str(target), **OWNER)
    assert made.done("show", SYSTEM, "--json").json["orders"] == [first]
    made.done("check")


def test_a_folder_needs_nothing_of_a_database(installed: Commands) -> None:
    """Not even where a driver lies around that cannot be imported."""
    (installed.folder / "psycopg.py").write_text("raise SystemExit('imported')")
    environment = {"PYTHONPATH": str(installed.folder)}
    installed.done("order", installed.document(), "--as", USER, **environment)
    for words in (("order", "list"), ("check",), ("status",), ("decode", "442")):
        assert "imported" not in "".join(map(str, installed(*words, **environment)))


def test_the_plain_portal_works_on_a_database(on_database: Callable[..., OnDatabase]) -> None:
    made = ready(on_database())
    made.done("user", "reset-password", "Société d'Essai", "jdupont")
    made.done("order", made.document(), "--as", USER)
    said = made("--plain", given="1\nSociété d'Essai\njdupont\nwrong\n")
    assert "Traceback" not in said.err + said.out
    assert "sign-in-refused" in made.done("audit", "--json").out
