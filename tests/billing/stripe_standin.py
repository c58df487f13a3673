"""Stripe's API as far as Signet uses it: Checkout sessions, refunds, idempotency keys, signed events."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import threading
import time
from typing import Any

from flask import Flask, Response, jsonify, request
from werkzeug.serving import make_server

KEY, WEBHOOK_SECRET = "sk_test_standin", "whsec_standin"


class Stripe:
    """A running stand-in. ``away`` makes it answer 503, ``mute`` does what is asked and answers 503 all the same.

    ``asked`` has every request's method and path.
    """

    def __init__(self) -> None:
        self.sessions: dict[str, dict[str, Any]] = {}
        self.refunds: list[dict[str, Any]] = []
        self.asked: list[tuple[str, str]] = []
        self.away = self.mute = False
        self._kept: dict[str, tuple[dict[str, Any], Any]] = {}
        self._numbers = itertools.count(1)
        self._server = make_server("127.0.0.1", 0, self._app(), threaded=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _app(self) -> Flask:
        app = Flask("stripe")
        app.before_request(self._gate)
        app.after_request(lambda answer: Response(status=503) if self.mute else answer)
        app.add_url_rule("/v1/checkout/sessions", view_func=self._create, methods=["POST"])
        app.add_url_rule("/v1/checkout/sessions/<name>", view_func=lambda name: jsonify(self.sessions[name]))
        app.add_url_rule("/v1/checkout/sessions/<name>/expire", view_func=self._expire, methods=["POST"])
        app.add_url_rule("/v1/refunds", view_func=self._refund, methods=["POST"])
        return app

    def _gate(self) -> Any:
        self.asked.append((request.method, request.path))
        if self.away:
            return jsonify(error={"type": "api_error", "message": "away"}), 503
        if request.headers.get("Authorization") != f"Bearer {KEY}":
            return jsonify(error={"type": "invalid_request_error", "message": "who?"}), 401
        return None

    def _once(self, make: Any) -> Any:
        """The first answer again for the same idempotency key; other parameters with it are refused."""
        key, form = request.headers["Idempotency-Key"], request.form.to_dict()
        if key in self._kept and self._kept[key][0] != form:
            return jsonify(error={"type": "idempotency_error", "message": "other parameters"}), 400
        if key not in self._kept:
            self._kept[key] = form, make(form)
        return self._kept[key][1]

    def _create(self) -> Any:
        return self._once(self._open)

    def _open(self, form: dict[str, str]) -> Any:
        if int(form["expires_at"]) - time.time() < 30 * 60:
            return jsonify(error={"type": "invalid_request_error", "message": "too soon"}), 400
        name = f"cs_test_{next(self._numbers)}"
        count = sum(1 for field in form if field.endswith("[unit_amount]"))
        item = "line_items[{}][price_data][{}]"
        total = sum(int(form[item.format(n, "unit_amount")]) for n in range(count))
        self.sessions[name] = {
            "id": name, "object": "checkout.session", "url": f"https://checkout.stripe.test/{name}", "status": "open",
            "payment_status": "unpaid", "amount_total": total, "currency": form[item.format(0, "currency")],
            "metadata": {"order": form["metadata[order]"]}, "payment_intent": f"pi_{name}",
            "customer": form.get("customer", f"cus_{name}"), "locale": form["locale"],
            "expires_at": int(form["expires_at"]),
        }  # fmt: skip
        return jsonify(self.sessions[name])

    def _expire(self, name: str) -> Any:
        if self.sessions[name]["status"] != "open":
            return jsonify(error={"type": "invalid_request_error", "message": "not open"}), 400
        self.sessions[name]["status"] = "expired"
        return jsonify(self.sessions[name])

    def _refund(self) -> Any:
        return self._once(self._give_back)

    def _give_back(self, form: dict[str, str]) -> Any:
        if any(form["payment_intent"] == one["payment_intent"] for one in self.refunds):
            told = {"type": "invalid_request_error", "code": "charge_already_refunded", "message": "done"}
            return jsonify(error=told), 400
        self.refunds.append(form)
        return jsonify(id=f"re_{len(self.refunds)}", object="refund", status="succeeded")

    def pay(self, name: str, status: str = "paid") -> dict[str, Any]:
        """Somebody pays on Stripe's page; what its webhook tells."""
        self.sessions[name].update(status="complete", payment_status=status)
        return self.event("checkout.session.completed", self.sessions[name])

    def event(self, type: str, thing: dict[str, Any]) -> dict[str, Any]:
        """An event with an id of its own."""
        return {
            "id": f"evt_{next(self._numbers)}", "object": "event", "type": type, "created": int(time.time()),
            "api_version": "2026-01-01", "livemode": False, "pending_webhooks": 1, "data": {"object": dict(thing)},
        }  # fmt: skip

    def charge(self, name: str, refunded: int) -> dict[str, Any]:
        """The event that so much of a session's payment was given back in all."""
        session = self.sessions[name]
        return self.event("charge.refunded", {
            "id": f"ch_{name}", "object": "charge", "payment_intent": session["payment_intent"],
            "metadata": session["metadata"], "amount_refunded": refunded, "currency": session["currency"],
        })  # fmt: skip


def signed(body: bytes, secret: str = WEBHOOK_SECRET, at: float | None = None) -> str:
    """The `Stripe-Signature` of a body."""
    moment = int(time.time() if at is None else at)
    mac = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={mac}"


def packed(event: dict[str, Any]) -> bytes:
    """An event as Stripe sends it."""
    return json.dumps(event, indent=2).encode()
