"""Tables of *workspace*."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, TypeDecorator, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from chassis.database import Tenant, new_base
from services.workspace.roles import Kind, Role, Status

Base: Any = new_base()


class Roles(TypeDecorator[frozenset[Role]]):
    """A set of roles as words with spaces between them, so that a query can look for one."""

    impl = String(60)
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> str:
        return " ".join(sorted(value))

    def process_result_value(self, value: str | None, dialect: Any) -> frozenset[Role]:
        return frozenset(Role(word) for word in (value or "").split())


class Account(Base):
    """What this service knows of an account; ``version`` is the sequence of the newest event about it."""

    __tablename__ = "accounts"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(10))


class Workspace(Base):
    """A tenant. ``first_of`` is the account it was made for at registration: an account has one first workspace."""

    __tablename__ = "workspaces"
    __table_args__ = (
        UniqueConstraint("public_id", name="workspaces_public_id"),
        UniqueConstraint("first_of", name="workspaces_first_of"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(30))
    name: Mapped[str] = mapped_column(String(240))
    region: Mapped[str] = mapped_column(String(2))
    first_of: Mapped[uuid.UUID | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]


class Member(Tenant, Base):
    """An account in a workspace, or somebody invited to it who has no account there yet."""

    __tablename__ = "members"
    __table_args__ = (
        Index("members_email", "email"),
        UniqueConstraint("workspace_id", "account_id", name="members_account"),
        ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="members_workspace"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    account_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(200))
    roles: Mapped[frozenset[Role]] = mapped_column(Roles)
    status: Mapped[str] = mapped_column(String(10), default=Status.ENABLED)
    kind: Mapped[str] = mapped_column(String(10), default=Kind.HUMAN, server_default=Kind.HUMAN)
    phone: Mapped[str | None] = mapped_column(String(20))
    version: Mapped[int] = mapped_column(default=1)
    added_at: Mapped[datetime]


class Invitation(Tenant, Base):
    """The one invitation of a member. Only the digest of its link is kept; sending it again makes another link."""

    __tablename__ = "invitations"
    __table_args__ = (UniqueConstraint("digest", name="invitations_digest"),)

    member_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("members.id", name="invitations_member"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(10))
    inviter_name: Mapped[str] = mapped_column(String(200))
    inviter_email: Mapped[str] = mapped_column(String(254))
    sent_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
