"""Which event becomes which mail to whom."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from chassis.ids import public_id
from chassis.outbox import Event
from chassis.service import Runtime
from services.notify.models import Sender
from services.notify.queue import To, enqueue, language

LOG_IN, FORGOT, PROFILE, BILLING = "/login", "/forgot-password", "/account/profile", "/management/billing"


def on_account_code(runtime: Runtime, session: Session, event: Event) -> None:
    """A code for registering, a new password or a new address; or the word that an address is known already."""
    data = event.data
    params = _pick(data, "sealed_code", "expires_at") if data.get("sealed_code") else {"path": LOG_IN}
    useless_after = data["expires_at"] if data.get("sealed_code") else None
    enqueue(session, event, data["purpose"], To(data["email"], "", data["language"]), params, useless_after)


def on_password_changed(runtime: Runtime, session: Session, event: Event) -> None:
    enqueue(session, event, "password_changed", _person(event.data), _pick(event.data, "name") | {"path": FORGOT})


def on_login_locked(runtime: Runtime, session: Session, event: Event) -> None:
    letter = "second_factor_locked" if event.data.get("step") == "second_factor" else "login_locked"
    params = _pick(event.data, "name", "until", "time_zone") | {"path": FORGOT}
    enqueue(session, event, letter, _person(event.data), params)


def on_security_changed(runtime: Runtime, session: Session, event: Event) -> None:
    """The owner is told of a change; each has a letter of its own name."""
    params = _pick(event.data, "name", "detail") | {"path": PROFILE}
    enqueue(session, event, event.data["change"], _person(event.data), params)


def on_invited(runtime: Runtime, session: Session, event: Event) -> None:
    """Invitation, reminder, another deadline, or a new link."""
    data = event.data
    params = _pick(data, "name", "title", "message", "workspace_name", "deadline", "sealed_link") | _from(data)
    enqueue(session, event, data["purpose"], _signer(data), params, data["deadline"])


def on_signer_code(runtime: Runtime, session: Session, event: Event) -> None:
    params = _pick(event.data, "name", "title", "sealed_code", "expires_at")
    enqueue(session, event, "sign_code", _signer(event.data), params, event.data["expires_at"])


def on_locked(runtime: Runtime, session: Session, event: Event) -> None:
    """The sender is told that a signer is locked."""
    sender = event.data["sender"]
    params = {**_pick(event.data, "title", "recipient_name", "check"), "name": sender["name"], **_own(event.data)}
    enqueue(session, event, "locked", _person(sender), params)


def on_reassigned(runtime: Runtime, session: Session, event: Event) -> None:
    """The sender is told that a signer handed over; events from before that was told name no sender."""
    sender = event.data.get("sender")
    if sender is None:
        return
    params = {
        **_pick(event.data, "title", "by"), "name": sender["name"], "recipient_name": event.data["name"],
        "recipient_email": event.data["email"], **_own(event.data),
    }  # fmt: skip
    enqueue(session, event, "reassigned", _person(sender), params)


def on_member_invited(runtime: Runtime, session: Session, event: Event) -> None:
    """Somebody is invited to a workspace."""
    names = ("name", "workspace_name", "inviter_name", "inviter_email", "sealed_link", "expires_at")
    inviter = {"sender_name": event.data["inviter_name"], "sender_email": event.data["inviter_email"]}
    params = {**_pick(event.data, *names), **inviter}
    enqueue(session, event, "member_invited", _person(event.data), params, event.data["expires_at"])


def on_workspace_changed(runtime: Runtime, session: Session, event: Event) -> None:
    """Keep what a workspace calls itself in mails, and how they look."""
    key, settings = UUID(event.data["workspace_id"]), event.data.get("settings") or {}
    found = session.get(Sender, key, with_for_update=True) or Sender(id=key, version=-1)
    if found.version < event.sequence:
        found.version, found.title, found.name = event.sequence, event.data["name"], settings.get("sender_name")
        found.colour, found.logo = settings.get("colour"), settings.get("logo")
        session.add(found)


def on_removals_announced(runtime: Runtime, session: Session, event: Event) -> None:
    """The admins are told which agreements will be removed, and where they can be had until then."""
    data = event.data
    path = f"/agreements?completed_to={data['last_ended_at'][:10]}"
    titles = [one["title"] for one in data["agreements"]]
    for party in data["parties"]:
        params = {**_pick(data, "workspace_name", "count", "first_at"), "titles": titles, "path": path}
        enqueue(session, event, "removals_announced", _person(party), {**params, "name": party["name"]})


def on_ended(runtime: Runtime, session: Session, event: Event) -> None:
    """Everybody is told that an agreement was voided, declined or has expired."""
    template = event.type.split(".")[1]
    for party in event.data["parties"]:
        params = {**_pick(event.data, "title", "by", "reason", "ended_at"), "name": party["name"], **_from(event.data)}
        if params["sender_email"] == party["email"]:
            params |= _own(event.data)
        enqueue(session, event, template, _person(party), params)


def on_completed(runtime: Runtime, session: Session, event: Event) -> None:
    """Everybody gets the way to the finished document; who has a link of their own gets that."""
    for party in sorted(event.data["parties"], key=lambda one: one.get("sealed_link") is None):
        params = {**_pick(event.data, "title", "completed_at"), "name": party["name"], **_from(event.data)}
        way = _pick(party, "sealed_link") if party.get("sealed_link") else _own(event.data)
        enqueue(session, event, "completed", _person(party), params | way)


def _own(data: dict[str, Any]) -> dict[str, Any]:
    """For somebody who has the console: the agreement's page there."""
    return {"own": True, "path": f"/agreements/{public_id('agr', UUID(data['agreement_id']))}"}


