"""A signer finishes: their act is final from here on."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import update
from sqlalchemy.orm import Session

from chassis.database import EVERYONE
from chassis.doorbell import ring_after_commit
from chassis.ids import public_id
from chassis.problem import Problem
from chassis.service import Runtime
from chassis.tokens import Kind, Principal
from services.signing import aggregate, dates, evidence, jobs, plan
from services.signing.entrance import Party, enter
from services.signing.judging import judge
from services.signing.models import Field, Recipient


def finish(runtime: Runtime, ref: str, who: Principal) -> None:
    """Make the act final, once; raises 409 consent_required, 422 fields_missing, 403 seal_not_granted."""
    with runtime.db.read(EVERYONE) as session:
        party = _ready(session, ref, who, hold=False)
        own = _own(session, party)
    _require_texts_fit(party, own)
    with runtime.db.transaction(EVERYONE) as session:
        _make_final(runtime, session, _ready(session, ref, who, hold=True))


def _require_texts_fit(party: Party, own: Sequence[Field]) -> None:
    """What cannot be drawn is refused now: once finished, nothing may keep the act out of the document."""
    today = party.now.date().isoformat()
    texts = [(one.text, *plan.points(party.ceremony, one)) for one in own if one.kind == "text" and one.text]
    dated = [(one, one.text or today) for one in own if one.kind == "date" and is_filled(one)]
    texts += [(dates.shown(iso, one.format), *plan.points(party.ceremony, one)) for one, iso in dated]
    if texts:
        judge(jobs.try_texts, texts)


def _use_seals(runtime: Runtime, party: Party, own: Sequence[Field]) -> None:
    """Ask *seal* anew whether each seal is granted, and have its use recorded.

    This is the last that can refuse the act, while its row is held: what is recorded as used is in the document, and
    a withdrawal stands either before the use, which is refused then, or behind it. Recording it again changes nothing.
    """
    stamps = [{"seal_id": str(one.seal_id), "field_id": str(one.id)} for one in own if one.seal_id]
    if not stamps:
        return
    if party.who.kind is not Kind.USER:
        raise Problem(403, "seal_not_granted")
    order = {"agreement_id": str(party.ceremony.id), "title": party.ceremony.title, "stamps": stamps}
    runtime.client.call("seal", "POST", "/internal/seal-uses", {**order, "account_id": party.who.subject})


def _ready(session: Session, ref: str, who: Principal, hold: bool) -> Party:
    party = enter(session, ref, who, hold)
    party.demand_open()
    if party.recipient.consented_at is None:
        raise Problem(409, "consent_required")
    missing = [one for one in _own(session, party) if one.required and not is_filled(one)]
    if missing:
        raise Problem(422, "fields_missing", fields=[public_id("fld", one.id) for one in missing])
    return party


def _own(session: Session, party: Party) -> list[Field]:
    return [one for one in plan.all_fields(session, party.ceremony.id) if one.recipient_id == party.recipient.id]


def is_filled(field: Field) -> bool:
    """Whether the field holds what finishing needs; a date of "today" fills itself."""
    if field.kind == "checkbox":
        return bool(field.checked)
    return field.filled_at is not None or (field.kind == "date" and field.default in dates.TODAY)


def _make_final(runtime: Runtime, session: Session, party: Party) -> None:
    """The transition: row held, conditional UPDATE, seals, evidence, event."""
    ceremony, recipient, now = party.ceremony, party.recipient, party.now
    own = _own(session, party)
    ceremony.finished_count += 1
    open_ = (Recipient.id == recipient.id) & Recipient.finished_at.is_(None) & Recipient.declined_at.is_(None)
    final = update(Recipient).where(open_).values(finished_at=now, finish_number=ceremony.finished_count)
    if session.scalars(final.returning(Recipient.id)).one_or_none() is None:
        raise Problem(409, "already_signed")
    _use_seals(runtime, party, own)
    for field in own:
        _record(runtime, session, party, field)
    consented = {"consent_version": recipient.consent_version, "check": recipient.check}
    evidence.record(session, ceremony, "signed", evidence.signer(recipient), party.who, now, **consented)
    aggregate.tell_of(session, ceremony, recipient, "signing.signed.v1", now)
    ring_after_commit(session, "append")


def _record(runtime: Runtime, session: Session, party: Party, field: Field) -> None:
    """What stands in the field from now on, in the evidence as a commitment; a date of "today" is written now."""
    if field.kind == "date" and not field.filled_at and field.default in dates.TODAY:
        field.text, field.filled_at = party.now.date().isoformat(), party.now
    if field.filled_at is None:
        return
    value = [field.text, field.checked, field.image_sha256]
    detail = {"field_id": str(field.id), "field_kind": field.kind, "source": field.image_source}
    committed = evidence.commitment(runtime.sealer, party.recipient, str(field.id), value)
    evidence.record(
        session, party.ceremony, "field_filled", evidence.signer(party.recipient), party.who, party.now,
        **detail, seal_id=field.seal_id and str(field.seal_id), value=committed,
    )  # fmt: skip
