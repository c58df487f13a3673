"""Loop `append`: each finished signer's act becomes one revision of the document, in the order they finished."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from chassis.database import EVERYONE, database_now
from chassis.doorbell import ring_after_commit
from chassis.service import Runtime
from chassis.storage import scratch_folder
from documents import sign
from services.signing import aggregate, claims, evidence, files, jobs, plan, signatory, timestamping
from services.signing.archiving import CAPACITIES
from services.signing.invite import invite_next
from services.signing.models import Ceremony, Field, Recipient

WAITS = (Ceremony.revision > 0) & (Ceremony.finished_count >= Ceremony.revision)


@dataclass(frozen=True)
class Waiting:
    """The next act to append, and the revision it goes onto."""

    ceremony: Ceremony
    recipient: Recipient
    fields: list[Field]


def turn(runtime: Runtime) -> bool:
    """Append one act that waits."""
    return claims.turn(runtime, WAITS, append)


def append(runtime: Runtime, agreement_id: UUID) -> None:
    """Build, sign and store the next revision and make it the ceremony's; at any point it can be begun again."""
    act = next_act(runtime, agreement_id)
    if act is None:
        return
    with scratch_folder() as folder:
        file = build(runtime, act, folder)
    commit(runtime, act, file)


def next_act(runtime: Runtime, agreement_id: UUID) -> Waiting | None:
    """The earliest finished act that is not in the document; None when there is none."""
    with runtime.db.read(EVERYONE) as session:
        ceremony = session.get_one(Ceremony, agreement_id)
        waiting = (Recipient.agreement_id == agreement_id) & Recipient.revision.is_(None)
        query = select(Recipient).where(waiting, Recipient.finished_at.is_not(None)).order_by(Recipient.finish_number)
        recipient = session.scalars(query.limit(1)).one_or_none()
        return recipient and Waiting(ceremony, recipient, plan.all_fields(session, agreement_id))


def build(runtime: Runtime, act: Waiting, folder: Path) -> dict[str, Any]:
    """The next revision, signed and time-stamped, in the store; changes nothing else.

    No sandbox: the base is ours, the plan tells where everything is, and pictures were encoded when they were adopted.
    The room for the signature grows when a chain or a token is longer than usual.
    """
    from documents.revisions import append as appending

    base = act.ceremony.file or {}
    file = files.fetch_checked(runtime, base["key"], base["sha256"], folder / "document.pdf")
    laid_out = plan.laid_out(runtime, act.ceremony, act.fields, folder)
    marks = plan.marks(runtime, [one for one in act.fields if one.recipient_id == act.recipient.id], folder)
    for capacity in CAPACITIES:
        os.truncate(file, base["size"])
        signature = _signature(act, capacity)
        caption = jobs.drawable(f"{signature.name} {signature.signed_at:%Y-%m-%d %H:%M} UTC")
        reserved = appending.append(file, file, laid_out, str(act.recipient.id), marks, signature, caption)
        if _sign(runtime, act, file, reserved):
            return files.store(runtime, act.ceremony.id, f"revision-{act.ceremony.revision + 1}", file, "pdf")
    raise sign.DoesNotFit(f"more than {CAPACITIES[-1]} bytes")


def _signature(act: Waiting, capacity: int) -> sign.Act:
    """What the signature dictionary says of the act; of the person no more than the name."""
    at = act.recipient.finished_at
    if at is None:
        raise ValueError("not finished")
    return sign.Act(at, act.recipient.name, f"Signed in {act.ceremony.public_id}", capacity=capacity)


def _sign(runtime: Runtime, act: Waiting, target: Path, reserved: sign.Reserved) -> bool:
    """Sign what was reserved with a certificate for this act alone; False when it needs more room."""
    who = signatory.Act(act.recipient.id, act.ceremony.workspace_id, act.recipient.name)
    made = signatory.signed(runtime.parts.signatory, who, reserved.digest)
    token = timestamping.timestamp(runtime, sign.signature_value_digest(made.signature))
    try:
        sign.embed(target, reserved, sign.cms(made.attributes, made.signature, made.chain, token))
    except sign.DoesNotFit:
        return False
    return True


def commit(runtime: Runtime, act: Waiting, file: dict[str, Any]) -> bool:
    """Make the revision the ceremony's, if its base still is; then whoever is next is invited."""
    with runtime.db.transaction(EVERYONE) as session:
        ceremony = aggregate.lock(session, act.ceremony.id)
        if ceremony is None or not _advance(session, act, file):
            return False
        claims.done(ceremony)
        evidence.record(
            session, ceremony, "signature_applied", evidence.SYSTEM, at=database_now(session),
            recipient_id=str(act.recipient.id), sha256=file["sha256"], revision=ceremony.revision,
        )  # fmt: skip
        invite_next(runtime, session, ceremony)
        ring_after_commit(session, "append")
        ring_after_commit(session, "archive")
    return True


def _advance(session: Session, act: Waiting, file: dict[str, Any]) -> bool:
    """Two conditional UPDATEs: the ceremony from its base, the signer from having no revision."""
    base, following = act.ceremony.revision, act.ceremony.revision + 1
    onto = (Ceremony.id == act.ceremony.id) & (Ceremony.revision == base) & Ceremony.closed_at.is_(None)
    without = (Recipient.id == act.recipient.id) & Recipient.revision.is_(None)
    moved = update(Ceremony).where(onto).values(revision=following, file=file).returning(Ceremony.id)
    if session.scalars(moved).one_or_none() is None:
        return False
    signed = update(Recipient).where(without).values(revision=following).returning(Recipient.id)
    session.scalars(signed).one()
    return True
