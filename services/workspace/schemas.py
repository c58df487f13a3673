"""What the API of *workspace* takes and gives."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from chassis.ids import public_id
from chassis.validation import Line, Region, StrictSchema
from services.workspace.roles import Role, Status


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


class MemberQuery(StrictSchema):
    page = fields.Integer(load_default=1, validate=validate.Range(1, 1_000_000))
    page_size = fields.Integer(load_default=20, validate=validate.Range(1, 100))
    status = fields.String(validate=validate.OneOf(list(Status)))
    role = fields.String(validate=validate.OneOf(list(Role)))
    search = Line(load_default="", longest=100, shortest=0)


class MemberView(Schema):
    id = fields.Function(lambda member: public_id("mem", member.id))
    account_id = fields.Function(lambda member: member.account_id and public_id("acc", member.account_id))
    name = fields.String()
    email = fields.String()
    roles = fields.Function(lambda member: sorted(member.roles))
    status = fields.String()
    added_at = fields.AwareDateTime(format="iso")


class MemberPage(Schema):
    items = fields.List(fields.Nested(MemberView))
    total = fields.Integer()
    page = fields.Integer()
    page_size = fields.Integer()


class MembershipQuery(StrictSchema):
    account_id = fields.UUID(required=True)
    public_id = Line(required=True, longest=40)


class MembershipView(Schema):
    workspace_id = fields.UUID(attribute="id")
    public_id = fields.String()
