"""Two administrators, each in a process of his own, close each other at the same moment."""

from __future__ import annotations

from contextlib import suppress

from engine.accounts.people import Role
from engine.assembly import open_installation
from engine.errors import LastAdministrator, NotAllowed, SessionEnded
from engine.services.access import Session
from engine.settings import Settings
from tests.contract.folder.test_processes import in_processes
from tests.support.guide import COMPANY, PASSWORD
from tests.support.installation import Installation

PAIR = ("jsmith", "helpdesk")
ROUNDS = 5


def test_one_of_them_is_left(installation: Installation) -> None:
    settings = Settings(store=str(installation.store), bcrypt_cost=4)
    portal = open_installation(settings)

    for _ in range(ROUNDS):
        for login in PAIR:
            portal.administration.enable_user(COMPANY, login, "desk")
            portal.administration.set_role(COMPANY, login, "company-admin", "desk")
        sessions = [portal.signing_in.sign_in(COMPANY, login, PASSWORD)[0] for login in PAIR]

        def close_the_other(number: int, sessions: list[Session] = sessions) -> None:
            own = open_installation(settings)
            with suppress(LastAdministrator, NotAllowed, SessionEnded):
                own.people.close(sessions[number], PAIR[1 - number])
            own.close()

        in_processes(2, close_the_other)
        users = [user for _company, user in portal.administration.users(COMPANY)]
        left = [u.login for u in users if u.role is Role.COMPANY_ADMIN and not u.disabled]
        assert len(left) == 1, left
    portal.close()
