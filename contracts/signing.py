"""Events of *signing*: what happens between the invitation and the finished document."""

from marshmallow import fields

from contracts.event_type import (
    A_FILE,
    A_TIME,
    ALICE,
    BOB,
    KEYS,
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


class OfRecipient(Contract):
    agreement_id = key()
    recipient_id = key()
    at = moment()


class Invited(OfRecipient, Person):
    """``purpose`` is invitation, reminder, deadline_changed or resent; ``sealed_link`` the address to open, sealed."""

    workspace_id = key()
    purpose = text()
    title = text()
    message = text()
    sender = fields.Nested(Sender, required=True)
    workspace_name = text()
    deadline = moment()
    sealed_link = text()


class CodeRequested(OfRecipient, Person):
    title = text()
    sealed_code = text()
    expires_at = moment()


class Checked(OfRecipient):
    """``check`` is access_code or email_code; ``left`` is the number of tries left."""

    check = text()
    left = number()


class Locked(OfRecipient):
    check = text()
    title = text()
    recipient_name = text()
    sender = fields.Nested(Person, required=True)
    public_id = text(required=False)


class Declined(OfRecipient):
    reason = text()


class DownloadLink(Contract):
    recipient_id = key()
    sealed_link = text()


class Completed(Contract):
    """``links`` open the finished document for each signer for 30 days; ``certificates`` are those by language."""

    agreement_id = key()
    completed_at = moment()
    document = fields.Nested(StoredFile, required=True)
    certificate = fields.Nested(StoredFile, required=True)
    certificates = fields.Dict(fields.String(), fields.Nested(StoredFile))
    audit = fields.Nested(StoredFile, required=True)
    links = fields.List(fields.Nested(DownloadLink), required=True)


class Archived(Contract):
    """``certificates`` are those by language; what is told replaces what was told at completion."""

    agreement_id = key()
    at = moment()
    document = fields.Nested(StoredFile, required=True)
    certificate = fields.Nested(StoredFile, required=True)
    certificates = fields.Dict(fields.String(), fields.Nested(StoredFile), required=True)


class Reassigned(OfRecipient, Person):
    """Who the recipient is from ``at`` on; ``by`` is the name of who handed over; ``sender`` is told."""

    by = text()
    title = text(required=False)
    public_id = text(required=False)
    sender = fields.Nested(Person)


class Now(Person):
    recipient_id = key()


class Corrected(Contract):
    """What is other from ``at`` on; null is as it was. ``message`` is the whole message."""

    agreement_id = key()
    at = moment()
    recipient = fields.Nested(Now, required=True, allow_none=True)
    deadline = moment(allow_none=True)
    message = text(allow_none=True)


class Closed(Contract):
    """``kind`` is voided or expired."""

    agreement_id = key()
    kind = text()
    reason = text()
    by = text(allow_none=True)
    at = moment()


_WHO = {"agreement_id": KEYS[4], "recipient_id": KEYS[6], "at": A_TIME}

EVENTS = (
    EventType(
        "signing.invited.v1",
        "A signer's turn has come, or they are reminded or get a new link.",
        ("notify", "agreement"),
        Invited,
        {
            **_WHO,
            **BOB,
            "workspace_id": KEYS[2],
            "purpose": "invitation",
            "title": "Service agreement",
            "message": "Please sign.",
            "sender": ALICE,
            "workspace_name": "Alice's workspace",
            "deadline": A_TIME,
            "sealed_link": "gAAAA…",
        },
    ),
    EventType(
        "signing.code_requested.v1",
        "A code is to be mailed to a signer.",
        ("notify",),
        CodeRequested,
        {**_WHO, **BOB, "title": "Service agreement", "sealed_code": "gAAAA…", "expires_at": A_TIME},
    ),
    EventType(
        "signing.viewed.v1", "A signer has opened the agreement for the first time.", ("agreement",), OfRecipient, _WHO
    ),
    EventType(
        "signing.check_passed.v1",
        "A signer has passed the check.",
        ("agreement",),
        Checked,
        {**_WHO, "check": "access_code", "left": 9},
    ),
    EventType(
        "signing.check_failed.v1",
        "A signer has failed a try.",
        ("agreement",),
        Checked,
        {**_WHO, "check": "access_code", "left": 8},
    ),
    EventType(
        "signing.locked.v1",
        "A signer has used up all tries and is locked until a new link is sent.",
        ("agreement", "notify"),
        Locked,
        {
            **_WHO,
            "check": "access_code",
            "title": "Service agreement",
            "recipient_name": "王小明",
            "sender": ALICE,
            "public_id": "agr_4VTSd1rQm8kD",
        },
    ),
    EventType("signing.signed.v1", "A signer has finished.", ("agreement",), OfRecipient, _WHO),
    EventType(
        "signing.declined.v1",
        "A signer has declined; nothing more can be signed.",
        ("agreement",),
        Declined,
        {**_WHO, "reason": "No."},
    ),
    EventType(
        "signing.reassigned.v1",
        "A signer has handed over to somebody else.",
        ("agreement", "notify"),
        Reassigned,
        {
            **_WHO,
            **BOB,
            "by": "Carol Tan",
            "title": "Service agreement",
            "public_id": "agr_4VTSd1rQm8kD",
            "sender": ALICE,
        },
    ),
    EventType(
        "signing.corrected.v1",
        "The sender has corrected a signer, the deadline or the message.",
        ("agreement",),
        Corrected,
        {
            "agreement_id": KEYS[4],
            "at": A_TIME,
            "recipient": {**BOB, "recipient_id": KEYS[6]},
            "deadline": None,
            "message": None,
        },
    ),
    EventType(
        "signing.completed.v1",
        "The finished document, its certificate and the audit trail are stored.",
        ("agreement",),
        Completed,
        {
            "agreement_id": KEYS[4],
            "completed_at": A_TIME,
            "document": A_FILE,
            "certificate": A_FILE,
            "certificates": {"en": A_FILE},
            "audit": A_FILE,
            "links": [{"recipient_id": KEYS[6], "sealed_link": "gAAAA…"}],
        },
    ),
    EventType(
        "signing.archived.v1",
        "Finished files got a newer archive time stamp, before the certificate of the older one ends.",
        ("agreement",),
        Archived,
        {
            "agreement_id": KEYS[4],
            "at": A_TIME,
            "document": A_FILE,
            "certificate": A_FILE,
            "certificates": {"en": A_FILE},
        },
    ),
    EventType(
        "signing.closed.v1",
        "A ceremony was closed by its sender or the deadline.",
        ("agreement",),
        Closed,
        {"agreement_id": KEYS[4], "kind": "voided", "reason": "Wrong annex", "by": "Alice Tan", "at": A_TIME},
    ),
)
