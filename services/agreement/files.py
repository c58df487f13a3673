"""The files of a completed agreement."""

from __future__ import annotations

from dataclasses import dataclass

from chassis.problem import Problem, not_found
from chassis.service import Runtime
from services.agreement.models import COMPLETED
from services.agreement.standing import Standing, get

KINDS = {
    "document": ("", "pdf", "application/pdf"),
    "certificate": (" - certificate", "pdf", "application/pdf"),
    "audit": (" - audit", "json", "application/json"),
}


@dataclass(frozen=True, slots=True)
class StoredResult:
    """An object to hand out: size in bytes, SHA-256 in hex, and the name it is saved under."""

    key: str
    size: int
    sha256: str
    filename: str
    content_type: str


def finished(runtime: Runtime, at: Standing, kind: str) -> StoredResult:
    """One of document, certificate, audit; raises not_found for another kind, 409 not_completed."""
    if kind not in KINDS:
        raise not_found()
    with runtime.db.read(at.owner) as session:
        agreement = get(session, at.agreement_id)
    if agreement.status != COMPLETED or agreement.files is None:
        raise Problem(409, "not_completed")
    suffix, extension, content_type = KINDS[kind]
    found = agreement.files[kind]
    name = f"{agreement.title.removesuffix('.pdf')}{suffix}.{extension}"
    return StoredResult(found["key"], found["size"], found["sha256"], name, content_type)
