"""What the API of *workspace* takes and gives about workspaces."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from chassis.lookalikes import has_unseen, imitates
from chassis.validation import Line, Region, StrictSchema

RETENTION = (30, 36_500)  # days
PRODUCT = "Signet"
ADDRESSES = ("@", "\uff20", "\ufe6b", "://", "www.")


class NewWorkspace(StrictSchema):
    name = Line(required=True, longest=100)
    region = Region(load_default="SG")


class SenderName(Line):
    """A name that mails come under: nothing in it is unseen, an address, or taken for the product itself."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        name = super()._deserialize(value, attr, data, **kwargs)
        if has_unseen(name) or not any(char.isalnum() for char in name):
            raise ValidationError("Control characters are not allowed.")
        if any(part in name.casefold() for part in ADDRESSES):
            raise ValidationError("A name, not an address.")
        if imitates(name, PRODUCT):
            raise ValidationError("This name is the product's own.")
        return name


class WorkspaceSettingsChange(StrictSchema):
    """What is left out stays as it is; null stands for what the suite does by itself. Reminders are days before.

    ``retention_days`` is how long ended agreements are kept, null for ever.
    """

    deadline_days = fields.Integer(strict=True, allow_none=True, validate=validate.Range(1, 365))
    reminders = fields.List(
        fields.Integer(strict=True, validate=validate.Range(1, 365)), allow_none=True, validate=validate.Length(max=5)
    )
    retention_days = fields.Integer(strict=True, allow_none=True, validate=validate.Range(*RETENTION))
    sender_name = SenderName(longest=60, allow_none=True)
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
    """``sender_name`` is the name mails about agreements come under, as "name via Signet"; null is the sender's own.

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
