"""Importing systems from a CSV: all or nothing, every bad row by its line."""

from __future__ import annotations

import os
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from engine.audit import EventName
from engine.documents.csv_rows import Columns, guessed_texts, read_rows
from engine.documents.systems_csv import COLUMNS, MOST_BAD_ROWS, REQUIRED, read_systems
from engine.errors import (
    ColumnUnnamed,
    CompanyUnknown,
    CsvBroken,
    CsvHeaderWrong,
    EquipmentIdMalformed,
    EquipmentIdRounded,
    FileUnreadable,
    ModelUnknown,
    PortalError,
    ProductUnknown,
    ReleaseUnknown,
    RowShapeWrong,
    RowsWrong,
    SystemKnown,
    WriteFailed,
)
from engine.licences.system import EquipmentId, System
from engine.ports import Store
from tests.engine.services.house import House
from tests.support.guide import SYSTEM
from tui.wording.headings import headings

HEADER = "equipment_id,product,release,company,model\n"
GOOD = "0123456789ABC,aastra5000,R5.1,Demo Telecom,\n"
Csv = Callable[[str | bytes], Path]


@pytest.fixture
def csv(tmp_path: Path) -> Csv:
    def write(content: str | bytes) -> Path:
        path = tmp_path / "systems.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def _import(house: House, path: Path) -> int:
    return house.registering.import_systems(path, "unix:desk")


def _ids(house: House) -> list[str]:
    return [system.equipment_id for system in house.store.systems()]


def test_every_row_becomes_a_system(each_house: House, csv: Csv) -> None:
    before = _ids(each_house)
    told: list[int] = []
    rows = [f"{number:013X},nexspan,R4.2,OTHER telecom,Nexspan L\n" for number in range(50)]
    path = csv(HEADER + "".join(rows))
    count = each_house.registering.import_systems(path, "unix:desk", told.append)
    assert count == 50
    assert told[-1] == 50
    assert sorted([*before, *(f"{n:013X}" for n in range(50))]) == _ids(each_house)
    found = each_house.administration.company("Other Telecom").company_id
    assert next(each_house.store.systems()).company_id == found
    (line,) = [e for e in each_house.store.events() if e.event == EventName.SYSTEMS_IMPORT]
    assert (line.who, line.details) == ("unix:desk", {"count": "50"})


@pytest.mark.parametrize(
    "content",
    [
        HEADER + GOOD,
        "\ufeff" + HEADER + GOOD,
        (HEADER + GOOD).replace("\n", "\r\n"),
        (HEADER + GOOD).rstrip("\n"),
        HEADER + "\n ,,,,\n" + GOOD + ",,,,\n \n\n",
        "Release, COMPANY ,product,equipment_id\nR5.1,Demo Telecom,aastra5000,0123456789ABC\n",
        'equipment_id,"product",release,company\n"0123-456789abc","aastra5000",R5.1,"Demo Telecom"',
        HEADER + ' 0123456789ABC ,AASTRA5000, R5.1 ,"  demo\n telecom ",\n',
        HEADER + "0123456789ABC,aastra5000,R5.1,\x1bDemo\u200b Telecom\u202e,\n",
    ],
)
def test_as_spreadsheets_write_it(house: House, csv: Csv, content: str) -> None:
    assert _import(house, csv(content)) == 1
    system = next(house.store.systems())
    assert (system.equipment_id, system.product, system.model) == (
        "0123456789ABC",
        "aastra5000",
        "",
    )


def test_a_header_alone_is_no_system(house: House, csv: Csv) -> None:
    assert _import(house, csv(HEADER)) == 0


