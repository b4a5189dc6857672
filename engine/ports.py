"""What the services ask of the world: a store, the time, chance, and the keys.

The protocols assume no files: a store may be a folder, memory, or a database server.
Implementations live in `engine.store` and are chosen in `engine.installation`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import NamedTuple, Protocol

from engine.accounts.people import Company, User
from engine.accounts.ssh_keys import SshKeyStore
from engine.audit import AuditEvent, EventName
from engine.catalogue.versions import CatalogueStore
from engine.licences.order import Draft, Order, OrderKind
from engine.licences.system import EquipmentId, System
from engine.papers.paper import PaperStore

Clock = Callable[[], datetime]
"""The time now, aware, UTC."""


def now() -> datetime:
    """The machine's clock."""
    return datetime.now(UTC)


NewId = Callable[[], str]
"""A fresh identifier that nobody can guess (128 bits, hexadecimal)."""

Progress = Callable[[int], None]
"""Told how many are done, on long work."""


class Placement(NamedTuple):
    """What came of a confirmation."""

    order: Order
    already: bool
    """True: this draft had been placed before, and this is that order."""


class KeptDraft(NamedTuple):
    """An unfinished order, and whose it is."""

    company_id: str
    login: str
    draft: Draft


class OrderQuery(NamedTuple):
    """Which orders to find; every field that is given must match. Texts match without regard
    to case and outer spaces; `licensee` matches a part of the name."""

    company_id: str | None = None
    keycode: str | None = None
    keycode_parts: tuple[str, ...] = ()
    """One of these is in a keycode that it delivered."""
    reference: str | None = None
    licensee: str | None = None
    since: datetime | None = None
    before: datetime | None = None
    personal: bool = False
    """Only orders that still hold a licensee's name."""
    kind: OrderKind | None = None
    whole_name: bool = False
    """`licensee` is the whole name."""
    like: str | None = None
    """The licensee or the city has this part, or the Equipment ID ends with it."""


class SystemStore(Protocol):
    """Systems and their orders: the truth. Whatever reads them raises `DocumentDamaged`."""

    def system(self, equipment_id: EquipmentId) -> System | None:
        """The system, or None. Takes no lock; old or new, always
        whole."""

    def older_orders(self, system: System) -> tuple[Order, ...]:
        """The orders of a system that lie in sealed segments, oldest first."""

    def systems(self) -> Iterator[System]:
        """Every system, in order of Equipment ID, one at a time."""

    def known_ids(self, equipment_ids: Collection[EquipmentId]) -> frozenset[EquipmentId]:
        """Those of these systems that are there, whatever their state: one question for all."""

    def system_count(self) -> int:
        """How many systems there are."""

    def add_systems(self, systems: Iterable[System], progress: Progress | None = None) -> int:
        """Add systems and say how many. All or nothing as far as refusals go.

        Raises `SystemKnown`, `WriteFailed`.
        """

    def place(
        self, equipment_id: EquipmentId, draft_id: str, decide: Callable[[System], Order]
    ) -> Placement:
        """One order, as one transaction on the system's document.

        Under the system's lock: read again; when `draft_id` was placed already, answer that
        order; otherwise ask `decide` for the order to add (what it raises ends the transaction
        with nothing changed), write it with its line in the audit log, and answer.

        Raises `SystemUnknown`, `StoreBusy`, `DocumentDamaged`, `WriteFailed`, `OutcomeUnknown`.
        """

    def transact(
        self,
        source: EquipmentId,
        target: EquipmentId,
        request_id: str,
        decide: Callable[[System, System], tuple[Order, Order]],
        new: System | None = None,
    ) -> Placement:
        """An order of each of two systems, both or neither, whatever fails in between. `new` is
        the target as it becomes known with its order, where nobody knows it; a line in the audit
        log says so.

        Under the locks of both: read again; when `request_id` was placed already, answer that;
        otherwise ask `decide`, which is given the source and the target, for an order of each
        (what it raises ends the transaction with nothing changed). Answers the target's order.

        Raises as `place`.
        """

    def change_system(
        self, equipment_id: EquipmentId, change: Callable[[System], System]
    ) -> System:
        """Change what a system is, but for its ID and its orders, under its lock: read again,
        `change`, write, answer. `change` may `record` what it does.

        Raises `SystemUnknown`, `StoreBusy`, `DocumentDamaged`, `WriteFailed`, `OutcomeUnknown`,
        and what `change` raises.
        """

    def erase_personal(self, equipment_id: EquipmentId, numbers: Collection[str], who: str) -> int:
        """Take licensee and address out of these orders of a system, and say of how many.

        Under the system's lock, with a line in the audit log for each. Orders that are not there
        or hold nothing personal are passed over, so that asking again does no harm.

        Raises `StoreBusy`, `DocumentDamaged`, `WriteFailed`, `OutcomeUnknown`: some may be
        erased then; ask again.
        """

    def give_proof(
        self, equipment_id: EquipmentId, numbers: Collection[str], proof: str, who: str
    ) -> int:
        """Write the proof of a move into these orders of a system that have none, and say into how
        many. As `erase_personal`."""

    def find_orders(self, query: OrderQuery, limit: int) -> list[Order]:
        """Orders that match, the latest first, at most `limit`; each is checked against its
        system."""

    def unread(self, query: OrderQuery, but: Collection[str] = ()) -> list[str]:
        """The systems that cannot be read and may hold orders that match; those of `but`, which
        were read a moment ago, are not looked at."""


