"""Do the parts of a bundle belong together, by what signatures cover, and not by what anybody could write into it?

The certificate of completion is sealed and names the head of the audit trail: so the trail is what it was, up to that
entry, and with it the hashes of the document, and what the trail says beside its entries. Later entries (the end,
renewals of the archive) hang from them.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pypdf

from documents import audit
from documents.papers.sheet import drawable
from documents.verification.report import Reason, Report

MEMBERS = {
    "format", "how", "agreement_id", "public_id", "title", "sender", "recipients", "documents", "document_sha256",
    "head", "entries", "openings", "anchors",
}  # fmt: skip
ENDS = re.compile(rb"%%EOF(?:\r\n|\n|\r)?")
SEAL = "seal"

Trail = Mapping[str, Any]


def trail_of(data: bytes) -> Trail:
    """The audit trail; raises ValueError for JSON that programs may read differently."""
    found = json.loads(data, object_pairs_hook=_once, parse_constant=_refuse)
    if not isinstance(found, dict) or set(found) != MEMBERS or found["format"] != audit.FORMAT:
        raise ValueError("not an audit trail of this format")
    if any(set(entry) != {*audit.MEMBERS, "hash"} for entry in found["entries"]):
        raise ValueError("an entry with other members")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("an entry stands twice")
    return found


def _refuse(word: str) -> Any:
    raise ValueError(word)


def reasons(trail: Trail, files: Mapping[str, Path], reports: Mapping[str, Report]) -> Iterator[Reason]:
    """What does not belong together; `files` are the PDFs by name."""
    for flaw in audit.flaws(trail):
        yield Reason("audit_broken", flaw)
    told = {name: _text(path) for name, path in files.items() if name != "document.pdf" and _sealed(reports[name])}
    yield from _strangers(trail, reports, told)
    heads = [_head(trail, text) for text in told.values()]
    if not heads or 0 in heads:
        yield Reason("audit_unproven", "" if heads else "no certificate of completion")
        return
    bound = trail["entries"][: max(heads)]
    yield from _other_document(trail, bound, files["document.pdf"], reports["document.pdf"])
    yield from _beside(trail, bound, told.values())


def _sealed(report: Report) -> bool:
    """Whether a PDF is a certificate of completion, and not any file that somebody signed."""
    kinds = [(one.field, one.docmdp) for one in report.signatures if one.role != "time_stamp"]
    return report.kind == "other" and kinds == [(SEAL, 1)]


def _text(path: Path) -> str:
    """All text of a PDF without spaces."""
    return _bare("".join(page.extract_text() for page in pypdf.PdfReader(path).pages))


def _bare(text: str) -> str:
    return "".join(text.split())


def _strangers(trail: Trail, reports: Mapping[str, Report], told: Mapping[str, str]) -> Iterator[Reason]:
    """Certificates that the trail does not know, or that are none of this agreement."""
    found = (entry["detail"].get("certificates", {}) for entry in trail["entries"])
    known = {(f"certificate-{language}.pdf", sha256) for one in found for language, sha256 in one.items()}
    for name, report in reports.items():
        named = (name, report.sha256) in known and trail["public_id"] in told.get(name, "")
        if name != "document.pdf" and not named:
            yield Reason("audit_of_another_file", name)


def _head(trail: Trail, text: str) -> int:
    """The sequence of the last entry whose hash a certificate names; 0 for none."""
    return max((one["sequence"] for one in trail["entries"] if one["hash"] in text), default=0)


def _other_document(trail: Trail, bound: Iterable[Trail], path: Path, report: Report) -> Iterator[Reason]:
    """The document must be the one that was archived, or begin with it when its archive was renewed since."""
    archived = {one["detail"].get("sha256") for one in bound if one["kind"] == "archived"}
    renewed = {one["detail"].get("sha256") for one in trail["entries"] if one["kind"] == "archived"}
    if report.sha256 != trail["document_sha256"] or report.sha256 not in renewed or not archived & set(_states(path)):
        yield Reason("audit_of_another_file", "document.pdf")


def _states(path: Path) -> Iterator[str]:
    """The SHA-256 in hex of the file as it was after each of its updates."""
    data, whole, at = path.read_bytes(), hashlib.sha256(), 0
    for end in ENDS.finditer(data):
        whole.update(data[at : end.end()])
        at = end.end()
        yield whole.hexdigest()


def _beside(trail: Trail, bound: Iterable[Trail], texts: Iterable[str]) -> Iterator[Reason]:
    """What the trail says beside its entries must follow from them, or stand in the certificates."""
    entries = {one["kind"]: one for one in bound}
    sent = [one["recipient_id"] for one in entries["sent"]["detail"]["recipients"]]
    opened = {one["name"]: one["value"] for one in trail["openings"] if one["path"][-1] == "person"}
    people = [(one["id"], [one[key] for key in ("name", "email") if key in one]) for one in trail["recipients"]]
    if sorted(who for who, _ in people) != sorted(sent) or any(told != opened.get(who, []) for who, told in people):
        yield Reason("audit_broken", "recipients")
    files = [one["sha256"] for one in entries["created"]["detail"]["documents"]]
    if [one["sha256"] for one in trail["documents"]] != files:
        yield Reason("audit_broken", "documents")
    sender = trail["sender"]
    said = {"title": [trail["title"]], "sender": [sender["name"], sender["email"]]}
    said["documents"] = [one["name"] for one in trail["documents"]]
    for name, values in said.items():
        if not all(_bare(drawable(value)) in text for text in texts for value in values):
            yield Reason("audit_broken", name)
