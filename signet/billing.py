"""`signet billing`: its processes, and what the operator tells of payments by invoice."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from chassis.ids import public_id
from chassis.settings import read
from signet.homes import add_home, carry_out

ACTIONS = ("orders", "confirm", "refund", "prices")


def add_arguments(parser: ArgumentParser, processes: tuple[str, ...]) -> None:
    """A process, or an action with its order."""
    parser.add_argument(
        "process", choices=(*processes, *ACTIONS),
        help="a process; orders lists unpaid orders by invoice, confirm says that one was paid, refund that its money "
        "was given back; prices prints plans, packs and prices as they are in force, as a file for PRICES_FILE",
    )  # fmt: skip
    parser.add_argument("order", nargs="?", help="the order's id, ord_…")
    parser.add_argument("--reference", help="what the bank calls the payment")
    add_home(parser)


def tell(options: Namespace) -> int:
    """Do what the operator tells; 1 with a sentence when it cannot be, 2 when the order is not named."""
    from services.billing.operator import confirm, give_back, open_orders

    if options.process == "prices":
        return _print_prices()
    actions: dict[str, Callable[[Session], Any]] = {
        "orders": open_orders,
        "confirm": lambda session: [confirm(session, options.order, options.reference)],
        "refund": lambda session: [give_back(session, options.order)],
    }
    if options.process != "orders" and not options.order:
        print(f"Name the order: signet billing {options.process} ord_…", file=sys.stderr)
        return 2
    action = actions[options.process]
    return carry_out("billing", options.home, lambda session: map(_line, action(session)))


def _print_prices() -> int:
    from services.billing.catalogue import written
    from services.billing.settings import PriceSettings

    print(written(read(PriceSettings, os.environ).sold))
    return 0


def _line(order: Any) -> str:
    from services.billing.money import written

    name = order.buyer.get("name") or "-"
    amount = written(order.total, order.currency)
    return f"{public_id('ord', order.id)}  {order.state}  {amount}  {order.product} x {order.quantity}  {name}"
