"""Who may do what in a workspace: the one table of roles and rights. Routes name a right, never a role."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Role(StrEnum):
    """What a member may do; somebody can hold both."""

    ADMIN = "admin"
    INITIATOR = "initiator"


class Right(StrEnum):
    """One thing that can be done in a workspace by some roles and not by all."""

    START_AGREEMENTS = "start_agreements"
    SEE_ALL_AGREEMENTS = "see_all_agreements"
    ACT_ON_ALL_AGREEMENTS = "act_on_all_agreements"
    HAND_OVER_AGREEMENTS = "hand_over_agreements"
    USE_TEMPLATES = "use_templates"
    CHANGE_ALL_TEMPLATES = "change_all_templates"
    USE_CONTACTS = "use_contacts"
    MANAGE_WORKSPACE = "manage_workspace"
    MANAGE_MEMBERS = "manage_members"
    READ_AUDIT_LOG = "read_audit_log"
    USE_SEALS = "use_seals"
    MANAGE_SEALS = "manage_seals"
    SEE_BILLING = "see_billing"
    MANAGE_BILLING = "manage_billing"


_ADMIN = frozenset({Role.ADMIN})
_BOTH = frozenset({Role.ADMIN, Role.INITIATOR})

RIGHTS: Mapping[Right, frozenset[Role]] = {
    Right.START_AGREEMENTS: _BOTH,
    Right.SEE_ALL_AGREEMENTS: _ADMIN,
    Right.ACT_ON_ALL_AGREEMENTS: _ADMIN,
    Right.HAND_OVER_AGREEMENTS: _ADMIN,
    Right.USE_TEMPLATES: _BOTH,
    Right.CHANGE_ALL_TEMPLATES: _ADMIN,
    Right.USE_CONTACTS: _BOTH,
    Right.MANAGE_WORKSPACE: _ADMIN,
    Right.MANAGE_MEMBERS: _ADMIN,
    Right.READ_AUDIT_LOG: _ADMIN,
    Right.USE_SEALS: _BOTH,
    Right.MANAGE_SEALS: _ADMIN,
    Right.SEE_BILLING: _BOTH,
    Right.MANAGE_BILLING: _ADMIN,
}


def allows(roles: Iterable[str], right: Right) -> bool:
    """Whether one of these roles has the right."""
    return not RIGHTS[right].isdisjoint(roles)


def rights_of(roles: Iterable[str]) -> list[str]:
    """Every right of these roles, sorted."""
    held = set(roles)
    return sorted(right for right in Right if allows(held, right))
