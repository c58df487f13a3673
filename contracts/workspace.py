"""Events of *workspace*: workspaces and their members."""

from marshmallow import fields

from contracts.agreement import NEAR, RemovalsNear
from contracts.event_type import A_TIME, ALICE, KEYS, Contract, EventType, Person, key, moment, number, text


class Logo(Contract):
    """Where a logo is served, below the suite's own address, and its size in pixels."""

    path = text()
    width = number()
    height = number()


class Settings(Contract):
    """What an admin has set; null stands for what the suite does by itself. Deadline and reminders are in days.

    ``retention_days`` is how long ended agreements are kept, null for ever.
    """

    deadline_days = number(allow_none=True)
    reminders = fields.List(number(), required=True, allow_none=True)
    sender_name = text(allow_none=True)
    colour = text(required=False, allow_none=True)
    logo = fields.Nested(Logo, required=False, allow_none=True)
    retention_days = number(required=False, allow_none=True)


class Workspace(Contract):
    """``closed`` is true when it was given up: nobody is a member any more."""

    workspace_id = key()
    public_id = text()
    name = text()
    region = text()
    settings = fields.Nested(Settings, required=False)
    closed = fields.Boolean(required=False)


class Created(Workspace):
    """``first`` tells the workspace that came with a registration from those its owner made later."""

    admin_account_id = key()
    admin_member_id = key(required=False)
    first = fields.Boolean(required=True)


class Member(Contract):
    """``roles`` are admin and initiator; ``status`` is enabled, disabled, pending or removed."""

    workspace_id = key()
    member_id = key()
    account_id = key(allow_none=True)
    email = text()
    name = text()
    roles = fields.List(fields.String(), required=True)
    status = text()


class Invitation(Member):
    """``sealed_link`` leads to the page where it is accepted; ``again`` is true when an earlier link is replaced."""

    language = text()
    workspace_name = text()
    inviter_name = text()
    inviter_email = text()
    sealed_link = text()
    expires_at = moment()
    again = fields.Boolean(required=True)


class RemovalsAnnounced(RemovalsNear):
    """``parties`` are the workspace's admins."""

    workspace_name = text()
    parties = fields.List(fields.Nested(Person), required=True)


_WORKSPACE = {"workspace_id": KEYS[2], "public_id": "SGSP6nuIWcNeV187F2", "name": "Alice's workspace", "region": "SG"}
_MEMBER = {
    "workspace_id": KEYS[2],
    "member_id": KEYS[3],
    "account_id": KEYS[1],
    "email": "alice@example.com",
    "name": "Alice Tan",
    "roles": ["admin", "initiator"],
    "status": "enabled",
}

EVENTS = (
    EventType(
        "workspace.created.v1",
        "A workspace exists.",
        ("billing", "agreement", "seal", "gateway"),
        Created,
        {**_WORKSPACE, "admin_account_id": KEYS[1], "admin_member_id": KEYS[3], "first": True},
    ),
    EventType(
        "workspace.changed.v1",
        "A workspace's name or settings have changed, or it was closed.",
        ("billing", "agreement", "signing", "notify", "seal", "gateway"),
        Workspace,
        {
            **_WORKSPACE,
            "settings": {
                "deadline_days": 30,
                "reminders": [3, 1],
                "sender_name": "Acme Legal",
                "colour": "#7a1f5c",
                "logo": {"path": "/logos/lgo_1.png", "width": 240, "height": 80},
                "retention_days": 365,
            },
            "closed": False,
        },
    ),
    EventType(
        "workspace.member_invited.v1",
        "Somebody is invited to be a member; the mail's link is sealed.",
        ("billing", "notify"),
        Invitation,
        {
            **_MEMBER,
            "account_id": None,
            "email": "bob@example.com",
            "name": "王小明",
            "roles": ["initiator"],
            "status": "pending",
            "language": "zh-Hans",
            "workspace_name": "Alice's workspace",
            "inviter_name": "Alice Tan",
            "inviter_email": "alice@example.com",
            "sealed_link": "gAAAA…",
            "expires_at": A_TIME,
            "again": False,
        },
    ),
    EventType(
        "workspace.member_joined.v1",
        "Somebody is a member now.",
        ("billing", "agreement", "seal", "gateway"),
        Member,
        _MEMBER,
    ),
    EventType(
        "workspace.member_changed.v1",
        "A member's name, roles or status have changed.",
        ("billing", "agreement", "seal", "signing", "gateway"),
        Member,
        _MEMBER,
    ),
    EventType(
        "workspace.removals_announced.v1",
        "A workspace's admins are to be told which agreements will be removed.",
        ("notify",),
        RemovalsAnnounced,
        {**NEAR, "workspace_name": "Alice's workspace", "parties": [ALICE]},
    ),
)
