"""Sessions, and what the gateway keeps of accounts, workspaces and members to speak for people."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from chassis.database import new_base

Base: Any = new_base()


class Session(Base):
    """A logged-in browser. Only the digest of its secret is kept; ``workspace`` is the chosen one."""

    __tablename__ = "session"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    secret_digest: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[UUID] = mapped_column(index=True)
    workspace: Mapped[UUID | None]
    ip: Mapped[str] = mapped_column(String(45))
    user_agent: Mapped[str] = mapped_column(String(300))
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime] = mapped_column(index=True)


class Account(Base):
    """A person, as *identity* last told; ``version`` is 0 until its first event."""

    __tablename__ = "account"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(20))
    time_zone: Mapped[str | None] = mapped_column(String(64))
    date_format: Mapped[str | None] = mapped_column(String(64))
    default_workspace: Mapped[UUID | None]
    password_changed_at: Mapped[datetime | None]
    version: Mapped[int]


class Workspace(Base):
    """A workspace's names."""

    __tablename__ = "workspace"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(40), index=True)
    name: Mapped[str] = mapped_column(String(200))
    region: Mapped[str] = mapped_column(String(8))
    version: Mapped[int]


class Membership(Base):
    """Somebody's roles in a workspace, and whether they are in force."""

    __tablename__ = "membership"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    workspace: Mapped[UUID]
    account_id: Mapped[UUID | None] = mapped_column(index=True)
    roles: Mapped[list[str]] = mapped_column(JSON)
    status: Mapped[str] = mapped_column(String(20))
    version: Mapped[int]


class PendingLogin(Base):
    """What a browser has proved so far of a login that is not complete; at most one each."""

    __tablename__ = "pending_login"

    browser: Mapped[str] = mapped_column(String(64), primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    step: Mapped[str] = mapped_column(String(20))
    sealed: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class OidcFlow(Base):
    """A login begun at an issuer, by the digest of its state."""

    __tablename__ = "oidc_flow"

    state_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    browser: Mapped[str] = mapped_column(String(64))
    provider: Mapped[str] = mapped_column(String(40))
    sealed: Mapped[str] = mapped_column(Text)
    expires_at: Mapped[datetime] = mapped_column(index=True)


class RateWindow(Base):
    """How many requests of a class somebody made in a minute; ``minute`` counts from 1970."""

    __tablename__ = "rate_window"

    bucket: Mapped[str] = mapped_column(String(100), primary_key=True)
    minute: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    count: Mapped[int]
