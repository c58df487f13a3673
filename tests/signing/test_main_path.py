"""Alice sends, Bob and Carol sign, everybody gets a document whose signatures hold."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from documents import audit, validate
from services.signing import seals
from tests.signing.stage import Agreement, Stage, field, person


def stored(stage: Stage, file: dict[str, Any], target: Path) -> Path:
    with stage.kit.runtime.storage.open(file["key"]) as source:
        target.write_bytes(source.read())
    return target


def final(stage: Stage, agreement: Agreement, name: str = "document") -> Path:
    return stored(stage, agreement.told("signing.completed.v1")[0][name], stage.folder / f"final-{name}")


def test_two_sign_in_order_and_the_document_holds(stage: Stage) -> None:
    agreement = stage.send(person("Bob", 1), person("Carol", 2))
    assert agreement.links("Carol") == []
    agreement.signer("Bob").sign()
    stage.work()
    agreement.signer("Carol").sign()
    stage.work()
    roots = [seals.certificates(stage.kit.runtime, seals.PLATFORM)[-1]]
    statuses = validate.signatures(final(stage, agreement), roots)
    assert validate.all_sound(statuses) and len(statuses) == 3
    assert validate.all_sound(validate.signatures(final(stage, agreement, "certificate"), roots))


def test_pdfsig_reads_the_finished_document_as_valid(stage: Stage) -> None:
    agreement = stage.send(person("Bob"))
    agreement.signer().sign()
    stage.work()
    told = subprocess.run(["pdfsig", str(final(stage, agreement))], capture_output=True, text=True, check=False).stdout
    assert told.count("Signature is Valid.") == 2 and "Total document signed" in told


def test_parallel_signers_are_all_invited_at_once(stage: Stage) -> None:
    agreement = stage.send(person("Bob", 1), person("Carol", 2), ordered=False)
    agreement.signer("Carol").sign()
    agreement.signer("Bob").sign()
    stage.work()
    assert len(agreement.told("signing.completed.v1")) == 1
    applied = [e for e in agreement.history()["entries"] if e["kind"] == "signature_applied"]
    assert [e["actor"] for e in applied] == ["Carol", "Bob"]


def test_equal_places_sign_in_parallel_before_the_next(stage: Stage) -> None:
    agreement = stage.send(person("Bob", 1), person("Carol", 1), person("Dan", 2))
    assert agreement.links("Bob") and agreement.links("Carol") and not agreement.links("Dan")
    agreement.signer("Carol").sign()
    stage.work()
    assert not agreement.links("Dan")
    agreement.signer("Bob").sign()
    stage.work()
    assert agreement.links("Dan")


def test_every_kind_of_field_reaches_the_document(stage: Stage) -> None:
    fields = [
        field("signature", 0), field("text", 1, longest=20), field("date", 2, format="DD/MM/YYYY"),
        field("checkbox", 3, width=0.04, height=0.03), field("date", 4, default="today"),
    ]  # fmt: skip
    agreement = stage.send(person("Bob", fields=fields))
    bob = agreement.signer()
    bob.fill()
    assert bob.put("text", text="王小明 Ltd.").status_code == 200
    assert bob.put("date", text="2026-11-22").status_code == 200
    assert bob.put("checkbox", checked=True).status_code == 200
    assert bob.state()["progress"] == {"total": 5, "filled": 5, "required_left": 0}
    assert bob.ask("POST", "/finish").status_code == 200
    stage.work()
    shown = subprocess.run(["pdftotext", str(final(stage, agreement)), "-"], capture_output=True, text=True, check=True)
    assert "王小明 Ltd." in shown.stdout and "22/11/2026" in shown.stdout


def test_the_audit_trail_is_whole_and_names_every_act(stage: Stage) -> None:
    agreement = stage.send(person("Bob"))
    agreement.signer().sign()
    stage.work()
    trail = json.loads(final(stage, agreement, "audit").read_text())
    assert audit.flaws(trail) == [] and agreement.history()["broken_at"] is None
    assert agreement.kinds() == [
        "created", "sent", "prepared", "invited", "opened", "consented", "field_filled", "signed",
        "signature_applied", "archived", "completed",
    ]  # fmt: skip


def test_the_signer_downloads_by_the_mailed_link_and_by_the_first(stage: Stage) -> None:
    agreement = stage.send(person("Bob"), title='Lease: "5/6"')
    bob = agreement.signer()
    bob.sign()
    assert bob.ask("GET", "/files/document").json["code"] == "not_completed"
    stage.work()
    assert bob.state()["state"] == "completed" and bob.state()["files"] == ["document", "certificate", "bundle"]
    again = type(bob)(agreement, agreement.links("Bob", "signing.completed.v1")[0], "another browser")
    for one in (bob, again):
        answer = one.ask("GET", "/files/document")
        assert answer.status_code == 200 and answer.data.startswith(b"%PDF-")
        assert "Lease 5 6.pdf" in answer.headers["Content-Disposition"]
    assert bob.ask("GET", "/files/certificate").data.startswith(b"%PDF-")


def test_pages_are_shown_as_pictures_and_text(stage: Stage) -> None:
    bob = stage.send(person("Bob")).signer()
    picture = bob.ask("GET", "/pages/1/image?width=800")
    assert picture.status_code == 200 and picture.data[8:12] == b"WEBP"
    assert "Page 2 of the contract" in bob.ask("GET", "/pages/1/text").json["text"]
    assert bob.ask("GET", "/pages/2/image").status_code == 404
    assert bob.ask("GET", "/pages/0/image?width=801").status_code == 422
