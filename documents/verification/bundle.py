"""A whole agreement in a ZIP: its PDFs, its audit trail, its certificates, and that they belong together."""

import re
import shutil
import tempfile
import zipfile
import zlib
from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from documents.verification import belonging, container, enclosed
from documents.verification.breakage import BROKEN
from documents.verification.engine import verify
from documents.verification.report import Bundle, Reason, Report
from documents.verification.syntax import Malformed

PDF = re.compile(r"(?:document|certificate-.*)\.pdf")
AUDIT = "audit.json"
NEEDED = {"document.pdf", AUDIT}
BROKEN_ZIP = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error)


def verify_bundle(path: Path, trust: Sequence[bytes], *, at: datetime | None = None) -> Bundle:
    """Verify a bundle; certificates within it are not trusted. Never raises for what is in the file."""
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as archive, tempfile.TemporaryDirectory() as folder:
            if not NEEDED & set(archive.namelist()):
                return Bundle({}, (Reason("not_a_pdf"),))
            container.demand(archive, file)
            files = dict(_unpacked(archive, Path(folder)))
            reports = {name: verify(one, trust, at=at) for name, one in files.items()}
            return Bundle(reports, tuple(_reasons(archive, files, reports, trust)))
    except Malformed as error:
        return Bundle({}, (Reason(error.code, error.detail[:200]),))
    except BROKEN_ZIP as error:
        return Bundle({}, (Reason("bundle_incomplete", str(error)[:200]),))


def _unpacked(archive: zipfile.ZipFile, folder: Path) -> Iterator[tuple[str, Path]]:
    for name in filter(PDF.fullmatch, archive.namelist()):
        target = folder / name
        with archive.open(name) as source, target.open("wb") as out:
            shutil.copyfileobj(source, out)
        yield name, target


def _reasons(
    archive: zipfile.ZipFile, files: Mapping[str, Path], reports: Mapping[str, Report], trust: Sequence[bytes]
) -> Iterator[Reason]:
    """What does not fit: files that are missing, a broken chain, hashes that are those of other files."""
    if missing := NEEDED - set(archive.namelist()):
        yield Reason("bundle_incomplete", ", ".join(sorted(missing)))
        return
    if any(one.verdict != "authentic" for one in reports.values()):
        return  # what they hold proves nothing
    try:
        trail = belonging.trail_of(archive.read(AUDIT))
        yield from belonging.reasons(trail, files, reports)
        tokens = {one["day"]: b64decode(one["token"]) for one in trail["anchors"]}
        yield from enclosed.reasons(archive, files["document.pdf"], tokens)
        yield from enclosed.of_anchors(trail["anchors"], tokens, trust)
    except BROKEN as error:
        yield Reason("audit_broken", f"{type(error).__name__}: {error}"[:200])