def test_every_bad_row_is_named_and_nothing_is_imported(each_house: House, csv: Csv) -> None:
    before, lines = _ids(each_house), each_house.events()
    path = csv(
        HEADER
        + GOOD
        + "0123,aastra5000,R5.1,Demo Telecom,\n"
        + "0123456789ABD,pbx,R5.1,Demo Telecom,\n"
        + "\n"
        + "0123456789ABE,aastra5000,R9,Demo Telecom,\n"
        + "0123456789ABF,aastra5000,R5.1,No Telecom,\n"
        + "0123456789AC0,nexspan,R4.2,Demo Telecom,Nexspan X\n"
        + "0123456789AC1,aastra5000,R5.1\n"
        + "0123456789AC2,aastra5000,R5.1,Demo Telecom,,more\n"
        + f"{SYSTEM},aastra5000,R5.1,Demo Telecom,\n"
        + GOOD.lower().replace("r5.1", "R5.1")
        + '"0123456789AC3",aastra5000,R5.1,"No\nTelecom",\n'
    )
    with pytest.raises(RowsWrong) as caught:
        _import(each_house, path)
    assert caught.value.path == str(path)
    assert [(line, type(error)) for line, error in caught.value.rows] == [
        (3, EquipmentIdMalformed),
        (4, ProductUnknown),
        (6, ReleaseUnknown),
        (7, CompanyUnknown),
        (8, ModelUnknown),
        (9, RowShapeWrong),
        (10, RowShapeWrong),
        (11, SystemKnown),
        (12, SystemKnown),
        (14, CompanyUnknown),
    ]
    assert (_ids(each_house), each_house.events()) == (before, lines)


def test_a_file_of_nothing_but_mistakes_is_not_read_to_its_end(house: House, csv: Csv) -> None:
    with pytest.raises(RowsWrong) as caught:
        _import(house, csv(HEADER + "x,y,z,Demo Telecom,\n" * (MOST_BAD_ROWS + 500)))
    assert len(caught.value.rows) == MOST_BAD_ROWS


@pytest.mark.parametrize(
    "content",
    [
        (HEADER + GOOD).encode("utf-16"),
        b"\xfe\xff" + (HEADER + GOOD).encode("utf-16-be"),
        (HEADER + GOOD).encode("utf-16-le"),
        (HEADER + GOOD).replace(",", "\t").encode("utf-16"),
        "sep=;\n" + (HEADER + GOOD).replace(",", ";"),
        '"sep=\t"\r\n' + (HEADER + GOOD).replace(",", "\t"),
        HEADER.replace(",model", ",,model,,") + GOOD.replace(",\n", ",,,,\n"),
        "ID équipement;Produit;Version;Nom de la société\n" + GOOD[:-2].replace(",", ";"),
        "Equipment ID,PRODUCT,Release ,company   name\n" + GOOD[:-2],
    ],
)
def test_other_tables_that_spreadsheets_write(house: House, csv: Csv, content: str | bytes) -> None:
    path = csv(content)
    assert house.registering.import_systems(path, "unix:desk", headings=headings()) == 1
    assert "0123456789ABC" in _ids(house)


def test_a_table_that_is_not_unicode_is_read_and_some_of_it_told(house: House, csv: Csv) -> None:
    house.administration.add_company("Société d’Été", "unix:desk")
    rows = ["Société d’Été"] * 2 + ["Demo Telecom"]
    content = HEADER + "".join(f"{n:013X},aastra5000,R5.1,{c},\n" for n, c in enumerate(rows))
    assert guessed_texts(csv(content)) == ()
    path = csv(content.encode("cp1252"))
    assert guessed_texts(path) == ("Société d’Été", "Société d’Été")
    assert _import(house, path) == 3


def test_what_a_spreadsheet_makes_of_an_id_is_refused_by_its_reason(house: House, csv: Csv) -> None:
    texts = ("3.0E+12", "3,00012E+12", "3E+12", "3e+12 ")
    path = csv(HEADER + "".join(f'"{text}",aastra5000,R5.1,Demo Telecom,\n' for text in texts))
    with pytest.raises(RowsWrong) as caught:
        _import(house, path)
    assert [type(error) for _line, error in caught.value.rows] == [EquipmentIdRounded] * len(texts)


def test_a_cell_below_no_heading_is_named(house: House, csv: Csv) -> None:
    path = csv(
        HEADER.replace(",model", ",,model") + "0123456789ABC,aastra5000,R5.1,Demo Telecom,?,\n"
    )
    with pytest.raises(RowsWrong) as caught:
        _import(house, path)
    ((line, error),) = caught.value.rows
    assert line == 2
    assert isinstance(error, ColumnUnnamed)
    assert (error.column, error.text) == (5, "?")


