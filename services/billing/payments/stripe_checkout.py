"""Payment by Stripe Checkout; the only file that imports Stripe's library."""

from __future__ import annotations

import hashlib
import json
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import requests
import stripe

from chassis.problem import Problem, unavailable
from services.billing.payments.port import Begun, Bill, Told

log = logging.getLogger(__name__)
LOCALES = {"en": "en", "zh-Hans": "zh", "zh-Hant": "zh-TW"}
TIMEOUT = 8
SHORTEST = 31 * 60  # Stripe allows no session that ends within half an hour
KINDS = {
    "checkout.session.completed": "paid",
    "checkout.session.async_payment_succeeded": "paid",
    "checkout.session.async_payment_failed": "failed",
    "checkout.session.expired": "expired",
    "payment_intent.payment_failed": "failed",
    "charge.refunded": "refunded",
}


class StripeCheckout:
    """Stripe's own page takes the payment; a signed webhook tells of it."""

    lasts = timedelta(hours=23)  # Stripe allows 24 at most
    bills_first = False

    def __init__(self, secret_key: str, webhook_secret: str, api_url: str) -> None:
        session = requests.Session()
        session.trust_env = False
        self._webhook_secret = webhook_secret
        self._client = stripe.StripeClient(
            secret_key, base_addresses={"api": api_url.rstrip("/")}, max_network_retries=1,
            http_client=stripe.RequestsClient(timeout=TIMEOUT, session=session),
        )  # fmt: skip

    def begin(self, bill: Bill) -> Begun:
        """Open a Checkout session; the same bill gets the same one.

        Another admin may ask after an answer that was lost: that opens a second one, and of two payments one goes back.
        """
        items: Any = [
            {"quantity": 1, "price_data": {
                "currency": bill.currency.lower(), "unit_amount": amount, "product_data": {"name": name},
            }}
            for name, amount in bill.items
        ]  # fmt: skip
        mark = {"order": bill.order}
        payer: Any = {"customer": bill.customer} if bill.customer else {
            "customer_email": bill.email, "customer_creation": "always",
        }  # fmt: skip
        params: Any = {
            "mode": "payment", "client_reference_id": bill.order, "metadata": mark, "line_items": items,
            "payment_intent_data": {"metadata": mark}, "locale": LOCALES[bill.language],
            "success_url": bill.return_url, "cancel_url": bill.return_url, **payer,
            "expires_at": max(bill.until, int(time.time()) + SHORTEST),
        }  # fmt: skip
        try:
            with _away():
                session = self._client.v1.checkout.sessions.create(params, {"idempotency_key": _key(bill, params)})
        except _Refused as refused:
            raise unavailable() from refused
        return Begun(session.id, session.url)

    def look(self, session: str) -> Told | None:
        """Ask Stripe about a session, should its webhook have been lost."""
        try:
            with _away():
                found = self._client.v1.checkout.sessions.retrieve(session)
        except _Refused:
            return None
        if found.status == "complete":
            return _told_of_session(f"look {session}", "checkout.session.completed", found)
        return None

    def end(self, session: str) -> None:
        """Expire a session; one that is complete already stays."""
        try:
            with _away():
                self._client.v1.checkout.sessions.expire(session)
        except _Refused:
            log.info("session %s was over already", session)

    def refund(self, order: str, payment: str, amount: int) -> None:
        """Give everything back; what was given back already stays given back."""
        try:
            with _away():
                params: Any = {"payment_intent": payment, "metadata": {"order": order}}
                self._client.v1.refunds.create(params, {"idempotency_key": f"refund {order} {payment}"})
        except _Refused as refused:
            if refused.code != "charge_already_refunded":
                raise unavailable() from refused

    def read(self, payload: bytes, signature: str) -> Told | None:
        """What a webhook tells, None when it is of no interest; raises a 400 problem when Stripe did not sign it."""
        try:
            event = self._client.construct_event(_shaped(payload), signature, self._webhook_secret)
        except (ValueError, stripe.SignatureVerificationError) as error:
            raise Problem(400, "signature_invalid") from error
        if event.type not in KINDS:
            return None
        told = event.data.object
        if event.type.startswith("checkout.session."):
            return _told_of_session(event.id, event.type, told)
        order = _field(_field(told, "metadata"), "order")
        if not order:
            return None
        payment = told.id if event.type.startswith("payment_intent.") else _field(told, "payment_intent")
        return Told(event.id, event.type, order, KINDS[event.type], payment, None,
                    int(_field(told, "amount_refunded") or 0), _field(told, "currency").upper())  # fmt: skip


def _key(bill: Bill, params: Any) -> str:
    """Stripe refuses a key it knows with other parameters, so they are part of it."""
    return f"begin {bill.order} {hashlib.sha256(json.dumps(params, sort_keys=True).encode()).hexdigest()[:16]}"


class _Refused(Exception):
    """Stripe answered that it will not do that."""

    def __init__(self, code: str | None) -> None:
        super().__init__(code)
        self.code = code


@contextmanager
def _away() -> Iterator[None]:
    try:
        yield
    except stripe.InvalidRequestError as error:
        log.warning("Stripe refuses: %s", error)
        raise _Refused(error.code) from error
    except stripe.StripeError as error:
        log.warning("Stripe does not do it: %s", error)
        raise unavailable() from error


def _told_of_session(event: str, type: str, session: Any) -> Told | None:
    order = _field(_field(session, "metadata"), "order")
    if not order:
        return None
    kind = KINDS[type]
    if kind == "paid" and session.payment_status == "unpaid":
        kind = "processing"
    return Told(
        event, type, order, kind, _field(session, "payment_intent"), _field(session, "customer"),
        int(session.amount_total), session.currency.upper(),
    )  # fmt: skip


def _shaped(payload: bytes) -> bytes:
    """The payload, when it looks like an event; raises ValueError."""
    told = json.loads(payload)
    if not (isinstance(told, dict) and {"id", "type", "data"} <= told.keys() and isinstance(told["data"], dict)):
        raise ValueError("not an event")
    return payload


def _field(thing: Any, name: str) -> Any:
    return getattr(thing, name, None)