class AccountStore(Protocol):
    """Companies and users. Whatever reads them raises `DocumentDamaged`."""

    def companies(self) -> list[Company]:
        """All companies, by name."""

    def company_named(self, name: str) -> Company | None:
        """The company of that name (compared as `accounts.same_name`), or None."""

    def add_company(self, company: Company) -> None:
        """Raises `NameTaken` (compared as `accounts.same_name`), `WriteFailed`, `StoreBusy`."""

    def change_company(self, name: str, change: Callable[[Company], Company]) -> Company:
        """Change a company, but for its id and its name, under a lock: read again, `change`, write,
        answer. `change` may `record` what it does.

        Raises `CompanyUnknown`, `WriteFailed`, `StoreBusy`, and what `change` raises.
        """

    def users(self, company_id: str | None = None) -> list[User]:
        """All users, or one company's, by company and login."""

    def user(self, company_id: str, login: str) -> User | None:
        """The user with that login (compared as `accounts.same_name`), or None."""

    def add_user(self, user: User) -> None:
        """Raises `NameTaken`, `WriteFailed`, `StoreBusy`."""

    def change_user(self, company_id: str, login: str, change: Callable[[User], User]) -> User:
        """Change a user under a lock: read again, `change`, write, answer.

        `change` may `record` what it does: the line is on disk before the change is.

        Raises `UserUnknown`, `WriteFailed`, `StoreBusy`, and what `change` raises.
        """

    def change_nobody(self, company_id: str, login: str) -> None:
        """As much work as `change_user`, where there is no such user: so that nobody can tell by
        the time it takes. Raises `WriteFailed`, `StoreBusy`."""

    def one_at_a_time(self) -> AbstractContextManager[None]:
        """A turn at attempts that cannot be written down: one in all processes. Needs nothing to
        be written. Raises `StoreBusy`."""


class DraftStore(Protocol):
    """Unfinished orders, any number a user: he may have several sessions."""

    def drafts(self, company_id: str, login: str) -> list[Draft]:
        """The unfinished orders of a user, in no order; none also when their document cannot be
        read: a draft is a convenience, never the truth."""

    def all_drafts(self) -> Iterator[KeptDraft]:
        """The unfinished orders of all users, in no order, but for those that cannot be read."""

    def reads_drafts(self, company_id: str, login: str) -> bool:
        """False: there is a document of this user's unfinished orders that cannot be read."""

    def keep_draft(self, company_id: str, login: str, draft: Draft) -> None:
        """Keep it beside the others, in place of the one with its id. Raises `StoreTrouble`."""

    def drop_draft(self, company_id: str, login: str, draft_id: str) -> None:
        """Forget one; nothing happens when there is none. Raises `StoreTrouble`."""

    def unread_drafts(self) -> list[str]:
        """What there is of unfinished orders that cannot be read: files, by their paths."""


class AuditLog(Protocol):
    """Who did what. Holds no names, addresses or passwords of licensees."""

    def record(self, event: EventName, who: str, **details: str) -> None:
        """Add one line, on disk before this returns. `who`: the user
        as `COMPANY-ID/LOGIN`, or `unix:NAME`. Raises `WriteFailed`, `StoreBusy`."""

    def events(self, since: datetime | None = None) -> Iterator[AuditEvent]:
        """The lines, or those from `since` on; oldest first."""

    def follow(self) -> Iterator[AuditEvent | None]:
        """Every line in the order of the log, then each that comes; None whenever there is no more
        for now, and when to look again is the caller's. Which line is which from the beginning
        never changes, so their count numbers them."""


class Store(
    SystemStore,
    AccountStore,
    SshKeyStore,
    DraftStore,
    PaperStore,
    AuditLog,
    CatalogueStore,
    Protocol,
):
    """A whole store, as one adapter implements it."""

    def signing_key(self) -> int | None:
        """The number of the key that signs, asked for at every order: who lacks it must not sign.
        None: the highest there is, since no other was ever prepared. Raises `DocumentDamaged`,
        `ReadFailed`."""

    def withdrawn_keys(self) -> frozenset[int]:
        """The numbers of the signing keys that were withdrawn: what they signed is to be
        replaced. Raises `DocumentDamaged`, `ReadFailed`."""

    def withdraw_key(self, number: int, who: str) -> bool:
        """Withdraw a signing key, with a line in the audit log; False: it was before. Raises
        `WriteFailed`, `StoreBusy`."""

    def close(self) -> None:
        """Close files and release locks."""


class Exports(Protocol):
    """The one folder that exports go to."""

    def write(self, name: str, text: str) -> str:
        """Write a new file under a name that the portal made (`[A-Za-z0-9._-]`), never over one
        that is there (a number is added), and say where it is.

        Raises `WriteFailed`, and `ExportsClosed` where no files are written."""
