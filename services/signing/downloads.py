"""The finished document, its certificates, and everything as a ZIP, for signers."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from sqlalchemy import select

from chassis.database import EVERYONE, database_now
from chassis.problem import Problem
from chassis.service import Runtime
from chassis.tokens import Principal
from services.signing import aggregate, bundle, evidence, states
from services.signing.entrance import Party, enter
from services.signing.models import Evidence
from services.signing.show import downloadable

UNSAFE = re.compile(r'[\x00-\x1f\x7f"*/:<>?\\|]+')


@dataclass(frozen=True)
class Download:
    """A file to send: its bytes, size, SHA-256 in hex if it is known, type, and a name that is safe on any system."""

    stream: IO[bytes]
    size: int
    sha256: str | None
    filename: str
    content_type: str = "application/pdf"


def download(
    runtime: Runtime, ref: str, who: Principal, which: str, language: str = "", taken: bool = True
) -> Download:
    """``document``, ``certificate`` (in a language, else the signer's) or ``bundle``.

    The first time a signer takes one of them is evidence; one that is only asked about is not ``taken``. Raises 409
    not_completed, 403 check_required, 410 link_expired.
    """
    with runtime.db.read(EVERYONE) as session:
        party = enter(session, ref, who)
    if party.state != "completed":
        raise Problem(409, "not_completed" if party.state in (states.OPEN, "already_signed") else party.state)
    party.demand_check()
    if not downloadable(party):
        raise Problem(410, "link_expired")
    if taken:
        _note(runtime, party, who, which)
    makers: dict[str, Callable[[], Download]] = {
        "document": lambda: _document(runtime, party), "certificate": lambda: _certificate(runtime, party, language),
        "bundle": lambda: _bundle(runtime, party),
    }  # fmt: skip
    return makers[which]()


def _note(runtime: Runtime, party: Party, who: Principal, which: str) -> None:
    actor = evidence.signer(party.recipient)
    with runtime.db.transaction(EVERYONE) as session:
        ceremony = aggregate.lock(session, party.ceremony.id)
        query = select(Evidence).where(Evidence.agreement_id == party.ceremony.id, Evidence.kind == "downloaded")
        known = any(one.actor == actor and one.detail["file"] == which for one in session.scalars(query))
        if ceremony and not known:
            evidence.record(session, ceremony, "downloaded", actor, who, database_now(session), file=which)


def _document(runtime: Runtime, party: Party) -> Download:
    return _stored(runtime, party.ceremony.file or {}, f"{_safe(party.ceremony.title)}.pdf")


def _certificate(runtime: Runtime, party: Party, language: str) -> Download:
    made = party.ceremony.certificates or {}
    file = made.get(language or party.recipient.language) or party.ceremony.certificate or {}
    return _stored(runtime, file, f"{_safe(party.ceremony.title)} - certificate.pdf")


def _stored(runtime: Runtime, file: dict[str, str | int], name: str) -> Download:
    return Download(runtime.storage.open(str(file["key"])), int(file["size"]), str(file["sha256"]), name)


def _bundle(runtime: Runtime, party: Party) -> Download:
    made = bundle.bundle(runtime, party.ceremony.id)
    return Download(made, size_of(made), None, f"{_safe(party.ceremony.title)}.zip", "application/zip")


def size_of(stream: IO[bytes]) -> int:
    """The size of a file that is open, in bytes; it is left at its beginning."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    return size


def _safe(title: str) -> str:
    return " ".join(UNSAFE.sub(" ", title.removesuffix(".pdf")).split()).strip(" .")[:100] or "document"
