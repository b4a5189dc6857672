"""`request`: asked by users, decided by the licence desk, once; in a command and over SSH."""

from __future__ import annotations

import pytest

from engine.assembly import open_installation
from engine.errors import PaperDecided
from engine.papers.paper import PaperState
from engine.settings import Settings
from tests.commands.conftest import SYSTEM, USER, Commands
from tests.contract.folder.test_processes import in_processes
from tests.support.guide import COMPANY
from tests.support.installation import Installation

FRESH = "9123456789ABC"
DESK = "Société d'Essai/desk"
ASKED = ("request", "system", FRESH, "aastra5000", "R5.2", "--as", USER)


@pytest.fixture
def with_desk(installed: Commands) -> Commands:
    """Somebody at the licence desk, besides whoever runs the commands."""
    installed.done(
        *("user", "add", "Société d'Essai", "desk", "--last-name", "Desk", "--first-name", "D"),
        *("--email", "desk@example.com", "--role", "licence-desk"),
    )
    return installed


def test_a_system_is_asked_for_added_and_ordered_for(with_desk: Commands) -> None:
    asked = with_desk.done(*ASKED, "--note", "new site", "--json").json
    assert (asked["request"], asked["kind"], asked["state"]) == (
        *("R-2026-000001", "new-system", "open"),
    )
    assert asked["asked"]["note"] == "new site"
    (listed,) = with_desk.done("request", "list", "--json").json
    assert listed == asked
    done = with_desk.done("request", "approve", "r-2026-000001", "--as", DESK, "--json").json
    assert (done["state"], done["outcome"]) == ("done", FRESH)
    with_desk.done(
        *("order", "place", with_desk.document(equipment_id=FRESH), "--as", USER, "--json")
    )
    assert "No request waits." in with_desk.done("request", "list").err
    assert "approved" in with_desk.done("request", "list", "--all").out
    shown = with_desk.done("request", "show", "R-2026-000001").out
    for part in ("New system", USER, FRESH, "Aastra 5000", "new site", DESK):
        assert part in shown
    events = [each["event"] for each in with_desk.done("audit", "--json").json]
    assert [each for each in events if "request" in each] == ["request-add", "request-approve"]
    assert with_desk.done("check").status == 0


def test_who_asked_does_not_decide_whatever_command_he_uses(with_desk: Commands) -> None:
    with_desk.done(*ASKED)
    for words in (("approve",), ("refuse", "--why", "no")):
        refused = with_desk("request", words[0], "R-2026-000001", *words[1:], "--json")
        assert (refused.status, refused.json["error"]) == (1, "OwnRequest")
    assert with_desk.done("request", "list", "--json").json[0]["state"] == "open"


def test_a_refusal_is_read_by_who_asked(with_desk: Commands) -> None:
    with_desk.done(*ASKED)
    with_desk.done(*("request", "refuse", "R-2026-000001", "--why", "nobody sold it", "--as", DESK))
    shown = with_desk.done("request", "show", "R-2026-000001", "--as", USER).out
    assert "nobody sold it" in shown
    again = with_desk("request", "approve", "R-2026-000001", "--as", DESK, "--json")
    assert (again.status, again.json["error"]) == (1, "PaperDecided")


def test_a_correction_is_asked_for(with_desk: Commands) -> None:
    placed = with_desk.done("order", "place", with_desk.document(), "--as", USER, "--json").json
    part = placed["items"][0]["part"]
    number = placed["order"]
    asked = with_desk.done(
        *("request", "correction", number, f"{part}=0", "--reason", "cancelled", "--as", USER)
    )
    assert "R-2026-000001" in asked.out
    page = with_desk.done("request", "show", "R-2026-000001", "--as", DESK).out
    assert "Approving it would do this:" in page
    told = with_desk.done("request", "show", "R-2026-000001", "--as", DESK, "--json").json
    assert (told["plan"]["kind"], told["plan"]["items"][0]["quantity"]) == ("correction", -1)
    with_desk.done("request", "approve", "R-2026-000001", "--as", DESK)
    orders = with_desk.done("show", SYSTEM, "--json").json["orders"]
    assert [order["order"] for order in orders] == [f"{SYSTEM}-0002", number]


