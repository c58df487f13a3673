"""The states of an order, and which may follow which."""

from __future__ import annotations

from collections.abc import Mapping

# Money that arrives counts whatever the order's state was: a late or repeated try may still succeed.
MOVES: Mapping[str, frozenset[str]] = {
    "open": frozenset({"processing", "failed", "paid", "expired", "cancelled", "refund_due", "refunded"}),
    "processing": frozenset({"failed", "paid", "refund_due", "refunded"}),
    "failed": frozenset({"processing", "paid", "expired", "cancelled", "refund_due", "refunded"}),
    "expired": frozenset({"processing", "paid", "refund_due", "refunded"}),
    "cancelled": frozenset({"processing", "paid", "refund_due", "refunded"}),
    "paid": frozenset({"refunded"}),
    "refund_due": frozenset({"refunded"}),
    "refunded": frozenset(),
}
PAYABLE = frozenset({"open", "failed"})
SETTLED = frozenset({"paid", "refund_due", "refunded"})


def may_become(state: str, next: str) -> bool:
    """Whether an order of one state may become one of another."""
    return next in MOVES[state]
