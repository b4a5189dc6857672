"""The settings of an installation: one frozen value, made from file < environment < command line.

The file is `settings.toml` in the store's folder; the environment has `KEYCODE_PORTAL_` and the
name in capitals (`KEYCODE_PORTAL_CONTACT_EMAIL`).
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from engine.errors import SettingsWrong

PREFIX = "KEYCODE_PORTAL_"
FILE_NAME = "settings.toml"
Language = Literal["en", "fr"]
LANGUAGES: tuple[Language, ...] = ("en", "fr")


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything that an installation can choose."""

    store: str
    """Folder of the store."""
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
    bcrypt_cost: Annotated[int, Meta(ge=4, le=16)] = 12
    lock_seconds: Annotated[float, Meta(gt=0, le=60)] = 10.0
    """How long an order waits for another one on the same system."""

    @property
    def keys_folder(self) -> Path:
        """The folder of the signing keys."""
        return Path(self.keys) if self.keys else Path(self.store.rstrip("/") + "-keys")


def default_store(environment: Mapping[str, str]) -> Path:
    """Where the store is when nobody says so: `KEYCODE_PORTAL_STORE`, else the user's data folder."""
    if named := environment.get(f"{PREFIX}STORE"):
        return Path(named)
    data = environment.get("XDG_DATA_HOME") or os.path.expanduser("~/.local/share")
    return Path(data) / "keycode-portal"


def load_settings(
    store: Path | None, environment: Mapping[str, str], chosen: Mapping[str, Any] | None = None
) -> Settings:
    """The settings of the installation at `store` (or the default one).

    `chosen` are those of the command line, by name. Raises `SettingsWrong`.
    """
    folder = store or default_store(environment)
    values: dict[str, Any] = {}
    values |= _from_file(folder / FILE_NAME)
    values |= _from_environment(environment)
    values |= {name: value for name, value in (chosen or {}).items() if value is not None}
    values["store"] = str(folder)
    # Texts of the environment become numbers here; the file was checked strictly on its own.
    return _checked(values, "environment")


def _from_file(path: Path) -> dict[str, Any]:
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsWrong(source=str(path), name="", reason=str(error)) from None
    _checked(values | {"store": str(path.parent)}, str(path), strict=True)
    return values


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    fields = {f"{PREFIX}{name.upper()}": name for name in Settings.__struct_fields__}
    return {fields[key]: text for key, text in environment.items() if key in fields}


def _checked(values: dict[str, Any], source: str, *, strict: bool = False) -> Settings:
    try:
        return msgspec.convert(values, Settings, strict=strict)
    except msgspec.ValidationError as error:
        reason, _, place = str(error).partition(" - at `$.")
        raise SettingsWrong(source=source, name=place.rstrip("`"), reason=reason) from None
