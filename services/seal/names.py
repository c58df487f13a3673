"""Names of credentials: `root`, `platform`, `tsa`, `workspace:<uuid>`, and `act:<uuid>` or `act:<uuid>:<attempt>`."""

from __future__ import annotations

from uuid import UUID

ROOT, PLATFORM, TSA, OF_WORKSPACE, OF_ACT = "root", "platform", "tsa", "workspace:", "act:"
MOST_ATTEMPTS = 9999


def issuing(workspace: UUID) -> str:
    """The credential that issues certificates for the people who sign in a workspace."""
    return f"{OF_WORKSPACE}{workspace}"


def one_time(act: UUID, attempt: int = 1) -> str:
    """The credential of one act of signing; attempts are counted from 1."""
    return f"{OF_ACT}{act}" if attempt == 1 else f"{OF_ACT}{act}:{attempt}"


def workspace_of(name: str) -> UUID | None:
    """The workspace of a credential, None when the name is not exactly one of a workspace."""
    try:
        key = UUID(name.removeprefix(OF_WORKSPACE))
    except ValueError:
        return None
    return key if name == issuing(key) else None


def is_one_time(name: str) -> bool:
    """Whether a name is that of a one-time credential."""
    return name.startswith(OF_ACT)
