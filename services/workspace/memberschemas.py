"""What the API of members and invitations takes and gives."""

from __future__ import annotations

import re
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from chassis.ids import public_id
from chassis.problem import LANGUAGES
from chassis.validation import EmailAddress, Line, StrictSchema
from services.workspace.roles import Role, Status

PHONE = re.compile(r"\+[1-9]\d{6,14}")
TEXT = {"type": "string"}
TEXTS = {"type": "array", "items": {"type": "string"}}


def roles_field(**options: object) -> fields.List:
    """One role or both."""
    inner = fields.String(validate=validate.OneOf(list(Role)))
    return fields.List(inner, validate=validate.Length(1, len(Role)), **options)  # type: ignore[arg-type]


class Phone(fields.String):
    """A number with its country code (E.164), with or without spaces, dots, dashes, brackets; may be empty."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        number = clean_phone(str(super()._deserialize(value, attr, data, **kwargs)))
        if number and not PHONE.fullmatch(number):
            raise ValidationError("Not a phone number with its country code.")
        return number


def clean_phone(text: str) -> str:
    """A number without what people put between its digits."""
    number = re.sub(r"[\s().\-\u2010-\u2015]", "", text)
    return "+" + number[2:] if number.startswith("00") else number


class MemberQuery(StrictSchema):
    page = fields.Integer(load_default=1, validate=validate.Range(1, 1_000_000))
    page_size = fields.Integer(load_default=20, validate=validate.Range(1, 100))
    status = fields.String(validate=validate.OneOf(list(Status)))
    role = fields.String(validate=validate.OneOf(list(Role)))
    search = Line(load_default="", longest=100, shortest=0)


class MemberForm(StrictSchema):
    """``language`` is what the invitation is written in when the person has no account that says."""

    name = Line(required=True, longest=100)
    email = EmailAddress(required=True)
    roles = roles_field(required=True)
    phone = Phone(load_default=None)
    language = fields.String(validate=validate.OneOf(LANGUAGES))


class MemberChange(StrictSchema):
    """What is left out stays as it is. Disabling and enabling are changes of ``status``."""

    name = Line(longest=100)
    roles = roles_field()
    phone = Phone()
    status = fields.String(validate=validate.OneOf([Status.ENABLED, Status.DISABLED]))


class InvitationState(Schema):
    """When it was mailed last, and until when its link is good."""

    sent_at = fields.AwareDateTime(format="iso")
    expires_at = fields.AwareDateTime(format="iso")
    expired = fields.Boolean()


class MemberView(Schema):
    id = fields.Function(lambda member: public_id("mem", member["id"]), metadata=TEXT)
    account_id = fields.Function(
        lambda member: member["account_id"] and public_id("acc", member["account_id"]),
        metadata={"type": ["string", "null"]},
    )
    name = fields.String()
    email = fields.String()
    phone = fields.String(allow_none=True)
    roles = fields.Function(lambda member: sorted(member["roles"]), metadata=TEXTS)
    kind = fields.String()
    status = fields.String()
    added_at = fields.AwareDateTime(format="iso")
    invitation = fields.Nested(InvitationState, allow_none=True)


class MemberPage(Schema):
    items = fields.List(fields.Nested(MemberView))
    total = fields.Integer()
    page = fields.Integer()
    page_size = fields.Integer()


class MemberStatus(Schema):
    status = fields.String()


class InvitationView(Schema):
    """An invitation as the invited person sees it. ``state`` is open, expired or accepted."""

    id = fields.Function(lambda one: public_id("inv", one.member.id), metadata=TEXT)
    workspace = fields.String(attribute="workspace.name")
    workspace_id = fields.String(attribute="workspace.public_id")
    inviter_name = fields.String(attribute="invitation.inviter_name")
    inviter_email = fields.String(attribute="invitation.inviter_email")
    name = fields.String(attribute="member.name")
    email = fields.String(attribute="member.email")
    roles = fields.Function(lambda one: sorted(one.member.roles), metadata=TEXTS)
    sent_at = fields.AwareDateTime(attribute="invitation.sent_at", format="iso")
    expires_at = fields.AwareDateTime(attribute="invitation.expires_at", format="iso")


class LinkedInvitationView(InvitationView):
    """``has_account`` tells the holder of the link whether to log in or to set a password."""

    state = fields.String()
    has_account = fields.Boolean()


class InvitationList(Schema):
    invitations = fields.List(fields.Nested(InvitationView))


class Invitee(Schema):
    """Whom the gateway makes an account for."""

    email = fields.String()
    name = fields.String()
    region = fields.String()


class InviteeForm(StrictSchema):
    token = fields.String(required=True, validate=validate.Length(max=100))


class Joining(InviteeForm):
    account_id = fields.UUID(required=True)
    email = EmailAddress(required=True)
    name = fields.String(required=True)
