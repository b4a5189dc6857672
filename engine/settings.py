"""The settings of an installation: one frozen value, made from file < environment < command line.

The file is `settings.toml` in the store's folder; the environment has `KEYCODE_PORTAL_` and the
name in capitals (`KEYCODE_PORTAL_CONTACT_EMAIL`).
"""

from __future__ import annotations

import os
import pwd
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct, structs

from engine.database_name import is_database
from engine.errors import (
    HomeUnknown,
    PortalError,
    SettingFault,
    SettingsWrong,
    TomlFault,
    WriteFailed,
    system_word,
)
from engine.files.regular_files import read_regular
from engine.files.system_calls import refused
from engine.toml_reading import TomlWrong, read_toml

PREFIX = "KEYCODE_PORTAL_"
FILE_NAME = "settings.toml"
_LARGEST = 1 << 20
"""Bytes of a file of settings."""
Language = Literal["en", "fr"]
THEMES = ("dark", "light")
LANGUAGES: tuple[Language, ...] = ("en", "fr")
_UNKNOWN = re.compile("Object contains unknown field `([^`]*)`")


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything that an installation can choose."""

    store: str
    """Folder of the store, resolved; empty when there is no home to have one in."""
    database: str = ""
    """The store is there, as libpq names it without a password (`service=keycodes`), and not in the
    folder; empty: in the folder."""
    database_owner: str = ""
    """The same as the owner of the schema: for `init` and `copy` alone."""
    keys: str = ""
    """Folder of the signing keys, apart from the store; empty: the store's name with `-keys`."""
    language: Language = "en"
    """Of who has not chosen one."""
    theme: Literal["dark", "light"] = "dark"
    contact_name: str = ""
    """Whom to ask for an account: shown at login and on the Contact page."""
    contact_email: str = ""
    contact_phone: str = ""
    idle_minutes: Annotated[int, Meta(ge=1, le=480)] = 15
    session_hours: Annotated[int, Meta(ge=1, le=24)] = 8
    password_length: Annotated[int, Meta(ge=8, le=128)] = 15
    """Fewest characters of a password."""
    ssh_key_is_enough: bool = False
    """On a terminal, an SSH key that the portal knows opens it without a password."""
    most_users: Annotated[int, Meta(ge=1, le=100_000)] = 50
    """Of a company, as long as its administrator adds them; the licence desk may add more."""
    bcrypt_cost: Annotated[int, Meta(ge=4, le=16)] = 12
    retention_months: Annotated[int, Meta(ge=0, le=1200)] = 0
    """How long `erase --due` leaves licensees' names and addresses in orders; 0: for good."""
    moves_a_year: Annotated[int, Meta(ge=0, le=100)] = 2
    """How often a system may go to other hardware without the licence desk."""
    move_proof_days: Annotated[int, Meta(ge=0, le=3650)] = 30
    """Within how many days the return note of a move is wanted; 0: never asked."""
    quote_days: Annotated[int, Meta(ge=1, le=3650)] = 30
    """How many days the prices of a quote hold."""
    usual_quantity: Annotated[int, Meta(ge=0, le=1_000_000)] = 1_000
    """More of an item in one order is asked about; 0: never."""
    usual_total: Annotated[int, Meta(ge=0, le=1_000_000_000)] = 100_000
    """… and so is an order for more than that, in whatever currency."""
    lock_seconds: Annotated[float, Meta(gt=0, le=60)] = 10.0
    """How long an order waits for another one on the same system."""

    @property
    def keys_folder(self) -> Path:
        """The folder of the signing keys. Raises `HomeUnknown`."""
        return Path(self.keys or f"{self.store_folder}-keys")

    @property
    def export_folder(self) -> str:
        """The folder of exports, on this machine wherever the store is. Raises `HomeUnknown`."""
        return f"{self.store_folder}/export"

    @property
    def store_folder(self) -> str:
        """The folder of the store. Raises `HomeUnknown`."""
        if not self.store:
            raise HomeUnknown()
        return self.store


def default_store(environment: Mapping[str, str]) -> Path | None:
    """Where the store is when nobody says so: `KEYCODE_PORTAL_STORE`, else the user's data; None
    for somebody without a home."""
    if named := environment.get(f"{PREFIX}STORE"):
        return Path(named)
    data = user_folder(environment, "XDG_DATA_HOME", ".local/share")
    return data / "keycode-portal" if data else None


def user_folder(environment: Mapping[str, str], name: str, below_home: str) -> Path | None:
    """The folder that the variable names, else the one below the user's home; None without a
    home. What is not an absolute path counts for nothing (XDG Base Directory Specification)."""
    named = Path(environment.get(name, ""))
    if named.is_absolute():
        return named
    home = Path(environment.get("HOME", ""))
    if not home.is_absolute():
        try:
            home = Path(pwd.getpwuid(os.getuid()).pw_dir)
        except KeyError:
            return None
    return home / below_home


def load_settings(
    store: Path | None, environment: Mapping[str, str], chosen: Mapping[str, Any] | None = None
) -> Settings:
    """The settings of the installation at `store` (or the default one).

    `chosen` are those of the command line, by name. Raises `SettingsWrong`, which names the
    source and the setting; `OwnerWrong`, `ReadFailed` where the file may not be read.
    """
    typed = store or default_store(environment)
    # Resolved first: from a link, or from `.`, the keys would be looked for beside the link.
    folder = typed and Path(os.path.realpath(typed))
    path = (folder or Path("/")) / FILE_NAME
    values: dict[str, Any] = {}
    for source, layer in (
        (str(path), _from_file(path) if folder else {}),
        ("environment", _from_environment(environment)),
        ("command line", {k: v for k, v in (chosen or {}).items() if v is not None}),
    ):
        values |= layer | {"store": str(folder or "")}
        # Each on its own, so that a wrong value is put down to where it stands.
        settings = _checked(values, source, strict=source == str(path))
        for name in ("database", "database_owner"):
            if (said := getattr(settings, name)) and not is_database(said):
                raise _wrong(source, name, SettingFault.DATABASE)
    if typed and not settings.keys and (keys := _keys_of_old(typed, settings)):
        return structs.replace(settings, keys=keys)
    return settings


