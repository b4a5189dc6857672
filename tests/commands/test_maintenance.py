"""Maintaining an installation: check, audit, signing keys, personal data."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from engine.assembly import Portal, open_installation
from engine.audit import EventName
from engine.errors import KeyDamaged, KeysMissing, WriteFailed
from engine.findings import Finding, FindingCode
from engine.installation import open_parts
from engine.keycode.codec import checked, compress, decode, expand
from engine.keycode.signing import TAG_DIGITS
from engine.maintenance import Maintenance
from engine.settings import load_settings
from engine.store.digests import CONTENT, PERSONAL
from engine.store.folder.documents import sealed
from engine.store.folder.journal.journal import Entry, Journal
from engine.store.folder.paths import Paths
from engine.store.folder.store import FolderStore
from tests.commands.conftest import SYSTEM, USER, Commands
from tests.support.copies import copy_installation
from tests.support.language import in_french
from tui.commands.running import run
from tui.wording.findings import SENTENCES, finding_sentence
from tui.wording.translation import set_language

OTHER = "03FFFF0302B17"
NEXSPAN = "01A0B40000C17"


@pytest.fixture(scope="module")
def kept(reseller: Path, tmp_path_factory: pytest.TempPathFactory) -> Commands:
    """Two orders for one system, one for another. For tests that put back what they change."""
    folder = tmp_path_factory.mktemp("kept")
    copy_installation(reseller, folder)
    commands = Commands(folder)
    for number, equipment_id in enumerate((SYSTEM, SYSTEM, OTHER)):
        document = commands.document(
            equipment_id=equipment_id, items={"BHW1095A": 1}, draft_id=f"d{number}"
        )
        commands.done("order", document, "--as", USER)
    commands.done("search", "--reference", "2125469-65891")  # the index is there
    return commands


def files(commands: Commands) -> list[Path]:
    """The files that a test may change; to look into 4,096 folders takes too long."""
    store = commands.store
    system_folders = {Path(Paths(store).system_folder(each)) for each in (SYSTEM, OTHER, NEXSPAN)}
    accounts = (store / "companies", store / "users")
    folders = (store, store / "journal", store / "systems" / "000", *accounts, *system_folders)
    return [path for folder in folders for path in folder.iterdir() if path.is_file()]


@pytest.fixture
def put_back(kept: Commands) -> Iterator[Commands]:
    """The same, put back as it was afterwards."""
    before = {path: path.read_bytes() for path in files(kept)}
    yield kept
    for path in files(kept):
        if path not in before:
            path.unlink()
    for path, data in before.items():
        if not path.exists() or path.read_bytes() != data:
            path.write_bytes(data)
    kept.store.chmod(0o700)


@pytest.fixture
def ordered(kept: Commands, tmp_path: Path) -> Commands:
    """A copy of its own."""
    copy_installation(kept.folder, tmp_path)
    return Commands(tmp_path)


def document(commands: Commands, equipment_id: str = SYSTEM) -> Path:
    return next(commands.store.glob(f"systems/*/{equipment_id}.json"))


def journal(commands: Commands) -> Path:
    return next((commands.store / "journal").iterdir())


def resealed(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change a document as somebody would who knows the format: with a right seal."""
    tables = json.loads(path.read_bytes())
    del tables["seal"], tables["format"]
    change(tables)
    path.write_bytes(sealed(tables))


def codes(commands: Commands) -> set[str]:
    """What is found; not all of it is harmless."""
    maintenance = Maintenance(load_settings(commands.store, {}))
    found = list(maintenance.check())
    maintenance.close()
    assert not all(finding.harmless for finding in found)
    return {finding.code for finding in found}


