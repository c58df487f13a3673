"""Tables of *identity*."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from chassis.database import new_base

Base: Any = new_base()


class Account(Base):
    """A person. ``version`` counts the changes that other services are told of.

    ``password_hash`` is empty, which no password fits, for who has only ever logged in elsewhere.
    """

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
    avatar_key: Mapped[str | None] = mapped_column(String(120))
    avatar_sha256: Mapped[str | None] = mapped_column(String(64))

    @property
    def has_password(self) -> bool:
        return bool(self.password_hash)


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


class ExternalLogin(Base):
    """An identity at an OpenID Connect issuer by which a person logs in."""

    __tablename__ = "external_logins"
    __table_args__ = (UniqueConstraint("issuer", "subject", name="external_logins_subject"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts.id", name="external_logins_account"), index=True)
    provider: Mapped[str] = mapped_column(String(40))
    issuer: Mapped[str] = mapped_column(String(255))
    subject: Mapped[str] = mapped_column(String(255))
    email: Mapped[str] = mapped_column(String(254))
    linked_at: Mapped[datetime]


class Totp(Base):
    """The secret of a person's authenticator app; it counts once confirmed.

    ``last_step`` is the newest time step a code was taken for: no code is good twice.
    """

    __tablename__ = "totps"

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts.id", name="totps_account"), primary_key=True)
    sealed_secret: Mapped[str] = mapped_column(String(300))
    last_step: Mapped[int] = mapped_column(BigInteger)
    begun_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]


class RecoveryCode(Base):
    """A code that stands in for the authenticator app once."""

    __tablename__ = "recovery_codes"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts.id", name="recovery_codes_account"), index=True)
    used_at: Mapped[datetime | None]


class Passkey(Base):
    """A WebAuthn credential. ``digest`` is that of its id, which may be long."""

    __tablename__ = "passkeys"
    __table_args__ = (UniqueConstraint("digest", name="passkeys_digest"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts.id", name="passkeys_account"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    digest: Mapped[str] = mapped_column(String(64))
    credential_id: Mapped[bytes] = mapped_column(LargeBinary)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    transports: Mapped[list[str]] = mapped_column(JSON)
    synced: Mapped[bool]
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]


class Ceremony(Base):
    """The challenge of a WebAuthn ceremony that a browser has begun; ``owner`` is the account, or empty."""

    __tablename__ = "ceremonies"

    purpose: Mapped[str] = mapped_column(String(20), primary_key=True)
    browser: Mapped[str] = mapped_column(String(64), primary_key=True)
    owner: Mapped[str] = mapped_column(String(36))
    challenge: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime] = mapped_column(index=True)


class Proof(Base):
    """That the person of an account proved in a session that it is them; ``method`` tells by what."""

    __tablename__ = "proofs"

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts.id", name="proofs_account"), primary_key=True)
    session: Mapped[str] = mapped_column(String(64), primary_key=True)
    method: Mapped[str] = mapped_column(String(20))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
