"""Who started the agreements somebody sees: what the list can be filtered by."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from chassis.ids import public_id
from chassis.tokens import Principal
from services.agreement.models import Account, Agreement, Listing
from services.agreement.standing import viewers

MOST = 500
Found = tuple[UUID, UUID]


def initiators(session: Session, everyone: Session, who: Principal) -> list[dict[str, str]]:
    """Initiators with id, name and address, by name, `MOST` at most.

    ``session`` has the scope of the present workspace; ``everyone``'s, for what came from elsewhere, that of everyone.
    """
    found = {key: agreement for viewer in viewers(who) for key, agreement in _of(session, who, viewer)}
    accounts = {one.id: one for one in everyone.scalars(select(Account).where(Account.id.in_(found)))}
    rest = [agreement for key, agreement in found.items() if key not in accounts]
    named = [_named(one.id, one.name, one.email) for one in accounts.values()]
    for one in everyone.scalars(select(Agreement).where(Agreement.id.in_(rest))):
        named.append(_named(one.initiator_id, one.initiator_name, one.initiator_email))
    return sorted(named, key=lambda one: one["name"].casefold())[:MOST]


def _of(session: Session, who: Principal, viewer: UUID) -> list[Found]:
    """Each initiator once with one of their agreements: an index is asked for the next greater one, as often as needed.

    That costs as much as there are initiators, not agreements.
    """
    mine = (Listing.workspace_id == who.workspace) & (Listing.viewer == viewer)
    found: list[Found] = []
    while len(found) < MOST:
        row = session.execute(_next(mine, found[-1][0] if found else None)).first()
        if row is None:
            break
        found.append((row[0], row[1]))
    return found


def _next(mine: ColumnElement[bool], last: UUID | None) -> Any:
    beyond = mine if last is None else mine & (Listing.initiator_id > last)
    ordered = select(Listing.initiator_id, Listing.agreement_id).where(beyond)
    return ordered.order_by(Listing.initiator_id, Listing.agreement_id).limit(1)


def _named(key: UUID, name: str, email: str) -> dict[str, str]:
    return {"id": public_id("acc", key), "name": name, "email": email}
