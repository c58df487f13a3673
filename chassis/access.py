"""Who may call a route, said beside the route and checked before it runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import current_app, g, request

from chassis.problem import Problem, not_found
from chassis.service import Runtime
from chassis.tokens import BadToken, Kind, Principal
from contracts.rights import RIGHTS, Right

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Access:
    """Who may call: the kinds; for USER one of the roles, and whether a workspace is needed; for SERVICE the callers.

    ``right`` is the one the roles were looked up by. ``idempotent`` is False where answers to POST are not kept for
    their `Idempotency-Key`: a proxy leaves that to the service behind it.
    """

    kinds: frozenset[Kind]
    roles: frozenset[str]
    callers: frozenset[str]
    workspace: bool
    idempotent: bool
    right: Right | None = None


def access(
    *kinds: Kind,
    right: Right | None = None,
    roles: set[str] | None = None,
    callers: set[str] | None = None,
    workspace: bool = True,
    idempotent: bool = True,
) -> Callable[[View], View]:
    """Mark a view with who may call it; an application with an unmarked view does not start.

    ``right`` is looked up in the table of roles and rights.
    """
    named = RIGHTS[right] if right else frozenset(roles or ())
    rule = Access(frozenset(kinds), frozenset(map(str, named)), frozenset(callers or ()), workspace, idempotent, right)

    def mark(view: View) -> View:
        view.access = rule  # type: ignore[attr-defined]
        return view

    return mark


def runtime() -> Runtime:
    """The running service of the current request."""
    found: Runtime = current_app.extensions["signet"]
    return found


def principal() -> Principal:
    """Who asks, as the gateway or another service said in its token."""
    found: Principal = g.principal
    return found


def authenticate() -> None:
    """Read the token into `principal`; raises a 401 problem. Health and metrics need none."""
    g.principal = Principal(Kind.ANONYMOUS)
    rule = rule_of(request.endpoint)
    if rule is None:
        return
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Bearer":
        raise Problem(401, "unauthenticated")
    try:
        g.principal = runtime().verifier.verify(token)
    except BadToken as error:
        raise Problem(401, "unauthenticated") from error
    permit(rule, g.principal)


def permit(rule: Access, who: Principal) -> None:
    """Raise a 401, 403 or 404 problem unless the rule lets this principal in."""
    if who.kind not in rule.kinds:
        raise Problem(401, "unauthenticated") if who.kind is Kind.ANONYMOUS else not_found()
    if who.kind is Kind.SERVICE and who.subject not in rule.callers:
        raise not_found()
    if who.kind is Kind.USER and rule.workspace and who.workspace is None:
        raise Problem(409, "no_workspace")
    if who.kind is Kind.USER and rule.roles and not rule.roles & who.roles:
        raise Problem(403, "forbidden")


def rule_of(endpoint: str | None) -> Access | None:
    """The access rule of an endpoint; None for the chassis's own and for unknown addresses."""
    view = current_app.view_functions.get(endpoint or "")
    cls = getattr(view, "view_class", None)
    target = getattr(cls, request.method.lower(), None) if cls else view
    return getattr(target, "access", None)


OPEN = {"healthz", "readyz", "metrics", "static"}


def demand_rules(app: Any) -> None:
    """Raise when a route does not say who may call it."""
    for endpoint, view in app.view_functions.items():
        cls = getattr(view, "view_class", None)
        targets = [getattr(cls, m.lower()) for m in cls.methods] if cls else [view]
        if endpoint not in OPEN and not all(hasattr(target, "access") for target in targets):
            raise RuntimeError(f"{endpoint} does not say who may call it")
