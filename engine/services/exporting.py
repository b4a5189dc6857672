"""Writing deliverables to the export folder: the name is the portal's, never the user's."""

from __future__ import annotations

from engine.accounts.people import Right
from engine.errors import OrderUnknown, PaperUnknown, SystemUnknown
from engine.licences.order import Order
from engine.papers.paper import Paper
from engine.ports import Exports
from engine.services.access import Access, Session


class Exporting:
    """Writes the texts of orders to where exports go."""

    def __init__(self, exports: Exports, access: Access) -> None:
        self._exports = exports
        self._access = access

    def export(self, session: Session, order: Order, text: str) -> str:
        """Write the text of an order's deliverables; answers where it is.

        Raises `WriteFailed`, `ExportsClosed`, and `OrderUnknown` for an order of another company.
        """
        return self._exports.write(self.hand_over(session, order), text)

    def hand_over(self, session: Session, order: Order) -> str:
        """The text goes to the person in another way than as a file here: may it? Answers a name
        for it, with the number of the order, which begins with the Equipment ID, and its date.

        Raises `OrderUnknown` for an order of another company.
        """
        self._access.require(session, Right.SEARCH)
        if not self._access.sees(session, order.company_id):
            try:  # an earlier company's order of a system that is the session's now
                self._access.system(session, order.equipment_id)
            except SystemUnknown:
                raise OrderUnknown(number=order.number) from None
        return f"{order.number}_{order.placed_at:%Y%m%d}.txt"

    def export_quote(self, session: Session, quote: Paper, text: str) -> str:
        """The same of the text of a quote. Raises `PaperUnknown` for one of another company."""
        return self._exports.write(self.hand_over_quote(session, quote), text)

    def hand_over_quote(self, session: Session, quote: Paper) -> str:
        """As `hand_over`, of the text of a quote. Raises `PaperUnknown`."""
        self._access.require(session, Right.SEARCH)
        if not self._access.sees(session, quote.company_id):
            raise PaperUnknown(number=quote.number)
        return f"{quote.number}_{quote.at:%Y%m%d}.txt"