def test_a_backup_of_a_disk_that_cannot_be_written(
    kept: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    """… goes to another one, and has no line in the audit log; nobody takes keys without one."""
    maintenance = Maintenance(load_settings(kept.store, {}))
    monkeypatch.setattr(Journal, "append", _refused)
    made = maintenance.back_up(kept.folder / "1.tar.gz", "unix:desk", with_keys=False)
    assert (made.logged, made.systems, made.left_out) == (False, 3, [])
    with pytest.raises(WriteFailed):
        maintenance.back_up(kept.folder / "2.tar.gz", "unix:desk", with_keys=True)
    assert not (kept.folder / "2.tar.gz").exists()
    maintenance.close()


def _refused(journal: Journal, entries: object) -> None:
    raise WriteFailed(path="journal", reason="EROFS")


def test_a_sound_installation_is_called_sound(kept: Commands) -> None:
    answer = kept.done("check", "--json")
    assert answer.json == {"sound": True, "systems": 3, "orders": 3, "findings": []}
    said = kept.done("check")
    assert said.out == ""
    assert said.err.splitlines()[:2] == [  # then whom to ask, which nobody has set here
        "3 systems and 3 orders were read.",
        "No problems found.",
    ]
    french = kept("check", KEYCODE_PORTAL_LANGUAGE="fr")
    assert in_french("No problems found.") in french.err


def _order(tables: dict[str, Any], sequence: int = 2) -> dict[str, Any]:
    order: dict[str, Any] = tables["orders"][f"{SYSTEM}-{sequence:04d}"]
    return order


def _keycode_of_the_other(commands: Commands) -> str:
    return str(commands.done("show", OTHER, "--json").json["keycode"])


def _of_key_seven(keycode: str) -> str:
    digits = expand(checked(keycode))
    place = len(digits) - TAG_DIGITS - 1
    return compress(f"{digits[:place]}7{digits[place + 1 :]}")


PLANTED: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "a quantity more": (lambda t: _order(t)["inventory"].update({"sip-trunk": 3}), "inventory"),
    "a function more": (lambda t: _order(t)["inventory"].update({"hostel": 1}), "inventory"),
    "a line more": (lambda t: _order(t)["lines"][0].update(quantity=2), "inventory"),
    "the keycode before": (
        lambda t: _order(t).update(keycode=_order(t, 1)["keycode"]),
        "keycode-inventory",
    ),
    "no keycode": (lambda t: _order(t).update(keycode=None), "keycode-missing"),
    "a keycode with one digit changed": (
        lambda t: _order(t).update(keycode=_order(t)["keycode"][:-1] + "?"),
        "keycode-wrong",
    ),
    "a keycode of an unknown key": (
        lambda t: _order(t).update(keycode=_of_key_seven(_order(t)["keycode"])),
        "keycode-key",
    ),
    "an order taken out": (lambda t: t["orders"].pop(f"{SYSTEM}-0001"), "order-number"),
    "a number that is none": (lambda t: _order(t).update(number="x-2"), "order-number"),
    "the last order taken out": (lambda t: t["orders"].pop(f"{SYSTEM}-0002"), "order-lost"),
    "an order of another draft": (lambda t: _order(t).update(draft_id="x"), "no-line"),
    "another release": (lambda t: _order(t).update(release="R5.2"), "keycode-wrong"),
    "an order of another system": (
        lambda t: _order(t).update(equipment_id=OTHER),
        "order-other",
    ),
    "another company": (lambda t: _order(t).update(company_id="x"), "order-changed"),
    "another day": (lambda t: _order(t).update(placed_at="2026-01-01T00:00:00Z"), "order-changed"),
    "another price": (lambda t: _order(t)["lines"][0].update(unit_price="1.00"), "order-changed"),
    "another reference": (lambda t: _order(t).update(reference="x"), "order-changed"),
    "another licensee": (lambda t: _order(t).update(licensee="Jane Smith"), "order-changed"),
    "another address": (lambda t: _order(t)["address"].update(city="Paris"), "order-changed"),
    "no licensee and no address, which nobody erased": (
        lambda t: _order(t).update(licensee="", address={"name": ""}),
        "order-changed",
    ),
    "another user": (lambda t: _order(t).update(placed_by="somebody"), "order-changed"),
    "another currency": (lambda t: _order(t).update(currency="USD"), "order-changed"),
    "an unknown product": (lambda t: t["system"][SYSTEM].update(product="x"), "product-unknown"),
    "an unknown release": (lambda t: t["system"][SYSTEM].update(release="x"), "release-unknown"),
    "an unknown company": (lambda t: t["system"][SYSTEM].update(company_id="x"), "company-unknown"),
    "sealed orders that are none": (
        lambda t: t["system"][SYSTEM].update(sealed_orders=7),
        "order-count",
    ),
    "a segment that is none": (lambda t: t["system"][SYSTEM].update(sealed=1), "damaged-io"),
}


