"""What the gateway's own routes read and answer."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from chassis.validation import EmailAddress, StrictSchema


class Login(StrictSchema):
    email = EmailAddress(required=True)
    password = fields.String(required=True, validate=validate.Length(1, 1000), load_only=True)


class Choice(StrictSchema):
    workspace_id = fields.String(required=True, validate=validate.Length(1, 64))


class SessionAccount(Schema):
    account_id = fields.String(required=True)
    email = fields.String(required=True)
    name = fields.String(required=True)
    language = fields.String(required=True)
    time_zone = fields.String(allow_none=True)
    date_format = fields.String(allow_none=True)


class SessionWorkspace(Schema):
    workspace_id = fields.String(required=True)
    name = fields.String(required=True)
    region = fields.String(required=True)
    roles = fields.List(fields.String(), required=True)


class SessionState(Schema):
    csrf_token = fields.String(required=True)
    session_id = fields.String(required=True)
    account = fields.Nested(SessionAccount, required=True)
    workspace = fields.Nested(SessionWorkspace, required=True, allow_none=True)
    workspaces = fields.List(fields.Nested(SessionWorkspace), required=True)


class SignedIn(Schema):
    """A place where the person is logged in; ``current`` is the one that asks."""

    session_id = fields.String(required=True)
    created_at = fields.AwareDateTime(required=True, format="iso")
    last_seen_at = fields.AwareDateTime(required=True, format="iso")
    ip = fields.String(required=True)
    user_agent = fields.String(required=True)
    current = fields.Boolean(required=True)


class SignedInList(Schema):
    sessions = fields.List(fields.Nested(SignedIn), required=True)
