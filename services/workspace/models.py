"""Tables of *workspace*."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    TypeDecorator,
    UniqueConstraint,
)
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
    settings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


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


class Logo(Tenant, Base):
    """A logo as it is served; the one that is shown now is named in the workspace's settings."""

    __tablename__ = "logos"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    png: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]


class AuditEntry(Tenant, Base):
    """Who changed what in a workspace; rows are only ever added. ``subject`` names what was changed."""

    __tablename__ = "audit"
    __table_args__ = (Index("audit_newest", "workspace_id", "at", "id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[uuid.UUID | None]
    actor_name: Mapped[str] = mapped_column(String(200))
    actor_email: Mapped[str] = mapped_column(String(254))
    ip: Mapped[str] = mapped_column(String(45))
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(260))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)


class Import(Tenant, Base):
    """A list of people to be added: read and checked, then invited one by one. ``status`` is checked, inviting or done.

    ``asked_by`` is the admin as an inviter. ``claimed_until`` is the lease of the worker that invites.
    """

    __tablename__ = "imports"
    __table_args__ = (Index("imports_waiting", "status", "claimed_until"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    status: Mapped[str] = mapped_column(String(10))
    asked_by: Mapped[dict[str, str]] = mapped_column(JSON)
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    claimed_until: Mapped[datetime | None]


class ImportRow(Tenant, Base):
    """A row of an import. ``codes`` say what is wrong with it; ``outcome`` is invited or a code, once it was tried.

    ``source`` counts the files of the import, from 1; ``line`` is the row's number there.
    """

    __tablename__ = "import_rows"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    import_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("imports.id", name="import_rows_import"), index=True)
    source: Mapped[int]
    line: Mapped[int]
    name: Mapped[str] = mapped_column(String(300))
    email: Mapped[str] = mapped_column(String(300))
    roles: Mapped[str] = mapped_column(String(300))
    phone: Mapped[str] = mapped_column(String(300))
    codes: Mapped[list[str]] = mapped_column(JSON)
    good: Mapped[bool]
    outcome: Mapped[str | None] = mapped_column(String(40))
    member_id: Mapped[uuid.UUID | None]