@pytest.mark.parametrize(("change", "code"), PLANTED.values(), ids=PLANTED)
def test_what_somebody_changed_with_a_right_seal_is_found(
    put_back: Commands, change: Callable[[dict[str, Any]], object], code: str
) -> None:
    resealed(document(put_back), change)
    assert code in codes(put_back)


def test_damage_of_files_is_found_and_named(put_back: Commands) -> None:
    path = document(put_back)
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    assert codes(put_back) == {"damaged-seal"}
    path.unlink()
    assert codes(put_back) == {"document-missing"}
    (put_back.store / "systems" / "000" / path.name).write_bytes(whole)
    answer = put_back("check")
    assert answer.status == 1
    assert f"“{put_back.store}/systems/000/{SYSTEM}.json” does not belong" in answer.out
    assert "Problems found." in answer.err


def test_damaged_accounts_and_an_open_store_are_found(put_back: Commands) -> None:
    put_back.store.chmod(0o755)
    account = next((put_back.store / "users").iterdir())
    whole = account.read_bytes()
    account.write_bytes(whole[:-1])
    assert codes(put_back) == {"store-open", "damaged-seal"}
    account.write_bytes(whole)
    resealed(account, lambda tables: next(iter(tables["users"].values())).update(password="kp1$"))
    assert codes(put_back) == {"store-open", "user-password"}
    account.write_bytes(whole)
    for company in (put_back.store / "companies").iterdir():
        company.unlink()
    assert codes(put_back) == {"store-open", "user-company", "company-unknown"}


def test_a_role_that_nobody_gave_is_found(put_back: Commands) -> None:
    def raised(tables: dict[str, Any]) -> None:
        for user in tables["users"].values():
            user["role"] = "licence-desk"

    for path in (put_back.store / "users").iterdir():
        resealed(path, raised)
    assert codes(put_back) == {"user-role"}
    answer = put_back("check")
    assert "the role is “licence-desk”, and the audit log says “order”" in answer.out
    company, login = USER.split("/")
    put_back.done("user", "role", company, login, "order")
    put_back.done("check")


@pytest.mark.parametrize(
    ("equipment_id", "change"),
    [
        (SYSTEM, {"release": "R5.2"}),
        (NEXSPAN, {"model": "Nexspan L"}),
        (NEXSPAN, {"company_id": "another"}),
        (OTHER, {"release": "R5.1"}),
    ],
)
def test_a_system_that_was_changed_with_a_right_seal_is_found(
    put_back: Commands, equipment_id: str, change: dict[str, str]
) -> None:
    path = document(put_back, equipment_id)
    resealed(path, lambda tables: tables["system"][equipment_id].update(change))
    assert FindingCode.SYSTEM_CHANGED in codes(put_back)
    assert f"{equipment_id} was changed after it was added" in put_back("check").out


def test_a_company_that_was_put_back_after_a_transfer_is_found(put_back: Commands) -> None:
    put_back.done("company", "add", "Third Telecom")
    words = ("system", "transfer", SYSTEM, "Third Telecom", "--reason", "merger", "--json")
    former = put_back.done(*words).json["from_company"]
    put_back.done("check")
    path = document(put_back, SYSTEM)
    resealed(path, lambda tables: tables["system"][SYSTEM].update(company_id=former))
    assert FindingCode.SYSTEM_CHANGED in codes(put_back)


def test_a_system_without_orders_that_is_gone_is_found_and_put_back(ordered: Commands) -> None:
    backup = str(ordered.folder / "backup")
    ordered.done("backup", backup)
    path = document(ordered, NEXSPAN)
    path.unlink()
    assert codes(ordered) == {FindingCode.SYSTEM_MISSING}
    ordered.done("restore", backup, "--damaged")
    ordered.done("check")
    assert path.exists()


