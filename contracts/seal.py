"""Events of *seal*: company seals, who may use them, who did. They are lines of the workspace's audit log."""

from marshmallow import fields

from contracts.event_type import A_TIME, ACTOR, KEYS, Actor, Contract, EventType, key, moment, text


class Seal(Contract):
    """``by`` is who did it; null when nobody did, but a member was removed."""

    seal_id = key()
    workspace_id = key()
    name = text()
    by = fields.Nested(Actor, required=True, allow_none=True)
    at = moment()


class Created(Seal):
    """In millimetres."""

    width_mm = fields.Float(required=True)
    height_mm = fields.Float(required=True)


class Granted(Seal):
    """To whom, named as they were then."""

    account_id = key()
    member_name = text()
    member_email = text()


class Used(Seal):
    """In which field of which agreement first; other fields of the same agreement and signer are not told."""

    agreement_id = key()
    field_id = key()
    title = text(allow_none=True)


class Before(Contract):
    """What a seal was before."""

    name = text()
    width_mm = fields.Float(required=True)
    height_mm = fields.Float(required=True)


class Changed(Created):
    """``changed`` names what is new: name, width_mm, height_mm."""

    changed = fields.List(fields.String(), required=True)
    before = fields.Nested(Before, required=True)


_SEAL = {"seal_id": KEYS[4], "workspace_id": KEYS[2], "name": "公司公章", "by": ACTOR, "at": A_TIME}
_SIZED = {**_SEAL, "width_mm": 42.0, "height_mm": 42.0}
_MEMBER = {**_SEAL, "account_id": KEYS[5], "member_name": "王小明", "member_email": "bob@example.com"}
_USED = {**_SEAL, "agreement_id": KEYS[6], "field_id": KEYS[7], "title": "Service agreement"}
_CHANGED = {
    **_SIZED, "changed": ["name"], "before": {"name": "公章", "width_mm": 42.0, "height_mm": 42.0},
}  # fmt: skip

EVENTS = (
    EventType("seal.created.v1", "There is a new seal.", ("workspace",), Created, _SIZED),
    EventType("seal.granted.v1", "A member may use a seal.", ("workspace",), Granted, _MEMBER),
    EventType("seal.revoked.v1", "A member may not use a seal any more.", ("workspace",), Granted, _MEMBER),
    EventType("seal.used.v1", "A seal was put into an agreement.", ("workspace",), Used, _USED),
    EventType("seal.changed.v1", "A seal has another name or size.", ("workspace",), Changed, _CHANGED),
    EventType("seal.deleted.v1", "Nobody can use a seal any more.", ("workspace",), Seal, _SEAL),
)
