"""The seats of a workspace, which *billing* counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

from chassis.ids import new_key
from chassis.problem import Problem
from chassis.service import Runtime


def take(runtime: Runtime, workspace: UUID, member: UUID, version: int) -> None:
    """Reserve the seat of a member who is going to have this version; raises the 402 problem no_seat_left."""
    body = {"workspace_id": str(workspace), "member_id": str(member), "version": version}
    runtime.client.call("billing", "POST", "/internal/seats", body, key=str(new_key()))


def take_many(runtime: Runtime, workspace: UUID, members: Sequence[UUID]) -> set[UUID]:
    """Reserve seats for new members; those of them who got one, in their order as long as seats last."""
    body = {"workspace_id": str(workspace), "member_ids": [str(key) for key in members]}
    answer = runtime.client.call("billing", "POST", "/internal/seats/many", body)
    return {UUID(key) for key in answer["member_ids"]}


def free(runtime: Runtime, member: UUID, version: int | None = None) -> None:
    """Give a seat back at once. While *billing* is away that is left to the event, or to its own sweep."""
    told = None if version is None else {"version": version}
    try:
        runtime.client.call("billing", "DELETE", f"/internal/seats/{member}", params=told)
    except Problem as problem:
        if problem.status != 503:
            raise


@contextmanager
def reserved(runtime: Runtime, workspace: UUID, member: UUID) -> Iterator[None]:
    """A seat for somebody new, given back when adding them fails."""
    take(runtime, workspace, member, 1)
    try:
        yield
    except BaseException:
        free(runtime, member)
        raise
