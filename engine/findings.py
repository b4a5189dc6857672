"""What a check of an installation finds: values; `tui.wording.findings` has the sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

HARMLESS = frozenset({"line-alone", "index-repaired"})
"""Codes of what needs nobody: told, and no reason to call an installation unsound."""


class Finding(NamedTuple):
    """Something that is not as it should be, and where: a file, a system, an order.

    Of a document: `damaged-seal`, `damaged-json`, `damaged-shape`, `damaged-io`,
    `damaged-kind`, `damaged-size`, `unreadable`, `too-new`, `misplaced`, `document-missing`. Of a
    system: `product-unknown`, `release-unknown`, `company-unknown`, `order-count`. Of an order:
    `order-number`, `order-other`, `inventory`, `keycode-missing`, `keycode-wrong`,
    `keycode-key`, `keycode-inventory`; `no-line` (the journal does not know it), `order-lost`
    (the journal knows it, the document does not), `line-alone` (the same of the very latest,
    which a crash may leave), `order-to-repeat` (lost with a damaged document, and not settled),
    `order-changed` (not what the journal says). Of the journal: `journal-changed`,
    `journal-removed`, `journal-moved` (before the line at that byte), `journal-cut`. Of the rest:
    `user-company`, `user-role`, `user-missing`, `user-password`, `index-repaired`, `store-open`,
    `few-files`, `little-room`.
    """

    place: str
    code: str
    data: Mapping[str, str] = {}

    @property
    def harmless(self) -> bool:
        """Whether an installation with nothing worse is sound."""
        return self.code in HARMLESS
