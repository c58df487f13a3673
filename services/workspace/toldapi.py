"""What *billing* asks about a workspace that was made before it listened."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint
from marshmallow import Schema, fields
from sqlalchemy import select
from sqlalchemy.orm import Session

from chassis.access import access, runtime
from chassis.database import EVERYONE
from chassis.tokens import Kind
from services.workspace.models import Account, Member
from services.workspace.service import current

internal = Blueprint("workspace_told", __name__, url_prefix="/internal/workspaces")


class ToldMember(Schema):
    """A member as the events tell of one, with the version of what is known of their account."""

    workspace_id = fields.UUID()
    member_id = fields.UUID()
    account_id = fields.UUID(allow_none=True)
    email = fields.String()
    name = fields.String()
    roles = fields.List(fields.String())
    status = fields.String()
    version = fields.Integer()
    language = fields.String()
    account_version = fields.Integer()


class ToldWorkspace(Schema):
    """A workspace as the events tell of one, with its members."""

    workspace_id = fields.UUID()
    name = fields.String()
    region = fields.String()
    version = fields.Integer()
    members = fields.List(fields.Nested(ToldMember))


@internal.get("/<uuid:workspace>")
@internal.response(200, ToldWorkspace)
@access(Kind.SERVICE, callers={"billing"})
def tell_workspace(workspace: UUID) -> Any:
    """A workspace and its members."""
    with runtime().db.read(EVERYONE) as session:
        found = current(session, workspace)
        return {
            "workspace_id": found.id, "name": found.name, "region": found.region, "version": found.version,
            "members": _members(session, workspace),
        }  # fmt: skip


def _members(session: Session, workspace: UUID) -> list[dict[str, Any]]:
    query = select(Member, Account).outerjoin(Account, Account.id == Member.account_id)
    rows = session.execute(query.where(Member.workspace_id == workspace).order_by(Member.id)).all()
    return [
        {
            "workspace_id": workspace, "member_id": member.id, "account_id": member.account_id, "email": member.email,
            "name": member.name, "roles": sorted(member.roles), "status": member.status, "version": member.version,
            "language": account.language if account else "en", "account_version": account.version if account else -1,
        }
        for member, account in rows
    ]  # fmt: skip
