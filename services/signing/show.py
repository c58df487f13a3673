"""The state document: all that a signing page needs, and no more than this signer may see now."""

from __future__ import annotations

from typing import Any

from chassis.database import EVERYONE
from chassis.ids import public_id
from chassis.service import Runtime
from chassis.tokens import Principal
from documents.drawing.images import STYLES
from services.signing import aggregate, consent, dates, links, plan, states
from services.signing.entrance import Party, enter
from services.signing.finish import is_filled
from services.signing.locking import LIMITS
from services.signing.models import Ceremony, Field, Look, Recipient


def show(runtime: Runtime, ref: str, who: Principal) -> dict[str, Any]:
    """The state for this signer; reading changes nothing. Content is told only after the check."""
    with runtime.db.read(EVERYONE) as session:
        party = enter(session, ref, who)
        fields = plan.all_fields(session, party.ceremony.id)
        everybody = aggregate.recipients(session, party.ceremony)
        look = session.get(Look, party.ceremony.workspace_id)
    own = [one for one in fields if one.recipient_id == party.recipient.id]
    readable = party.passed and party.state in (states.OPEN, *states.AFTER)
    looks = {"look": {"colour": look and look.colour, "logo": look and look.logo}}
    return {**_heading(party), **looks, **(_content(party, own, everybody) if readable else _nothing())}


def _heading(party: Party) -> dict[str, Any]:
    ceremony, recipient = party.ceremony, party.recipient
    return {
        "agreement_id": ceremony.public_id, "title": ceremony.title, "state": party.state, "now": party.now,
        "sender": {name: ceremony.sender[name] for name in ("name", "email")}, "deadline": ceremony.deadline,
        "workspace_name": ceremony.workspace_name, "check": _check(party), "completed_at": ceremony.completed_at,
        "recipient": {"id": public_id("rcp", recipient.id), "name": recipient.name, "language": recipient.language},
        "ended": _ended(party), "files": _files(party),
        "may_reassign": ceremony.allow_reassign and party.state == states.OPEN,
    }  # fmt: skip


def _check(party: Party) -> dict[str, Any]:
    recipient = party.recipient
    left = LIMITS.get(recipient.check, 0) - recipient.tries
    return {
        "kind": recipient.check, "passed": party.passed, "left": max(left, 0) if recipient.check != "none" else None,
        "code_mailed_at": recipient.mailed_at, "code_expires_at": recipient.mailed_code_until,
    }  # fmt: skip


def _ended(party: Party) -> dict[str, Any] | None:
    ceremony = party.ceremony
    if ceremony.closed_kind is None:
        return None
    return {
        "kind": ceremony.closed_kind,
        "at": ceremony.closed_at,
        "by": ceremony.closed_by,
        "reason": ceremony.closed_reason,
    }


def _files(party: Party) -> list[str]:
    """What can be downloaded now."""
    return ["document", "certificate", "bundle"] if downloadable(party) else []


def downloadable(party: Party) -> bool:
    """The finished document: for 30 days by a link, always for who has an account."""
    done = party.ceremony.completed_at
    return bool(done and party.passed and (party.link is None or party.now < done + links.DOWNLOAD_DAYS))


def _nothing() -> dict[str, Any]:
    return {"message": None, "consent": None, "pages": [], "fields": [], "progress": None, "signers": [], "styles": []}


def _content(party: Party, own: list[Field], everybody: list[Recipient]) -> dict[str, Any]:
    filled = sum(is_filled(one) for one in own)
    left = sum(one.required and not is_filled(one) for one in own)
    pages = [
        {"number": number, "width": size[0], "height": size[1]} for number, size in enumerate(party.ceremony.pages)
    ]
    return {
        "message": party.ceremony.message, "consent": _consent(party.recipient), "pages": pages,
        "fields": [_field(party.ceremony, one) for one in own], "signers": [_signer(one) for one in everybody],
        "progress": {"total": len(own), "filled": filled, "required_left": left},
        "styles": [{"id": name, "names": style.names} for name, style in STYLES.items()],
    }  # fmt: skip


def _consent(recipient: Recipient) -> dict[str, Any]:
    text = consent.text(recipient.language)
    return {
        "version": consent.VERSION,
        "text": text,
        "texts": consent.TEXTS,
        "accepted_at": recipient.consented_at,
    }


def _signer(recipient: Recipient) -> dict[str, Any]:
    return {"name": recipient.name, "position": recipient.position, "finished_at": recipient.finished_at}


def _field(ceremony: Ceremony, field: Field) -> dict[str, Any]:
    names = ("kind", "page", "x", "y", "width", "height", "required", "label", "default", "format", "longest")
    told = {name: getattr(field, name) for name in names}
    return {"id": public_id("fld", field.id), **told, "filled": is_filled(field), "value": _value(ceremony, field)}


def _value(ceremony: Ceremony, field: Field) -> dict[str, Any] | None:
    if field.filled_at is None:
        return None
    if field.image_key:
        return {
            "image": True,
            "source": field.image_source,
            "tag": (field.image_sha256 or "")[:16],
            "seal_id": field.seal_id and public_id("sea", field.seal_id),
            "stamped": _stamped(ceremony, field),
        }
    if field.kind == "checkbox":
        return {"checked": field.checked}
    shown = dates.shown(field.text or "", field.format) if field.kind == "date" else field.text
    return {"text": field.text, "shown": shown}


def _stamped(ceremony: Ceremony, field: Field) -> dict[str, float] | None:
    """Where a seal is printed, in fractions of the page."""
    at = plan.stamped(ceremony, field)
    return {"x": at.x, "y": at.y, "width": at.width, "height": at.height} if at else None
