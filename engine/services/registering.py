"""Making systems known to the portal, one at a time or from a CSV. Run from the command line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from engine.accounts.people import Company
from engine.audit import EventName
from engine.catalogue.product import Catalogue, Product
from engine.documents.systems_csv import read_systems
from engine.errors import ModelUnknown, ReleaseUnknown, SystemHasOrders, SystemKnown
from engine.licences.system import System, parse_equipment_id
from engine.ports import Progress, Store
from engine.services.companies import known_company


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

        def noted() -> Iterator[System]:
            count = 0
            for system in self.new_systems(path, headings):
                count += 1
                yield system
            self._store.record(EventName.SYSTEMS_IMPORT, who, count=str(count))

        return self._store.add_systems(noted(), progress)

    def new_systems(
        self, path: Path, headings: Mapping[str, str] | None = None
    ) -> Iterator[System]:
        """The systems that an import of that CSV would add. Raises as `import_systems`."""
        company = cache(lambda name: known_company(self._store, name))

        def make(equipment_id: str, product: str, release: str, name: str, model: str) -> System:
            return self.new_system(equipment_id, product, release, company(name), model)

        return read_systems(path, make, self._store.known_ids, headings)

    def systems(self) -> Iterator[System]:
        """Every system, in order of Equipment ID."""
        return self._store.systems()


def _check(product: Product, release: str, model: str) -> None:
    """Raises `ReleaseUnknown`, `ModelUnknown`."""
    if release not in product.releases:
        raise ReleaseUnknown(text=release, product=product.name, known=product.releases)
    if model not in product.models and (model or product.models):
        raise ModelUnknown(text=model, product=product.name, known=product.models)
