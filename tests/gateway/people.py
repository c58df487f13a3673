"""A gateway with neighbours that tell what they were asked, and people with browsers of their own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import Flask, jsonify, request
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from chassis.ids import new_key
from chassis.outbox import Event
from chassis.problem import Problem
from chassis.tokens import TokenVerifier
from chassis.web import answer
from tests.service_kit import TRUST, Kit

PASSWORD = "Correct-horse-9"
ALICE, BOB = new_key(), new_key()
ACCOUNTS = {"alice@example.com": (ALICE, "Alice Tan"), "bob@example.com": (BOB, "Bob Lim")}


def identity() -> Flask:
    """Knows Alice and Bob; everything else is echoed."""
    app = echo("identity")
    app.extensions["messages"] = {}
    app.register_error_handler(Problem, answer)

    @app.post("/internal/authenticate")
    def authenticate() -> Any:
        told = request.get_json()
        account, name = ACCOUNTS[told["email"]]
        if told["password"] != PASSWORD:
            raise Problem(401, "invalid_credentials")
        return jsonify(account_id=str(account), email=told["email"], name=name, language="en", second_factors=[])

    return app


def echo(name: str) -> Flask:
    """A service that answers with the request it got, and tries to set a cookie."""
    app = Flask(name)
    verifier = TokenVerifier(name, TRUST)

    @app.route("/<path:rest>", methods=["GET", "POST", "PUT", "DELETE"])
    def anything(rest: str) -> Any:
        size = sum(len(part) for part in iter(lambda: request.stream.read(1 << 16), b""))
        who = verifier.verify(request.headers["Authorization"].removeprefix("Bearer ")).claims()
        told = {"path": request.path, "query": request.query_string.decode(), "headers": dict(request.headers)}
        response = jsonify(**told, who=who, size=size, environ=sorted(request.environ))
        response.set_cookie("tracker", "1")
        return response

    return app


class Gateway(Kit):
    """The gateway with Alice's and Bob's identity service and two echoing ones."""

    def __init__(
        self, folder: Path, database_url: str | None = None, neighbours: Mapping[str, Any] | None = None, **env: str
    ) -> None:
        near = {"identity": identity(), "agreement": echo("agreement"), "signing": echo("signing")}
        folder.mkdir(exist_ok=True)
        super().__init__("gateway", folder, database_url, near if neighbours is None else neighbours, **env)

    def close(self) -> None:
        """Give back the connections to services over HTTP."""
        self.runtime.client.close()

    def browser(self) -> Browser:
        return Browser(self.app.test_client())

    def join(
        self, account: UUID, name: str, *, roles: tuple[str, ...] = ("admin",), sequence: int = 1
    ) -> tuple[UUID, UUID, str]:
        """A workspace with this account as a member: its key, the member's key, its public id."""
        key, member, public = new_key(), new_key(), "SGSP" + name.replace(" ", "")
        self.deliver("workspace.created.v1", key, 1, key, workspace_id=str(key), public_id=public, name=name)
        self.member("workspace.member_joined.v1", key, member, account, sequence, roles)
        return key, member, public

    def redeliver_later(self, event: Event, **members: str) -> None:
        """Hand over an event like another one, with other members of its envelope."""
        body = {
            "id": event.id, "type": event.type, "subject": event.subject, "sequence": str(event.sequence),
            "time": event.time.isoformat(), "correlationid": "test", "data": event.data, **members,
        }  # fmt: skip
        self.redeliver(json.dumps(body).encode())

    def member(
        self, type: str, workspace: UUID, member: UUID, account: UUID, sequence: int,
        roles: tuple[str, ...] = ("admin",), status: str = "enabled",
    ) -> None:  # fmt: skip
        ids = {"workspace_id": str(workspace), "member_id": str(member), "account_id": str(account)}
        self.deliver(type, member, sequence, workspace, **ids, roles=list(roles), status=status)


class Browser:
    """Somebody's browser: it keeps cookies, and sends the CSRF token once logged in."""

    def __init__(self, client: FlaskClient) -> None:
        self.client, self.token = client, ""

    def send(self, method: str, path: str, **options: Any) -> TestResponse:
        headers = (
            {"X-CSRF-Token": self.token, **options.pop("headers", {})} if self.token else options.pop("headers", {})
        )
        return self.client.open(path, method=method, headers=headers, **options)

    def log_in(self, email: str = "alice@example.com", **options: Any) -> TestResponse:
        response = self.send("POST", "/api/v1/session", json={"email": email, "password": PASSWORD}, **options)
        assert response.status_code == 201, response.text
        self.token = response.json["csrf_token"]
        return response

    def state(self) -> Any:
        return self.send("GET", "/api/v1/session").json
