"""What a way to pay does for *billing*."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol, cast

from chassis.problem import Problem
from chassis.service import Runtime


@dataclass(frozen=True, slots=True)
class Bill:
    """What is to be paid: items with their amounts in the currency's smallest unit, and where to come back to.

    ``until`` is when it can no longer be paid, in Unix seconds.
    """

    order: str
    items: tuple[tuple[str, int], ...]
    currency: str
    language: str
    email: str
    customer: str | None
    return_url: str
    until: int


@dataclass(frozen=True, slots=True)
class Begun:
    """A payment that can be made: the provider's name for it, and the page to pay on, if there is one."""

    session: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """What a provider tells of an order.

    ``kind`` is paid, processing, failed, expired or refunded; ``amount`` what was paid, or given back in all.
    """

    event: str
    type: str
    order: str
    kind: str
    payment: str | None = None
    customer: str | None = None
    amount: int = 0
    currency: str = ""


class Provider(Protocol):
    """One way to pay. Every call may be repeated; raises a 503 problem while the provider is away.

    ``lasts`` is how long an order can be paid; ``bills_first`` tells that the invoice is issued before it is paid.
    """

    lasts: timedelta
    bills_first: bool

    def begin(self, bill: Bill) -> Begun:
        """Open a payment."""

    def look(self, session: str) -> Told | None:
        """What became of a payment, None while nothing has."""

    def end(self, session: str) -> None:
        """Close a payment nobody is to make any more."""

    def refund(self, order: str, payment: str, amount: int) -> None:
        """Give the money back."""


Payments = Mapping[str, Provider]


def payments_of(runtime: Runtime) -> Payments:
    """The ways to pay of a running *billing*, by name."""
    return cast(Payments, runtime.parts)


def provider_of(runtime: Runtime, name: str) -> Provider:
    """One way to pay; raises a 422 problem when it is not offered."""
    found = payments_of(runtime).get(name)
    if found is None:
        raise Problem(422, "payment_not_offered")
    return found