def test_what_can_no_longer_be_done_says_why(with_desk: Commands) -> None:
    placed = with_desk.done("order", "place", with_desk.document(), "--as", USER, "--json").json
    meant = (placed["order"], f"{placed['items'][0]['part']}=0", "--reason", "cancelled")
    with_desk.done("request", "correction", *meant, "--as", USER)
    with_desk.done("correct", *meant)
    shown = with_desk.done("request", "show", "R-2026-000001", "--as", DESK, "--json").json
    assert "plan" not in shown
    assert shown["obstacle"]["error"] == "NothingCorrected"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("system", FRESH, "aastra5000", "R5.2"), "--as needs a company and a username"),
        (("system", "12", "aastra5000", "R5.2", "--as", USER), "digits"),
        (("system", FRESH, "aastra5000", "R9", "--as", USER), "R9"),
        (("system", SYSTEM, "aastra5000", "R5.2", "--as", USER), "already"),
        (("transfer", FRESH, "--as", USER), "Reason is required"),
        (
            ("correction", f"{SYSTEM}-0009", "BHW1095A", "--reason", "cancelled", "--as", USER),
            "PART=QUANTITY",
        ),
        (("show", "R-2026-000009"), "There is no request or quote R-2026-000009."),
        (("show", "../../x"), "There is no request or quote"),
        (("withdraw", "Q-2026-000001", "--as", USER), "There is no request or quote"),
    ],
)
def test_bad_input(installed: Commands, words: tuple[str, ...], said: str) -> None:
    refused = installed("request", *words)
    assert refused.status in {1, 2}
    assert said in refused.out + refused.err
    assert installed.done("request", "list", "--all", "--json").json == []


def test_requests_come_back_with_a_backup(with_desk: Commands) -> None:
    with_desk.done(*ASKED)
    with_desk.done("request", "withdraw", "R-2026-000001", "--as", USER)
    with_desk.done(*ASKED)
    kept = with_desk.done("request", "list", "--all", "--json").json
    backup = str(with_desk.folder / "backup")
    with_desk.done("backup", backup, "--with-keys")
    fresh = Commands(with_desk.folder / "fresh")
    fresh.folder.mkdir()
    fresh.done("restore", backup)
    assert fresh.done("request", "list", "--all", "--json").json == kept
    assert len(kept) == 2


def test_sixteen_desks_decide_each_request_once(installation: Installation) -> None:
    """Half approve, half refuse, each in a process of his own."""
    settings = Settings(store=str(installation.store), bcrypt_cost=4)
    portal = open_installation(settings)
    for number in range(16):
        portal.administration.add_user(
            COMPANY,
            f"desk{number}",
            last_name="Desk",
            first_name="Some",
            email="desk@example.com",
            role="licence-desk",
            who="desk",
        )
    asker = portal.signing_in.act_as(COMPANY, "jsmith", "asker")
    ids = [f"9123456789AB{digit}" for digit in "0123"]
    numbers = [
        portal.asking.ask_for_system(asker, each, "aastra5000", "R5.2").number for each in ids
    ]

    def decide(number: int) -> None:
        own = open_installation(settings)
        session = own.signing_in.act_as(COMPANY, f"desk{number}", f"unix{number}")
        for each in numbers[number % 4 :] + numbers[: number % 4]:
            try:
                if number % 2:
                    own.requests.approve(session, each)
                else:
                    own.requests.refuse(session, each, "no")
            except PaperDecided:
                continue
        own.close()

    in_processes(16, decide)
    known = {system.equipment_id for system in portal.registering.systems()}
    for equipment_id, each in zip(ids, numbers, strict=True):
        paper = portal.requests.request(asker, each)
        assert paper.state in {PaperState.DONE, PaperState.REFUSED}
        assert (equipment_id in known) == (paper.state is PaperState.DONE)
    portal.close()
    log = installation.done("audit", "--json").json
    decided = [e for e in log if e["event"] in {"request-approve", "request-refuse"}]
    assert sorted(e["details"]["paper"] for e in decided) == sorted(numbers)
