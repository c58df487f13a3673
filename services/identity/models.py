"""Tables of *identity*."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from chassis.database import new_base

Base: Any = new_base()


class Account(Base):
    """A person. ``version`` counts the changes that other services are told of."""

    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("email", name="accounts_email"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(100))
    password_hash: Mapped[str] = mapped_column(String(200))
    region: Mapped[str] = mapped_column(String(2))
    newsletter: Mapped[bool]
    language: Mapped[str] = mapped_column(String(10))
    date_format: Mapped[str] = mapped_column(String(40))
    time_zone: Mapped[str] = mapped_column(String(64))
    default_workspace_id: Mapped[uuid.UUID | None]
    default_workspace_public_id: Mapped[str | None] = mapped_column(String(40))
    default_signature_id: Mapped[uuid.UUID | None]
    version: Mapped[int]
    created_at: Mapped[datetime]


class Consent(Base):
    """What a person agreed to or withdrew, when and from where; rows are only added."""

    __tablename__ = "consents"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts.id", name="consents_account"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    version: Mapped[str] = mapped_column(String(20))
    given: Mapped[bool]
    at: Mapped[datetime]
    ip: Mapped[str] = mapped_column(String(45))


class Code(Base):
    """The one live mailed code of a purpose and address; ``owner`` is the account that changes its address, or empty.

    Without a digest it is a decoy: nothing was mailed, no guess is right.
    """

    __tablename__ = "codes"

    purpose: Mapped[str] = mapped_column(String(20), primary_key=True)
    email: Mapped[str] = mapped_column(String(254), primary_key=True)
    owner: Mapped[str] = mapped_column(String(36), primary_key=True)
    id: Mapped[uuid.UUID]
    digest: Mapped[str | None] = mapped_column(String(64))
    tries: Mapped[int]
    requested_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]


class LoginGuard(Base):
    """Failed logins of an address, registered or not, by the address's hash."""

    __tablename__ = "login_guards"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int]
    failed_at: Mapped[datetime] = mapped_column(index=True)
    blocked_until: Mapped[datetime | None]


class Throttle(Base):
    """How often something was done since ``started_at``; keys are hashed."""

    __tablename__ = "throttles"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    started_at: Mapped[datetime] = mapped_column(index=True)
    count: Mapped[int]


class Signature(Base):
    """A personal signature; its image is a PNG in the object store."""

    __tablename__ = "signatures"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts.id", name="signatures_account"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(100))
    style: Mapped[str | None] = mapped_column(String(20))
    image_key: Mapped[str] = mapped_column(String(120))
    image_sha256: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]


class DiscardedImage(Base):
    """The image of a deleted or edited signature, removed when no open signing can need it any more."""

    __tablename__ = "discarded_images"

    image_key: Mapped[str] = mapped_column(String(120), primary_key=True)
    discarded_at: Mapped[datetime] = mapped_column(index=True)
