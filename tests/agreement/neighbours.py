"""Billing and signing as *agreement* sees them: small applications at the HTTP seam that keep what they were asked."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Flask, jsonify, request


class Billing:
    """Reserves an envelope once for each agreement while there are any ``left``."""

    def __init__(self, left: int = 100) -> None:
        self.left, self.reserved = left, set[str]()
        self.app = Flask("billing")
        self.app.add_url_rule("/internal/reservations", "reserve", self._reserve, methods=["POST"])

    def _reserve(self) -> Any:
        key = request.get_json()["agreement_id"]
        if key not in self.reserved and len(self.reserved) >= self.left:
            return jsonify(code="envelopes_exhausted", status=402, upgrade="/billing"), 402
        self.reserved.add(key)
        return jsonify(agreement_id=key, state="reserved")


class Signing:
    """Answers a request to close with ``outcome``; ``refusal`` is the code it declines and corrects nothing with.

    ``away`` makes it answer nothing but 503.
    """

    def __init__(self) -> None:
        self.outcome, self.away = "closed", False
        self.closed: list[dict[str, Any]] = []
        self.resent: list[str] = []
        self.declined: list[dict[str, Any]] = []
        self.corrected: list[dict[str, Any]] = []
        self.refusal = ""
        self.app = Flask("signing")
        rule = self.app.add_url_rule
        rule("/internal/ceremonies/<key>/close", "close", self._close, methods=["POST"])
        rule("/internal/ceremonies/<key>/resend", "resend", self._resend, methods=["POST"])
        rule("/internal/ceremonies/<key>/decline", "decline", self._decline, methods=["POST"])
        rule("/internal/ceremonies/<key>/correct", "correct", self._correct, methods=["POST"])
        rule("/internal/ceremonies/<key>/history", "history", self._history)
        rule("/internal/ceremonies/<key>/files/<kind>", "files", self._files)
        self.app.before_request(lambda: ("", 503) if self.away else None)

    def _close(self, key: str) -> Any:
        self.closed.append({"agreement_id": key, **request.get_json()})
        return jsonify(outcome=self.outcome)

    def _resend(self, key: str) -> Any:
        self.resent.append(request.get_json()["recipient_id"])
        return "", 202

    def _decline(self, key: str) -> Any:
        if self.refusal:
            return jsonify(code=self.refusal, status=409), 409
        self.declined.append({"agreement_id": key, **request.get_json()})
        return jsonify(outcome="declined")

    def _correct(self, key: str) -> Any:
        if self.refusal:
            return jsonify(code=self.refusal, status=409), 409
        asked = request.get_json()
        self.corrected.append({"agreement_id": key, **asked})
        told = {"recipient": None, "deadline": None, "message": None}
        told |= {name: value for name, value in asked.items() if name in told}
        if told["recipient"]:
            told["recipient"] = {"name": "Bob Lim", "email": "bob@example.com", "language": "en", **told["recipient"]}
        return jsonify(**told, at=datetime.now(UTC).isoformat())

    def _history(self, key: str) -> Any:
        return jsonify(entries=[{"sequence": 1, "kind": "sent", "at": "2026-11-22T08:00:00+00:00", "actor": "Alice"}])

    def _files(self, key: str, kind: str) -> Any:
        return f"{kind} made now"
