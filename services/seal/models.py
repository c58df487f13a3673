"""Tables of *seal*: keys and certificates, what was signed; seals, who may use them, who did."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from chassis.database import Tenant, new_base

Base: Any = new_base()
REVOKED, OPEN = text("revoked_at is not null"), text("ended_at is null")


class SigningKey(Base):
    """A private key of the database key store: nonce and AES-256-GCM of its PKCS #8 form."""

    __tablename__ = "signing_key"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]


class Certificate(Base):
    """A certificate of a credential; the highest version is in use. ``key_ref`` is the key store's own word.

    ``serial`` is in hex; the hashes of its key tell OCSP requests which authority they mean (RFC 6960, 4.1.1).
    """

    __tablename__ = "certificate"
    __table_args__ = (
        UniqueConstraint("credential", "version", name="certificate_version"),
        Index("certificate_revoked", "issuer_id", postgresql_where=REVOKED, sqlite_where=REVOKED),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    credential: Mapped[str] = mapped_column(String(64))
    version: Mapped[int]
    key_ref: Mapped[str] = mapped_column(String(200))
    issuer_id: Mapped[UUID | None] = mapped_column(ForeignKey("certificate.id"))
    der: Mapped[bytes] = mapped_column(LargeBinary)
    not_before: Mapped[datetime]
    not_after: Mapped[datetime]
    serial: Mapped[str] = mapped_column(String(40), index=True, unique=True)
    is_authority: Mapped[bool]
    key_sha1: Mapped[str | None] = mapped_column(String(40), index=True)
    key_sha256: Mapped[str | None] = mapped_column(String(64), index=True)
    revoked_at: Mapped[datetime | None]
    revocation_reason: Mapped[str | None] = mapped_column(String(30))


class OneTime(Tenant, Base):
    """A credential for one act of signing. Its key is gone as soon as ``ended_at`` is set.

    ``hash`` and ``signature`` are the one signature it made; both are None when another attempt took its place.
    """

    __tablename__ = "one_time_credential"
    __table_args__ = (Index("one_time_open", "credential", postgresql_where=OPEN, sqlite_where=OPEN),)

    credential: Mapped[str] = mapped_column(String(64), primary_key=True)
    act_id: Mapped[UUID] = mapped_column(index=True)
    attempt: Mapped[int]
    hash: Mapped[str | None] = mapped_column(String(64))
    signature: Mapped[bytes | None] = mapped_column(LargeBinary)
    ended_at: Mapped[datetime | None]


class RevocationList(Base):
    """The newest list of each authority's certificate; numbers rise for each authority (RFC 5280, 5.2.3)."""

    __tablename__ = "revocation_list"

    certificate_id: Mapped[UUID] = mapped_column(ForeignKey("certificate.id"), primary_key=True)
    number: Mapped[int]
    der: Mapped[bytes] = mapped_column(LargeBinary)
    this_update: Mapped[datetime]
    entries: Mapped[int]


class SignatureMade(Base):
    """One signing operation; rows are only ever added."""

    __tablename__ = "signature_made"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    credential: Mapped[str] = mapped_column(String(64), index=True)
    certificate_id: Mapped[UUID] = mapped_column(ForeignKey("certificate.id"))
    hash: Mapped[str] = mapped_column(String(128))
    at: Mapped[datetime]
    caller: Mapped[str] = mapped_column(String(40))
    correlation: Mapped[str] = mapped_column(String(200))


class Workspace(Base):
    """The name a workspace's certificates carry; ``version`` is the sequence it was told with."""

    __tablename__ = "workspace"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(200))
    version: Mapped[int]


class Member(Tenant, Base):
    """A member as *workspace* last told; ``version`` is the sequence it was told with."""

    __tablename__ = "member"
    __table_args__ = (Index("member_account", "account_id", "workspace_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID | None]
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254))
    status: Mapped[str] = mapped_column(String(20))
    version: Mapped[int]


class Seal(Tenant, Base):
    """A seal; its image is never replaced. ``search`` is the name in folded case; sizes are in millimetres.

    ``design`` is what a seal that was made from words says, ``drawing_key`` where its vector drawing is. ``version``
    counts what was told of it.
    """

    __tablename__ = "seal"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    search: Mapped[str] = mapped_column(String(300))
    image_key: Mapped[str] = mapped_column(String(200))
    image_sha256: Mapped[str] = mapped_column(String(64))
    width_mm: Mapped[float]
    height_mm: Mapped[float]
    design: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    drawing_key: Mapped[str | None] = mapped_column(String(200))
    drawing_sha256: Mapped[str | None] = mapped_column(String(64))
    version: Mapped[int] = mapped_column(default=0, server_default="0")
    created_at: Mapped[datetime]
    created_by: Mapped[UUID]
    deleted_at: Mapped[datetime | None]


class Grant(Tenant, Base):
    """An account may use a seal."""

    __tablename__ = "seal_grant"
    __table_args__ = (Index("seal_grant_account", "account_id"),)

    seal_id: Mapped[UUID] = mapped_column(ForeignKey("seal.id"), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(primary_key=True)
    granted_at: Mapped[datetime]
    granted_by: Mapped[UUID]


class SealUse(Tenant, Base):
    """A seal was used in a field; rows are only ever added."""

    __tablename__ = "seal_use"
    __table_args__ = (
        UniqueConstraint("seal_id", "agreement_id", "field_id", "account_id", name="seal_use_once"),
        Index("seal_use_seal", "seal_id", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    seal_id: Mapped[UUID] = mapped_column(ForeignKey("seal.id"))
    account_id: Mapped[UUID]
    agreement_id: Mapped[UUID]
    field_id: Mapped[UUID]
    title: Mapped[str | None] = mapped_column(String(200))
    used_at: Mapped[datetime]
