"""Payments that no provider tells of: by invoice, confirmed by the operator; and the sandbox, for trying out."""

from __future__ import annotations

from datetime import timedelta

from services.billing.payments.port import Begun, Bill, Told


class ByHand:
    """Somebody tells that it was paid: the operator's command for an invoice, a button for the sandbox."""

    def __init__(self, lasts: timedelta, bills_first: bool) -> None:
        self.lasts, self.bills_first = lasts, bills_first

    def begin(self, bill: Bill) -> Begun:
        """Nothing has to be opened."""
        return Begun(None, None)

    def look(self, session: str) -> Told | None:
        """Nobody can be asked."""
        return None

    def end(self, session: str) -> None:
        """Nothing has to be closed."""

    def refund(self, order: str, payment: str, amount: int) -> None:
        """The operator gives the money back, then says so."""
