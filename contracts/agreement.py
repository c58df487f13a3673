"""Events of *agreement*: what was sent to whom, and how it ended."""

from marshmallow import fields

from contracts.event_type import (
    A_FILE,
    A_TIME,
    ACTOR,
    ALICE,
    BOB,
    KEYS,
    Actor,
    Contract,
    EventType,
    Person,
    Sender,
    StoredFile,
    key,
    moment,
    number,
    text,
)


class Initiator(Sender):
    account_id = key()


class Document(StoredFile):
    """A PDF, its pages counted from 0: normalised, or kept byte for byte because others had signed it (``signed``).

    One that is signed is the only document of its agreement, with nothing but a signature for each recipient.
    """

    document_id = key()
    name = text()
    pages = number()
    signed = fields.Boolean()


class Recipient(Person):
    """``position`` is the place in the order; equal places sign in parallel.

    ``check`` is none, access_code or email_code.

    ``code_hash`` is the Argon2id hash of an access code.
    """

    recipient_id = key()
    position = number()
    check = text()
    code_hash = text(allow_none=True)


class Field(Contract):
    """``x``, ``y``, ``width``, ``height`` are fractions of the page as displayed, from its top left corner.

    ``kind`` is signature, stamp, text, date or checkbox; ``format`` is a date format for a date, ``longest`` the number
    of characters a text may have.
    """

    field_id = key()
    recipient_id = key()
    document_id = key()
    kind = text()
    page = number()
    x = fields.Float(required=True)
    y = fields.Float(required=True)
    width = fields.Float(required=True)
    height = fields.Float(required=True)
    required = fields.Boolean(required=True)
    label = text()
    default = text(allow_none=True)
    format = text(allow_none=True)
    longest = number(allow_none=True)


class Sent(Contract):
    """``stamp_margin`` asks for the agreement's id and a QR code on every page; a signed document never gets them.

    ``allow_reassign`` lets a signer hand over to somebody else.
    """

    agreement_id = key()
    public_id = text()
    workspace_id = key()
    workspace_name = text()
    title = text()
    message = text()
    initiator = fields.Nested(Initiator, required=True)
    ordered = fields.Boolean(required=True)
    stamp_margin = fields.Boolean()
    allow_reassign = fields.Boolean()
    deadline = moment()
    created_at = moment()
    sent_at = moment()
    documents = fields.List(fields.Nested(Document), required=True)
    recipients = fields.List(fields.Nested(Recipient), required=True)
    fields_ = fields.List(fields.Nested(Field), required=True, data_key="fields")


class ReminderDue(Contract):
    agreement_id = key()
    recipient_ids = fields.List(fields.UUID(), required=True)


class Ended(Contract):
    """``by`` is the name of who ended it, null for the deadline; ``parties`` are all who are told, ``sender`` too."""

    agreement_id = key()
    public_id = text()
    workspace_id = key()
    title = text()
    by = text(allow_none=True)
    reason = text()
    ended_at = moment()
    sender = fields.Nested(Sender)
    parties = fields.List(fields.Nested(Person), required=True)


class Party(Person):
    """``sealed_link`` opens the finished document for a signer for 30 days; null for those who have the console."""

    sealed_link = text(allow_none=True)


class Completed(Contract):
    agreement_id = key()
    public_id = text()
    workspace_id = key()
    title = text()
    completed_at = moment()
    sender = fields.Nested(Sender)
    parties = fields.List(fields.Nested(Party), required=True)
    document = fields.Nested(StoredFile, required=True)
    certificate = fields.Nested(StoredFile, required=True)


_ID = {"agreement_id": KEYS[4], "public_id": "agr_4VTSd1rQm8kD", "workspace_id": KEYS[2], "title": "Service agreement"}
_ENDED = {
    **_ID,
    "by": "Alice Tan",
    "reason": "Wrong annex",
    "ended_at": A_TIME,
    "sender": ALICE,
    "parties": [ALICE, BOB],
}


class HandedOver(Contract):
    """``initiator`` is who sends the agreement from now on."""

    agreement_id = key()
    initiator = fields.Nested(Person, required=True)


class WorkHandedOver(Contract):
    """``count`` drafts and open agreements of one member are another's now; both as name and address."""

    workspace_id = key()
    count = number()
    giver = text()
    taker = text()
    by = fields.Nested(Actor, required=True)


class Template(Contract):
    """``name_before`` is null unless it was renamed."""

    template_id = key()
    workspace_id = key()
    name = text()
    name_before = text(allow_none=True)
    by = fields.Nested(Actor, required=True)


_TEMPLATE = {
    "template_id": KEYS[8], "workspace_id": KEYS[2], "name": "Sales contract", "name_before": None, "by": ACTOR,
}  # fmt: skip


class Removed(Contract):
    """The workspace's time for keeping it was over: its files and what is personal about it are to go."""

    agreement_id = key()
    workspace_id = key()
    removed_at = moment()