def test_a_line_that_was_written_before_there_were_digests_is_right(ordered: Commands) -> None:
    """As of a store of the version before: who and which company are compared all the same."""
    store = open_parts(load_settings(ordered.store, {})).store
    assert isinstance(store, FolderStore)
    events = list(store.folder.journal.events())
    journal(ordered).unlink()
    (ordered.store / "index.db").unlink()
    store.folder.journal.append(
        Entry(e.event, e.who, {n: v for n, v in e.details.items() if n not in (CONTENT, PERSONAL)})
        for e in events
    )
    store.close()
    ordered.done("check")
    resealed(document(ordered), lambda t: _order(t).update(placed_by="somebody"))
    assert codes(ordered) == {"order-changed"}


def test_a_user_who_is_missing_is_found_and_put_back(ordered: Commands, tmp_path: Path) -> None:
    backup = str(tmp_path / "backup.tar.gz")
    ordered.done("backup", backup)
    ordered.done("user", "role", *USER.split("/"), "order")
    for path in (ordered.store / "users").iterdir():
        if b"jdupont" in path.read_bytes():
            path.unlink()
    assert f"User {USER} is missing" in ordered("check").out
    assert codes(ordered) == {"user-missing"}
    ordered.done("restore", backup, "--damaged")
    ordered.done("check")
    assert "jdupont" in ordered.done("user", "list").out


def test_a_request_that_is_missing_is_found_and_put_back(
    installed: Commands, tmp_path: Path
) -> None:
    backup = str(tmp_path / "backup.tar.gz")
    for equipment_id in ("04FFFF0302B01", "04FFFF0302B12"):
        installed.done("request", "system", equipment_id, "aastra5000", "R5.2", "--as", USER)
    installed.done("backup", backup)
    (removed, _kept) = sorted((installed.store / "open-papers").iterdir())
    removed.unlink()
    assert f"{removed.stem} is missing" in installed("check").out
    assert codes(installed) == {"paper-missing"}
    installed.done("restore", backup, "--damaged")
    installed.done("check")
    assert removed.is_file()


def test_an_older_document_put_back_is_found(installed: Commands) -> None:
    path = document(installed)
    older = path.read_bytes()
    order = installed.document(items={"BHW1095A": 1})
    installed.done("order", order, "--as", USER)
    installed.done("search", "--reference", "2125469-65891")
    path.write_bytes(older)
    assert codes(installed) == {"order-lost"}


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM orders",
        "UPDATE orders SET reference = 'other'",
        "DELETE FROM keycodes",
        "UPDATE keycodes SET keycode = 'other'",
    ],
)
def test_an_index_that_is_out_of_step_is_made_anew(put_back: Commands, change: str) -> None:
    import sqlite3

    with sqlite3.connect(put_back.store / "index.db") as database:
        done = database.execute(f"{change} WHERE number = ?", (f"{SYSTEM}-0001",))
        assert done.rowcount == 1
    database.close()
    found = put_back.done("check", "--json").json
    assert [each["code"] for each in found["findings"]] == ["index-repaired"]
    assert found["sound"] is True
    assert put_back.done("check", "--json").json["findings"] == []
    assert len(put_back.done("search", "--reference", "2125469-65891", "--json").json) == 3


def test_a_broken_or_missing_index_is_no_trouble(put_back: Commands) -> None:
    (put_back.store / "index.db").write_bytes(b"no database" * 1000)
    put_back.done("check")
    (put_back.store / "index.db").unlink()
    put_back.done("check")
    assert len(put_back.done("search", "--reference", "2125469-65891", "--json").json) == 3


# The audit log


def lines_of(path: Path) -> list[bytes]:
    return [line for line in path.read_bytes().split(b"\n") if line]


def framed(content: bytes) -> bytes:
    return b"%08x %s" % (zlib.crc32(content), content)


def changed(lines: list[bytes]) -> list[bytes]:
    return [*lines[:2], framed(lines[2][9:].replace(b"unix:", b"root:")), *lines[3:]]


