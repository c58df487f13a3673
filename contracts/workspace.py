"""Events of *workspace*: workspaces and their members."""

from marshmallow import fields

from contracts.event_type import A_TIME, KEYS, Contract, EventType, key, moment, text


class Workspace(Contract):
    workspace_id = key()
    public_id = text()
    name = text()
    region = text()


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
        "A workspace's name has changed.",
        ("agreement", "seal", "gateway"),
        Workspace,
        _WORKSPACE,
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
        ("billing", "agreement", "seal", "gateway"),
        Member,
        _MEMBER,
    ),
)
