"""What completion adds to the document: sealed certificates in three languages, and the audit trail."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from chassis import sandbox
from chassis.database import EVERYONE
from chassis.service import Runtime
from documents import sign
from services.signing import audit, certificate, files, jobs, seals
from services.signing.archiving import LIMITS
from services.signing.material import Material, gather
from services.signing.models import Ceremony
from services.signing.settings import SigningSettings
from services.signing.words import ORDER

File = dict[str, Any]


@dataclass(frozen=True)
class Papers:
    """Stored files; ``certificates`` by language, ``certificate`` is the sender's.

    ``until`` is when the first of the certificates' archive time stamps ends.
    """

    certificates: Mapping[str, File]
    certificate: File
    audit: File
    until: datetime

    def columns(self) -> dict[str, Any]:
        """What the ceremony keeps, and what its end is told with."""
        return {"certificates": dict(self.certificates), "certificate": self.certificate, "audit": self.audit}

    def hashes(self) -> dict[str, Any]:
        """What the evidence says of them: SHA-256 in hex."""
        certificates = {language: file["sha256"] for language, file in self.certificates.items()}
        return {"certificates": certificates, "audit": self.audit["sha256"]}


def build(runtime: Runtime, ceremony: Ceremony, document: Path, now: datetime, folder: Path) -> Papers:
    """Certificates and audit trail of the finished ``document``, in the store; changes nothing else."""
    with runtime.db.read(EVERYONE) as session:
        material = gather(session, ceremony)
    dossier = sandbox.run(jobs.dossier, document, limits=LIMITS)
    pictures = certificate.pictures(runtime, material, folder)
    provider = bool(cast(SigningSettings, runtime.settings).csc_url)
    source = certificate.Source(material, dossier, pictures, provider, material.language)
    drawn = _draw(runtime, source, now, folder)
    with ThreadPoolExecutor(len(drawn)) as pool:
        made = dict(
            zip(drawn, pool.map(lambda plain: _seal(runtime, ceremony, plain, now), drawn.values()), strict=True)
        )
    stored = {language: file for language, (file, _) in made.items()}
    own = stored.get(material.language, stored["en"])
    return Papers(stored, own, _audit(runtime, material, folder), min(until for _, until in made.values()))


def _draw(runtime: Runtime, source: certificate.Source, now: datetime, folder: Path) -> dict[str, Path]:
    """The certificates by language, not yet sealed, all drawn in one child."""
    contents = [certificate.compose(runtime, replace(source, language=language), now) for language in ORDER]
    targets = {language: folder / f"certificate-{language}.pdf" for language in ORDER}
    sandbox.run(jobs.certify, contents, list(targets.values()), limits=LIMITS)
    return targets


def _seal(runtime: Runtime, ceremony: Ceremony, plain: Path, now: datetime) -> tuple[File, datetime]:
    target = plain.with_suffix(".archived.pdf")
    act = sign.Act(now, "Signet", f"Certificate of completion: {ceremony.public_id}")
    archived = seals.seal_archived(runtime, plain, target, act)
    return files.store(runtime, ceremony.id, plain.stem, target, "pdf"), archived.until


def _audit(runtime: Runtime, material: Material, folder: Path) -> File:
    target = folder / "audit.json"
    target.write_text(audit.text(runtime.sealer, material), encoding="utf-8")
    return files.store(runtime, material.ceremony.id, "audit", target, "json")
