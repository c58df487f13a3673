"""What *signing* keeps: the ceremony with its people, fields and links, and the chain of evidence."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Float, ForeignKey, Index, Integer, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from chassis.database import Tenant, new_base

Base: Any = new_base()


class Look(Base):
    """The colour and the logo a workspace's signing pages have; null for the suite's own."""

    __tablename__ = "look"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    colour: Mapped[str | None] = mapped_column(String(7))
    logo: Mapped[dict[str, Any] | None] = mapped_column(JSON)


class Known(Base):
    """An agreement this service has heard of; both opening and closing take this row first, so that they exclude each
    other. ``closed_kind`` is set when the end came before the beginning.
    """

    __tablename__ = "known"

    agreement_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    closed_at: Mapped[datetime | None]
    closed_kind: Mapped[str | None] = mapped_column(String(10))
    closed_reason: Mapped[str | None] = mapped_column(Text)
    closed_by: Mapped[str | None] = mapped_column(String(200))


class Ceremony(Tenant, Base):
    """One agreement from its sending to its end.

    ``revision`` counts the stored revisions of the document: 0 before it is prepared, 1 prepared, then one for each
    signer; with more acts finished than are in it, one waits to be appended. ``prepared`` is the first of them,
    ``plan`` where everything stands in it. ``archive_until`` is when the certificate of the document's archive time
    stamp ends, ``archive_due`` when it is renewed; ``archive_trial`` tells that the suite's own time-stamping
    authority was used. At ``discard_due`` its files are to go; from ``discarded_at`` on only the evidence is left and
    the hashes of what was finished. ``lease_until`` is when the next worker may take the ceremony; ``lease`` is who
    holds it until then.
    """

    __tablename__ = "ceremony"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(60), unique=True)
    workspace_name: Mapped[str] = mapped_column(String(200))
    title: Mapped[str] = mapped_column(String(200))
    message: Mapped[str] = mapped_column(Text)
    sender: Mapped[dict[str, Any]] = mapped_column(JSON)
    ordered: Mapped[bool] = mapped_column(Boolean)
    deadline: Mapped[datetime]
    sent_at: Mapped[datetime]
    commitment_key: Mapped[str] = mapped_column(Text)

    revision: Mapped[int] = mapped_column(Integer, default=0)
    file: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    prepared: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    plan: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    pages: Mapped[list[list[float]]] = mapped_column(JSON, default=list)
    prepared_at: Mapped[datetime | None]
    stamp_margin: Mapped[bool] = mapped_column(Boolean, default=False)
    allow_reassign: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    signers: Mapped[int] = mapped_column(Integer)
    finished_count: Mapped[int] = mapped_column(Integer, default=0)

    closed_at: Mapped[datetime | None]
    closed_kind: Mapped[str | None] = mapped_column(String(10))
    closed_reason: Mapped[str | None] = mapped_column(Text)
    closed_by: Mapped[str | None] = mapped_column(String(200))
    completed_at: Mapped[datetime | None]
    certificate: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    certificates: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    audit: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    archive_until: Mapped[datetime | None]
    archive_due: Mapped[datetime | None]
    archive_trial: Mapped[bool | None] = mapped_column(Boolean)
    discard_due: Mapped[datetime | None]
    discarded_at: Mapped[datetime | None]

    version: Mapped[int] = mapped_column(Integer, default=0)
    evidence_count: Mapped[int] = mapped_column(Integer, default=0)
    evidence_head: Mapped[str] = mapped_column(String(64), default="")

    lease: Mapped[uuid.UUID | None]
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    last_error: Mapped[str | None] = mapped_column(String(300))

    __table_args__ = (
        Index("ceremony_open", "completed_at", "closed_at", "lease_until"),
        Index("ceremony_archive_due", "archive_due"),
        Index("ceremony_discard_due", "discard_due"),
    )


class Document(Tenant, Base):
    """A file as it was sent; ``first_page`` is where it begins in the joined document, from 0. One that others have
    ``signed`` before is the only one of its agreement and keeps every byte.
    """

    __tablename__ = "document"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    agreement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("ceremony.id"), index=True)
    place: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(Integer)
    pages: Mapped[int] = mapped_column(Integer)
    first_page: Mapped[int] = mapped_column(Integer)
    signed: Mapped[bool] = mapped_column(Boolean, default=False)


class Recipient(Tenant, Base):
    """A signer. ``revision`` is the document's revision that holds this signer's signature.

    ``commitment_key`` opens the commitments to this person's values in the evidence; erasing the person takes it away.
    """

    __tablename__ = "recipient"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    agreement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("ceremony.id"), index=True)
    position: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254), index=True)
    language: Mapped[str] = mapped_column(String(20))

    check: Mapped[str] = mapped_column(String(20))
    code_hash: Mapped[str | None] = mapped_column(Text)
    tries: Mapped[int] = mapped_column(Integer, default=0)
    locked_at: Mapped[datetime | None]
    mailed_code: Mapped[str | None] = mapped_column(String(64))
    mailed_code_until: Mapped[datetime | None]
    mailed_at: Mapped[datetime | None]
    mailed_count: Mapped[int] = mapped_column(Integer, default=0)

    invited_at: Mapped[datetime | None]
    viewed_at: Mapped[datetime | None]
    consented_at: Mapped[datetime | None]
    consent_version: Mapped[str | None] = mapped_column(String(20))
    finished_at: Mapped[datetime | None]
    finish_number: Mapped[int | None] = mapped_column(Integer)
    declined_at: Mapped[datetime | None]
    revision: Mapped[int | None] = mapped_column(Integer)
    commitment_key: Mapped[str | None] = mapped_column(Text)
    erased_at: Mapped[datetime | None]


class Former(Tenant, Base):
    """Who a recipient was up to the entry ``until`` of the evidence, which tells of the change.

    ``commitment_key`` opens the commitments to this person's values up to there.
    """

    __tablename__ = "former"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    agreement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("ceremony.id"), index=True)
    recipient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("recipient.id"), index=True)
    until: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254), index=True)
    commitment_key: Mapped[str | None] = mapped_column(Text)
    erased_at: Mapped[datetime | None]


class Field(Tenant, Base):
    """A placed control and what its signer put in; ``page`` counts from 0 in the joined document.

    ``image_mm`` are width and height that the seal in it is printed with, as they were when it was put in.
    """

    __tablename__ = "field"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    agreement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("ceremony.id"), index=True)
    recipient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("recipient.id"), index=True)
    place: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(20))
    page: Mapped[int] = mapped_column(Integer)
    x: Mapped[float] = mapped_column(Float)
    y: Mapped[float] = mapped_column(Float)
    width: Mapped[float] = mapped_column(Float)
    height: Mapped[float] = mapped_column(Float)
    required: Mapped[bool] = mapped_column(Boolean)
    label: Mapped[str] = mapped_column(Text)
    default: Mapped[str | None] = mapped_column(Text)
    format: Mapped[str | None] = mapped_column(String(60))
    longest: Mapped[int | None] = mapped_column(Integer)

    text: Mapped[str | None] = mapped_column(Text)
    checked: Mapped[bool | None] = mapped_column(Boolean)
    image_key: Mapped[str | None] = mapped_column(Text)
    image_sha256: Mapped[str | None] = mapped_column(String(64))
    image_encoded: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    image_source: Mapped[str | None] = mapped_column(String(20))
    image_mm: Mapped[list[float] | None] = mapped_column(JSON)
    seal_id: Mapped[uuid.UUID | None]
    filled_at: Mapped[datetime | None]


class Link(Tenant, Base):
    """A link somebody was mailed; only its digest is known. ``kind`` is ceremony or download."""

    __tablename__ = "link"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    agreement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("ceremony.id"), index=True)
    recipient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("recipient.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class Phone(Tenant, Base):
    """An offer to draw into one field on a phone; only the digest of its secret is known."""

    __tablename__ = "phone"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    agreement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("ceremony.id"), index=True)
    recipient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("recipient.id"), index=True)
    field_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("field.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Proof(Tenant, Base):
    """A check passed in one browser."""

    __tablename__ = "proof"

    recipient_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("recipient.id"), primary_key=True)
    browser: Mapped[str] = mapped_column(String(128), primary_key=True)
    passed_at: Mapped[datetime]


class Evidence(Tenant, Base):
    """One entry of an agreement's chain; the database refuses to change or delete it.

    ``ip`` and ``user_agent`` are commitments; what they commit to is the entry's `Trace`.
    """

    __tablename__ = "evidence"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    agreement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("ceremony.id"))
    sequence: Mapped[int] = mapped_column(Integer)
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(30))
    actor: Mapped[dict[str, Any]] = mapped_column(JSON)
    ip: Mapped[str] = mapped_column(String(64))
    user_agent: Mapped[str] = mapped_column(Text)
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))

    __table_args__ = (UniqueConstraint("agreement_id", "sequence", name="evidence_sequence"),)


class Trace(Tenant, Base):
    """Where an act came from and what was said with it (``note``), beside the chain, so that it can be erased.

    ``key`` opens the entry's commitments to them.
    """

    __tablename__ = "trace"

    agreement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("ceremony.id"), primary_key=True)
    sequence: Mapped[int] = mapped_column(Integer, primary_key=True)
    recipient_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    key: Mapped[str] = mapped_column(String(64))
    ip: Mapped[str] = mapped_column(String(64))
    user_agent: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)


class Anchor(Base):
    """One UTC day's tree over the heads of all chains that had grown; ``token`` is its RFC 3161 time stamp, base 64.

    ``root`` is empty until the tree stands. ``lease_until`` is when the next worker may go on with it.
    """

    __tablename__ = "anchor"

    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    root: Mapped[str] = mapped_column(String(64), default="")
    leaves: Mapped[int] = mapped_column(Integer, default=0)
    token: Mapped[str | None] = mapped_column(Text)
    stamped_at: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]


class Anchored(Tenant, Base):
    """A chain's head in a day's tree: the entry it was, its place among the leaves, and the hashes up to the root."""

    __tablename__ = "anchored"

    agreement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("ceremony.id"), primary_key=True)
    day: Mapped[str] = mapped_column(ForeignKey("anchor.day"), primary_key=True)
    sequence: Mapped[int] = mapped_column(Integer)
    head: Mapped[str] = mapped_column(String(64))
    place: Mapped[int] = mapped_column(Integer)
    path: Mapped[list[str]] = mapped_column(JSON)


class HandedOver(Tenant, Base):
    """The SHA-256 of a finished document or certificate that was ever handed over; kept when a renewal replaces it."""

    __tablename__ = "handed_over"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    agreement_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("ceremony.id"), index=True)
