"""Everything about a finished agreement as one ZIP that can be verified without this service."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING
from uuid import UUID

from chassis import sandbox
from chassis.database import EVERYONE
from chassis.problem import Problem, not_found
from chassis.service import Runtime
from chassis.storage import CHUNK, scratch_folder
from documents import timestamps
from services.signing import audit, files, jobs, readme
from services.signing.archiving import LIMITS
from services.signing.material import Material, gather
from services.signing.models import Ceremony

if TYPE_CHECKING:
    from documents.papers.dossier import Dossier

Entry = tuple[str, bytes]


def audit_text(runtime: Runtime, agreement_id: UUID) -> str:
    """The audit trail as it is now; raises 404 not_found, 409 not_completed."""
    return audit.text(runtime.sealer, _material(runtime, agreement_id))


def bundle(runtime: Runtime, agreement_id: UUID) -> IO[bytes]:
    """The ZIP, stored and not compressed, at its beginning; the same content gives the same bytes.

    It lies in a file that is gone when it is closed. Raises 404 not_found, 409 not_completed.
    """
    material = _material(runtime, agreement_id)
    made = tempfile.TemporaryFile(prefix="signet-bundle-")  # noqa: SIM115 - closed by who sends it
    try:
        with scratch_folder() as folder, zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
            _write(runtime, material, folder, archive)
        made.seek(0)
    except BaseException:
        made.close()
        raise
    return made


def _material(runtime: Runtime, agreement_id: UUID) -> Material:
    with runtime.db.read(EVERYONE) as session:
        ceremony = session.get(Ceremony, agreement_id)
        if ceremony is None or ceremony.discarded_at:
            raise not_found()
        if ceremony.completed_at is None:
            raise Problem(409, "not_completed")
        return gather(session, ceremony)


def _write(runtime: Runtime, material: Material, folder: Path, archive: zipfile.ZipFile) -> None:
    ceremony = material.ceremony
    certificates = ceremony.certificates or {material.language: ceremony.certificate}
    stored = {"document.pdf": ceremony.file or {}}
    stored |= {f"certificate-{language}.pdf": file for language, file in sorted(certificates.items())}
    for name, file in stored.items():
        source = files.fetch_checked(runtime, file["key"], file["sha256"], folder / name)
        with source.open("rb") as content, archive.open(_named(name, source.stat().st_size), "w") as target:
            shutil.copyfileobj(content, target, CHUNK)
    dossier = sandbox.run(jobs.dossier, folder / "document.pdf", limits=LIMITS)
    for name, data in _small(runtime, material, dossier):
        with archive.open(_named(name, len(data)), "w") as target:
            target.write(data)


def _named(name: str, size: int) -> zipfile.ZipInfo:
    """An entry without a time of its own: the same content gives the same bytes."""
    entry = zipfile.ZipInfo(name)
    entry.external_attr, entry.create_system, entry.file_size = 0o644 << 16, 3, size
    return entry


def _small(runtime: Runtime, material: Material, dossier: Dossier) -> Iterator[Entry]:
    yield "audit.json", audit.text(runtime.sealer, material).encode()
    tokens = {f"anchors/{one['day']}.tst": b64decode(one["token"]) for one in material.anchors}
    stampers = [one for token in tokens.values() for one in timestamps.certificates_of(token)]
    yield from sandbox.run(jobs.pem_files, [*dossier.certificates, *stampers])
    for kind, found in (("ocsp", dossier.ocsp), ("crl", dossier.crls)):
        yield from ((f"revocation/{kind}-{number}.der", one) for number, one in enumerate(found, 1))
    yield from tokens.items()
    yield "README.txt", readme.text(material).encode()
