"""Seals of a workspace: made, found, renamed, deleted."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from chassis.database import database_now
from chassis.ids import new_key, parse_public_id
from chassis.problem import not_found
from chassis.service import Runtime
from chassis.tokens import Principal
from documents.drawing.seals.design import Design
from services.seal import images, sizes
from services.seal.announce import tell
from services.seal.grants import usable_by
from services.seal.models import Seal

PREFIX = "sea"


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks: an admin sees every seal of the workspace, others those granted to them."""

    who: Principal
    workspace: UUID
    admin: bool

    @property
    def account(self) -> UUID:
        """The account's key."""
        return self.who.account


@dataclass(frozen=True, slots=True)
class Page:
    """Seals, newest first, how many there are in all, and the last one's key when more follow."""

    seals: list[Seal]
    total: int
    next: UUID | None


def create_seal(
    runtime: Runtime, reader: Reader, name: str, data: bytes, width: float | None, height: float | None
) -> Seal:
    """A seal from an upload; raises a 413 or 422 problem for an image or a size that cannot be used."""
    image = images.clean(data)
    across, up = images.pixels(image.png)
    given = width is not None or height is not None
    size = sizes.sized(across / up, width, height) if given else sizes.usual(across / up, image.usual)
    return _keep(runtime, reader, name, image.png, size)


def create_designed(runtime: Runtime, reader: Reader, name: str, design: Design) -> Seal:
    """A seal made from words; raises a 422 problem when they cannot be drawn."""
    made = images.drawn(design)
    return _keep(runtime, reader, name, made.png, (made.width, made.height), made.drawing, asdict(design))


def _keep(
    runtime: Runtime, reader: Reader, name: str, png: bytes, size: tuple[float, float], drawing: bytes | None = None,
    design: dict[str, Any] | None = None,
) -> Seal:  # fmt: skip
    """Store image and drawing, then keep the seal."""
    key = new_key()
    place = f"seals/{reader.workspace}/{key}"
    stored = images.keep(runtime.storage, f"{place}.png", png)
    vector = images.keep(runtime.storage, f"{place}.drawing", drawing) if drawing else None
    with runtime.db.transaction(reader.workspace) as session:
        seal = Seal(
            id=key, workspace_id=reader.workspace, name=name, search=name.casefold(), image_key=stored.key,
            image_sha256=stored.sha256, width_mm=size[0], height_mm=size[1], created_at=database_now(session),
            created_by=reader.account, deleted_at=None, version=0, design=design,
            drawing_key=vector and vector.key, drawing_sha256=vector and vector.sha256,
        )  # fmt: skip
        session.add(seal)
        tell(session, seal, "seal.created.v1", reader.who, width_mm=size[0], height_mm=size[1])
    return seal


def list_seals(
    session: Session, reader: Reader, search: str, after: UUID | None, limit: int, deleted: bool = False
) -> Page:
    """A page of the seals the reader may see whose name contains, or whose id is, ``search``.

    Those that were ``deleted``, of which the log of uses remains, are an admin's only.
    """
    query = _matching(_visible(reader, deleted), search.strip())
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    if after:
        query = query.where(Seal.id < after)
    rows = session.scalars(query.order_by(Seal.id.desc()).limit(limit + 1)).all()
    return Page(list(rows[:limit]), total, rows[limit - 1].id if len(rows) > limit else None)


def find_seal(session: Session, reader: Reader, key: UUID, even_deleted: bool = False) -> Seal:
    """A seal the reader may see, for an admin also one that was deleted if asked for; raises a 404 problem."""
    seal = session.scalars(_visible(reader, None if even_deleted else False).where(Seal.id == key)).first()
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


def change_seal(
    session: Session, key: UUID, by: Principal, name: str | None, width: float | None, height: float | None
) -> Seal:
    """Set what is given; the image stays as it is, and the size in its proportions. Raises a 404 or 422 problem."""
    seal = lock_seal(session, key)
    before = {"name": seal.name, "width_mm": seal.width_mm, "height_mm": seal.height_mm}
    if name is not None:
        seal.name, seal.search = name, name.casefold()
    if width is not None or height is not None:
        seal.width_mm, seal.height_mm = sizes.sized(seal.width_mm / seal.height_mm, width, height)
    if changed := [one for one, value in before.items() if getattr(seal, one) != value]:
        size = {"width_mm": seal.width_mm, "height_mm": seal.height_mm}
        tell(session, seal, "seal.changed.v1", by, changed=changed, before=before, **size)
    return seal


def delete_seal(session: Session, key: UUID, by: Principal) -> None:
    """Nobody can use it from now on; documents that carry it keep their stamps."""
    seal = lock_seal(session, key)
    seal.deleted_at = database_now(session)
    tell(session, seal, "seal.deleted.v1", by)


def _visible(reader: Reader, deleted: bool | None) -> Select[Seal]:
    """Seals that were deleted, the others, or both for None; who is no admin sees only what they may use now."""
    query = select(Seal).where(Seal.workspace_id == reader.workspace)
    if deleted is not None:
        query = query.where(Seal.deleted_at.is_not(None) if deleted else Seal.deleted_at.is_(None))
    return query if reader.admin else query.where(Seal.id.in_(usable_by(reader.account)))


def _matching(query: Select[Seal], search: str) -> Select[Seal]:
    if not search:
        return query
    named = Seal.search.contains(search.casefold(), autoescape=True)
    key = parse_public_id(PREFIX, search)
    return query.where(named | (Seal.id == key) if key else named)
