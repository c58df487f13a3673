"""Roles and statuses of members."""

from __future__ import annotations

from enum import StrEnum

from contracts.rights import Role


class Status(StrEnum):
    """Whether a member may act: pending ones are invited and have not joined yet."""

    ENABLED = "enabled"
    DISABLED = "disabled"
    PENDING = "pending"


class Kind(StrEnum):
    """What a member is."""

    HUMAN = "human"
    APP = "app"


__all__ = ["FOUNDER", "Kind", "Role", "Status"]
FOUNDER = (Role.ADMIN, Role.INITIATOR)
