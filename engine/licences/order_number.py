"""Numbers of orders."""

from __future__ import annotations

import re
from typing import NamedTuple

from engine.licences.system import EquipmentId, parse_equipment_id

_WRITTEN = re.compile(r"([0-9A-F]{13})-(\d{1,15})", re.ASCII)


class OrderNumber(NamedTuple):
    """`03FFFF0302AD4-0002`: which order of a system it is, from 1."""

    equipment_id: EquipmentId
    sequence: int

    def __str__(self) -> str:
        return f"{self.equipment_id}-{self.sequence:04d}"

    @classmethod
    def parse(cls, text: str) -> OrderNumber | None:
        """What `str` gives, or None; leading zeros do not count."""
        written = _WRITTEN.fullmatch(text)
        return cls(EquipmentId(written[1]), int(written[2])) if written else None

    @classmethod
    def typed(cls, text: str) -> OrderNumber | None:
        """The same of what a person types: the Equipment ID is forgiven as anywhere, the rest has
        to be as it is written. Raises `EquipmentIdMalformed`."""
        equipment_id, _hyphen, sequence = text.rpartition("-")
        written = f"{parse_equipment_id(equipment_id)}-{sequence}"
        number = cls.parse(written)
        return number if str(number) == written else None
