"""A whole agreement in a ZIP: its PDFs, its audit trail, and that they belong together."""

import json
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from documents import audit
from documents.verification.engine import verify
from documents.verification.report import Bundle, Reason, Report

PDF = re.compile(r"document\.pdf|certificate[A-Za-z0-9-]{0,20}\.pdf")
AUDIT = "audit.json"
MOST_FILES = 20
LARGEST = 256 << 20  # bytes
BROKEN_ZIP = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError)


def verify_bundle(path: Path, trust: Sequence[bytes], *, at: datetime | None = None) -> Bundle:
    """Verify a bundle; certificates within it are not trusted. Never raises for what is in the file."""
    try:
        with zipfile.ZipFile(path) as archive, tempfile.TemporaryDirectory() as folder:
            files = dict(_files(archive, Path(folder), trust, at))
            return Bundle(files, tuple(_flaws(archive, files)))
    except BROKEN_ZIP as error:
        return Bundle({}, (Reason("bundle_incomplete", str(error)[:200]),))


def _files(
    archive: zipfile.ZipFile, folder: Path, trust: Sequence[bytes], at: datetime | None
) -> Iterator[tuple[str, Report]]:
    names = [name for name in archive.namelist() if PDF.fullmatch(name)]
    for place, name in enumerate(names[:MOST_FILES]):
        if names.count(name) > 1 or archive.getinfo(name).file_size > LARGEST:
            raise zipfile.BadZipFile(f"{name} is there twice or too large")
        target = folder / f"{place}.pdf"
        with archive.open(name) as source, target.open("wb") as out:
            shutil.copyfileobj(source, out)
        yield name, verify(target, trust, at=at)


def _flaws(archive: zipfile.ZipFile, files: Mapping[str, Report]) -> Iterator[Reason]:
    """What does not fit: files that are missing, a broken chain, hashes that are those of other files."""
    missing = [name for name in ("document.pdf", AUDIT) if name not in archive.namelist()]
    if missing or archive.namelist().count(AUDIT) > 1 or archive.getinfo(AUDIT).file_size > LARGEST:
        yield Reason("bundle_incomplete", ", ".join(missing))
        return
    try:
        trail = json.loads(archive.read(AUDIT))
        for flaw in audit.flaws(trail):
            yield Reason("audit_broken", flaw)
        yield from _strangers(trail, files)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        yield Reason("audit_broken", f"{type(error).__name__}: {error}"[:200])


def _strangers(trail: Mapping[str, Any], files: Mapping[str, Report]) -> Iterator[Reason]:
    """PDFs that the audit trail does not name by their hash."""
    told = {trail["document_sha256"]}
    for entry in trail["entries"]:
        detail = entry["detail"]
        told |= {detail.get("document"), detail.get("sha256"), *detail.get("certificates", {}).values()}
    completed = any(entry["kind"] == "completed" for entry in trail["entries"])
    for name, report in files.items():
        if report.sha256 not in told and (completed or name == "document.pdf"):
            yield Reason("audit_of_another_file", name)
    if files["document.pdf"].sha256 != trail["document_sha256"]:
        yield Reason("audit_of_another_file", "document.pdf")
