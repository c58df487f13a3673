"""The finished document and its certificate, for signers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import IO

from chassis.database import EVERYONE
from chassis.problem import Problem
from chassis.service import Runtime
from chassis.tokens import Principal
from services.signing import states
from services.signing.entrance import enter
from services.signing.show import downloadable

UNSAFE = re.compile(r'[\x00-\x1f\x7f"*/:<>?\\|]+')


@dataclass(frozen=True)
class Download:
    """A file to send: its bytes, SHA-256 in hex, size, and a name that is safe on any system."""

    stream: IO[bytes]
    sha256: str
    size: int
    filename: str


def download(runtime: Runtime, ref: str, who: Principal, which: str) -> Download:
    """``document`` or ``certificate``; raises 409 not_completed, 403 check_required, 410 link_expired."""
    with runtime.db.read(EVERYONE) as session:
        party = enter(session, ref, who)
    if party.state != "completed":
        raise Problem(409, "not_completed" if party.state in (states.OPEN, "already_signed") else party.state)
    party.demand_check()
    if not downloadable(party):
        raise Problem(410, "link_expired")
    file = (party.ceremony.file if which == "document" else party.ceremony.certificate) or {}
    ending = "" if which == "document" else " - certificate"
    name = f"{_safe(party.ceremony.title)}{ending}.pdf"
    return Download(runtime.storage.open(file["key"]), file["sha256"], file["size"], name)


def _safe(title: str) -> str:
    return " ".join(UNSAFE.sub(" ", title.removesuffix(".pdf")).split()).strip(" .")[:100] or "document"
