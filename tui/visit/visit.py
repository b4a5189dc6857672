"""What a running portal knows of the person at its keyboard: passed down, never global."""

from __future__ import annotations

from contextlib import suppress

from msgspec import UNSET

from engine.accounts.people import Right, User
from engine.assembly import Portal
from engine.errors import PortalError, SessionEnd, SessionEnded, StoreTrouble
from engine.licences.order import Draft
from engine.services.access import Session
from engine.settings import LANGUAGES, THEMES, Language
from tui.visit.arrival import Arrival
from tui.visit.order_flow import OrderFlow


class Visit:
    """The services, who is signed in, and the order under way."""

    def __init__(self, portal: Portal, arrival: Arrival | None = None) -> None:
        self.portal = portal
        self.arrival = arrival or Arrival()
        """Whom the login expects."""
        self.session: Session | None = None
        self.user: User | None = None
        self.order: OrderFlow | None = None
        """One a session: what is asked in one and answered in the next changes nothing here."""

    @property
    def signed_in(self) -> Session:
        """The session, where there must be one. Not to be asked for in a thread: by then he may
        have gone, and somebody else may have come."""
        assert self.session is not None, "this screen is shown to whoever has signed in"
        return self.session

    @property
    def order_flow(self) -> OrderFlow:
        """The order under way, where somebody has signed in; not to be asked for in a thread."""
        assert self.order is not None, "the same"
        return self.order

    @property
    def draft(self) -> Draft | None:
        """The order under way as it stands now, if there is one."""
        return self.order.draft if self.order else None

    @property
    def change_due(self) -> bool:
        """Whether a password that the licence desk issued has to be changed before all else."""
        return self.user is not None and self.user.issued_until is not None

    @property
    def language(self) -> Language | None:
        """The user's own choice, where the portal speaks it."""
        return next((each for each in LANGUAGES if self.user and each == self.user.language), None)

    @property
    def theme(self) -> str:
        """The user's own choice of colours, or ""."""
        chosen = self.user.theme if self.user else UNSET
        return chosen if chosen in THEMES else ""

    def may(self, right: Right) -> bool:
        """Whether to offer something; the services decide."""
        return self.session is not None and right in self.session.role.rights

    def seen(self) -> None:
        """Somebody is there: a key, a line, a click."""
        if self.session is not None:
            self.portal.access.seen(self.session)

    @property
    def only_reads(self) -> bool:
        """Whether the store could not be written when the session began."""
        return self.session is not None and not self.session.written

    def begin(self, session: Session, user: User) -> None:
        """Somebody has signed in."""
        self.session, self.user = session, user
        self.order = OrderFlow(self.portal.ordering, session)

    def enters_with_key(self) -> str:
        """The key that opens the portal without a password, where there is one: asked once, so
        that who logs out is out."""
        key, self.arrival = self.arrival.ssh_key, self.arrival._replace(ssh_key="")
        return key

    def expect_again(self, ended: SessionEnded) -> None:
        """Who was away for too long, or had to log in again, types only the password."""
        if self.session and self.session.company and ended.reason is not SessionEnd.DISABLED:
            self.arrival = self.arrival._replace(
                company=self.session.company.name, login=self.session.login, ssh_key=""
            )

    def end(self) -> None:
        """That person has logged out."""
        self.session = self.user = self.order = None

    def keep_draft(self) -> bool:
        """Write the order under way down, for the next time; False when the store refuses.

        Called from the thread that ends the program too, so it never raises.
        """
        order = self.order
        return order is None or order.keep()


def log_out(portal: Portal, session: Session, order: OrderFlow, *, keep: bool) -> bool:
    """Log out: keep the order under way for later, or drop it.

    Raises what the store says when the order cannot be kept, and then nobody is logged out. False
    when it could not be dropped: it is offered again, and nobody is held back where the disk
    takes nothing. Nor does it when the logout itself could not be written down.
    """
    settled = True
    if keep:
        order.save()
    else:
        try:
            order.drop()
        except StoreTrouble:
            settled = False
    with suppress(PortalError):
        portal.signing_in.sign_out(session)
    return settled
