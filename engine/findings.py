"""What a check of an installation finds: values; `tui.wording.findings` has the sentences."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


class FindingCode(StrEnum):
    """What was found, for scripts too: a code is never renamed."""

    # Of a document
    DAMAGED_SEAL = "damaged-seal"
    DAMAGED_JSON = "damaged-json"
    DAMAGED_SHAPE = "damaged-shape"
    DAMAGED_IO = "damaged-io"
    DAMAGED_KIND = "damaged-kind"
    DAMAGED_SIZE = "damaged-size"
    UNREADABLE = "unreadable"
    TOO_NEW = "too-new"
    MISPLACED = "misplaced"
    DOCUMENT_MISSING = "document-missing"

    # Of a system
    SYSTEM_CHANGED = "system-changed"
    """Not what the journal says."""
    SYSTEM_MISSING = "system-missing"
    """The journal says that it was added, and there are no orders of it."""
    PRODUCT_UNKNOWN = "product-unknown"
    RELEASE_UNKNOWN = "release-unknown"
    COMPANY_UNKNOWN = "company-unknown"
    ORDER_COUNT = "order-count"

    # Of an order
    ORDER_NUMBER = "order-number"
    ORDER_OTHER = "order-other"
    """Of another system or product."""
    INVENTORY = "inventory"
    MOVE_HALF = "move-half"
    """A move whose other side is not there, or is not the same."""
    KEYCODE_MISSING = "keycode-missing"
    KEYCODE_WRONG = "keycode-wrong"
    KEYCODE_KEY = "keycode-key"
    """Signed with a key that is not there."""
    KEYCODE_INVENTORY = "keycode-inventory"
    NO_LINE = "no-line"
    """The journal does not know it."""
    ORDER_LOST = "order-lost"
    """The journal knows it, the document does not."""
    LINE_ALONE = "line-alone"
    """The same of the very latest, which a crash may leave."""
    ORDER_TO_REPEAT = "order-to-repeat"
    """Lost with a damaged document, and not settled."""
    ORDER_CHANGED = "order-changed"
    """Not what the journal says."""

    # Of the journal
    JOURNAL_CHANGED = "journal-changed"
    JOURNAL_REMOVED = "journal-removed"
    """Before the line at that byte."""
    JOURNAL_MOVED = "journal-moved"
    JOURNAL_CUT = "journal-cut"

    # Of the rest
    USER_COMPANY = "user-company"
    USER_ROLE = "user-role"
    USER_MISSING = "user-missing"
    PAPER_MISSING = "paper-missing"
    """A request or a quote; the audit log knows it."""
    SERVER_FSYNC = "server-fsync"
    """… of a database: what a failing machine could take, with these settings."""
    SERVER_CHECKSUMS = "server-checksums"
    SERVER_COMMIT = "server-commit"
    SERVER_ALONE = "server-alone"
    SERVER_CLOCK = "server-clock"
    SSH_KEY_USER = "ssh-key-user"
    """A key of somebody who is not there."""
    USER_PASSWORD = "user-password"  # noqa: S105  # a code
    CATALOGUE_CHANGED = "catalogue-changed"
    """A version of the catalogue is not what was put, or is gone."""
    INDEX_REPAIRED = "index-repaired"
    STORE_OPEN = "store-open"
    FEW_FILES = "few-files"
    LITTLE_ROOM = "little-room"


SURROUNDINGS = frozenset(
    {
        *(FindingCode.SERVER_FSYNC, FindingCode.SERVER_CHECKSUMS, FindingCode.SERVER_COMMIT),
        *(FindingCode.SERVER_ALONE, FindingCode.SERVER_CLOCK),
    }
)
"""What the database's administrator should look at: nothing that is kept is wrong."""
HARMLESS = frozenset({FindingCode.LINE_ALONE, FindingCode.INDEX_REPAIRED}) | SURROUNDINGS
"""Told, and no reason to call what is kept unsound."""


class Finding(NamedTuple):
    """Something that is not as it should be, and where: a file, a system, an order."""

    place: str
    code: FindingCode
    data: Mapping[str, str] = {}

    @property
    def harmless(self) -> bool:
        """Whether an installation with nothing worse is sound."""
        return self.code in HARMLESS
