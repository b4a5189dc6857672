"""What logging in, Home and the list of users cost among many users, beside a hundred."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from engine.accounts.people import Company, User
from engine.assembly import Portal, open_installation
from engine.files.system_calls import SystemCalls
from engine.files.writing import write_unsynced
from engine.installation import create_installation
from engine.settings import Settings
from engine.store.folder.former_accounts import company_document, user_document
from engine.store.folder.paths import Paths
from tests.bench.figures import Figure, in_turns, ratio, shown

FEW, MANY = 100, 50_000
A_COMPANY = 10
"""Users of each."""
PASSWORD = "a password for the bench"
ROUNDS = 60


class Side:
    """An installation with so many users."""

    def __init__(self, folder: Path, count: int) -> None:
        # The cheapest bcrypt: a costly one would hide what is compared.
        settings = Settings(store=str(folder), bcrypt_cost=4)
        create_installation(settings)
        self._fill(Paths(folder), count)
        self.portal: Portal = open_installation(settings)
        self.names = (f"Company {count // A_COMPANY // 2}", "user-0")
        self.portal.administration.reset_password(*self.names, "bench", PASSWORD)
        self.session, _user = self.portal.signing_in.sign_in(*self.names, PASSWORD)

    def _fill(self, paths: Paths, count: int) -> None:
        calls, now = SystemCalls(), datetime.now(UTC)
        for number in range(count // A_COMPANY):
            company = Company(company_id=f"{number:032x}", name=f"Company {number}", created_at=now)
            write_unsynced(calls, *company_document(company, paths))
            for of_it in range(A_COMPANY):
                user = User(
                    company_id=company.company_id,
                    login=f"user-{of_it}",
                    last_name="Example",
                    first_name="Anna",
                    email="anna@example.com",
                    password="",
                    created_at=now,
                )
                write_unsynced(calls, *user_document(user, paths))

    def log_in(self) -> None:
        """A right password, from the company's name to the session."""
        self.portal.signing_in.sign_in(*self.names, PASSWORD)

    def home(self) -> None:
        """What Home asks for."""
        self.portal.ordering.unfinished(self.session)
        self.portal.ordering.latest_orders(self.session, 8)

    def act(self) -> None:
        """What every action asks first."""
        self.portal.access.require_signed_in(self.session)

    def own_list(self) -> None:
        """`user list --company`."""
        assert len(self.portal.administration.users(self.names[0])) == A_COMPANY

    def whole_list(self) -> None:
        """`user list`."""
        self.portal.administration.users()


def users(folder: Path) -> Iterator[Figure]:
    """Login, Home, an action and the lists, in turns."""
    folder.mkdir()
    few, many = Side(folder / "few", FEW), Side(folder / "many", MANY)
    for what, of_few, of_many in (
        ("login", few.log_in, many.log_in),
        ("Home", few.home, many.home),
        ("whether a session is still open", few.act, many.act),
    ):
        floor, measured = in_turns(ROUNDS, of_few, of_many)
        yield ratio(f"{what}: {MANY:,} users beside {FEW}", floor, measured, 1.5)
    floor, measured = in_turns(5, few.own_list, many.own_list)
    yield Figure(f"user list --company: {MANY:,}", shown(floor), shown(measured), "", reached=True)
    floor, measured = in_turns(1, few.whole_list, many.whole_list)
    yield Figure(f"user list: {MANY:,}", shown(floor), shown(measured), "", reached=True)
    for side in (few, many):
        side.portal.close()
