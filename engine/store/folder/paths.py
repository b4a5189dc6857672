"""The folders and files of a store.

STORE/
  VERSION        layout version, written last by `init`
  locks          empty; see engine.store.folder.locks
  systems/000 … fff/ID.json, ID.0001.json
  companies/     one document a company
  users/         one document a user
  ssh-keys/      one document a key, made with the first
  open-papers/   one document a request or quote, made with the first
  closed-papers/  … of which nothing more becomes
  drafts/  journal/  export/
  catalogue/     the installation's own, a file for each version of a product
  MOVED          where all of it was copied to: closed
  index.db       derived, made at the first search

Layout 1 had all companies and users in one file, `accounts.json`: `former_accounts.py`.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from engine.accounts.people import same_name

LAYOUT_VERSION = 2
SYSTEM_FOLDERS = tuple(f"{number:03x}" for number in range(4096))
"""The folders of `systems/`. They are made and synced by `init` and never on demand: a folder
made on demand can vanish in a power cut together with the order that was put into it."""

EQUIPMENT_ID = re.compile(r"[0-9A-F]{13}")
DOCUMENT = re.compile(r"([0-9A-F]{13})(?:\.(\d{4,}))?\.json")
"""The name of a document: its Equipment ID and, of a segment of older orders, its number."""

COMPANY_DOCUMENT = re.compile(r"[0-9a-f]{32}\.json")
USER_DOCUMENT = re.compile(r"[0-9a-f]{32}-[0-9a-f]{32}\.json")
"""The names of the documents of a company (or a key) and of a user: nothing that was
typed is part of them."""


class Paths:
    """The paths of all folders and files of a store at `root`."""

    def __init__(self, root: str | os.PathLike[str]) -> None:
        self.root = str(Path(root).absolute())
        self.version = f"{self.root}/VERSION"
        self.locks = f"{self.root}/locks"
        self.former_accounts = f"{self.root}/accounts.json"
        self.companies = f"{self.root}/companies"
        self.users = f"{self.root}/users"
        self.ssh_keys = f"{self.root}/ssh-keys"
        self.open_papers = f"{self.root}/open-papers"
        self.closed_papers = f"{self.root}/closed-papers"
        self.systems = f"{self.root}/systems"
        self.drafts = f"{self.root}/drafts"
        self.journal = f"{self.root}/journal"
        self.catalogue = f"{self.root}/catalogue"
        self.index = f"{self.root}/index.db"
        self.import_list = f"{self.root}/import.ids"
        self.settings = f"{self.root}/settings.toml"
        self.moved = f"{self.root}/MOVED"
        self.newest_key = f"{self.root}/newest-key"
        self.withdrawn_keys = f"{self.root}/withdrawn-keys"

    def system(self, equipment_id: str) -> str:
        """The document of a system."""
        return f"{self.system_folder(equipment_id)}/{equipment_id}.json"

    def segment(self, equipment_id: str, number: int) -> str:
        """The `number`-th sealed segment of a system's older orders, from 1."""
        return f"{self.system_folder(equipment_id)}/{equipment_id}.{number:04d}.json"

    def system_folder(self, equipment_id: str) -> str:
        """The folder of a system: the first three digits of the SHA-256 of its Equipment ID."""
        return f"{self.systems}/{hashlib.sha256(equipment_id.encode()).hexdigest()[:3]}"

    def system_folders(self) -> Iterator[str]:
        """All folders of systems."""
        return (f"{self.systems}/{name}" for name in SYSTEM_FOLDERS)

    def company(self, name: str) -> str:
        """The document of the company of that name, however its letters were typed."""
        return f"{self.companies}/{_digest(same_name(name))}.json"

    def user(self, company_id: str, login: str) -> str:
        """The document of a user, however the letters of the login were typed."""
        return f"{self.users}/{self.users_of(company_id)}{_digest(same_name(login))}.json"

    def users_of(self, company_id: str) -> str:
        """How the names of the documents of a company's users begin."""
        return f"{_digest(company_id)}-"

    def nobody(self, company_id: str, login: str) -> str:
        """What is written instead when somebody logs in who is not there: one of 16 documents, so
        that such attempts seldom wait for each other, and never fill the disk."""
        return f"{self.users}/nobody-{_digest(f'{company_id}/{same_name(login)}')[0]}.json"

    def ssh_key(self, fingerprint: str) -> str:
        """The document of the key with that fingerprint."""
        return f"{self.ssh_keys}/{_digest(fingerprint)}.json"

    def open_paper(self, number: str) -> str:
        """The document of a paper of which something may still become."""
        return f"{self.open_papers}/{number}.json"

    def closed_paper(self, number: str) -> str:
        """The document of one that is closed: it counts, even if there is an open one beside."""
        return f"{self.closed_papers}/{number}.json"

    def draft(self, company_id: str, login: str) -> str:
        """The draft of a user; nothing that was typed is part of the name."""
        name = hashlib.sha256(f"{company_id}\0{login}".encode()).hexdigest()
        return f"{self.drafts}/{name}.json"


def _digest(text: str) -> str:
    # What is no text (a lone surrogate) is nobody's name, and no error either.
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