class NearOne(Contract):
    public_id = text()
    title = text()


class RemovalsNear(Contract):
    """``count`` agreements will be removed, none before ``first_at``; ``agreements`` are the first of them.

    ``last_ended_at`` is when the last of them ended.
    """

    workspace_id = key()
    count = number()
    first_at = moment()
    last_ended_at = moment()
    agreements = fields.List(fields.Nested(NearOne), required=True)


class RemovalsCounted(Contract):
    """``day`` is a UTC day that is over, such as 2026-11-22."""

    workspace_id = key()
    day = text()
    count = number()


NEAR = {
    "workspace_id": KEYS[2],
    "count": 12,
    "first_at": A_TIME,
    "last_ended_at": A_TIME,
    "agreements": [{"public_id": "agr_4VTSd1rQm8kD", "title": "Service agreement"}],
}

EVENTS = (
    EventType(
        "agreement.sent.v1",
        "An agreement is sent and may be signed.",
        ("signing", "billing"),
        Sent,
        {
            **_ID,
            "workspace_name": "Alice's workspace",
            "message": "Please sign.",
            "initiator": {**ALICE, "time_zone": "Asia/Singapore", "account_id": KEYS[1]},
            "ordered": True,
            "stamp_margin": False,
            "allow_reassign": False,
            "deadline": A_TIME,
            "created_at": A_TIME,
            "sent_at": A_TIME,
            "documents": [{**A_FILE, "document_id": KEYS[5], "name": "contract.pdf", "pages": 3, "signed": False}],
            "recipients": [{**BOB, "recipient_id": KEYS[6], "position": 1, "check": "none", "code_hash": None}],
            "fields": [
                {
                    "field_id": KEYS[7],
                    "recipient_id": KEYS[6],
                    "document_id": KEYS[5],
                    "kind": "signature",
                    "page": 2,
                    "x": 0.1,
                    "y": 0.8,
                    "width": 0.3,
                    "height": 0.06,
                    "required": True,
                    "label": "Signature",
                    "default": None,
                    "format": None,
                    "longest": None,
                }
            ],
        },
    ),
    EventType(
        "agreement.reminder_due.v1",
        "Those who may sign now are to be reminded.",
        ("signing",),
        ReminderDue,
        {"agreement_id": KEYS[4], "recipient_ids": [KEYS[6]]},
    ),
    EventType(
        "agreement.handed_over.v1",
        "An agreement that is being signed has another sender.",
        ("signing",),
        HandedOver,
        {"agreement_id": KEYS[4], "initiator": ALICE},
    ),
    EventType("agreement.voided.v1", "The sender has withdrawn an agreement.", ("notify",), Ended, _ENDED),
    EventType("agreement.declined.v1", "A signer has declined.", ("notify",), Ended, {**_ENDED, "by": "王小明"}),
    EventType(
        "agreement.expired.v1", "The deadline has passed.", ("notify",), Ended, {**_ENDED, "by": None, "reason": ""}
    ),
    EventType(
        "agreement.completed.v1",
        "All have signed and the finished document is there.",
        ("notify",),
        Completed,
        {
            **_ID,
            "completed_at": A_TIME,
            "sender": ALICE,
            "parties": [{**ALICE, "sealed_link": None}, {**BOB, "sealed_link": "gAAAA…"}],
            "document": A_FILE,
            "certificate": A_FILE,
        },
    ),
    EventType(
        "agreement.work_handed_over.v1",
        "What a member had not completed is another's now.",
        ("workspace",),
        WorkHandedOver,
        {
            "workspace_id": KEYS[2],
            "count": 12,
            "giver": "王小明 <bob@example.com>",
            "taker": "Carol Ng <carol@example.com>",
            "by": ACTOR,
        },
    ),
    EventType("agreement.template_saved.v1", "The workspace has a new template.", ("workspace",), Template, _TEMPLATE),
    EventType(
        "agreement.template_renamed.v1",
        "A template has another name.",
        ("workspace",),
        Template,
        {**_TEMPLATE, "name_before": "Contract"},
    ),
    EventType("agreement.template_deleted.v1", "A template is gone.", ("workspace",), Template, _TEMPLATE),
    EventType(
        "agreement.removed.v1",
        "An ended agreement was removed for good, as its workspace has set.",
        ("signing",),
        Removed,
        {"agreement_id": KEYS[4], "workspace_id": KEYS[2], "removed_at": A_TIME},
    ),
    EventType(
        "agreement.removals_near.v1",
        "Agreements of a workspace will be removed in a month.",
        ("workspace",),
        RemovalsNear,
        NEAR,
    ),
    EventType(
        "agreement.removals_counted.v1",
        "How many agreements of a workspace were removed on one day.",
        ("workspace",),
        RemovalsCounted,
        {"workspace_id": KEYS[2], "day": "2026-11-22", "count": 12},
    ),
)
