"""What other services tell of a workspace, as lines of its audit log."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from chassis.outbox import Event
from chassis.service import Handler, Runtime
from services.workspace import audit

Data = Mapping[str, Any]
Line = tuple[str, str, dict[str, Any]]  # the action, what was changed, the details
CHANGES = {
    "upgraded": "plan_upgraded", "downgraded": "plan_downgraded", "extended": "plan_extended", "seats": "seats_changed",
}  # fmt: skip
UNLIMITED = "unlimited"


def on_told(runtime: Runtime, session: Session, event: Event) -> None:
    """Append the line of an event. What was told before events named who did it has none."""
    line = None if "by_account_id" in event.data else LINES[event.type](event.data)
    if line:
        audit.append(session, event, *line)


def _seal_changed(data: Data) -> Line:
    before, changed = data["before"], set(data["changed"])
    named = {"name_before": before["name"]} if "name" in changed else {}
    sized = {"size": _size(data), "size_before": _size(before)} if changed - {"name"} else {}
    return "seal_changed", data["name"], {**named, **sized}


def _seal_held(action: str) -> Callable[[Data], Line]:
    return lambda data: (action, data["name"], {"member": f"{data['member_name']} <{data['member_email']}>"})


def _template(action: str) -> Callable[[Data], Line]:
    return lambda data: (action, data["name"], {name: data[name] for name in ("name_before",) if data[name]})


def _order(action: str) -> Callable[[Data], Line]:
    kept = ("amount", "provider", "buyer")
    return lambda data: (
        action,
        data["order_id"],
        {
            "product": data["product_names"], "quantity": data["quantity"], "purchase": data["action"],
            **{name: data[name] for name in kept if data[name]},
        },
    )  # fmt: skip


def _plan(data: Data) -> Line | None:
    """The first plan comes with the workspace, and is no change; an end is told by an event of its own."""
    action = CHANGES.get(data.get("change", ""))
    if action is None:
        return None
    another = {"plan_before": data["before_names"]} if action in ("plan_upgraded", "plan_downgraded") else {}
    seats = {name: UNLIMITED if data[name] is None else data[name] for name in ("seats", "seats_before")}
    told = {"plan": data["plan_names"], **another, **(seats if data["seats"] != data["seats_before"] else {})}
    until = {"until": data["ends_at"][:10]} if data["ends_at"] else {}
    bought = {"order": data["order_id"]} if data["order_id"] else {}
    return action, data["workspace_name"], {**told, **until, **bought}


def _plan_ended(data: Data) -> Line:
    return "plan_ended", data["workspace_name"], {"plan": data["plan_names"], "until": data["ends_at"][:10]}


def _size(data: Data) -> str:
    return f"{data['width_mm']:g} × {data['height_mm']:g} mm"


LINES: Mapping[str, Callable[[Data], Line | None]] = {
    "seal.created.v1": lambda data: ("seal_created", data["name"], {"size": _size(data)}),
    "seal.changed.v1": _seal_changed,
    "seal.granted.v1": _seal_held("seal_granted"),
    "seal.revoked.v1": _seal_held("seal_revoked"),
    "seal.used.v1": lambda data: ("seal_used", data["name"], {"agreement": data["title"] or data["agreement_id"]}),
    "seal.deleted.v1": lambda data: ("seal_deleted", data["name"], {}),
    "agreement.template_saved.v1": _template("template_saved"),
    "agreement.template_renamed.v1": _template("template_renamed"),
    "agreement.template_deleted.v1": _template("template_deleted"),
    "agreement.work_handed_over.v1": lambda data: (
        "work_handed_over", data["giver"], {"taker": data["taker"], "agreements": data["count"]},
    ),
    "agreement.removals_counted.v1": lambda data: (
        "agreements_removed", data["day"], {"agreements": data["count"]},
    ),
    "billing.order_placed.v1": _order("order_placed"),
    "billing.order_paid.v1": _order("order_paid"),
    "billing.order_cancelled.v1": _order("order_cancelled"),
    "billing.order_expired.v1": _order("order_expired"),
    "billing.order_refunded.v1": _order("order_refunded"),
    "billing.plan_changed.v1": _plan,
    "billing.plan_ended.v1": _plan_ended,
}  # fmt: skip
HANDLERS: Mapping[str, Handler] = dict.fromkeys(LINES, on_told)
