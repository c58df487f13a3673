"""What the API of *workspace* takes and gives about workspaces."""

from __future__ import annotations

from marshmallow import Schema, fields

from chassis.validation import Line, Region, StrictSchema


class NewWorkspace(StrictSchema):
    name = Line(required=True, longest=100)
    region = Region(load_default="SG")


class WorkspaceChange(StrictSchema):
    name = Line(required=True, longest=100)


class WorkspaceView(Schema):
    id = fields.String(attribute="public_id")
    name = fields.String()
    region = fields.String()
    created_at = fields.AwareDateTime(format="iso")


class MyWorkspaceView(WorkspaceView):
    """With the roles of the one who asks."""

    roles = fields.List(fields.String())


class WorkspaceList(Schema):
    workspaces = fields.List(fields.Nested(MyWorkspaceView))


class MembershipQuery(StrictSchema):
    account_id = fields.UUID(required=True)
    public_id = Line(required=True, longest=40)


class MembershipView(Schema):
    workspace_id = fields.UUID(attribute="id")
    public_id = fields.String()
