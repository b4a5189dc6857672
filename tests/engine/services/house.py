"""What the tests of the services share: a portal on demonstration data, with a clock to set."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from engine.accounts.passwords import Passwords
from engine.accounts.people import Role, User
from engine.assembly import assemble
from engine.demo import fill, load_demo
from engine.errors import SignInRefused
from engine.files.exports import TemporaryExports
from engine.keycode.signing import KeyRing
from engine.licences.order import Address, Draft
from engine.ports import Store
from engine.services.access import Session
from engine.services.attempts import Attempts
from engine.services.own_account import OwnAccount
from engine.services.signing_in import SigningIn
from engine.settings import Settings
from tests.engine.trade import CATALOGUE
from tests.support import guide
from tests.support.clock import Clock
from tests.support.guide import ITEMS, PASSWORD, SYSTEM

OWN, OTHER = guide.COMPANY, "Other Telecom"
PEPPER = bytes(range(32))
RING = KeyRing({1: bytes(range(32))})
COST = 4

ADDRESS = Address(
    name="John Smith",
    lines=("1 rue des Essais", "", ""),
    city="Guyancourt",
    zip_code="78280",
    country="FR",
)


class Counting(Passwords):
    """The real comparison, counted."""

    compared = 0

    def verify(self, password: str, kept: str | None) -> bool:
        self.compared += 1
        return super().verify(password, kept)


class House:
    """A portal on a store with the demonstration data."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        *,
        filled: bool = True,
        keys: Callable[[], KeyRing] = lambda: RING,
    ) -> None:
        self.store, self.clock = store, clock
        self.settings = Settings(store="unused", bcrypt_cost=COST)
        self.passwords = Counting(PEPPER, COST)
        self.exports = TemporaryExports()
        self.pauses: list[float] = []
        self.told: list[str] = []
        """What the system's log would have got."""
        if filled:
            fill(store, load_demo(), CATALOGUE, self.passwords, keys, clock)
        portal = assemble(self.settings, CATALOGUE, store, self.exports, keys, PEPPER, clock)
        self.access, self.ordering = portal.access, portal.ordering
        self.searching, self.exporting = portal.searching, portal.exporting
        self.checking = portal.checking
        self.administration, self.registering = portal.administration, portal.registering
        self.erasing, self.changing = portal.erasing, portal.changing
        self.cataloguing = portal.cataloguing
        self.reporting, self.people = portal.reporting, portal.people
        self.transferring, self.proving = portal.transferring, portal.proving
        self.moving, self.reissuing = portal.moving, portal.reissuing
        self.quotations = portal.quotations
        self.looking_up = portal.looking_up
        self.desk = portal.desk
        self.asking, self.requests = portal.asking, portal.requests
        self.attempts = Attempts(store, clock)
        self.signing_in = self._door(self.passwords, self.attempts)
        self.own_account = self.own_account_with(self.passwords)

    def own_account_with(self, passwords: Passwords) -> OwnAccount:
        """What signed-in people do with their accounts, with these passwords."""
        names = tuple(product.name for product in CATALOGUE.products.values())
        least = self.settings.password_length
        return OwnAccount(self.store, self.access, passwords, self.attempts, least, names)

    def door(self, passwords: Passwords) -> SigningIn:
        """Signing in with these passwords, as another process does it."""
        return self._door(passwords, Attempts(self.store, self.clock))

    def _door(self, passwords: Passwords, attempts: Attempts) -> SigningIn:
        """It writes down how long it would have paused."""
        return SigningIn(
            self.store,
            self.access,
            passwords,
            attempts,
            self.clock,
            self.pauses.append,
            self.told.append,
        )

    def sign_in(
        self, login: str = "jsmith", company: str = OWN, password: str = PASSWORD
    ) -> Session:
        return self.signing_in.sign_in(company, login, password)[0]

    def refused(
        self, login: str = "jsmith", company: str = OWN, password: str = "no such password"
    ) -> bool:
        """Whether a sign-in is refused."""
        try:
            self.signing_in.sign_in(company, login, password)
        except SignInRefused:
            return True
        return False

    def company_id(self, name: str = OWN) -> str:
        return self.administration.company(name).company_id

    def user(self, login: str = "jsmith", company: str = OWN) -> User:
        user = self.store.user(self.company_id(company), login)
        assert user is not None
        return user

    def change(self, change: Callable[[User], User], login: str = "jsmith") -> User:
        return self.store.change_user(self.company_id(), login, change)

    def session_as(self, role: Role, company: str = OWN) -> Session:
        """A session of a new user of that role."""
        self.administration.add_user(
            company,
            role.value,
            last_name="Role",
            first_name="Every",
            email="role@example.com",
            role=role.value,
            password="a good long password",
            who="test",
        )
        return self.sign_in(role.value, company, "a good long password")

    def draft(self, equipment_id: str = SYSTEM, draft_id: str = "d1", **changes: object) -> Draft:
        """The guide's order."""
        draft = Draft(
            draft_id=draft_id,
            equipment_id=equipment_id,
            quantities=ITEMS,
            reference="2125469-65891",
            licensee="John Smith",
            address=ADDRESS,
        )
        return replace(draft, **changes)

    def events(self) -> list[str]:
        return [event.event for event in self.store.events()]