def test_the_semicolons_of_a_french_spreadsheet_are_columns_too(house: House, csv: Csv) -> None:
    assert _import(house, csv((HEADER + GOOD).replace(",", ";"))) == 1


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("", ()),
        ("\n", ()),
        (GOOD, ("0123456789ABC", "aastra5000", "R5.1", "Demo Telecom")),
        ("equipment_id,product,release\n", ("equipment_id", "product", "release")),
        (HEADER.replace("model", "colour"), None),
        (HEADER.replace("model", "company"), None),
        (HEADER.replace(",", "|"), ("equipment_id|product|release|company|model",)),
    ],
)
def test_a_header_that_is_none(
    house: House, csv: Csv, content: str, found: tuple[str, ...] | None
) -> None:
    with pytest.raises(CsvHeaderWrong) as caught:
        _import(house, csv(content))
    assert found is None or caught.value.found == found
    assert caught.value.wanted == ("equipment_id", "product", "release", "company", "model")


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (HEADER + '"0123456789ABC,aastra5000', 2),
        (HEADER + GOOD + 'x"y"z,"a"b,c,d,e\n', 3),
        (HEADER + GOOD + "x" * 200_000, 3),
    ],
)
def test_a_file_that_is_no_csv(house: House, csv: Csv, content: str, line: int) -> None:
    with pytest.raises(CsvBroken) as caught:
        _import(house, csv(content))
    assert caught.value.line == line


def test_files_that_cannot_be_read(house: House, csv: Csv, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reasons = {
        tmp_path / "missing.csv": "ENOENT",
        tmp_path: "EISDIR",
        pipe: "ESPIPE",
        csv(HEADER.encode() + b"0123456789ABC,\x81\n"): "charset",
    }
    for path, reason in reasons.items():
        with pytest.raises(FileUnreadable) as caught:
            _import(house, path)
        assert (caught.value.path, caught.value.reason) == (str(path), reason)


def test_no_line_in_the_audit_log_no_import(
    each_house: House, csv: Csv, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _ids(each_house)

    def full(*_: str, **__: str) -> None:
        raise WriteFailed(path="journal", reason="ENOSPC")

    path = csv(HEADER + GOOD)
    with monkeypatch.context() as patch:
        patch.setattr(each_house.store, "record", full)
        with pytest.raises(WriteFailed):
            _import(each_house, path)
    assert _ids(each_house) == before
    assert _import(each_house, path) == 1


@pytest.mark.parametrize(
    ("rows", "most"),
    [(10_000, 3_000_000), pytest.param(100_000, 16_000_000, marks=pytest.mark.long)],
)
def test_many_rows_need_little_memory(house: House, csv: Csv, rows: int, most: int) -> None:
    path = csv(HEADER + "".join(f"{n:013X},aastra5000,R5.1,Demo Telecom,\n" for n in range(rows)))
    first = next(house.store.systems())

    def make(equipment_id: str, *_: str) -> System:
        return replace(first, equipment_id=EquipmentId(equipment_id))

    tracemalloc.start()
    try:
        assert sum(1 for _ in read_systems(path, make, lambda _: ())) == rows
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    # The IDs seen, as numbers, in a set: 80 bytes each. As values they would need 500.
    assert peak < most


@given(st.one_of(st.binary(max_size=300), st.text('",\r\n ab\x00;\ufeff', max_size=60)))
def test_no_file_is_a_traceback(
    tmp_path_factory: pytest.TempPathFactory, content: bytes | str
) -> None:
    path = tmp_path_factory.getbasetemp() / "fuzzed.csv"
    body = content if isinstance(content, bytes) else content.encode()
    for data in (body, HEADER.encode() + body):
        path.write_bytes(data)
        try:
            list(read_rows(path, Columns(COLUMNS, REQUIRED, {})))
        except PortalError:
            pass


def test_a_store_that_refuses_has_nothing(each_house: House, csv: Csv, store: Store) -> None:
    """A system that somebody else added after the file was checked."""
    path = csv(HEADER + GOOD + "0123456789ABD,aastra5000,R5.1,Demo Telecom,\n")
    company = each_house.administration.company("Demo Telecom")

    def make(equipment_id: str, *_: str) -> System:
        return each_house.registering.new_system(equipment_id, "aastra5000", "R5.1", company)

    systems = read_systems(path, make, lambda _: ())
    first = next(systems)
    each_house.registering.add_system(make("0123456789ABD"), "unix:somebody")
    before = _ids(each_house)
    with pytest.raises(SystemKnown):
        store.add_systems([first, *systems])
    assert _ids(each_house) == before
