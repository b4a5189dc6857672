"""Reading companies and users again, each for itself: one that is damaged hides no other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TypeVar

from engine.accounts.passwords import is_hash
from engine.accounts.people import Company, User, user_key
from engine.audit import UserName
from engine.findings import Finding, FindingCode
from engine.store.folder.accounts import place_of
from engine.store.folder.journal.order_lines import OrderLines
from engine.store.folder.store import FolderStore
from engine.store.folder.upkeep.systems_reader import UNREADABLE, damage

_Value = TypeVar("_Value")


def account_findings(store: FolderStore) -> Iterator[Finding]:
    """What is wrong with companies, users, SSH keys, requests and quotes."""
    companies: set[str] = set()
    users: set[str] = set()
    for each in (*_read(store), *_read_each(store.ssh_key_paths, store.read_ssh_key)):
        if isinstance(each, Finding):
            yield each
        elif isinstance(each, Company):
            companies.add(each.company_id)
        elif isinstance(each, User):
            users.add(user_key(*each.name))
            yield from _user_findings(each, companies)
        elif user_key(*each.user) not in users:
            yield Finding(each.fingerprint, FindingCode.SSH_KEY_USER, {"other": str(each.user)})
    for paper in _read_each(store.paper_paths, store.read_paper):
        if isinstance(paper, Finding):
            yield paper


def _read_each(
    paths: Callable[[], Iterator[str]], read: Callable[[str], _Value]
) -> Iterator[_Value | Finding]:
    """All that there are, and what cannot be read."""
    try:
        there = list(paths())
    except UNREADABLE as error:
        yield damage(error)
        return
    for path in there:
        try:
            yield read(path)
        except FileNotFoundError:  # removed, or closed, a moment ago
            pass
        except UNREADABLE as error:
            yield damage(error)


def _read(store: FolderStore) -> Iterator[Company | User | Finding]:
    """All companies, then all users, and what cannot be read."""
    try:
        if store.former.tables() is not None:
            yield from store.companies()
            yield from store.users()
            return
        paths = [*store.company_paths(), *store.user_paths()]
    except UNREADABLE as error:
        yield damage(error)
        return
    for path in paths:
        try:
            yield store.read_account(path)
        except UNREADABLE as error:
            yield damage(error)


def _user_findings(user: User, companies: set[str]) -> Iterator[Finding]:
    name = str(user.name)
    if user.company_id not in companies:
        yield Finding(name, FindingCode.USER_COMPANY)
    if not is_hash(user.password):
        yield Finding(name, FindingCode.USER_PASSWORD)


def missing_users(store: FolderStore, lines: OrderLines) -> Iterator[Finding]:
    """Users who logged in, or were changed, and are not there."""
    names: dict[str, str] = {}
    with suppress(*UNREADABLE):  # which is found elsewhere
        names = {company.company_id: company.name for company in store.companies()}
    for name in sorted(lines.users_seen):
        with suppress(*UNREADABLE):
            if store.user(*name) is None:
                shown = name._replace(company=names.get(name.company, name.company))
                yield Finding(str(shown), FindingCode.USER_MISSING)


def missing_papers(store: FolderStore, lines: OrderLines) -> Iterator[Finding]:
    """Requests and quotes that the audit log knows, and that are not there."""
    for number in sorted(lines.papers.numbers):
        with suppress(*UNREADABLE):  # which is found elsewhere
            if store.paper(number) is None:
                yield Finding(number, FindingCode.PAPER_MISSING)


def role_findings(store: FolderStore, lines: OrderLines) -> Iterator[Finding]:
    """Users whose role is not the one that the audit log gave them last."""
    names: dict[str, str] = {}
    for each in _read(store):
        if isinstance(each, Company):
            names[each.company_id] = each.name
        elif isinstance(each, User) and _role_said(each, lines) != each.role:
            yield from _still_other(store, lines, each, names.get(each.company_id, each.company_id))


def _still_other(
    store: FolderStore, lines: OrderLines, user: User, company: str
) -> Iterator[Finding]:
    """The same, when nobody is at it: the line comes before the change."""
    path = store.folder.paths.user(user.company_id, user.login)
    with store.folder.locks.held(place_of(path), "accounts"):
        lines.read(store.folder.journal)
        now = store.user(user.company_id, user.login)
    if now is not None and (wanted := _role_said(now, lines)) != now.role:
        data = {"role": now.role.value, "wanted": wanted}
        yield Finding(str(UserName(company, user.login)), FindingCode.USER_ROLE, data)


def _role_said(user: User, lines: OrderLines) -> str:
    said = lines.users.get(str(user.name), {})
    return said.get("role", user.role)
