"""SSH keys as identity: whose a key is, and what its owner may do with it.

Keys are the licence desk's to add and remove, at the command line: whoever can read the store
there runs it. sshd has proved that somebody holds the secret half before anything is asked here.
"""

from __future__ import annotations

from engine.accounts.people import Company, User, same_name
from engine.accounts.ssh_keys import SshKey, parse_ssh_key
from engine.audit import EventName
from engine.errors import SessionEnd, SessionEnded, SshKeyUnknown, UserUnknown
from engine.ports import Clock, Store
from engine.services.access import Access, Session, new_session
from engine.services.companies import known_company

BY_KEY = "ssh"
"""In the audit log, in the place of the machine's user: a command that came with a key."""


class SshAccess:
    """Keys, and the sessions that begin with one."""

    def __init__(self, store: Store, access: Access, clock: Clock) -> None:
        self._store = store
        self._access = access
        self._clock = clock

    def add(self, company_name: str, login: str, text: str, who: str) -> SshKey:
        """Give a user a key, as a line of a `.pub` file; it works from then on.

        Raises `CompanyUnknown`, `UserUnknown`, `SshKeyMalformed`, `SshKeyTaken`.
        """
        user = self._user(company_name, login)
        public = parse_ssh_key(text)
        key = SshKey(
            fingerprint=public.fingerprint,
            company_id=user.company_id,
            login=user.login,
            kind=public.kind,
            blob=public.blob,
            comment=public.comment,
            added_at=self._clock(),
        )
        self._store.add_ssh_key(key, who)
        return key

    def keys(self, company_name: str | None = None, login: str | None = None) -> list[SshKey]:
        """All keys, those of a company, or of one of its users. Raises `CompanyUnknown`,
        `UserUnknown`."""
        found = self._store.ssh_keys()
        if company_name is not None:
            company_id = known_company(self._store, company_name).company_id
            found = [key for key in found if key.company_id == company_id]
        if company_name is not None and login is not None:
            wanted = same_name(self._user(company_name, login).login)
            found = [key for key in found if same_name(key.login) == wanted]
        return found

    def remove(self, fingerprint: str, who: str) -> SshKey:
        """Take a key away; the next login with it is refused. Raises `SshKeyUnknown`."""
        return self._store.remove_ssh_key(fingerprint.strip(), who)

    def opens(self, fingerprint: str) -> SshKey | None:
        """What sshd asks: the key with that fingerprint, if its owner's account is open."""
        key = self._store.ssh_key(fingerprint)
        if key is None:
            return None
        user = self._store.user(key.company_id, key.login)
        return key if user is not None and not user.disabled else None

    def owner(self, fingerprint: str) -> tuple[Company, User]:
        """Whose key that is. Raises `SshKeyUnknown`; `SessionEnded` for a closed account."""
        key = self._store.ssh_key(fingerprint)
        user = self._store.user(key.company_id, key.login) if key else None
        companies = self._store.companies() if user else ()
        company = next((c for c in companies if user and c.company_id == user.company_id), None)
        if user is None or company is None:
            raise SshKeyUnknown(fingerprint=fingerprint)
        if user.disabled:
            raise SessionEnded(reason=SessionEnd.DISABLED)
        return company, user

    def act(self, fingerprint: str) -> Session:
        """A session for one command that came with this key: its owner's, with his rights.

        Raises as `owner`.
        """
        session = new_session(*self.owner(fingerprint), self._clock())
        session.unix_user = BY_KEY
        self._access.require_signed_in(session)
        return session

    def sign_in(self, fingerprint: str) -> tuple[Session, User]:
        """A session on a terminal without a password, where the installation is content with the
        key (`ssh_key_is_enough`). Raises as `owner`, and `StoreTrouble`."""
        company, user = self.owner(fingerprint)
        self._store.record(EventName.SIGN_IN, str(user.name), fingerprint=fingerprint)
        return new_session(company, user, self._clock()), user

    def _user(self, company_name: str, login: str) -> User:
        company = known_company(self._store, company_name)
        user = self._store.user(company.company_id, login)
        if user is None:
            raise UserUnknown(company=company.name, login=login)
        return user
