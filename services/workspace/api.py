"""The HTTP API of workspaces."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from chassis.access import access, principal, runtime
from chassis.database import EVERYONE
from chassis.tokens import Kind
from contracts.rights import Right
from services.workspace import audit, leaving, look, service
from services.workspace.accounts import find_account
from services.workspace.models import Account, Workspace
from services.workspace.roles import FOUNDER
from services.workspace.schemas import (
    Closing,
    CurrentWorkspaceView,
    MembershipQuery,
    MembershipView,
    MyWorkspaceView,
    NewWorkspace,
    WorkspaceChange,
    WorkspaceList,
)

public = Blueprint("workspace", __name__, url_prefix="/api/v1", description="Workspaces and their members")
internal = Blueprint("workspace_internal", __name__, url_prefix="/internal")


@public.get("/workspaces")
@public.response(200, WorkspaceList)
@access(Kind.USER, workspace=False)
def list_workspaces() -> Any:
    with runtime().db.read(EVERYONE) as session:
        found = service.memberships(session, principal().account)
    return {"workspaces": [_mine(workspace, member.roles) for workspace, member in found]}


@public.post("/workspaces")
@public.arguments(NewWorkspace)
@public.response(201, MyWorkspaceView)
@access(Kind.USER, workspace=False)
def add_workspace(values: dict[str, str]) -> Any:
    who = principal()
    with runtime().db.transaction(EVERYONE) as session:
        known = find_account(session, who.account)
        account = known or Account(id=who.account, email=who.email, name=who.name)
        workspace = service.found(session, account, values["name"], values["region"])
    return _mine(workspace, FOUNDER)


@public.get("/workspace")
@public.response(200, CurrentWorkspaceView)
@access(Kind.USER)
def current_workspace() -> Any:
    with runtime().db.read(here()) as session:
        return service.current(session, here())


@public.patch("/workspace")
@public.arguments(WorkspaceChange)
@public.response(200, CurrentWorkspaceView)
@access(Kind.USER, right=Right.MANAGE_WORKSPACE)
def change_workspace(values: dict[str, Any]) -> Any:
    """Change the name, or the settings new agreements and mails are made with."""
    if colour := values["settings"].get("colour"):
        look.demand_readable(colour)
    with runtime().db.transaction(here()) as session:
        found, renamed, changed = service.change(session, here(), values.get("name"), values["settings"])
        if renamed:
            audit.record(session, here(), principal(), "workspace_renamed", found.name)
        if changed:
            settings = {name: values["settings"][name] for name in changed}
            if (kept := "retention_days") in changed:
                settings[f"{kept}_before"] = changed[kept]
            audit.record(session, here(), principal(), "settings_changed", found.name, **settings)
        return found


@public.post("/workspace/leave")
@public.response(204)
@access(Kind.USER)
def leave_workspace() -> None:
    """Leave the current workspace; the last enabled admin cannot."""
    leaving.leave(runtime(), principal(), here())


@public.post("/workspace/close")
@public.arguments(Closing)
@public.response(204)
@access(Kind.USER, right=Right.MANAGE_WORKSPACE)
def close_workspace(values: dict[str, str]) -> None:
    """Close the current workspace for everybody; its name has to be typed. Refused while agreements are open."""
    leaving.close(runtime(), principal(), here(), values["name"])


@internal.get("/memberships")
@internal.arguments(MembershipQuery, location="query")
@internal.response(200, MembershipView)
@access(Kind.SERVICE, callers={"identity"})
def find_membership(query: dict[str, Any]) -> Any:
    with runtime().db.read(EVERYONE) as session:
        return service.membership(session, query["account_id"], query["public_id"])


def here() -> UUID:
    """The workspace the request is about; `access` has made sure that there is one."""
    workspace = principal().workspace
    assert workspace is not None
    return workspace


def _mine(workspace: Workspace, roles: Any) -> dict[str, Any]:
    names = ("public_id", "name", "region", "created_at")
    return {**{name: getattr(workspace, name) for name in names}, "roles": sorted(roles)}
