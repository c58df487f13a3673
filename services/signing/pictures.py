"""Pictures for signature and stamp fields: saved ones, seals, typed, drawn, uploaded. All become a PNG of our own,
and beside it what goes into the document, encoded once."""

from __future__ import annotations

from pathlib import Path
from typing import IO, Any
from uuid import UUID

from chassis.database import EVERYONE
from chassis.ids import parse_public_id
from chassis.problem import Problem
from chassis.service import Runtime
from chassis.storage import scratch_folder
from chassis.tokens import Kind, Principal
from services.signing import files, jobs
from services.signing.entrance import enter
from services.signing.judging import judge

ASPECT = 3.0


def take(
    runtime: Runtime, who: Principal, kind: str, field_id: UUID, agreement_id: UUID, value: dict[str, Any]
) -> dict[str, Any]:
    """The columns of a picture; raises 422 when it cannot be used here."""
    with scratch_folder() as folder:
        seal = granted_seal(runtime, who, value["seal_id"]) if kind == "stamp" and "seal_id" in value else None
        picture, source = _picture(runtime, who, kind, value, seal, folder)
        drawing = _drawing(runtime, seal, folder)
        encoded = drawing or _make(folder / "picture.encoded", jobs.encode, picture.read_bytes())
        stored = files.store(runtime, agreement_id, f"field-{field_id}", picture, "png")
        kept = files.store(runtime, agreement_id, f"field-{field_id}", encoded, "picture")
    return {
        "image_key": stored["key"], "image_sha256": stored["sha256"], "image_encoded": kept, "image_source": source,
        "seal_id": seal and UUID(seal["seal_id"]), "image_mm": seal and [seal["width_mm"], seal["height_mm"]],
    }  # fmt: skip


def _picture(
    runtime: Runtime, who: Principal, kind: str, value: dict[str, Any], seal: dict[str, Any] | None, folder: Path
) -> tuple[Path, str]:
    target = folder / "picture.png"
    if seal:
        return _copy(runtime, seal, target), "seal"
    match kind, value:
        case "signature", {"signature_id": public}:
            saved = _mine(saved_signatures(runtime, who), "signature_id", "sig", public, "signature_unknown")
            return _copy(runtime, saved, target), "saved"
        case "stamp", {"image": data} if who.kind is Kind.LINK:
            return _make(target, jobs.clean, data, True), "uploaded"
        case "signature", {"image": data}:
            return _make(target, jobs.clean, data, True), "uploaded"
        case "signature", {"typed": typed}:
            return _make(target, jobs.typed, typed["name"], typed["style"]), "typed"
        case "signature", {"strokes": strokes}:
            return _make(target, jobs.drawn, strokes, float(value.get("aspect", ASPECT))), "drawn"
    raise Problem(422, "value_not_accepted")


def granted_seals(runtime: Runtime, who: Principal) -> list[dict[str, Any]]:
    """The seals a person may use; none for who came by a link."""
    if who.kind is not Kind.USER:
        return []
    found = runtime.client.call("seal", "GET", "/internal/grants", params={"account_id": str(who.account)})
    return list(found["seals"])


def granted_seal(runtime: Runtime, who: Principal, public: str) -> dict[str, Any]:
    """A seal that a person may use now; raises 403 seal_not_granted."""
    return _mine(granted_seals(runtime, who), "seal_id", "sea", public, "seal_not_granted")


def _drawing(runtime: Runtime, seal: dict[str, Any] | None, folder: Path) -> Path | None:
    """The vector drawing of a seal that has one, as it goes into the document."""
    if seal is None or not seal.get("drawing_key"):
        return None
    return files.fetch_checked(runtime, seal["drawing_key"], seal["drawing_sha256"], folder / "seal.drawing")


def seal_image(runtime: Runtime, who: Principal, public: str) -> tuple[IO[bytes], str]:
    """The picture of a granted seal, and its entity tag; raises 403 seal_not_granted."""
    seal = granted_seal(runtime, who, public)
    return runtime.storage.open(seal["image_key"]), seal["image_sha256"]


def preview(runtime: Runtime, ref: str, who: Principal, typed: dict[str, Any]) -> bytes:
    """A name in a style as PNG, for a signer who may sign now."""
    with runtime.db.read(EVERYONE) as session:
        enter(session, ref, who).demand_open()
    return judge(jobs.typed, typed["name"], typed["style"])


def saved_signatures(runtime: Runtime, who: Principal) -> list[dict[str, Any]]:
    """A person's own signatures; none for who came by a link."""
    if who.kind is not Kind.USER:
        return []
    return list(runtime.client.call("identity", "GET", f"/internal/accounts/{who.account}/signatures")["signatures"])


def _mine(rows: list[dict[str, Any]], name: str, prefix: str, public: str, otherwise: str) -> dict[str, Any]:
    key = parse_public_id(prefix, public)
    for row in rows:
        if key and row[name] == str(key):
            return row
    raise Problem(403 if prefix == "sea" else 422, otherwise)


def _copy(runtime: Runtime, row: dict[str, Any], target: Path) -> Path:
    return files.fetch_checked(runtime, row["image_key"], row["image_sha256"], target)


def _make(target: Path, job: Any, *values: Any) -> Path:
    target.write_bytes(judge(job, *values))
    return target
