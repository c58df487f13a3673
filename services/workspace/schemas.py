"""What the API of *workspace* takes and gives about workspaces."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from chassis.validation import Line, Region, StrictSchema

RETENTION = (30, 36_500)  # days


class NewWorkspace(StrictSchema):
    name = Line(required=True, longest=100)
    region = Region(load_default="SG")


class WorkspaceSettingsChange(StrictSchema):
    """What is left out stays as it is; null stands for what the suite does by itself. Reminders are days before.

    ``retention_days`` is how long ended agreements are kept, null for ever.
    """

    deadline_days = fields.Integer(strict=True, allow_none=True, validate=validate.Range(1, 365))
    reminders = fields.List(
        fields.Integer(strict=True, validate=validate.Range(1, 365)), allow_none=True, validate=validate.Length(max=5)
    )
    retention_days = fields.Integer(strict=True, allow_none=True, validate=validate.Range(*RETENTION))
    sender_name = Line(longest=60, allow_none=True)
    colour = fields.String(allow_none=True, validate=validate.Regexp(r"\A#[0-9a-f]{6}\Z"))


class WorkspaceChange(StrictSchema):
    name = Line(longest=100)
    settings = fields.Nested(WorkspaceSettingsChange, load_default=dict)


class Closing(StrictSchema):
    """The workspace's name, typed."""

    name = Line(required=True, longest=240)


class WorkspaceLogoView(Schema):
    """Where a logo is served, for everybody, and its size in pixels."""

    path = fields.String(required=True)
    width = fields.Integer(required=True)
    height = fields.Integer(required=True)


class WorkspaceSettingsView(Schema):
    """``sender_name`` stands before the address mails of this workspace come from.

    ``colour`` and ``logo`` are those of its signing pages and mails. Ended agreements are kept ``retention_days``, null
    for ever.
    """

    deadline_days = fields.Integer(allow_none=True, dump_default=None)
    reminders = fields.List(fields.Integer(), allow_none=True, dump_default=None)
    sender_name = fields.String(allow_none=True, dump_default=None)
    colour = fields.String(allow_none=True, dump_default=None)
    logo = fields.Nested(WorkspaceLogoView, allow_none=True, dump_default=None)
    retention_days = fields.Integer(allow_none=True, dump_default=None)


class WorkspaceView(Schema):
    id = fields.String(attribute="public_id")
    name = fields.String()
    region = fields.String()
    created_at = fields.AwareDateTime(format="iso")


class CurrentWorkspaceView(WorkspaceView):
    settings = fields.Nested(WorkspaceSettingsView)


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