def _keys_of_old(typed: Path, settings: Settings) -> str:
    """Keys beside a link to the store, where version 0.1 made them; empty without any."""
    keys = f"{typed.absolute()}-keys"
    if keys == f"{settings.store}-keys":  # no link
        return ""
    return keys if Path(keys).is_dir() and not os.path.lexists(settings.keys_folder) else ""


def likely_language(store: Path | None, environment: Mapping[str, str]) -> Language:
    """That of an installation whose settings are wrong, to say so in: what the environment or
    the file chooses, as far as either can be read."""
    named = environment.get(f"{PREFIX}LANGUAGE")
    folder = store or default_store(environment)
    if named is None and folder:
        with suppress(PortalError):
            named = _from_file(folder / FILE_NAME).get("language")
    return next((language for language in LANGUAGES if language == named), "en")


def write_contact(settings: Settings, contact: Mapping[str, str]) -> None:
    """Write whom to ask (`contact_name`, …) into the settings of a new store. Raises
    `WriteFailed`."""
    import json

    path = f"{settings.store_folder}/{FILE_NAME}"
    # A text of JSON is one of TOML.
    lines = [f"{name} = {json.dumps(text, ensure_ascii=False)}\n" for name, text in contact.items()]
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    try:
        with os.fdopen(os.open(path, flags, 0o600), "w", encoding="utf-8") as file:
            file.writelines(lines)
    except OSError as error:
        raise WriteFailed(path=path, reason=system_word(error)) from None


def own_settings(settings: Settings) -> bytes:
    """The file of settings as it is, for a copy of the installation; nothing where it says where
    something lies, which is another place for a copy. Raises `ReadFailed`, `SettingsWrong`."""
    path = Path(settings.store_folder) / FILE_NAME
    if not path.exists() or _from_file(path).keys() & {"keys", "database"}:
        return b""
    return read_regular(str(path), most=_LARGEST)


def _from_file(path: Path) -> dict[str, Any]:
    try:
        values = read_toml(read_regular(str(path), most=_LARGEST))
        if isinstance(keys := values.get("keys"), str) and keys:
            values["keys"] = str(path.parent / keys)  # a relative one is relative to this file
        return values
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        # Without the right to enter the folder, it is the folder that is somebody else's.
        refusing = path if os.access(path.parent, os.X_OK) else path.parent
        raise refused(str(refusing), error) from None
    except TomlWrong as wrong:
        raise _wrong(str(path), "", wrong.reason, wrong.place) from None


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    fields = {f"{PREFIX}{name.upper()}": name for name in Settings.__struct_fields__}
    values = {}
    for key, text in environment.items():
        if not key.startswith(PREFIX):
            continue
        if key not in fields:
            raise _wrong("environment", key, SettingFault.UNKNOWN, allowed=_close(key, fields))
        try:
            text.encode()
        except UnicodeEncodeError:  # bytes that Python could not read come as lone surrogates
            raise _wrong("environment", fields[key], SettingFault.ENCODING) from None
        values[fields[key]] = text
    return values


def _checked(values: dict[str, Any], source: str, *, strict: bool = False) -> Settings:
    try:
        return msgspec.convert(values, Settings, strict=strict)
    except msgspec.ValidationError as error:
        said, _, place = str(error).partition(" - at `$.")
        if unknown := _UNKNOWN.fullmatch(said):
            allowed = _close(unknown[1], Settings.__struct_fields__)
            raise _wrong(source, unknown[1], SettingFault.UNKNOWN, allowed=allowed) from None
        name = re.split(r"[.\[`]", place)[0]
        reason, allowed = _wanted(name)
        raise _wrong(source, name, reason, allowed=allowed) from None


def _wanted(name: str) -> tuple[SettingFault, tuple[str, ...]]:
    """What a setting takes, as a reason of `SettingsWrong` and its allowed values."""
    from msgspec import inspect  # only when something is wrong

    info = inspect.type_info(Settings)
    assert isinstance(info, inspect.StructType)
    kind = next((field.type for field in info.fields if field.name == name), None)
    if isinstance(kind, inspect.LiteralType):
        return SettingFault.CHOICE, tuple(map(str, kind.values))
    if isinstance(kind, inspect.BoolType):
        return SettingFault.CHOICE, ("true", "false")
    if isinstance(kind, inspect.IntType):
        return SettingFault.WHOLE_NUMBER, (str(kind.ge), str(kind.le))
    if isinstance(kind, inspect.FloatType):
        return SettingFault.NUMBER, (f"{kind.gt:g}", f"{kind.le:g}")
    return SettingFault.TEXT, ()


def _close(name: str, known: Iterable[str]) -> tuple[str, ...]:
    from difflib import get_close_matches  # only when something is wrong

    return tuple(get_close_matches(name, list(known), 1))


def _wrong(
    source: str,
    name: str,
    reason: SettingFault | TomlFault,
    place: str = "",
    allowed: tuple[str, ...] = (),
) -> SettingsWrong:
    return SettingsWrong(source=source, name=name, reason=reason, place=place, allowed=allowed)
