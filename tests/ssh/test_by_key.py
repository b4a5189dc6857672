"""Two companies, two keys, on a real sshd: the key says who somebody is and what he may do; a
command that comes with it is carried out, and nothing else."""

from __future__ import annotations

import json
import os
import pwd
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.plain.conftest import LEAVE, guide_order
from tests.ssh.server import BY_KEY, CAREFUL, FORGETFUL, GONE, HOST, Server, serving
from tests.support.copies import copy_installation
from tests.support.environment import ROOT
from tests.support.guide import COMPANY, FOREIGN, LOGIN, PASSWORD, SYSTEM
from tests.support.installation import Installation
from tests.support.operator import Operator

OTHER, OTHER_LOGIN = "Other Telecom", "mmartin"
ORDER = (ROOT / "data" / "demo" / "order.json").read_text()
"""The guide's."""
MARK = "MARK"


@contextmanager
def by_key(installation: Installation, folder: Path) -> Iterator[Server]:
    """The documented set-up, where each of two operators has a key that the portal knows."""
    with serving(folder, installation, documented=BY_KEY) as running:
        for name, company, login in ((FORGETFUL, COMPANY, LOGIN), (CAREFUL, OTHER, OTHER_LOGIN)):
            installation.done("user", "key", "add", company, login, str(folder / f"{name}.pub"))
        yield running
        running.waits_until_empty(GONE)


