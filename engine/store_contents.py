"""All that is in a store, whatever keeps it: what a copy takes, and what gives and takes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, Protocol

from msgspec.structs import replace

from engine.accounts.people import Company, User
from engine.accounts.ssh_keys import SshKey
from engine.catalogue.versions import CatalogueVersion
from engine.errors import DocumentDamaged, DocumentFault
from engine.licences.system import System
from engine.papers.paper import Paper, PaperQuery
from engine.ports import KeptDraft, Store

_PAGE = 500


class JournalPart(NamedTuple):
    """A part of the audit log word for word, under its name: its chain goes on holding."""

    name: str
    pieces: Iterator[bytes]


class Contents:
    """All that is in a store, each kind read once, in little memory. Raises as `Store`."""

    def __init__(self, store: Store, journal: Callable[[], Iterator[JournalPart]]) -> None:
        self._store = store
        self._journal = journal

    def system_count(self) -> int:
        """How many systems there are."""
        return self._store.system_count()

    def systems(self) -> Iterator[System]:
        """Every system with all its orders, in order of Equipment ID."""
        for system in self._store.systems():
            if system.sealed:
                orders = (*self._store.older_orders(system), *system.orders)
                yield replace(system, orders=orders, sealed=0, sealed_orders=0)
            else:
                yield system

    def companies(self) -> Iterator[Company]:
        """All companies."""
        return iter(self._store.companies())

    def users(self) -> Iterator[User]:
        """All users."""
        return iter(self._store.users())

    def ssh_keys(self) -> Iterator[SshKey]:
        """All keys that users log in with."""
        return iter(self._store.ssh_keys())

    def papers(self) -> Iterator[Paper]:
        """All requests and quotes, the last number first."""
        before: str | None = None
        while page := self._store.papers(PaperQuery(before=before), _PAGE):
            yield from page
            before = page[-1].number

    def drafts(self) -> Iterator[KeptDraft]:
        """All unfinished orders. Raises `DocumentDamaged` also where some cannot be read: here
        they are not to be missed."""
        for path in self._store.unread_drafts():
            raise DocumentDamaged(path=path, reason=DocumentFault.SHAPE)
        return self._store.all_drafts()

    def catalogue(self) -> Iterator[CatalogueVersion]:
        """The versions of the installation's own catalogue."""
        return iter(self._store.catalogue_versions())

    def journal(self) -> Iterator[JournalPart]:
        """The audit log; the pieces of a part are read before the next one is asked for."""
        return self._journal()

    def signing_key(self) -> int | None:
        """See `Store`."""
        return self._store.signing_key()

    def withdrawn_keys(self) -> frozenset[int]:
        """See `Store`."""
        return self._store.withdrawn_keys()


class Giving(Protocol):
    """A store that is copied from."""

    contents: Contents

    def moved_to(self) -> str | None:
        """Where it was moved to, if it is closed."""

    def close_for(self, target: str, who: str) -> None:
        """Nobody writes any more, wherever the store is open: `StoreMoved`. Once this returns,
        nothing is under way. Closed already for that target, it only waits for that.

        Raises `StoreBusy`, `WriteFailed`.
        """

    def open_again(self, who: str) -> None:
        """Work goes on. Raises `WriteFailed`."""

    def close(self) -> None:
        """Let go of the store; as it is, open or closed."""


class Taking(Protocol):
    """Where a copy goes to."""

    def require_empty(self) -> None:
        """Raises `StoreNotEmpty`, and what else is in the way of a store there."""

    def take(self, contents: Contents, verify: Callable[[Contents], None]) -> None:
        """All of it, or none whatever happens. `verify` is shown what is there now, before any of
        it counts. What an attempt that was cut short has left is taken away first.

        Raises `StoreNotEmpty`, `WriteFailed`, `OutcomeUnknown` (it is there), what reading
        `contents` raises, and what `verify` raises.
        """