TAMPERING: dict[str, tuple[Callable[[list[bytes]], list[bytes]], FindingCode]] = {
    "changed": (changed, FindingCode.JOURNAL_CHANGED),
    "removed": (lambda lines: [*lines[:2], *lines[3:]], FindingCode.JOURNAL_REMOVED),
    "inserted": (lambda lines: [*lines[:3], lines[1], *lines[3:]], FindingCode.JOURNAL_MOVED),
    "swapped": (
        lambda lines: [*lines[:2], lines[3], lines[2], *lines[4:]],
        FindingCode.JOURNAL_MOVED,
    ),
    "cut": (lambda lines: lines[:-1], FindingCode.JOURNAL_CUT),
}


@pytest.mark.parametrize(("tamper", "code"), TAMPERING.values(), ids=TAMPERING)
def test_five_kinds_of_tampering_are_found_by_audit_and_by_check(
    put_back: Commands, tamper: Callable[[list[bytes]], list[bytes]], code: FindingCode
) -> None:
    path = journal(put_back)
    assert put_back("audit").status == 0
    path.write_bytes(b"".join(b"\n" + line + b"\n" for line in tamper(lines_of(path))))
    said = put_back("audit")
    assert said.status == 1
    begin = SENTENCES[code].partition("{")[0]
    assert begin in said.err
    assert code in codes(put_back)


def test_a_cut_is_found_by_its_orders_when_there_is_no_index(put_back: Commands) -> None:
    path = journal(put_back)
    path.write_bytes(b"".join(b"\n" + line + b"\n" for line in lines_of(path)[:-1]))
    (put_back.store / "index.db").unlink()
    assert codes(put_back) == {"no-line"}


def test_a_cut_stays_known_after_somebody_has_searched(put_back: Commands) -> None:
    path = journal(put_back)
    path.write_bytes(b"".join(b"\n" + line + b"\n" for line in lines_of(path)[:-1]))
    put_back.done("search", "--reference", "2125469-65891")
    events = [line["event"] for line in put_back.done("audit", "--json").json]
    assert events[-2:] == ["order", "journal-cut"]


def test_a_removed_month_is_found(put_back: Commands) -> None:
    journal(put_back).unlink()
    put_back.done("company", "add", "Later")
    assert codes(put_back) >= {"no-line", "journal-cut"}


def test_audit_says_who_did_what(kept: Commands) -> None:
    said = kept.done("audit").out.splitlines()
    assert len(said) == 7
    assert re.search(r"unix:\w+ +company added +Société d'Essai$", said[0])
    assert re.search(r"user added +Société d'Essai/jdupont \(order\)$", said[1])
    assert re.search(
        rf"Société d'Essai/jdupont \(unix:\w+\) +order placed +{OTHER}-0001$", said[-1]
    )
    data = kept.done("audit", "--json").json
    assert [line["event"] for line in data][-1] == "order"
    assert set(data[-1]) == {"at", "event", "who", "details", "placed"}
    assert set(data[0]) == {"at", "event", "who", "details"}
    assert kept.done("audit", "--since", "2999-01-01", "--json").json == []
    assert kept.done("audit", "--since", "2999-01-01").out == ""
    assert kept("audit", "--since", "yesterday").status == 1


# Signing keys


@pytest.mark.parametrize("indexed", [True, False])
def test_audit_tells_an_order_that_was_only_begun_from_one_that_was_placed(
    ordered: Commands, indexed: bool
) -> None:
    number = f"{SYSTEM}-0003"
    parts = open_parts(load_settings(ordered.store, {}))
    parts.store.record(  # what is left when the document cannot be written
        EventName.ORDER, USER, number=number, equipment_id=SYSTEM, draft_id="d9", company_id=""
    )
    parts.store.close()
    if not indexed:
        (ordered.store / "index.db").unlink()
    assert f"Order {number} was begun and not placed" in ordered.done("check").out
    if not indexed:
        (ordered.store / "index.db").unlink()
    said = ordered.done("audit").out.splitlines()
    assert re.search(rf"order begun, not placed +{number}$", said[-1])
    assert sum("order placed" in line for line in said) == 3
    placed = {
        event["details"]["number"]: event["placed"]
        for event in ordered.done("audit", "--json").json
        if event["event"] == "order"
    }
    assert placed == {
        f"{SYSTEM}-0001": True,
        f"{SYSTEM}-0002": True,
        f"{OTHER}-0001": True,
        number: False,
    }


