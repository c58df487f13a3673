"""Verification for everybody: is this file what was signed, and was it handed over here?"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, cast

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from chassis import sandbox
from chassis.database import EVERYONE
from chassis.problem import Problem, not_found, unavailable
from chassis.service import Runtime
from chassis.storage import CHUNK, file_sha256, scratch_folder
from documents.verification import Reason, Report, verify
from services.signing.models import Ceremony, HandedOver, Recipient
from services.signing.settings import SigningSettings

FILE_BYTES = 60 << 20
FRAME_BYTES = 1 << 20
LIMITS = sandbox.Limits(memory=1536 << 20, cpu=40, file_size=256 << 20, seconds=45.0)
PATIENCE = 10.0  # seconds that an upload waits for those before it


def verify_upload(runtime: Runtime, source: IO[bytes], language: str) -> dict[str, Any]:
    """The report on an uploaded file, with ``on_record``; raises 413 too_large, 503 unavailable.

    A file that was handed over here is authentic even when somebody's root is not known here: it is the same file.
    """
    with scratch_folder() as folder:
        target = folder / "upload.pdf"
        copy_limited(source, target)
        report = judged(runtime, target)
        if not report.sha256:
            report = replace(report, sha256=file_sha256(target))
    known, removed_at = on_record(runtime, report.sha256)
    if known and report.verdict == "unknown":
        report = replace(report, verdict="authentic")
    return {**report.to_dict(language), "on_record": known, "removed_at": removed_at}


def copy_limited(source: IO[bytes], target: Path) -> None:
    """Write a stream to a file, with flat memory; raises 413 too_large above 60 MiB."""
    left = FILE_BYTES
    with target.open("wb") as out:
        while chunk := source.read(min(CHUNK, left + 1)):
            left -= len(chunk)
            if left < 0:
                raise Problem(413, "too_large", limit=FILE_BYTES)
            out.write(chunk)


def judged(runtime: Runtime, path: Path) -> Report:
    """The report of a child with limits, two at a time; what uses them up cannot be told."""
    trust = roots(runtime)
    if not runtime.parts.verifying.acquire(timeout=PATIENCE):
        raise unavailable()
    try:
        return sandbox.run(verify, path, trust, limits=LIMITS)
    except sandbox.OutOfLimits as error:
        size, reason = path.stat().st_size, Reason("too_complex", str(error))
        return Report("unknown", "other", "", size, datetime.now(UTC), reasons=(reason,))
    finally:
        runtime.parts.verifying.release()


def roots(runtime: Runtime) -> list[bytes]:
    """Every root of the suite's own, and those the operator trusts, in DER; raises 503 when *seal* is away."""
    own = [b64decode(one) for one in runtime.client.call("seal", "GET", "/internal/roots")["certificates"]]
    return [*own, *_trusted(cast(SigningSettings, runtime.settings).trust)]


def _trusted(paths: Sequence[str]) -> list[bytes]:
    found = [one for path in paths for one in x509.load_pem_x509_certificates(Path(path).read_bytes())]
    return [one.public_bytes(Encoding.DER) for one in found]


def on_record(runtime: Runtime, sha256: str) -> tuple[bool, datetime | None]:
    """Whether a file with this SHA-256 (hex) was ever handed over: a finished document or its certificate.

    And since when the workspace keeps no copy of its own any more.
    """
    with runtime.db.read(EVERYONE) as session:
        found = session.get(HandedOver, sha256)
        return found is not None, found and session.get_one(Ceremony, found.agreement_id).discarded_at


def remember(session: Session, ceremony: Ceremony, files: Iterable[dict[str, Any] | None]) -> None:
    """Keep the hashes of finished files for ever, also when a renewed archive takes their place."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    for sha256 in dict.fromkeys(file["sha256"] for file in files if file):
        row = {"sha256": sha256, "agreement_id": ceremony.id, "workspace_id": ceremony.workspace_id}
        session.execute(dialect.insert(HandedOver).values(row).on_conflict_do_nothing())


def summary(runtime: Runtime, public_id: str) -> dict[str, Any]:
    """What anybody with the id on a certificate may know: no person, no title; raises 404 until it is completed."""
    with runtime.db.read(EVERYONE) as session:
        finished = (Ceremony.public_id == public_id) & Ceremony.completed_at.is_not(None)
        ceremony = session.scalars(select(Ceremony).where(finished)).one_or_none()
        if ceremony is None:
            raise not_found()
        count = select(func.count()).where(Recipient.agreement_id == ceremony.id)
        return {
            "agreement_id": public_id, "completed_at": ceremony.completed_at, "signers": session.scalar(count),
            "document_sha256": (ceremony.file or {}).get("sha256"),
            "certificates": {language: one["sha256"] for language, one in (ceremony.certificates or {}).items()},
            "level": "B-LTA" if ceremony.archive_until else "B-B", "removed_at": ceremony.discarded_at,
        }  # fmt: skip