@pytest.fixture
def server(
    installation: Installation, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """On a store of the test's own."""
    with by_key(installation, tmp_path_factory.mktemp("ssh")) as running:
        yield running


@pytest.fixture(scope="module")
def shared(template: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """On one that nobody changes."""
    copy = Installation(tmp_path_factory.mktemp("shared"))
    copy_installation(template.folder, copy.folder)
    with by_key(copy, tmp_path_factory.mktemp("ssh")) as running:
        yield running


def ask(
    server: Server, command: str, *, given: str = "", key: str = FORGETFUL
) -> subprocess.CompletedProcess[str]:
    """One command with a key, as a script sends it."""
    words = server.words(
        "-T", "-i", str(server.folder / key), "-o", f"IdentityFile={server.folder}/{key}"
    )
    return server.ask(*words, "--", HOST, command, given=given)


def fingerprint(server: Server, key: str) -> str:
    listed = json.loads(server.installation.done("user", "key", "list", "--json").out)
    return next(str(each["fingerprint"]) for each in listed if each["comment"] == key)


def test_an_order_comes_and_its_export_goes_by_ssh(server: Server) -> None:
    done = ask(server, "order - --json", given=ORDER)
    assert done.returncode == 0, done.stderr
    placed = json.loads(done.stdout)
    number = placed["order"]
    assert number.startswith(SYSTEM)
    export = ask(server, f"export {number}")
    assert export.stdout == server.installation.done("export", number).out
    listed = json.loads(ask(server, "order list --json").stdout)
    assert listed[0]["order"] == number
    assert (
        json.loads(ask(server, f"order show {number} --json").stdout)["keycode"]
        == placed["keycode"]
    )
    assert ask(server, "search --reference 2125469-65891").returncode == 0
    assert placed["keycode"] in ask(server, f"show {SYSTEM}").stdout
    assert ask(server, f"verify {SYSTEM} {placed['keycode']}").returncode == 0
    again = json.loads(ask(server, "order - --json", given=ORDER).stdout)
    assert (again["error"], again["data"]["number"]) == ("OrderedBefore", number)
    log = json.loads(server.installation.done("audit", "--json").out)
    assert [each["who"] for each in log if each["event"] == "order"][-1:] == [
        f"demo-1/{LOGIN} (unix:ssh)"
    ]


def test_a_quote_is_made_fetched_and_ordered_by_ssh(server: Server) -> None:
    made = ask(server, "quote new - --json", given=ORDER)
    assert made.returncode == 0, made.stderr
    number = json.loads(made.stdout)["quote"]
    assert ask(server, f"quote show {number}", key=CAREFUL).returncode == 1
    assert ask(server, f"quote order {number}", key=CAREFUL).returncode == 1
    text = ask(server, f"quote export {number}").stdout
    assert text == server.installation.done("quote", "export", number).out
    copied = ask(server, f"quote copy {number} --json")
    other = json.loads(copied.stdout)["quote"]
    assert ask(server, f"quote withdraw {other}").returncode == 0
    ordered = ask(server, f"quote order {number} --json")
    assert json.loads(ordered.stdout)["order"].startswith(SYSTEM)
    listed = json.loads(ask(server, "quote list --all --json").stdout)
    assert [each["state"] for each in listed] == ["withdrawn", "ordered"]
    assert ask(server, "quote list --all --csv -").returncode == 0


def test_a_key_sees_its_own_company_alone(shared: Server) -> None:
    assert ask(shared, f"show {SYSTEM}").returncode == 0
    refused = ask(shared, f"show {SYSTEM}", key=CAREFUL)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert ask(shared, f"show {FOREIGN}", key=CAREFUL).returncode == 0
    order = ask(shared, "order - --json", given=ORDER, key=CAREFUL)
    assert order.returncode == 1
    assert json.loads(order.stdout)["error"] == "SystemUnknown"
    company = ask(shared, f"search --company '{COMPANY}'", key=CAREFUL)
    assert company.returncode == 1
    assert "Your role does not allow you to see other companies." in company.stderr


@pytest.mark.parametrize(
    "command",
    [
        f"touch {MARK}",
        f"; touch {MARK}",
        f"help; touch {MARK}",
        f"$(touch {MARK})",
        f"`touch {MARK}`",
        f"order list | tee {MARK}",
        f"order list > {MARK}",
        f"export 03FFFF0302AD4-0001 && touch {MARK}",
        f"decode x\ntouch {MARK}",
        f"order {MARK}",
        f"order place {MARK} --json",
        f"order list --csv {MARK}",
        f"order list --csv={MARK}",
        f"verify --csv {MARK}",
        f"upgrade --csv - --result {MARK} --yes",
        "export 03FFFF0302AD4-0001 --file",
        "quote export Q-2026-000001 --file",
        f"quote list --csv {MARK}",
        f"quote new {MARK}",
        "order place - --csv --yes",
        "move --csv - --yes",
        "order place - --as 'Other Telecom/mmartin'",
        "show 03FFFF0302AD4 --store /tmp",
        "--store /tmp order list",
        "user list",
        "company list",
        "key rotate",
        "audit",
        "backup -",
        "erase --due",
        "catalogue put -",
        "serve",
        "ssh",
        "ssh keys SHA256:x",
        "demo",
        "init",
        "order 'list",
        "/bin/sh",
        "-c 'sh'",
        "scp -t /tmp",
        "internal-sftp",
    ],
)
def test_nothing_else_is_done(shared: Server, tmp_path: Path, command: str) -> None:
    mark = tmp_path / "mark"
    said = ask(shared, command.replace(MARK, str(mark)), given=ORDER)
    assert said.returncode in (1, 2), said
    assert "Traceback" not in said.stderr
    assert said.stderr.strip()
    assert not mark.exists()
    assert list((shared.installation.store / "export").iterdir()) == []


@pytest.mark.parametrize("copier", [("scp", "-O"), ("scp",)])
def test_no_file_comes_or_goes(shared: Server, tmp_path: Path, copier: tuple[str, ...]) -> None:
    program, *options = copier
    here, there = tmp_path / "here", tmp_path / "there"
    there.write_text("not to be had\n")
    for way in ((f"{HOST}:{there}", str(here)), (str(there), f"{HOST}:{here}")):
        assert shared.ask(*shared.words(*options, *way, program=program)).returncode != 0
        assert not here.exists()


def test_forwarding_is_refused_and_help_says_what_there_is(shared: Server) -> None:
    forwarded = shared.ask(*shared.words("-W", "127.0.0.1:1", HOST))
    assert forwarded.returncode == 255
    said = ask(shared, "help")
    assert said.returncode == 0
    assert "order - --json" in said.stdout
    assert all(len(line) <= 80 for line in said.stdout.splitlines())
    french = ask(shared, "--language fr help")
    assert french.returncode == 0
    assert french.stdout != said.stdout


def test_on_a_terminal_company_and_user_are_filled_in(shared: Server) -> None:
    with shared.log_in() as terminal:
        terminal.wait_for("Password", COMPANY, LOGIN)
        terminal.press(PASSWORD, "enter")
        terminal.wait_for("Latest orders")
        Operator(terminal).logs_out()
        assert Operator(terminal).leaves() == 0


def test_in_plain_mode_too(shared: Server) -> None:
    with shared.log_in(TERM="dumb") as terminal:
        terminal.wait_for(f"Company name [{COMPANY}]")


def test_where_the_key_is_enough_no_password_is_asked(server: Server) -> None:
    settings = server.installation.store / "settings.toml"
    settings.write_text("bcrypt_cost = 4\nssh_key_is_enough = true\n")
    with server.log_in() as terminal:
        terminal.wait_for("Latest orders")
        Operator(terminal).logs_out()
        terminal.wait_for("Password", COMPANY)  # who logs out is out
        assert Operator(terminal).leaves() == 0


def test_a_disabled_user_and_a_removed_key_are_out(server: Server) -> None:
    installation = server.installation
    installation.done("user", "disable", COMPANY, LOGIN)
    closed = ask(server, "order list")
    assert (closed.returncode, closed.stdout) == (255, "")
    assert "Permission denied" in closed.stderr
    installation.done("user", "enable", COMPANY, LOGIN)
    assert ask(server, "order list").returncode == 0
    installation.done("user", "key", "remove", fingerprint(server, FORGETFUL))
    assert ask(server, "order list").returncode == 255
    assert ask(server, "order list", key=CAREFUL).returncode in (0, 1)


def test_a_role_that_only_reads_orders_nothing(server: Server) -> None:
    server.installation.done("user", "role", COMPANY, LOGIN, "read")
    refused = ask(server, "order - --json", given=ORDER)
    assert refused.returncode == 1
    assert json.loads(refused.stdout)["error"] == "NotAllowed"
    assert ask(server, "order list").returncode == 0


def test_the_screen_shows_the_command_that_fetches_the_text(server: Server) -> None:
    number = f"{SYSTEM}-0002"
    with server.log_in() as terminal:
        operator = Operator(terminal)
        terminal.wait_for("Password", COMPANY, LOGIN)
        terminal.press(PASSWORD, "enter")
        terminal.wait_for("Latest orders")
        operator.goes_to_validation()
        operator.confirms()
        terminal.press("tab", "enter")
        operator.sees("Show the text alone", "Fetch it with a command")
        assert "Write a .txt file" not in terminal.text
        terminal.press("command", "enter")
        terminal.wait_for("On your own computer: ssh ")
        said = "".join(terminal.text.partition("On your own computer: ")[2].split())
        account = pwd.getpwuid(os.geteuid()).pw_name
        wanted = f"ssh -p {server.port} {account}@127.0.0.1 export {number} >{number}.txt"
        assert said.startswith(wanted.replace(" ", ""))
        operator.logs_out()
        assert operator.leaves() == 0
    fetched = ask(server, f"export {number}")
    assert fetched.stdout == server.installation.done("export", number).out


def test_in_plain_mode_the_text_and_the_command_are_said(server: Server) -> None:
    answers = (*guide_order(), "1", *LEAVE)
    said = server.ask(*server.words("-T", HOST), given="\n".join(answers) + "\n").stdout
    number = f"{SYSTEM}-0002"
    account = pwd.getpwuid(os.geteuid()).pw_name
    wanted = f"ssh -p {server.port} {account}@127.0.0.1 export {number} >{number}.txt"
    assert wanted.replace(" ", "") in "".join(said.split())
    assert server.installation.done("export", number).out in said
    assert list((server.installation.store / "export").iterdir()) == []


def test_an_administrator_looks_after_his_people_and_asks_the_desk(server: Server) -> None:
    """Of his own company alone; the password that is asked again comes on standard input."""
    server.installation.done("user", "role", COMPANY, LOGIN, "company-admin")
    listed = json.loads(ask(server, "people list --json").stdout)
    assert LOGIN in {each["login"] for each in listed}
    assert OTHER_LOGIN not in {each["login"] for each in listed}
    add = "people add anna --last-name E --first-name A --email a@example.com --json"
    assert ask(server, add, given="wrong\n").returncode == 1
    added = json.loads(ask(server, add, given=f"{PASSWORD}\n").stdout)
    assert (added["login"], added["role"]) == ("anna", "order")
    refused = ask(server, "people list", key=CAREFUL)
    assert (refused.returncode, refused.stdout) == (1, "")
    asked = ask(server, "request system 9123456789ABC aastra5000 R5.2 --json")
    number = json.loads(asked.stdout)["request"]
    assert ask(server, f"request show {number}", key=CAREFUL).returncode == 1
    assert ask(server, f"request approve {number}").returncode == 1
    assert ask(server, f"request withdraw {number}").returncode == 0
