"""What a running portal knows of the person at its keyboard: passed down, never global."""

from __future__ import annotations

from contextlib import suppress
from threading import Lock

from engine.accounts.people import Right, User
from engine.assembly import Portal
from engine.errors import PortalError
from engine.licences.order import Draft
from engine.services.access import Session
from engine.settings import LANGUAGES, Language


class Visit:
    """The services, who is signed in, and the order under way."""

    def __init__(self, portal: Portal) -> None:
        self.portal = portal
        self.session: Session | None = None
        self.user: User | None = None
        self.draft: Draft | None = None
        """The order under way, as it stands in the fields at this moment."""
        self._dropped = False
        self._turn = Lock()
        """Threads keep and drop the order one after the other, each as it is by then: nothing
        older is written last, and what was dropped does not come back."""

    @property
    def signed_in(self) -> Session:
        """The session, where there must be one."""
        assert self.session is not None, "this screen is shown to whoever has signed in"
        return self.session

    @property
    def change_due(self) -> bool:
        """Whether a password that the licence desk issued has to be changed before all else."""
        return self.user is not None and self.user.issued_until is not None

    @property
    def language(self) -> Language | None:
        """The user's own choice, as far as the portal speaks it."""
        return next((each for each in LANGUAGES if self.user and each == self.user.language), None)

    def may(self, right: Right) -> bool:
        """Whether to offer something; the services decide."""
        return self.session is not None and right in self.session.role.rights

    def begin(self, session: Session, user: User) -> None:
        """Somebody has signed in."""
        self.session, self.user, self.draft = session, user, None
        self._dropped = False

    def end(self) -> None:
        """He has gone."""
        self.session = self.user = self.draft = None

    def leave(self, *, keep: bool) -> None:
        """Log out: keep the order under way for later, or drop it.

        Raises what the store says when the order cannot be kept; that the logout itself could
        not be written down holds nobody back.
        """
        with self._turn:
            session, draft = self.session, self.draft
            if session is None:
                return
            if not keep:
                self.portal.ordering.forget(session)
                self._dropped = True
            elif draft is not None:
                self.portal.ordering.keep(session, draft)
        with suppress(PortalError):
            self.portal.signing_in.sign_out(session)

    def keep_draft(self) -> bool:
        """Write the order under way down, for the next time; False when the store refuses.

        Called from the thread that ends the program too, so it never raises.
        """
        with self._turn:
            session, draft = self.session, self.draft
            if session is None or draft is None or self._dropped:
                return True
            try:
                self.portal.ordering.keep(session, draft)
            except PortalError:
                return False
        return True
