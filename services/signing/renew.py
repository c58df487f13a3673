"""Sweep `renew`: the archive time stamps of finished documents get another above them before their certificate ends."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography import x509

from chassis import sandbox
from chassis.database import EVERYONE, database_now
from chassis.service import Runtime
from chassis.storage import scratch_folder
from services.signing import aggregate, archiving, claims, evidence, files, jobs, seals, verifications
from services.signing.archive import Signed, gather, lasting
from services.signing.archiving import LIMITS, Archived
from services.signing.models import Ceremony

File = dict[str, Any]


def turn(runtime: Runtime) -> bool:
    """Renew the time stamps of one agreement's files."""
    with runtime.db.read(EVERYONE) as session:
        due = Ceremony.archive_due <= database_now(session)
    return claims.turn(runtime, due, renew, claims.COMPLETED)


def renew(runtime: Runtime, agreement_id: UUID) -> None:
    """Another archive time stamp on document and certificates; at any point it can be begun again."""
    signed = gather(runtime, agreement_id)
    ceremony = signed.ceremony
    renewed: dict[str, File] = {}
    made: list[Archived] = []
    for key, (name, file) in carriers(ceremony).items():
        whose = signed if file == ceremony.file else None
        with scratch_folder() as folder:
            renewed[key], archived = build(runtime, agreement_id, name, file, folder, whose)
        made.append(archived)
    commit(runtime, ceremony, renewed, made)


def build(
    runtime: Runtime, agreement_id: UUID, name: str, file: File, folder: Path, document: Signed | None
) -> tuple[File, Archived]:
    """A file with another archive time stamp, checked, in the store; the older one stays. Changes nothing else.

    ``document`` is what is known of it when it is the document itself, not a certificate.
    """
    after = document.uploaded if document else 0
    unstamped = document is not None and document.begun_before
    source = files.fetch_checked(runtime, file["key"], file["sha256"], folder / "archived.pdf")
    target = folder / "renewed.pdf"
    last = sandbox.run(jobs.last_stamp, source, after, limits=LIMITS)
    archived = archiving.archive(runtime, source, target, last.certificates, _stamping(last))
    seals.require_sound(target, archived, after=after, unstamped=unstamped)
    return files.store(runtime, agreement_id, name, target, "pdf"), archived


def _stamping(last: jobs.LastStamp) -> list[bytes]:
    """What the last time stamp was made with; the state of all others was proven when that was made."""
    stamping = [one for one in last.own if archiving.is_time_stamping(one)]
    return [one for one in stamping if x509.load_der_x509_certificate(one).not_valid_after_utc == last.ends]


def commit(runtime: Runtime, known: Ceremony, renewed: dict[str, File], made: list[Archived]) -> bool:
    """Put the renewed files in the place of those they were made from; False when others are there meanwhile."""
    with runtime.db.transaction(EVERYONE) as session:
        ceremony = aggregate.lock(session, known.id)
        if ceremony is None or set(carriers(ceremony)) != set(renewed):
            return False
        now, until = database_now(session), min(one.until for one in made)
        for column, value in {**_replaced(ceremony, renewed), **lasting(runtime, until, now)}.items():
            setattr(ceremony, column, value)
        verifications.remember(session, ceremony, renewed.values())
        claims.done(ceremony)
        evidence.record(
            session, ceremony, "archived", evidence.SYSTEM, at=now, sha256=(ceremony.file or {})["sha256"],
            certificates={language: one["sha256"] for language, one in (ceremony.certificates or {}).items()},
            until=until.isoformat(), trial=any(one.trial for one in made),
        )  # fmt: skip
        aggregate.tell(
            session, ceremony, "signing.archived.v1", at=now.isoformat(), document=ceremony.file,
            certificate=ceremony.certificate, certificates=ceremony.certificates or {},
        )  # fmt: skip
    return True


def carriers(ceremony: Ceremony) -> dict[str, tuple[str, File]]:
    """Name and file of what carries an archive time stamp, by key; the same file is there once."""
    languages = {f"certificate-{language}": one for language, one in (ceremony.certificates or {}).items()}
    named = {"archived": ceremony.file, "certificate": ceremony.certificate, **languages}
    return {file["key"]: (name, file) for name, file in named.items() if file and "key" in file}


def _replaced(ceremony: Ceremony, renewed: dict[str, File]) -> dict[str, Any]:
    def new(file: File | None) -> File | None:
        return file and renewed[file["key"]]

    languages = {language: new(one) for language, one in (ceremony.certificates or {}).items()}
    return {"file": new(ceremony.file), "certificate": new(ceremony.certificate), "certificates": languages or None}
