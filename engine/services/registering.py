"""Making systems known to the portal, one at a time or from a CSV. Run from the command line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from engine.accounts.people import Company
from engine.audit import EventName
from engine.catalogue.product import Catalogue, Product
from engine.documents.systems_csv import read_systems
from engine.errors import ModelUnknown, ReleaseUnknown, SystemHasOrders, SystemKnown
from engine.licences.system import System, parse_equipment_id
from engine.ports import Progress, Store
from engine.services.companies import known_company


class Updated(NamedTuple):
    """How many systems of a file are new, corrected, and as they were."""

    added: int
    changed: int
    same: int


class Registering:
    """Adds systems of known companies. Nothing is added without a line in the audit log."""

    def __init__(self, store: Store, catalogue: Catalogue) -> None:
        self._store = store
        self._catalogue = catalogue

    def new_system(
        self, equipment_id: str, product: str, release: str, company: Company, model: str = ""
    ) -> System:
        """A system, checked against the catalogue and not yet added.

        Raises `EquipmentIdMalformed`, `ProductUnknown`, `ReleaseUnknown`, `ModelUnknown`.
        """
        found = self._catalogue.product(product.lower())
        _check(found, release, model)
        return System(
            equipment_id=parse_equipment_id(equipment_id),
            product=found.key,
            model=model,
            release=release,
            company_id=company.company_id,
        )

    def add_system(self, system: System, who: str) -> None:
        """Make a system known to the portal. Raises `SystemKnown`."""
        if self._store.system(system.equipment_id) is not None:
            raise SystemKnown(equipment_id=system.equipment_id)
        self._store.record(EventName.SYSTEM_ADD, who, equipment_id=system.equipment_id)
        self._store.add_systems([system])

    def edit_system(
        self,
        equipment_id: str,
        who: str,
        *,
        release: str | None = None,
        model: str | None = None,
        company: Company | None = None,
    ) -> System:
        """Put right what is wrong of a system without orders; answers it as it is then.

        Raises `EquipmentIdMalformed`, `SystemUnknown`, `SystemHasOrders`, `ReleaseUnknown`,
        `ModelUnknown`.
        """

        def edited(system: System) -> System:
            if system.orders or system.sealed:
                raise SystemHasOrders(equipment_id=system.equipment_id)
            product = self._catalogue.product(system.product)
            after = replace(
                system,
                release=system.release if release is None else release,
                model=system.model if model is None else model,
                company_id=company.company_id if company else system.company_id,
            )
            _check(product, after.release, after.model)
            if after != system:
                details = {"release": after.release, "model": after.model}
                self._store.record(
                    EventName.SYSTEM_EDIT,
                    who,
                    equipment_id=after.equipment_id,
                    company_id=after.company_id,
                    **details,
                )
            return after

        return self._store.change_system(parse_equipment_id(equipment_id), edited)

    def import_systems(
        self,
        path: Path,
        who: str,
        progress: Progress | None = None,
        headings: Mapping[str, str] | None = None,
    ) -> int:
        """Add the systems of a CSV, all or none; answers how many. `headings` are other words for
        its columns.

        Raises `FileUnreadable`, `CsvHeaderWrong`, `RowsWrong` with every bad row.
        """
        return self._store.add_systems(self._noted(self.new_systems(path, headings), who), progress)

    def new_systems(
        self, path: Path, headings: Mapping[str, str] | None = None
    ) -> Iterator[System]:
        """The systems that an import of that CSV would add. Raises as `import_systems`."""
        company = cache(lambda name: known_company(self._store, name))

        def make(equipment_id: str, product: str, release: str, name: str, model: str) -> System:
            return self.new_system(equipment_id, product, release, company(name), model)

        return read_systems(path, make, self._store.known_ids, headings)

    def update_systems(
        self,
        path: Path,
        who: str,
        progress: Progress | None = None,
        headings: Mapping[str, str] | None = None,
    ) -> Updated:
        """Add the systems of a CSV that are new, and correct those that are known, as
        `edit_system` does. Every row is checked before anything is changed; what a file says that
        is so already changes nothing, so that it can be imported again.

        Raises as `import_systems`; a known system that has orders, or another product, is a bad
        row if it differs.
        """
        planned = self.plan_update(path, headings)
        new = self._rows_to_add(path, headings)
        if planned.added and (first := next(new, None)):
            self._store.add_systems(self._noted(chain([first], new), who), progress)
        for system in self._checked(path, headings):
            known = self._store.system(system.equipment_id)
            if known is not None and _differs(known, system):
                self._correct(system, who)
        return planned

    def plan_update(self, path: Path, headings: Mapping[str, str] | None = None) -> Updated:
        """What `update_systems` would do. Raises as it does."""
        count: Counter[str] = Counter()
        for system in self._checked(path, headings):
            known = self._store.system(system.equipment_id)
            count["new" if known is None else "changed" if _differs(known, system) else "same"] += 1
        return Updated(count["new"], count["changed"], count["same"])

    def _rows_to_add(self, path: Path, headings: Mapping[str, str] | None) -> Iterator[System]:
        for system in self._checked(path, headings):
            if self._store.system(system.equipment_id) is None:
                yield system

    def _checked(self, path: Path, headings: Mapping[str, str] | None) -> Iterator[System]:
        """The systems of a CSV, known or not, where each may be what its row says."""
        company = cache(lambda name: known_company(self._store, name))

        def make(equipment_id: str, product: str, release: str, name: str, model: str) -> System:
            system = self.new_system(equipment_id, product, release, company(name), model)
            known = self._store.system(system.equipment_id)
            if known is not None and _differs(known, system):
                if known.product != system.product:
                    raise SystemKnown(equipment_id=system.equipment_id)
                if known.orders or known.sealed:
                    raise SystemHasOrders(equipment_id=system.equipment_id)
            return system

        return read_systems(path, make, lambda _ids: (), headings)

    def _noted(self, systems: Iterator[System], who: str) -> Iterator[System]:
        count = 0
        for system in systems:
            count += 1
            yield system
        self._store.record(EventName.SYSTEMS_IMPORT, who, count=str(count))

    def _correct(self, system: System, who: str) -> None:
        company = next(c for c in self._store.companies() if c.company_id == system.company_id)
        self.edit_system(
            system.equipment_id,
            who,
            release=system.release,
            model=system.model,
            company=company,
        )

    def systems(self) -> Iterator[System]:
        """Every system, in order of Equipment ID."""
        return self._store.systems()


def _differs(known: System, wanted: System) -> bool:
    """Whether a row says something else of a system than is known of it."""
    fields = [(s.product, s.model, s.release, s.company_id) for s in (known, wanted)]
    return fields[0] != fields[1]


def _check(product: Product, release: str, model: str) -> None:
    """Raises `ReleaseUnknown`, `ModelUnknown`."""
    if release not in product.releases:
        raise ReleaseUnknown(text=release, product=product.name, known=product.releases)
    if model not in product.models and (model or product.models):
        raise ModelUnknown(text=model, product=product.name, known=product.models)
