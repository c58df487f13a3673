"""Events of *seal*: company seals, who may use them, who did.

No service hears them yet; they are in the catalogue for what follows a workspace's changes.
"""

from marshmallow import fields

from contracts.event_type import A_TIME, KEYS, Contract, EventType, key, moment, text


class Seal(Contract):
    """``by_account_id`` is who did it; None when a member was removed."""

    seal_id = key()
    workspace_id = key()
    name = text()
    by_account_id = key(allow_none=True)
    at = moment()


class Granted(Seal):
    """To whom."""

    account_id = key()


class Used(Seal):
    """In which field of which agreement."""

    agreement_id = key()
    field_id = key()


class Changed(Seal):
    """``changed`` names what is new: name, width_mm, height_mm."""

    width_mm = fields.Float(required=True)
    height_mm = fields.Float(required=True)
    changed = fields.List(fields.String(), required=True)


_SEAL = {
    "seal_id": KEYS[4],
    "workspace_id": KEYS[2],
    "name": "公司公章",
    "by_account_id": KEYS[1],
    "at": A_TIME,
}

EVENTS = (
    EventType("seal.granted.v1", "A member may use a seal.", (), Granted, {**_SEAL, "account_id": KEYS[5]}),
    EventType(
        "seal.revoked.v1",
        "A member may not use a seal any more.",
        (),
        Granted,
        {**_SEAL, "account_id": KEYS[5]},
    ),
    EventType(
        "seal.used.v1",
        "A seal was put into an agreement.",
        (),
        Used,
        {**_SEAL, "agreement_id": KEYS[6], "field_id": KEYS[7]},
    ),
    EventType(
        "seal.changed.v1",
        "A seal has another name or size.",
        (),
        Changed,
        {**_SEAL, "width_mm": 42.0, "height_mm": 42.0, "changed": ["name"]},
    ),
    EventType("seal.deleted.v1", "Nobody can use a seal any more.", (), Seal, _SEAL),
)
