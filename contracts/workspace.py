"""Events of *workspace*: workspaces and their members."""

from marshmallow import fields

from contracts.event_type import KEYS, Contract, EventType, key, text


class Workspace(Contract):
    workspace_id = key()
    public_id = text()
    name = text()
    region = text()


class Created(Workspace):
    """``first`` tells the workspace that came with a registration from those its owner made later."""

    admin_account_id = key()
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
        {**_WORKSPACE, "admin_account_id": KEYS[1], "first": True},
    ),
    EventType(
        "workspace.changed.v1",
        "A workspace's name has changed.",
        ("billing", "agreement", "seal", "gateway"),
        Workspace,
        _WORKSPACE,
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