def keys(commands: Commands) -> Path:
    return Path(f"{commands.store}-keys")


def test_a_rotation_takes_effect_in_a_portal_that_is_open(installed: Commands) -> None:
    portal = open_installation(load_settings(installed.store, {}))
    first = installed.done(
        "order", installed.document(items={"BHW1095A": 1}), "--as", USER, "--json"
    )
    assert "Key 2 signs" in installed.done("key", "rotate").out
    session = portal.signing_in.act_as("Société d'Essai", "jdupont", "tester")
    draft = portal.ordering.new_draft(portal.ordering.find_system(session, SYSTEM))
    draft = msgspec.structs.replace(
        draft, quantities={"BHW1095A": "1"}, reference="after", licensee="John Smith"
    )
    order = portal.ordering.place(session, draft).order
    portal.close()
    assert order.keycode is not None
    assert installed.done("decode", order.keycode, "--json").json["key"] == 2
    assert installed.done("decode", first.json["keycode"], "--json").json["key"] == 1
    for keycode in (order.keycode, first.json["keycode"]):
        installed.done("verify", SYSTEM, keycode)
    assert installed.done("key", "list", "--json").json == [
        {"key": 1, "signs": False},
        {"key": 2, "signs": True},
    ]
    assert installed.done("audit").out.count("new signing key   2") == 1
    installed.done("check")


def test_a_rotation_that_fails_at_its_end_says_so_and_is_finished(installed: Commands) -> None:
    blocked = installed.store / "newest-key.tmp"
    blocked.mkdir()
    answer = installed("key", "rotate")
    assert answer.status == 1
    assert len(installed.done("key", "list", "--json").json) == 1
    blocked.rmdir()
    installed.done("key", "prepare")
    blocked.mkdir()
    for _ in range(3):
        answer = installed("key", "rotate")
        assert answer.status == 1
        assert "The new key is there and does not sign yet" in answer.err
        assert "Nothing was changed" not in answer.err
    assert [each["key"] for each in installed.done("key", "list", "--json").json] == [1, 2]
    blocked.rmdir()
    assert "Key 2 signs" in installed.done("key", "rotate").out
    assert "Key 3 signs" in installed.done("key", "rotate").out


def test_a_key_is_prepared_for_every_server_before_it_signs(installed: Commands) -> None:
    portal = open_installation(load_settings(installed.store, {}))
    for _ in range(2):
        answer = installed.done("key", "prepare")
        assert "Key 2 is prepared and does not sign yet." in answer.out
    assert "Copy the keys to wherever they are needed" in answer.err
    assert installed.done("key", "list").out.split("\n")[1].split(maxsplit=1) == [
        "2",
        "prepared: signs after `key rotate`",
    ]
    assert _key_of_next_order(portal, "prepared") == 1
    assert "Key 2 signs" in installed.done("key", "rotate").out
    prepared = keys(installed) / "signing-02.key"
    text = prepared.read_bytes()
    prepared.unlink()  # a server that has no copy of it yet
    with pytest.raises(KeysMissing) as caught:
        _key_of_next_order(portal, "elsewhere")
    assert caught.value.name == prepared.name
    prepared.write_bytes(text)
    prepared.chmod(0o400)
    assert _key_of_next_order(portal, "everywhere") == 2
    portal.close()
    log = re.sub(" +", " ", installed.done("audit").out)
    assert (log.count("signing key prepared 2"), log.count("new signing key 2")) == (1, 1)
    installed.done("check")


def _key_of_next_order(portal: Portal, reference: str) -> int:
    session = portal.signing_in.act_as("Société d'Essai", "jdupont", "tester")
    draft = portal.ordering.new_draft(portal.ordering.find_system(session, SYSTEM))
    draft = msgspec.structs.replace(
        draft, quantities={"BHW1095A": "1"}, reference=reference, licensee="John Smith"
    )
    keycode = portal.ordering.place(session, draft).order.keycode
    assert keycode is not None
    return decode(keycode, portal.catalogue).key_number


