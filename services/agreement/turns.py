"""Whose turn it is, and what state a recipient is in; told by times alone."""

from __future__ import annotations

from services.agreement.models import DECLINED, OPEN, Agreement, Recipient


def signing_now(agreement: Agreement) -> list[Recipient]:
    """Those who may sign now: everybody who has not, when ordered only those with the lowest position."""
    if agreement.status not in OPEN or any(one.declined_at for one in agreement.recipients):
        return []
    return _turn(agreement)


def _turn(agreement: Agreement) -> list[Recipient]:
    waiting = [one for one in agreement.recipients if one.signed_at is None]
    if not agreement.ordered or not waiting:
        return waiting
    first = min(one.position for one in waiting)
    return [one for one in waiting if one.position == first]


def reached(agreement: Agreement) -> list[Recipient]:
    """Those who know of a sent agreement: invited, signed, or about to be invited."""
    now = {one.id for one in _turn(agreement)}
    return [one for one in agreement.recipients if one.invited_at or one.signed_at or one.id in now]


def is_locked(one: Recipient) -> bool:
    """Whether the recipient used up all tries and has not got a new link since."""
    if one.locked_at is None or one.signed_at is not None:
        return False
    return one.resent_at is None or one.resent_at < one.locked_at


def has_bounced(one: Recipient) -> bool:
    """Whether the newest mail to the recipient was refused."""
    later = [at for at in (one.delivered_at, one.resent_at) if at is not None]
    return one.bounced_at is not None and all(at < one.bounced_at for at in later)


def state_of(agreement: Agreement, one: Recipient) -> str:
    """signed, declined, locked, bounced, viewed, delivered, invited or waiting."""
    states = (
        ("signed", one.signed_at is not None),
        ("declined", one.declined_at is not None and agreement.status == DECLINED),
        ("locked", is_locked(one)),
        ("bounced", has_bounced(one)),
        ("viewed", one.viewed_at is not None),
        ("delivered", one.delivered_at is not None),
        ("invited", one.invited_at is not None),
    )
    return next((name for name, holds in states if holds), "waiting")
