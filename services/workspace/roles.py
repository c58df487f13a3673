"""Roles and statuses of members."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a member may do; somebody can hold both."""

    ADMIN = "admin"
    INITIATOR = "initiator"


class Status(StrEnum):
    """Whether a member may act: pending ones are invited and have not joined yet."""

    ENABLED = "enabled"
    DISABLED = "disabled"
    PENDING = "pending"


class Kind(StrEnum):
    """What a member is."""

    HUMAN = "human"
    APP = "app"


FOUNDER = (Role.ADMIN, Role.INITIATOR)
