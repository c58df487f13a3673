"""A list of people to be added: begun by hand or by a file, continued by further files, then finished."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from chassis.database import database_now
from chassis.doorbell import ring_after_commit
from chassis.ids import new_key
from chassis.problem import Problem, not_found
from services.workspace.imports.check import address, flaws
from services.workspace.invite import Inviter
from services.workspace.models import Import, ImportRow, Member
from services.workspace.sheets.read import Person
from services.workspace.sheets.table import CELL, ROWS

CHECKED, INVITING, DONE = "checked", "inviting", "done"
LOOP = "imports"
INVITED = "invited"
UNUSABLE = {"email_missing", "email_wrong"}


@dataclass(frozen=True, slots=True)
class Counts:
    """How a list stands: ``good`` can be added, ``bad`` are the failures of its last file; then how inviting goes."""

    good: int
    bad: int
    invited: int
    failed: int

    @property
    def left(self) -> int:
        return self.good - self.invited - self.failed


def begin(session: Session, workspace: uuid.UUID, inviter: Inviter, people: Sequence[Person]) -> Import:
    """Make a list with its first rows, checked."""
    asked_by = {"name": inviter.name, "email": inviter.email, "language": inviter.language}
    made = Import(
        id=new_key(), workspace_id=workspace, status=CHECKED, asked_by=asked_by, created_at=database_now(session)
    )
    session.add(made)
    session.flush()
    add(session, made, people)
    return made


def add(session: Session, list_: Import, people: Sequence[Person]) -> None:
    """Add the rows of a further file in place of the failures before; raises import_finished, too_many_rows.

    Whom the list has already is left aside, so that a whole corrected file can be given again.
    """
    _demand_open(list_)
    session.execute(delete(ImportRow).where(ImportRow.import_id == list_.id, ImportRow.good.is_(False)))
    known = set(session.scalars(select(ImportRow.email).where(ImportRow.import_id == list_.id)))
    if len(known) + len(people) > 2 * ROWS:
        raise Problem(422, "too_many_rows")
    source = (session.scalar(select(func.max(ImportRow.source)).where(ImportRow.import_id == list_.id)) or 0) + 1
    members = set(session.scalars(select(Member.email).where(Member.workspace_id == list_.workspace_id)))
    session.add_all(_rows(list_, source, people, known, members))
    session.flush()


def _rows(
    list_: Import, source: int, people: Sequence[Person], known: set[str], members: set[str]
) -> Iterable[ImportRow]:
    met: set[str] = set()
    keys = sorted(new_key() for _ in people)  # members are listed by their keys: they keep the order of the file
    for key, person in zip(keys, people, strict=True):
        codes, email = flaws(person), person.email
        if not UNUSABLE.intersection(codes):
            email = address(email)
            if email in known:
                continue
            codes += ["member_exists"] if email in members else ["twice"] if email in met else []
            met.add(email)
        yield ImportRow(
            id=key, workspace_id=list_.workspace_id, import_id=list_.id, source=source, line=person.line,
            name=person.name[:CELL], email=email[:CELL], roles=person.roles[:CELL], phone=person.phone[:CELL],
            codes=codes, good=not codes,
        )  # fmt: skip


def find(session: Session, key: uuid.UUID | None, *, lock: bool = False) -> Import:
    """A list of the scope's workspace; raises the 404 problem."""
    query = select(Import).where(Import.id == key)
    found = session.scalars(query.with_for_update() if lock else query).one_or_none()
    if found is None:
        raise not_found()
    return found


def finish(session: Session, list_: Import) -> int:
    """Have everybody who can be added invited, and tell how many that are from now on.

    Asked again, those for whom no seat was left are tried again; none while they are being invited.
    """
    if list_.status == INVITING:
        return 0
    mine = select(ImportRow).where(ImportRow.import_id == list_.id, ImportRow.good.is_(True))
    waiting = session.scalars(mine.where(or_(ImportRow.outcome.is_(None), ImportRow.outcome == "no_seat_left"))).all()
    for row in waiting:
        row.outcome = None
    if waiting or list_.status == CHECKED:
        list_.status, list_.claimed_until, list_.finished_at = INVITING, None, None
        ring_after_commit(session, LOOP)
    return len(waiting)


def drop(session: Session, list_: Import) -> None:
    """Throw a list away nobody was invited from; raises import_finished (409)."""
    _demand_open(list_)
    session.execute(delete(ImportRow).where(ImportRow.import_id == list_.id))
    session.delete(list_)


def counts(session: Session, list_: Import) -> Counts:
    """How a list stands."""
    grouped = select(ImportRow.good, ImportRow.outcome, func.count()).where(ImportRow.import_id == list_.id)
    rows = session.execute(grouped.group_by(ImportRow.good, ImportRow.outcome)).all()
    good = [(outcome, count) for is_good, outcome, count in rows if is_good]
    invited = sum(count for outcome, count in good if outcome == INVITED)
    return Counts(
        good=sum(count for _, count in good), bad=sum(count for is_good, _, count in rows if not is_good),
        invited=invited, failed=sum(count for outcome, count in good if outcome not in (None, INVITED)),
    )  # fmt: skip


def rows(session: Session, list_: Import, failed: bool, page: int, page_size: int) -> list[ImportRow]:
    """The rows that can be added, or those that cannot or could not, in the order of the file."""
    query = _chosen(list_, failed).order_by(ImportRow.source, ImportRow.line)
    return list(session.scalars(query.limit(page_size).offset((page - 1) * page_size)))


def failures(session: Session, list_: Import) -> list[ImportRow]:
    """Every row that cannot, or could not, be added."""
    return list(session.scalars(_chosen(list_, True).order_by(ImportRow.source, ImportRow.line)))


def why(row: ImportRow) -> list[str]:
    """The codes of what is wrong with a row, or was when it was tried."""
    return row.codes or ([row.outcome] if row.outcome and row.outcome != INVITED else [])


def _chosen(list_: Import, failed: bool) -> Any:
    of_list = select(ImportRow).where(ImportRow.import_id == list_.id)
    fell = ImportRow.outcome.is_not(None) & (ImportRow.outcome != INVITED)
    return of_list.where(ImportRow.good.is_(False) | fell) if failed else of_list.where(ImportRow.good.is_(True))


def _demand_open(list_: Import) -> None:
    if list_.status != CHECKED:
        raise Problem(409, "import_finished")
