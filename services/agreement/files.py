"""The files of a completed agreement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chassis.problem import Problem, unavailable
from chassis.service import Runtime
from chassis.tokens import Kind, Principal
from services.agreement.models import COMPLETED, Agreement
from services.agreement.standing import Standing, get

if TYPE_CHECKING:
    import requests

STORED = {"document": "", "certificate": " - certificate"}
MADE = {"audit": (" - audit", "json", "application/json"), "bundle": ("", "zip", "application/zip")}
SECONDS = 60.0  # until what signing makes begins to come


@dataclass(frozen=True, slots=True)
class MadeResult:
    """What *signing* makes, its body not yet read, and the name it is saved under; the caller closes it."""

    answer: requests.Response
    filename: str
    content_type: str


@dataclass(frozen=True, slots=True)
class StoredResult:
    """An object to hand out: size in bytes, SHA-256 in hex, and the name it is saved under."""

    key: str
    size: int
    sha256: str
    filename: str
    content_type: str


def finished(runtime: Runtime, at: Standing, kind: str, language: str) -> StoredResult:
    """``document``, or ``certificate`` in a language if there is one in it; raises 409 not_completed."""
    agreement = _completed(runtime, at)
    found = (agreement.files or {})[kind]
    if kind == "certificate":
        found = (agreement.files or {}).get("certificates", {}).get(language, found)
    name = f"{_title(agreement)}{STORED[kind]}.pdf"
    return StoredResult(found["key"], found["size"], found["sha256"], name, "application/pdf")


def made(runtime: Runtime, at: Standing, kind: str) -> MadeResult:
    """``audit`` or ``bundle`` as *signing* makes it now; raises 409 not_completed, 503 when signing is away."""
    suffix, extension, content_type = MADE[kind]
    name = f"{_title(_completed(runtime, at))}{suffix}.{extension}"
    path = f"/internal/ceremonies/{at.agreement_id}/files/{kind}"
    who = Principal(Kind.SERVICE, runtime.settings.service)
    answer = runtime.client.forward("signing", "GET", path, who, {"Accept-Encoding": "identity"}, seconds=SECONDS)
    if answer.status_code != 200:
        answer.close()
        raise unavailable()
    return MadeResult(answer, name, content_type)


def _completed(runtime: Runtime, at: Standing) -> Agreement:
    with runtime.db.read(at.owner) as session:
        agreement = get(session, at.agreement_id)
    if agreement.status != COMPLETED or agreement.files is None:
        raise Problem(409, "not_completed")
    return agreement


def _title(agreement: Agreement) -> str:
    return agreement.title.removesuffix(".pdf")
