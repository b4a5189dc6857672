"""The documents of companies, users, requests and quotes as a backup has them: one a line, byte
for byte."""

from __future__ import annotations

from collections.abc import Iterator

from engine.accounts.people import Company, User
from engine.accounts.ssh_keys import SshKey
from engine.audit import Actor, UserName
from engine.errors import BackupFault, BackupWrong, DocumentDamaged, StoreTooNew
from engine.papers.paper import Paper
from engine.store.folder.accounts import only_row
from engine.store.folder.documents import body_of, tables_of
from engine.store.folder.former_accounts import AccountDocument, documents_in
from engine.store.folder.journal.journal import JournalEvent
from engine.store.folder.papers import paper_path
from engine.store.folder.paths import Paths
from engine.store.folder.upkeep.backup_documents import LONGEST
from engine.store.folder.upkeep.backup_reading import BackupFile

COMPANIES, USERS = "companies.jsonl", "users.jsonl"
SSH_KEYS, PAPERS = "ssh-keys.jsonl", "papers.jsonl"
"""Only where there are any: an earlier portal does not know them."""
FORMER = "accounts.json"
"""Of a backup of layout 1."""


def kept_accounts(backup: BackupFile, paths: Paths) -> Iterator[AccountDocument]:
    """All of them in a backup, of either layout. Raises `BackupWrong`."""
    try:
        for name, file in backup.read(""):
            if name in (COMPANIES, USERS, SSH_KEYS, PAPERS):
                while line := file.readline(LONGEST):
                    yield document_of(line, paths, backup.path)
            elif name == FORMER:
                data = body_of(backup.path, file.read())
                yield from documents_in(tables_of(backup.path, data), paths)
    except (DocumentDamaged, StoreTooNew):
        raise BackupWrong(path=backup.path, reason=BackupFault.DAMAGED) from None


def document_of(data: bytes, paths: Paths, path: str) -> AccountDocument:
    """A document with the place where it belongs. Raises `DocumentDamaged`, which names `path`."""
    tables = tables_of(path, body_of(path, data))
    if "companies" in tables:
        company = only_row(Company, tables, "companies", path)
        return AccountDocument(paths.company(company.name), data)
    if "ssh_keys" in tables:
        key = only_row(SshKey, tables, "ssh_keys", path)
        return AccountDocument(paths.ssh_key(key.fingerprint), data)
    if "papers" in tables:
        paper = only_row(Paper, tables, "papers", path)
        return AccountDocument(paper_path(paper, paths), data)
    user = only_row(User, tables, "users", path)
    return AccountDocument(paths.user(user.company_id, user.login), data)


def changed_in(event: JournalEvent, paths: Paths) -> set[str]:
    """The documents that a line of the journal may be about: of who did something, of the user
    to whom it was done, and of the request or quote."""
    names = (Actor.parse(event.who).user, UserName.parse(event.details.get("user", "")))
    number = event.details.get("paper", "")
    papers = {paths.open_paper(number), paths.closed_paper(number)} if number else set()
    return papers | {paths.user(*name) for name in names if name}