def test_after_the_fifteenth_key_it_is_said_what_to_do(installed: Commands) -> None:
    for number in range(2, 16):
        (keys(installed) / f"signing-{number:02d}.key").write_text(f"{number:064x}\n")
        (keys(installed) / f"signing-{number:02d}.key").chmod(0o400)
    answer = installed("key", "rotate")
    assert answer.status == 1
    assert "the fifteenth goes on signing" in answer.err
    assert "set up a new installation" in answer.err
    assert len(list(keys(installed).iterdir())) == 17
    installed.done("order", installed.document(), "--as", USER)


def test_a_key_that_is_lost_or_garbled_stops_everything_and_is_named(installed: Commands) -> None:
    installed.done("key", "rotate")
    installed.done("key", "rotate")
    settings = load_settings(installed.store, {})
    for key in sorted(keys(installed).iterdir()):
        whole = key.read_bytes()
        for garbled in (None, b"0123\n"):
            key.unlink(missing_ok=True)
            if garbled is not None:
                key.write_bytes(garbled)
                key.chmod(0o400)
            for opened in (Maintenance, open_installation):
                with pytest.raises((KeysMissing, KeyDamaged)) as caught:
                    opened(settings)
                assert caught.value.data["name"] == key.name
            if key.name == "signing-03.key":  # an older copy of the keys was put back
                answer = installed("show", SYSTEM)
                assert answer.status == 1
                assert str(key) in answer.err
                assert "put back your copy of the keys" in answer.err
        key.unlink()
        key.write_bytes(whole)
        key.chmod(0o400)
    installed.done("check")


# Personal data


def search(commands: Commands, licensee: str) -> list[str]:
    answer = commands("search", "--licensee", licensee, "--json")
    return [order["order"] for order in answer.json]


def test_erasing_one_order_or_one_licensee(ordered: Commands) -> None:
    for words in (("--order", f"{SYSTEM}-0001"), ("--licensee", "john smith")):
        refused = ordered("erase", *words)
        assert refused.status == 2
        assert "--yes" in refused.err
    assert len(search(ordered, "smith")) == 3
    assert "from 1 order." in ordered.done("erase", "--order", f"{SYSTEM}-0001", "--yes").err
    assert sorted(search(ordered, "smith")) == [f"{SYSTEM}-0002", f"{OTHER}-0001"]
    nobody = ordered("erase", "--licensee", "john", "--yes")
    assert (nobody.status, "no order has the licensee “john”" in nobody.err) == (1, True)
    again = ordered.done("erase", "--order", f"{SYSTEM}-0001", "--yes")
    assert "the order contains no name or address" in again.err
    assert "from 2 orders" in ordered.done("erase", "--licensee", "JOHN  SMITH", "--yes").err
    assert search(ordered, "smith") == []
    held = [p for p in ordered.store.rglob("*") if p.is_file() and b"mith" in p.read_bytes()]
    assert held == []
    ordered.done("check")
    assert ordered("erase", "--order", f"{SYSTEM}-0009", "--yes").status == 1
    assert ordered.done("audit").out.count("personal data erased") == 3


def test_a_name_in_a_damaged_file_is_not_called_erased(ordered: Commands) -> None:
    path = document(ordered)
    whole = path.read_bytes()
    for index_too in (False, True):
        path.write_bytes(whole[:-1])
        if index_too:  # an index that was made meanwhile does not know the name
            (ordered.store / "index.db").unlink()
        answer = ordered("erase", "--licensee", "John Smith", "--yes")
        assert answer.status == 1
        assert "cannot be read and may contain such names" in answer.err
        assert f"  {SYSTEM}\n" in answer.err
    draft = ordered.store / "drafts" / f"{'0' * 64}.json"
    draft.write_bytes(b"John Smith")
    answer = ordered("erase", "--licensee", "John Smith", "--yes")
    assert f"  {draft}\n" in answer.err
    draft.unlink()
    assert search(ordered, "smith") == []  # the other system's order is erased all the same
    path.write_bytes(whole)
    assert "from 2 orders" in ordered.done("erase", "--licensee", "John Smith", "--yes").err


