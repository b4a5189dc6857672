"""Exports: one folder, new files only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.errors import ExportsClosed, WriteFailed
from engine.files.exports import ExportFolder, NoExports, TemporaryExports
from engine.ports import Exports


@pytest.fixture(params=["folder", "temporary"])
def exports(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Exports]:
    """Each kind in turn."""
    if request.param == "folder":
        yield ExportFolder(str(tmp_path))
        return
    temporary = TemporaryExports()
    yield temporary
    temporary.close()


def test_an_export_is_written_and_never_over_another(exports: Exports) -> None:
    first = Path(exports.write("order-0001.txt", "été\n"))
    second = Path(exports.write("order-0001.txt", "second"))
    third = Path(exports.write("order-0001.txt", "third"))
    assert first.read_bytes() == "été\n".encode()
    assert [path.name for path in (first, second, third)] == [
        "order-0001.txt",
        "order-0001-2.txt",
        "order-0001-3.txt",
    ]
    assert second.read_text() == "second"
    assert first.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "name", ["", ".", "..", ".profile", "../x", "/etc/x", "a/b", "a b", "a\nb", "é", "x" * 201]
)
def test_a_name_that_the_portal_cannot_have_made_writes_nothing(
    exports: Exports, name: str
) -> None:
    with pytest.raises(ValueError, match="name"):
        exports.write(name, "text")


def test_a_link_in_the_way_is_not_followed(tmp_path: Path) -> None:
    target = tmp_path / "precious"
    target.write_text("precious")
    export = tmp_path / "export"
    export.mkdir()
    (export / "order.txt").symlink_to(target)
    (export / "order-2.txt").symlink_to(tmp_path / "nowhere")
    written = Path(ExportFolder(str(export)).write("order.txt", "text"))
    assert written.name == "order-3.txt"
    assert target.read_text() == "precious"
    assert not (tmp_path / "nowhere").exists()


def test_a_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(WriteFailed) as caught:
        ExportFolder(str(tmp_path / "away")).write("order.txt", "text")
    assert caught.value.reason == "ENOENT"


def test_the_demonstration_leaves_no_export_behind() -> None:
    exports = TemporaryExports()
    path = Path(exports.write("order.txt", "text"))
    assert path.exists()
    exports.close()
    assert not path.parent.exists()


def test_a_kiosk_exports_nothing() -> None:
    with pytest.raises(ExportsClosed):
        NoExports().write("order.txt", "text")
