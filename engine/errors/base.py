"""The root of all errors, and what they say of the system."""

from __future__ import annotations

import errno
from collections.abc import Callable
from typing import ClassVar, Never, dataclass_transform


@dataclass_transform(kw_only_default=True, frozen_default=True, eq_default=False)
class PortalError(Exception):
    """The root. A class declares its fields with their types, and they are given by keyword.

    The type checker reads that as it reads a dataclass, and a field is not changed afterwards.
    Real dataclasses would add some 20 ms to every start: eighty generated constructors, and the
    module that generates them. Giving more or fewer fields raises `TypeError`, so that a sentence
    can rely on every field.
    """

    fields: ClassVar[tuple[str, ...]] = ()
    """The names of the fields, the inherited ones first."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.fields += tuple(name for name in cls.__annotations__ if name not in cls.fields)

    # To the type checker, of a class without fields: it takes nothing.
    def __init__(self, **data: Never) -> None:
        if set(data) != set(self.fields):
            raise TypeError(f"{type(self).__name__} takes {self.fields}, not {tuple(data)}")
        super().__init__(data)
        self.__dict__.update(data)

    def __reduce__(self) -> tuple[Callable[..., PortalError], tuple[object, ...]]:
        # By keyword, so that an error comes out of another process as it was raised there.
        return _from_data, (type(self), self.data)

    @property
    def code(self) -> str:
        """The error's stable name for scripts (`--json`), for example `QuantityTooLarge`."""
        return type(self).__name__

    @property
    def data(self) -> dict[str, object]:
        """The fields of this error by name."""
        return {name: getattr(self, name) for name in self.fields}


def _from_data(kind: Callable[..., PortalError], data: dict[str, object]) -> PortalError:
    return kind(**data)


def system_word(error: OSError) -> str:
    """The system's own word for what went wrong, the same in every language: `ENOSPC`."""
    return errno.errorcode.get(error.errno or 0, type(error).__name__)
