"""Every route of the served description, for every role and every status: a route without a right is a decision."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from chassis.access import Access, permit
from chassis.ids import new_key
from chassis.problem import Problem
from chassis.tokens import Kind, Principal
from chassis.web import create_app
from contracts.rights import RIGHTS, Right, Role
from gateway.authenticate import speak_for
from gateway.sessions import find_session, open_session
from tests.gateway.people import Gateway
from tests.service_kit import Kit

SERVICES = ("identity", "workspace", "billing", "agreement", "signing", "seal", "notify")
ROLES = ((), (Role.ADMIN,), (Role.INITIATOR,), (Role.ADMIN, Role.INITIATOR))
STATUSES = ("enabled", "disabled", "pending", "removed", "elsewhere")
METHODS = {"get", "post", "put", "patch", "delete"}

# Whoever is logged in may do this with what is theirs alone, in whatever workspace.
PERSONAL = re.compile(
    r"/api/v1/(account|session|sessions|language|signing)(/.*)?|/api/v1/workspaces|/api/v1/billing/plans"
    r"|/api/v1/invitations(/\{ref\}/accept)?"
)
PUBLIC = re.compile(
    r"/api/v1/(registration|password|session|drawings|verifications|certificates|mailbox)(/.*)?"
    r"|/api/v1/(language|openapi\.json|invitations/\{token\}|billing/webhooks/stripe)|/(logos|pki|csc)/.*"
)
# Any member may do this; of agreements, *agreement* judges one by one who started, must sign, or sees them all.
OF_MEMBERS = {
    "GET /workspace", "POST /workspace/leave", "GET /agreements", "GET /agreements/changes", "GET /agreements/counts",
    "GET /agreements/initiators", "GET /agreements/export.{kind}", "POST /agreements/decline", "POST /agreements/void",
    "GET /agreements/{agreement_id}", "PATCH /agreements/{agreement_id}", "DELETE /agreements/{agreement_id}",
    "GET /agreements/{agreement_id}/history", "GET /agreements/{agreement_id}/files/{kind}",
    *(f"POST /agreements/{{agreement_id}}/{act}" for act in ("correct", "documents", "remind", "send", "void")),
    "POST /agreements/{agreement_id}/fields/suggested", "PUT /agreements/{agreement_id}/documents/order",
    "PUT /agreements/{agreement_id}/fields", "PUT /agreements/{agreement_id}/recipients",
    "PATCH /agreements/{agreement_id}/recipients/{recipient_id}",
    "POST /agreements/{agreement_id}/recipients/{recipient_id}/resend",
    "DELETE /agreements/{agreement_id}/documents/{document_id}",
    "GET /agreements/{agreement_id}/documents/{document_id}/suggestions",
    "GET /agreements/{agreement_id}/documents/{document_id}/pages/{page}/image",
    "GET /agreements/{agreement_id}/documents/{document_id}/pages/{page}/text",
}  # fmt: skip


@dataclass(frozen=True)
class Told:
    """A route as it is served: method and path, and its rule."""

    name: str
    path: str
    rule: Access


@dataclass(frozen=True)
class Someone:
    """Who speaks after the gateway has looked their session up, and what they were meant to be."""

    principal: Principal
    roles: tuple[Role, ...]
    status: str
    here: UUID = field(repr=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("rights")


@pytest.fixture(scope="module")
def gateway(folder: Path) -> Iterator[Gateway]:
    running = Gateway(folder / "gateway", None, {})
    yield running
    running.close()


@pytest.fixture(scope="module")
def routes(folder: Path, gateway: Gateway) -> list[Told]:
    """Every route of the description with the rule of the view that answers it."""
    kits = [Kit(name, folder) for name in SERVICES]
    apps = [gateway.app, *(create_app(kit.service, kit.runtime) for kit in kits)]
    rules = {name: rule for app in apps for name, rule in _rules(app)}
    served = json.loads(Path("docs/openapi.json").read_text())["paths"]
    names = [(method.upper(), path) for path, item in served.items() for method in METHODS & set(item)]
    return [Told(f"{method} {path}".replace(" /api/v1", " "), path, rules[method, path]) for method, path in names]


def _rules(app: Any) -> Iterator[tuple[tuple[str, str], Access]]:
    for one in app.url_map.iter_rules():
        view = app.view_functions[one.endpoint]
        path = re.sub(r"<(?:[^<>]+:)?(\w+)>", r"{\1}", one.rule)
        for method in (one.methods or set()) - {"HEAD", "OPTIONS"}:
            if rule := getattr(view, "access", None):
                yield (method, path), rule


@pytest.fixture(scope="module")
def people(gateway: Gateway) -> list[Someone]:
    """Somebody of every set of roles and every status, with a session from when they were enabled."""
    return [_someone(gateway, roles, status) for roles, status in product(ROLES, STATUSES)]


def _someone(gateway: Gateway, roles: tuple[Role, ...], status: str) -> Someone:
    account, member, here = new_key(), new_key(), new_key()
    at = new_key() if status == "elsewhere" else here
    data = {
        "member_id": str(member),
        "workspace_id": str(at),
        "account_id": str(account),
        "roles": list(map(str, roles)),
    }
    gateway.deliver("workspace.created.v1", at, 1, at, workspace_id=str(at), public_id=f"SP{at.hex}")
    gateway.deliver("workspace.member_joined.v1", member, 1, at, **data, status="enabled")
    answer = {"account_id": str(account), "email": f"{account}@acme.example", "name": "Somebody", "language": "en"}
    secret, _ = open_session(gateway.runtime.db, answer, datetime.now(UTC), "203.0.113.9", "test")
    if status in ("disabled", "pending", "removed"):
        gateway.deliver("workspace.member_changed.v1", member, 2, at, **data, status=status)
    current = find_session(gateway.runtime.db, secret)
    told = speak_for(current, "", "203.0.113.9", "test") if current else Principal(Kind.ANONYMOUS)
    return Someone(told, roles, status, here)


def test_every_route_without_a_right_is_decided_on(routes: list[Told]) -> None:
    assert len(routes) > 150
    bare = [one for one in routes if one.rule.right is None]
    for one in bare:
        if Kind.ANONYMOUS in one.rule.kinds:
            assert PUBLIC.fullmatch(one.path), f"{one.name} is for everybody"
        elif one.rule.workspace:
            assert one.name in OF_MEMBERS, f"{one.name} asks for no right"
        else:
            assert PERSONAL.fullmatch(one.path), f"{one.name} is for everybody who is logged in"
    assert {one.name for one in bare} >= OF_MEMBERS
    assert {one.rule.right for one in routes} >= {Right.MANAGE_WORKSPACE, Right.READ_AUDIT_LOG, Right.MANAGE_MEMBERS}


def test_every_role_in_every_status_comes_in_exactly_where_its_rights_say(
    routes: list[Told], people: list[Someone]
) -> None:
    wrong = [
        f"{one.name}: {'+'.join(who.roles) or 'no role'}, {who.status}: {is_} instead of {wanted}"
        for one, who in product(routes, people)
        if (is_ := _answer(one.rule, who.principal)) != (wanted := _wanted(one.rule, who))
    ]
    assert wrong == []


def test_nobody_but_an_enabled_member_speaks_for_the_workspace(people: list[Someone]) -> None:
    for who in people:
        assert (who.principal.workspace == who.here) == (who.status == "enabled")
        if who.status not in ("enabled", "elsewhere"):
            assert (who.principal.workspace, who.principal.roles) == (None, frozenset())
        assert (who.principal.kind is Kind.ANONYMOUS) == (who.status == "disabled")


def _wanted(rule: Access, who: Someone) -> str:
    """What the table of rights says, in words of its own."""
    if who.status == "disabled":  # their session is over
        return "in" if Kind.ANONYMOUS in rule.kinds else "unauthenticated"
    if Kind.USER not in rule.kinds:
        return "not_found"
    if not rule.workspace:
        return "in"
    if who.status in ("pending", "removed"):
        return "no_workspace"
    return "in" if rule.right is None or RIGHTS[rule.right] & set(who.roles) else "forbidden"


def _answer(rule: Access, who: Principal) -> str:
    try:
        permit(rule, who)
    except Problem as problem:
        return problem.code
    return "in"