@pytest.mark.parametrize("index_too", [False, True])
def test_a_search_says_that_a_system_cannot_be_read(put_back: Commands, index_too: bool) -> None:
    path = document(put_back)
    path.write_bytes(path.read_bytes()[:-1])
    if index_too:  # an index that was made meanwhile does not know the name
        (put_back.store / "index.db").unlink()
    said = "1 system cannot be read: see `check`."
    for criterion in ("--licensee", "Smith"), ("--since", "2008-01-01"):
        answer = put_back.done("search", *criterion)
        assert (answer.err, SYSTEM in answer.out) == (f"1 order found.\n{said}\n", False)
        answer = put_back.done("search", *criterion, "--json")
        assert ([order["order"] for order in answer.json], said in answer.err) == (
            [f"{OTHER}-0001"],
            True,
        )
    document(put_back, OTHER).write_bytes(b"")
    answer = put_back("search", "--licensee", "Smith")
    assert answer.status == 1
    assert answer.err == "No order found.\n2 systems cannot be read: see `check`.\n"


def test_a_search_that_has_read_everything_says_nothing_else(put_back: Commands) -> None:
    path = document(put_back, NEXSPAN)  # no order was placed for it
    path.write_bytes(b"")
    assert put_back.done("search", "--licensee", "Smith").err == "3 orders found.\n"


def test_erasing_that_stops_half_way_says_how_far_it_came(
    ordered: Commands, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    erase_personal = FolderStore.erase_personal

    def refuse(store: FolderStore, of: str, numbers: list[str], who: str) -> int:
        if of == SYSTEM:
            raise WriteFailed(path=str(ordered.store), reason="ENOSPC")
        return erase_personal(store, of, numbers, who)

    monkeypatch.setattr(FolderStore, "erase_personal", refuse)
    words = ["--store", str(ordered.store), "erase", "--licensee", "John Smith", "--yes"]
    assert run(words) == 1
    said = capsys.readouterr().err
    assert "Not finished: names and addresses are erased from 1 order so far." in said
    assert "could not be written (the disk is full)" in said
    assert "Nothing was changed" not in said
    monkeypatch.undo()
    assert "from 2 orders" in ordered.done("erase", "--licensee", "John Smith", "--yes").err


def test_erasing_what_is_older_than_the_retention(ordered: Commands) -> None:
    kept = ordered("erase", "--due", "--yes")
    assert (kept.status, "kept for ever" in kept.err) == (2, True)
    (ordered.store / "settings.toml").write_text("retention_months = 24")
    assert "no name is old enough" in ordered.done("erase", "--due", "--yes").err
    long_ago = {"placed_at": "2008-08-14T09:00:00Z"}
    resealed(document(ordered), lambda tables: _order(tables, 1).update(long_ago))
    assert codes(ordered) == {"order-changed", "index-repaired"}
    assert "from 1 order." in ordered.done("erase", "--due", "--yes").err
    assert sorted(search(ordered, "smith")) == [f"{SYSTEM}-0002", f"{OTHER}-0001"]


def test_every_finding_has_a_sentence_in_both_languages() -> None:
    data = dict.fromkeys(
        (
            "product",
            "release",
            "company",
            "wanted",
            "role",
            "key",
            "line",
            "mode",
            "files",
            "megabytes",
            "reason",
            "other",
            "value",
            "seconds",
        ),
        "17",
    )
    for code in FindingCode:
        finding = Finding("/srv/keycode-portal/systems/000/03FFFF0302AD4.json", code, data)
        english = finding_sentence(finding)
        set_language("fr")
        french = finding_sentence(finding)
        set_language("en")
        assert english != french
        assert english.endswith(".")
        assert french.endswith(".")
        assert "{" not in english + french


def test_a_role_that_nobody_gave_is_found_in_the_demonstration_too(
    demo_store: Path, tmp_path: Path
) -> None:
    copy_installation(demo_store, tmp_path)
    demo = Commands(tmp_path)
    path = min((demo.store / "users").iterdir())
    resealed(path, lambda tables: next(iter(tables["users"].values())).update(role="licence-desk"))
    assert FindingCode.USER_ROLE in codes(demo)
