"""What the mailbox reads and answers."""

from __future__ import annotations

from marshmallow import Schema, fields

from chassis.validation import StrictSchema


class MailboxQuery(StrictSchema):
    to = fields.String(metadata={"description": "only mails to this address"})
    since = fields.AwareDateTime(format="iso", metadata={"description": "only mails received after this moment"})


class MailboxMail(Schema):
    id = fields.String(required=True)
    sender = fields.String(required=True, data_key="from")
    to = fields.String(required=True)
    subject = fields.String(required=True)
    received_at = fields.AwareDateTime(required=True, format="iso")
    text = fields.String(required=True)
    html = fields.String(required=True)
    links = fields.List(fields.String(), required=True)


class MailboxList(Schema):
    messages = fields.List(fields.Nested(MailboxMail), required=True)
