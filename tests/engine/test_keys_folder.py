"""The folder of keys: what is made, what is refused, rotation."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from engine.errors import KeyDamaged, KeysMissing, KeysTooOpen, KeysUsedUp, StoreNotEmpty
from engine.keys.folder import KeysFolder
from engine.keys.making import add_key, create_keys


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    create_keys(tmp_path / "a" / "keys")
    return tmp_path / "a" / "keys"


def modes(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}


def test_new_keys_are_for_their_owner_alone(keys: Path) -> None:
    assert keys.stat().st_mode & 0o777 == 0o700
    assert modes(keys) == {"signing-01.key": 0o400, "pepper.key": 0o400, "audit.key": 0o400}


def test_the_mask_of_the_shell_does_not_matter(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        create_keys(tmp_path / "keys")
    finally:
        os.umask(before)
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700
    assert set(modes(tmp_path / "keys").values()) == {0o400}


def test_keys_are_read_and_all_different(keys: Path, tmp_path: Path) -> None:
    folder = KeysFolder(keys)
    assert folder.ring().numbers == (1,)
    assert len({folder.pepper(), folder.audit_key()}) == 2
    assert len(folder.pepper()) == len(folder.audit_key()) == 32
    create_keys(tmp_path / "other")
    assert KeysFolder(tmp_path / "other").pepper() != folder.pepper()


def test_keys_are_never_made_over_others(keys: Path) -> None:
    before = KeysFolder(keys).pepper()
    with pytest.raises(StoreNotEmpty):
        create_keys(keys)
    assert KeysFolder(keys).pepper() == before


def test_a_rotation_takes_effect_on_the_next_order(keys: Path) -> None:
    folder = KeysFolder(keys)
    old = folder.ring()
    assert folder.ring() is old
    tag = old.tag(1, "442", "R5.1", "03FFFF0302AD4", "0")
    assert add_key(keys) == 2
    assert folder.ring().newest == 2
    assert folder.ring().verifies(1, "442", "R5.1", "03FFFF0302AD4", "0", tag)
    assert modes(keys)["signing-02.key"] == 0o400


def test_fifteen_keys_and_no_more(keys: Path) -> None:
    for number in range(2, 16):
        assert add_key(keys) == number
    with pytest.raises(KeysUsedUp):
        add_key(keys)
    assert KeysFolder(keys).ring().numbers == tuple(range(1, 16))


def test_two_rotations_at_once_make_two_keys(keys: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda _: add_key(keys), range(8)))
    assert sorted(numbers) == list(range(2, 10))
    assert KeysFolder(keys).ring().numbers == tuple(range(1, 10))
    assert len(modes(keys)) == 11


@pytest.mark.parametrize("mode", [0o440, 0o404, 0o600, 0o420, 0o777])
@pytest.mark.parametrize("name", ["signing-01.key", "pepper.key", "audit.key"])
def test_a_key_that_others_can_read_is_refused(keys: Path, name: str, mode: int) -> None:
    (keys / name).chmod(mode)
    with pytest.raises(KeysTooOpen) as caught:
        read_all(keys)
    assert (caught.value.name, caught.value.mode) == (name, f"{mode:04o}")
    assert caught.value.wanted == "0400"


@pytest.mark.parametrize("mode", [0o750, 0o705, 0o770, 0o777])
def test_a_folder_that_others_can_enter_is_refused(keys: Path, mode: int) -> None:
    keys.chmod(mode)
    with pytest.raises(KeysTooOpen) as caught:
        read_all(keys)
    assert (caught.value.name, caught.value.wanted) == ("", "0700")


@pytest.mark.parametrize("name", ["signing-01.key", "pepper.key", "audit.key"])
def test_a_missing_key_is_named(keys: Path, name: str) -> None:
    (keys / name).unlink()
    with pytest.raises(KeysMissing) as caught:
        read_all(keys)
    assert (caught.value.path, caught.value.name) == (str(keys), name)


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(KeysMissing):
        read_all(tmp_path / "none")


@pytest.mark.parametrize("content", [b"", b"00\n", b"g" * 64, b"\xff" * 64, b"0" * 63, b"0" * 66])
@pytest.mark.parametrize("name", ["signing-01.key", "pepper.key", "audit.key"])
def test_a_damaged_key_is_named(keys: Path, name: str, content: bytes) -> None:
    (keys / name).unlink()
    (keys / name).write_bytes(content)
    (keys / name).chmod(0o400)
    with pytest.raises(KeyDamaged) as caught:
        read_all(keys)
    assert caught.value.name == name


@pytest.mark.parametrize("number", ["00", "16"])
def test_a_key_with_a_number_that_no_keycode_holds_is_damaged(keys: Path, number: str) -> None:
    (keys / "signing-01.key").rename(keys / f"signing-{number}.key")
    with pytest.raises(KeyDamaged):
        read_all(keys)


def test_a_link_instead_of_a_key_is_refused(keys: Path, tmp_path: Path) -> None:
    (keys / "pepper.key").rename(tmp_path / "pepper.key")
    (keys / "pepper.key").symlink_to(tmp_path / "pepper.key")
    with pytest.raises(KeysTooOpen):
        read_all(keys)


def read_all(keys: Path) -> None:
    folder = KeysFolder(keys)
    folder.ring()
    folder.pepper()
    folder.audit_key()
