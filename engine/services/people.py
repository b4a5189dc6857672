"""A company's administrator looks after its people: his own company alone, and never the accounts
and roles of the licence desk."""

from __future__ import annotations

from engine.accounts.field_rules import parse_role
from engine.accounts.people import Right, Role, User, same_name
from engine.accounts.ssh_keys import SshKey
from engine.errors import (
    DeskAccount,
    LastAdministrator,
    NotOneself,
    PeopleFull,
    SshKeyUnknown,
    UserUnknown,
)
from engine.ports import Store
from engine.services.access import Access, Session
from engine.services.administration import Administration
from engine.services.companies import known_company
from engine.services.own_account import OwnAccount
from engine.services.ssh_access import SshAccess

ROLES = (Role.READ, Role.ORDER, Role.COMPANY_ADMIN)
"""What may be given to somebody here."""


class People:
    """Adds, changes, closes and opens the accounts of a company: of the session's own, or as the
    licence desk of any.

    Every change is made in turn with all others of its kind, so that of two administrators who
    close each other at the same moment one is left.
    """

    def __init__(
        self,
        store: Store,
        access: Access,
        administration: Administration,
        own_account: OwnAccount,
        ssh_access: SshAccess,
        most_users: int,
        of: str = "",
    ) -> None:
        self._store = store
        self._access = access
        self._administration = administration
        self._own_account = own_account
        self._ssh_access = ssh_access
        self._most = most_users
        self._of = of
        """The name of the company whose people these are; "": the session's own."""

    def of(self, company: str) -> People:
        """The same for the company of that name, which only the licence desk may look after."""
        return People(
            self._store,
            self._access,
            self._administration,
            self._own_account,
            self._ssh_access,
            self._most,
            company,
        )

    def people(self, session: Session) -> list[User]:
        """The users of the company, by login."""
        return self._store.users(self._company_id(session))

    def add(
        self,
        session: Session,
        own_password: str,
        login: str,
        *,
        last_name: str,
        first_name: str,
        email: str,
        role: str,
    ) -> str:
        """A new user; answers the password that was issued to him.

        Raises `PasswordWrong`, `PeopleFull`, `DeskAccount`, and what `Administration.add_user`
        raises.
        """
        company_id = self._company_id(session)
        self._check_role(role, login)
        self._own_account.confirm(session, own_password)
        with self._store.one_at_a_time():
            if len(self._store.users(company_id)) >= self._most:
                raise PeopleFull(most=self._most)
            return self._administration.add_user(
                self._company(session),
                login,
                last_name=last_name,
                first_name=first_name,
                email=email,
                role=role,
                who=session.who,
            )

    def edit(
        self, session: Session, login: str, *, last_name: str, first_name: str, email: str
    ) -> None:
        """Other names, another e-mail. Raises `UserUnknown`, `DeskAccount`, and what
        `Administration.edit_user` raises."""
        self._user(session, login)
        self._administration.edit_user(
            self._company(session),
            login,
            session.who,
            last_name=last_name,
            first_name=first_name,
            email=email,
        )

    def set_role(self, session: Session, own_password: str, login: str, role: str) -> None:
        """Another role. Raises `PasswordWrong`, `NotOneself`, `LastAdministrator`, `DeskAccount`,
        `UserUnknown`, `RoleUnknown`."""
        self._user(session, login)
        self._check_role(role, login)
        self._not_oneself(session, login)
        self._own_account.confirm(session, own_password)
        with self._store.one_at_a_time():
            if role != Role.COMPANY_ADMIN:
                self._check_not_last(session, login)
            self._administration.set_role(self._company(session), login, role, session.who)

    def issue(self, session: Session, own_password: str, login: str) -> str:
        """A new password, to be changed at the next login; answers it. Raises `PasswordWrong`,
        `NotOneself`, `DeskAccount`, `UserUnknown`."""
        self._user(session, login)
        self._not_oneself(session, login)  # who knows his own changes it
        self._own_account.confirm(session, own_password)
        return self._administration.reset_password(self._company(session), login, session.who)

    def close(self, session: Session, login: str) -> None:
        """Nobody logs in with it any more, and sessions end. Raises `NotOneself`,
        `LastAdministrator`, `DeskAccount`, `UserUnknown`."""
        self._user(session, login)
        self._not_oneself(session, login)
        with self._store.one_at_a_time():
            self._check_not_last(session, login)
            self._administration.disable_user(self._company(session), login, session.who)

    def open(self, session: Session, login: str) -> None:
        """Lets somebody in again. Raises `DeskAccount`, `UserUnknown`."""
        self._user(session, login)
        self._administration.enable_user(self._company(session), login, session.who)

    def end_sessions(self, session: Session, login: str) -> None:
        """All that are open with that account end at their next action. Raises `DeskAccount`,
        `UserUnknown`."""
        self._user(session, login)
        self._administration.end_sessions(self._company(session), login, session.who)

    def keys(self, session: Session, login: str) -> list[SshKey]:
        """The SSH keys that somebody logs in with. Raises `UserUnknown`, `DeskAccount`."""
        self._user(session, login)
        return self._ssh_access.keys(self._company(session), login)

    def add_key(self, session: Session, own_password: str, login: str, text: str) -> SshKey:
        """Let somebody log in with an SSH key too, as a line of a `.pub` file. Raises
        `PasswordWrong`, `DeskAccount`, `UserUnknown`, `SshKeyMalformed`, `SshKeyTaken`."""
        self._user(session, login)
        self._own_account.confirm(session, own_password)
        return self._ssh_access.add(self._company(session), login, text, session.who)

    def remove_key(self, session: Session, login: str, fingerprint: str) -> SshKey:
        """Take a key of somebody away. Raises `SshKeyUnknown`, `DeskAccount`, `UserUnknown`."""
        if fingerprint not in {key.fingerprint for key in self.keys(session, login)}:
            raise SshKeyUnknown(fingerprint=fingerprint)
        return self._ssh_access.remove(fingerprint, session.who)

    def _company_id(self, session: Session) -> str:
        self._access.require(session, Right.DESK if self._of else Right.PEOPLE)
        return known_company(self._store, self._company(session)).company_id

    def _company(self, session: Session) -> str:
        if self._of:
            return self._of
        assert session.company is not None, "the right is a user's, at a login"
        return session.company.name

    def _user(self, session: Session, login: str) -> User:
        """Somebody who may be looked after."""
        user = self._store.user(self._company_id(session), login)
        if user is None:
            raise UserUnknown(company=self._company(session), login=login)
        if user.role not in ROLES:
            raise DeskAccount(login=user.login)
        return user

    def _check_role(self, role: str, login: str) -> None:
        if parse_role(role) not in ROLES:
            raise DeskAccount(login=login)

    def _not_oneself(self, session: Session, login: str) -> None:
        if self._company_id(session) != session.company_id:
            return
        if same_name(session.login) == same_name(login):
            raise NotOneself(login=login)

    def _check_not_last(self, session: Session, login: str) -> None:
        """Somebody else has to be left who can do this. Asked in turn, so the rights of who asks
        are looked at once more: he may have lost them while he waited. The licence desk may leave
        a company without: it looks after it then."""
        if self._of:
            return
        others = (
            user
            for user in self._store.users(self._company_id(session))
            if same_name(user.login) != same_name(login)
        )
        if not any(user.role is Role.COMPANY_ADMIN and not user.disabled for user in others):
            raise LastAdministrator(login=login)
