"""Seals of a workspace: made, found, renamed, deleted."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from chassis.database import database_now
from chassis.ids import new_key, parse_public_id
from chassis.problem import not_found
from chassis.service import Runtime
from services.seal import images
from services.seal.grants import usable_by
from services.seal.models import Seal

PREFIX = "sea"


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks: an admin sees every seal of the workspace, others those granted to them."""

    account: UUID
    workspace: UUID
    admin: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Seals, newest first, how many there are in all, and the last one's key when more follow."""

    seals: list[Seal]
    total: int
    next: UUID | None


def create_seal(
    runtime: Runtime, reader: Reader, name: str, data: bytes, width: float | None, height: float | None
) -> Seal:
    """Clean and store the image, then keep the seal; raises a 413 or 422 problem for an image that cannot be used."""
    png, key = images.clean(data), new_key()
    width_mm, height_mm = images.size_in_mm(png, width, height)
    stored = images.keep(runtime.storage, f"seals/{reader.workspace}/{key}.png", png)
    with runtime.db.transaction(reader.workspace) as session:
        seal = Seal(
            id=key, workspace_id=reader.workspace, name=name, search=name.casefold(), image_key=stored.key,
            image_sha256=stored.sha256, width_mm=width_mm, height_mm=height_mm, created_at=database_now(session),
            created_by=reader.account, deleted_at=None,
        )  # fmt: skip
        session.add(seal)
    return seal


def list_seals(session: Session, reader: Reader, search: str, after: UUID | None, limit: int) -> Page:
    """A page of the seals the reader may see whose name contains, or whose id is, ``search``."""
    query = _matching(_visible(reader), search.strip())
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    if after:
        query = query.where(Seal.id < after)
    rows = session.scalars(query.order_by(Seal.id.desc()).limit(limit + 1)).all()
    return Page(list(rows[:limit]), total, rows[limit - 1].id if len(rows) > limit else None)


def find_seal(session: Session, reader: Reader, key: UUID) -> Seal:
    """A seal the reader may see; raises a 404 problem."""
    seal = session.scalars(_visible(reader).where(Seal.id == key)).first()
    if seal is None:
        raise not_found()
    return seal


def lock_seal(session: Session, key: UUID) -> Seal:
    """A seal of the session's workspace, locked until the transaction ends; raises a 404 problem."""
    query = select(Seal).where(Seal.id == key, Seal.deleted_at.is_(None)).with_for_update()
    seal = session.scalars(query).first()
    if seal is None:
        raise not_found()
    return seal


def change_seal(session: Session, key: UUID, name: str | None, width: float | None, height: float | None) -> Seal:
    """Set what is given; the image stays as it is."""
    seal = lock_seal(session, key)
    if name is not None:
        seal.name, seal.search = name, name.casefold()
    seal.width_mm = seal.width_mm if width is None else width
    seal.height_mm = seal.height_mm if height is None else height
    return seal


def delete_seal(session: Session, key: UUID) -> None:
    """Nobody can use it from now on; documents that carry it keep their stamps."""
    lock_seal(session, key).deleted_at = database_now(session)


def _visible(reader: Reader) -> Select[Seal]:
    query = select(Seal).where(Seal.deleted_at.is_(None), Seal.workspace_id == reader.workspace)
    return query if reader.admin else query.where(Seal.id.in_(usable_by(reader.account)))


def _matching(query: Select[Seal], search: str) -> Select[Seal]:
    if not search:
        return query
    named = Seal.search.contains(search.casefold(), autoescape=True)
    key = parse_public_id(PREFIX, search)
    return query.where(named | (Seal.id == key) if key else named)
