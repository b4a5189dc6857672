"""Exports: one folder, new files only."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import ExportsClosed, WriteFailed
from engine.ports import Store
from engine.store.folder.store import FolderStore
from engine.store.memory import MemoryStore


def test_an_export_is_written_and_never_over_another(store: Store) -> None:
    first = Path(store.write("order-0001.txt", "été\n"))
    second = Path(store.write("order-0001.txt", "second"))
    third = Path(store.write("order-0001.txt", "third"))
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
def test_a_name_that_the_portal_cannot_have_made_writes_nothing(store: Store, name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        store.write(name, "text")


def test_a_link_in_the_way_is_not_followed(folder_store: FolderStore, tmp_path: Path) -> None:
    target = tmp_path / "precious"
    target.write_text("precious")
    export = Path(folder_store.room.layout.export)
    (export / "order.txt").symlink_to(target)
    (export / "order-2.txt").symlink_to(tmp_path / "nowhere")
    written = Path(folder_store.write("order.txt", "text"))
    assert written.name == "order-3.txt"
    assert target.read_text() == "precious"
    assert not (tmp_path / "nowhere").exists()


def test_a_folder_that_is_gone_is_said(folder_store: FolderStore) -> None:
    export = Path(folder_store.room.layout.export)
    export.rename(export.with_name("away"))
    try:
        with pytest.raises(WriteFailed) as caught:
            folder_store.write("order.txt", "text")
    finally:
        export.with_name("away").rename(export)
    assert caught.value.reason == "ENOENT"


def test_the_demonstration_leaves_no_export_behind() -> None:
    store = MemoryStore()
    path = Path(store.write("order.txt", "text"))
    assert path.exists()
    store.close()
    assert not path.parent.exists()


def test_a_kiosk_exports_nothing() -> None:
    store = MemoryStore(files=False)
    with pytest.raises(ExportsClosed):
        store.write("order.txt", "text")
    store.close()
