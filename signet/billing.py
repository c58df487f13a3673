"""`signet billing`: its processes, and what the operator tells of payments by invoice."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from chassis.database import EVERYONE
from chassis.ids import public_id
from chassis.problem import Problem
from chassis.settings import read
from signet.homes import add_home, environment

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
    return _run(options, actions[options.process])


def _print_prices() -> int:
    from services.billing.catalogue import written
    from services.billing.settings import PriceSettings

    print(written(read(PriceSettings, os.environ).sold))
    return 0


def _run(options: Namespace, action: Callable[[Session], Any]) -> int:
    from services.billing.money import written
    from signet.processes import start

    service, runtime = start("billing", environment(options.home, "billing"))
    try:
        with runtime.db.transaction(EVERYONE) as session:
            for one in action(session):
                amount = written(one.total, one.currency)
                name = one.buyer.get("name") or "-"
                print(f"{public_id('ord', one.id)}  {one.state}  {amount}  {one.product} x {one.quantity}  {name}")
    except Problem as problem:
        print(problem.document("en", service.messages)["title"], file=sys.stderr)
        return 1
    finally:
        runtime.db.engine.dispose()
    return 0