def _from(data: dict[str, Any]) -> dict[str, Any]:
    """The sender of an agreement: the mail is theirs (see `services.notify.write`), and times are in their zone."""
    sender = data.get("sender") or {}
    zone = {"time_zone": sender.get("time_zone")}
    return {"sender_name": sender.get("name", ""), "sender_email": sender.get("email", ""), **zone}


def on_billing(runtime: Runtime, session: Session, event: Event) -> None:
    """The admins are told what they bought, that the plan ends, or that envelopes run out."""
    data, letter = event.data, event.type.split(".")[1]
    if letter == "plan_changed" and not data["order_id"]:
        return
    for party in data["parties"]:
        params = {
            **_pick(data, "workspace_name", "ends_at", "days_left", "percent", "available", "total"),
            "name": party["name"], "plan": data.get("plan_names", {}).get(language(party["language"])), "path": BILLING,
        }  # fmt: skip
        enqueue(session, event, letter, _person(party), params)


def _person(data: dict[str, Any]) -> To:
    return To(data["email"], data["name"], data["language"])


def _signer(data: dict[str, Any]) -> To:
    return To(data["email"], data["name"], data["language"], data["agreement_id"], data["recipient_id"])


def _pick(data: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: data.get(name) for name in names}


HANDLERS = {
    "identity.code_requested.v1": on_account_code,
    "identity.password_changed.v1": on_password_changed,
    "identity.login_locked.v1": on_login_locked,
    "identity.security_changed.v1": on_security_changed,
    "workspace.changed.v1": on_workspace_changed,
    "workspace.member_invited.v1": on_member_invited,
    "workspace.removals_announced.v1": on_removals_announced,
    "signing.invited.v1": on_invited,
    "signing.code_requested.v1": on_signer_code,
    "signing.locked.v1": on_locked,
    "signing.reassigned.v1": on_reassigned,
    "agreement.voided.v1": on_ended,
    "agreement.declined.v1": on_ended,
    "agreement.expired.v1": on_ended,
    "agreement.completed.v1": on_completed,
    "billing.plan_changed.v1": on_billing,
    "billing.plan_ending.v1": on_billing,
    "billing.plan_ended.v1": on_billing,
    "billing.envelopes_low.v1": on_billing,
    "billing.exhausted.v1": on_billing,
}
