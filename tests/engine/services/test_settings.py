"""Settings: file < environment < command line; what is wrong is named with where it stands."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import engine.settings
from engine.errors import HomeUnknown, OwnerWrong, PortalError, ReadFailed, SettingsWrong
from engine.settings import FILE_NAME, Settings, default_store, load_settings


def _load(
    tmp_path: Path,
    file: str | bytes = "",
    environment: Mapping[str, str] | None = None,
    chosen: Mapping[str, object] | None = None,
) -> Settings:
    if file:
        data = file if isinstance(file, bytes) else file.encode()
        (tmp_path / FILE_NAME).write_bytes(data)
    return load_settings(tmp_path, environment or {}, chosen)


def test_without_any_the_defaults_stand(tmp_path: Path) -> None:
    settings = _load(tmp_path)
    assert settings == Settings(store=str(tmp_path))
    assert (settings.idle_minutes, settings.session_hours, settings.bcrypt_cost) == (15, 8, 12)
    assert (settings.password_length, settings.language) == (15, "en")
    assert settings.keys_folder == Path(f"{tmp_path}-keys")


def test_the_command_line_wins_over_the_environment_over_the_file(tmp_path: Path) -> None:
    file = 'language = "fr"\nidle_minutes = 5\ntheme = "light"\nkeys = "/keys"\n'
    environment = {"KEYCODE_PORTAL_IDLE_MINUTES": "7", "KEYCODE_PORTAL_LANGUAGE": "fr"}
    assert _load(tmp_path, file).idle_minutes == 5
    settings = _load(tmp_path, file, environment, {"language": "en", "theme": None})
    assert (settings.language, settings.idle_minutes, settings.theme) == ("en", 7, "light")
    assert settings.keys_folder == Path("/keys")


def test_texts_of_the_environment_become_numbers(tmp_path: Path) -> None:
    environment = {"KEYCODE_PORTAL_LOCK_SECONDS": "2.5", "KEYCODE_PORTAL_BCRYPT_COST": "4"}
    settings = _load(tmp_path, "", {**environment, "KEYCODE": "x", "PATH": "/bin"})
    assert (settings.lock_seconds, settings.bcrypt_cost) == (2.5, 4)


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ('language = "de"', "language"),
        ("idle_minutes = 0", "idle_minutes"),
        ("idle_minutes = 481", "idle_minutes"),
        ('idle_minutes = "5"', "idle_minutes"),
        ("idle_minutes = true", "idle_minutes"),
        ("session_hours = 25", "session_hours"),
        ("password_length = 7", "password_length"),
        ("bcrypt_cost = 3", "bcrypt_cost"),
        ("bcrypt_cost = 17", "bcrypt_cost"),
        ("lock_seconds = nan", "lock_seconds"),
        ("lock_seconds = inf", "lock_seconds"),
        ("contact_name = 5", "contact_name"),
        ("colour = 5", "colour"),
        ("[idle_minutes]\nx = 1", "idle_minutes"),
        ("idle_minutes", ""),
        ("idle_minutes = 5\nidle_minutes = 6", ""),
        (b"contact_name = '\xe9'", ""),
        ("x = " + "[" * 5000, ""),
        ("idle_minutes = " + "9" * 5000, ""),
    ],
)
def test_a_file_that_is_wrong(tmp_path: Path, file: str | bytes, name: str) -> None:
    with pytest.raises(SettingsWrong) as caught:
        # Whatever stands in the environment does not hide it.
        _load(tmp_path, file, {"KEYCODE_PORTAL_IDLE_MINUTES": "7"}, {"language": "en"})
    assert (caught.value.source, caught.value.name) == (str(tmp_path / FILE_NAME), name)
    assert caught.value.reason


@pytest.mark.parametrize(
    ("variable", "text", "name"),
    [
        ("IDLE_MINUTES", "0", "idle_minutes"),
        ("IDLE_MINUTES", "", "idle_minutes"),
        ("IDLE_MINUTES", "five", "idle_minutes"),
        ("IDLE_MINUTES", "1_0", "idle_minutes"),
        ("IDLE_MINUTES", "٧", "idle_minutes"),
        ("IDLE_MINUTES", "9" * 5000, "idle_minutes"),
        ("IDLE_MINUTES", "\udce9", "idle_minutes"),
        ("CONTACT_NAME", "Jos\udce9", "contact_name"),
        ("LOCK_SECONDS", "nan", "lock_seconds"),
        ("LANGUAGE", "de", "language"),
        ("THEME", "DARK", "theme"),
    ],
)
def test_an_environment_that_is_wrong(tmp_path: Path, variable: str, text: str, name: str) -> None:
    with pytest.raises(SettingsWrong) as caught:
        _load(tmp_path, "idle_minutes = 5", {f"KEYCODE_PORTAL_{variable}": text})
    assert (caught.value.source, caught.value.name) == ("environment", name)


def test_a_command_line_that_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(SettingsWrong) as caught:
        _load(tmp_path, "", {"KEYCODE_PORTAL_LANGUAGE": "fr"}, {"language": "de"})
    assert (caught.value.source, caught.value.name) == ("command line", "language")


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    with pytest.raises(ReadFailed) as caught:
        _load(tmp_path)
    assert (caught.value.path, caught.value.reason) == (str(tmp_path / FILE_NAME), "ENXIO")


@pytest.mark.parametrize("mode", [0o000, 0o700])
def test_of_a_file_that_may_not_be_read_it_is_said_whose_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int
) -> None:
    """Not that a setting is wrong: nobody has read one."""

    def refuse(*_arguments: object, **_named: object) -> bytes:
        raise PermissionError(errno.EACCES, "")

    path = tmp_path / FILE_NAME
    path.write_text("")
    me = os.geteuid()
    monkeypatch.setattr(engine.settings, "read_regular", refuse)
    monkeypatch.setattr(os, "access", lambda *_arguments: mode == 0o700)
    monkeypatch.setattr(os, "geteuid", lambda: me + 1)
    with pytest.raises(OwnerWrong) as caught:
        load_settings(tmp_path, {})
    assert caught.value.path == str(path if mode else tmp_path)
    assert (caught.value.owner, caught.value.user) == (me, me + 1)


def test_a_store_that_is_a_file_is_for_the_store_to_refuse(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("x")
    assert load_settings(path, {}).store == str(path)


def test_where_the_store_is(tmp_path: Path) -> None:
    named = {"KEYCODE_PORTAL_STORE": str(tmp_path), "XDG_DATA_HOME": "/data"}
    assert default_store(named) == tmp_path
    assert default_store({"XDG_DATA_HOME": "/data"}) == Path("/data/keycode-portal")
    assert default_store({"HOME": "/home/anna"}) == Path("/home/anna/.local/share/keycode-portal")
    assert default_store({"HOME": "/h", "XDG_DATA_HOME": "odd"}) == Path(
        "/h/.local/share/keycode-portal"
    )
    assert load_settings(None, named).store == str(tmp_path)
    assert load_settings(Path("/other"), named).store == "/other"


def test_nobody_without_a_home_gets_a_folder_of_that_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(number: int) -> None:
        raise KeyError(number)

    monkeypatch.setattr("pwd.getpwuid", nobody)
    for environment in ({}, {"HOME": ""}, {"HOME": "~"}, {"HOME": "home"}):
        assert default_store(environment) is None
        settings = load_settings(None, environment)
        with pytest.raises(HomeUnknown):
            settings.store_folder  # noqa: B018
        with pytest.raises(HomeUnknown):
            settings.keys_folder  # noqa: B018


def test_the_keys_lie_beside_the_store_however_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, link = tmp_path / "store", tmp_path / "links" / "link"
    store.mkdir()
    link.parent.mkdir()
    link.symlink_to(store)
    monkeypatch.chdir(store)
    for named in (store, link, Path(), Path("../store/"), Path(f"{link}/")):
        assert load_settings(named, {}).keys_folder == tmp_path / "store-keys"


def test_keys_beside_a_link_are_found_where_they_were_made(tmp_path: Path) -> None:
    """Version 0.1 derived their folder from the words."""
    (tmp_path / "store").mkdir()
    (tmp_path / "link").symlink_to("store")
    (tmp_path / "link-keys").mkdir()
    assert load_settings(tmp_path / "link", {}).keys_folder == tmp_path / "link-keys"
    (tmp_path / "store-keys").mkdir()
    assert load_settings(tmp_path / "link", {}).keys_folder == tmp_path / "store-keys"


def test_keys_in_the_file_are_relative_to_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir("/")
    assert _load(tmp_path, 'keys = "../secret"').keys_folder.resolve() == (
        tmp_path.parent / "secret"
    )
    assert _load(tmp_path, 'keys = "/secret"').keys_folder == Path("/secret")


def test_a_pipe_or_a_giant_in_the_place_of_the_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / FILE_NAME)
    with pytest.raises(ReadFailed):
        load_settings(tmp_path, {})
    (tmp_path / FILE_NAME).unlink()
    with (tmp_path / FILE_NAME).open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(ReadFailed):
        load_settings(tmp_path, {})


_SETTINGS_LIKE = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=100),
    st.lists(
        st.tuples(
            st.sampled_from([*Settings.__struct_fields__, "x"]),
            st.sampled_from(["1", "-1", "1e400", "nan", "true", "'x'", "[]", "{}", "1979-05-27"]),
        ),
        max_size=5,
    ).map(lambda pairs: "\n".join(f"{name} = {value}" for name, value in pairs)),
)


@given(_SETTINGS_LIKE, st.dictionaries(st.sampled_from(Settings.__struct_fields__), st.text()))
def test_no_settings_are_a_traceback(
    tmp_path_factory: pytest.TempPathFactory, file: bytes | str, variables: dict[str, str]
) -> None:
    folder = tmp_path_factory.getbasetemp() / "fuzzed"
    folder.mkdir(exist_ok=True)
    environment = {f"KEYCODE_PORTAL_{name.upper()}": text for name, text in variables.items()}
    data = file if isinstance(file, bytes) else file.encode(errors="surrogatepass")
    (folder / FILE_NAME).write_bytes(data)
    try:
        load_settings(folder, environment)
    except PortalError:
        pass
