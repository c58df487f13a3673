"""Billing's arithmetic once more, from the product's text alone: terms, batches and agreements in plain lists.

Time is a number of ticks, one for each move, a million in a day. Nothing here is taken from the service.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil

RANKS = {"trial": 1, "standard": 2, "professional": 3}
ENVELOPES = {"trial": 50, "standard": 600, "professional": 2400}
DAY = 1_000_000
YEAR = 365 * DAY


@dataclass
class Lot:
    """Envelopes that end together."""

    total: int
    starts: int
    ends: int
    order: str | None = None
    left: int = field(init=False)

    def __post_init__(self) -> None:
        self.left = self.total


@dataclass
class Span:
    """A plan for a time."""

    plan: str
    starts: int
    ends: int
    order: str | None = None


class Books:
    """What a workspace ought to have. ``held`` has the lot of each agreement that holds an envelope."""

    def __init__(self) -> None:
        self.now = 0
        self.lots = [Lot(50, 0, 30 * DAY)]
        self.spans = [Span("trial", 0, 30 * DAY)]
        self.held: dict[str, Lot] = {}
        self.sent: dict[str, Lot | None] = {}

    @property
    def running(self) -> Span | None:
        """The plan that counts: the highest, and of its terms the one that ends last."""
        found = [one for one in self.spans if one.starts <= self.now < one.ends]
        return max(found, key=lambda one: (RANKS[one.plan], one.ends), default=None)

    @property
    def over(self) -> bool:
        return self.running is None

    @property
    def usable(self) -> list[Lot]:
        """Lots that can be used now, the first to end in front."""
        return sorted((one for one in self.lots if one.starts <= self.now < one.ends), key=lambda one: one.ends)

    def covered(self) -> int:
        """Until when plans follow each other without a gap."""
        running, end = self.running, self.now
        assert running is not None
        end = running.ends
        for one in sorted(self.spans, key=lambda one: one.starts):
            end = max(end, one.ends) if one.starts <= end else end
        return end

    def days_left(self) -> int:
        """Until the plan that counts is over: its own terms that follow each other."""
        running = self.running
        if running is None:
            return 0
        end = running.ends
        for one in sorted(self.spans, key=lambda one: one.starts):
            end = max(end, one.ends) if one.plan == running.plan and one.starts <= end else end
        return ceil(Fraction(end - self.now, DAY))

    def take(self) -> Lot | None:
        for lot in self.usable:
            if lot.left:
                lot.left -= 1
                return lot
        return None

    def reserve(self, key: str) -> str:
        """ok, plan_expired or envelopes_exhausted."""
        if key in self.sent:
            return "ok"
        if self.over:
            return "plan_expired"
        if key in self.held:
            return "ok"
        lot = self.take()
        if lot is None:
            return "envelopes_exhausted"
        self.held[key] = lot
        return "ok"

    def release(self, key: str) -> str:
        if key in self.sent:
            return "envelope_used"
        if lot := self.held.pop(key, None):
            lot.left += 1 if lot.ends > self.now else 0
            self.tidy()
        return "ok"

    def send(self, key: str) -> None:
        if key not in self.sent:
            self.sent[key] = self.held.pop(key, None) or self.take()

    def tidy(self) -> None:
        """What has ended is gone; what was sent on credit is paid for by whatever can be used."""
        for lot in self.lots:
            if lot.ends <= self.now:
                lot.left = 0
        for key, lot in self.sent.items():
            if lot is None:
                self.sent[key] = self.take()

    def advance(self, days: int) -> None:
        self.now += days * DAY
        self.tidy()

    def buy_pack(self, order: str, quantity: int) -> bool:
        if self.over:
            return False
        self.lots.append(Lot(100 * quantity, self.now, self.now + YEAR, order))
        self.tidy()
        return True

    def buy_plan(self, order: str, plan: str) -> bool:
        """Start, renew, upgrade or downgrade; False when it is paid two years ahead already."""
        running = self.running
        paid = running is not None and running.plan != "trial"
        if running and paid and RANKS[plan] > RANKS[running.plan]:
            self._upgrade(order, plan, running)
            return True
        starts = self.covered() if paid else self.now
        if starts - self.now > 2 * YEAR:
            return False
        self._give(order, plan, starts, starts + YEAR, ENVELOPES[plan])
        return True

    def _upgrade(self, order: str, plan: str, running: Span) -> None:
        share = Fraction(ceil(Fraction(running.ends - self.now, DAY)), 365)
        more = ceil((ENVELOPES[plan] - ENVELOPES[running.plan]) * share)
        self._give(order, plan, self.now, running.ends, more)

    def _give(self, order: str, plan: str, starts: int, ends: int, envelopes: int) -> None:
        self.spans.append(Span(plan, starts, ends, order))
        self.lots.append(Lot(envelopes, starts, ends, order))
        self.tidy()

    def refund(self, order: str) -> None:
        """What an order gave is gone; what was used stays used."""
        self.spans = [one for one in self.spans if one.order != order]
        for lot in self.lots:
            if lot.order == order:
                lot.left, lot.ends = 0, max(lot.starts, min(self.now, lot.ends))
        self.tidy()
