"""The papers of a finished agreement: certificates in three languages, and everything as a ZIP that proves itself."""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from chassis.database import EVERYONE
from chassis.ids import new_key
from documents import audit
from documents.papers import dossier
from documents.rendering import render
from documents.verification import verify
from documents.verification.bundle import verify_bundle
from services.signing import seals
from services.signing.models import Ceremony
from tests.service_kit import service
from tests.signing.stage import Agreement, Stage, person


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with closing(Stage(tmp_path_factory.mktemp("papers"))) as one:
        yield one


@pytest.fixture(scope="module")
def finished(stage: Stage) -> Agreement:
    """Bob and 王小明 have signed; he reads Chinese."""
    agreement = stage.send(person("Bob"), person("王小明", email="ming@example.com", language="zh-Hans"), ordered=False)
    for name in ("Bob", "王小明"):
        agreement.signer(name).sign()
    stage.work()
    stage.kit.turn("anchor")
    return agreement


def ceremony(stage: Stage, agreement: Agreement) -> Ceremony:
    with stage.kit.runtime.db.read(EVERYONE) as session:
        return session.get_one(Ceremony, agreement.id)


def saved(stage: Stage, file: dict[str, Any], folder: Path) -> Path:
    target = folder / "saved.pdf"
    with stage.kit.runtime.storage.open(file["key"]) as source:
        target.write_bytes(source.read())
    return target


def whole_text(path: Path) -> str:
    """All text in the order it was set, without spaces."""
    shown = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, text=True, check=True)
    return "".join(shown.stdout.split())


def bundle_of(agreement: Agreement) -> bytes:
    path = f"/internal/ceremonies/{agreement.id}/files/bundle"
    return agreement.kit.request("GET", path, service("agreement"), buffered=True).data


@pytest.fixture(scope="module")
def bundle(finished: Agreement) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(bundle_of(finished)))


def test_there_is_a_certificate_in_each_language_and_each_is_told(stage: Stage, finished: Agreement) -> None:
    made = ceremony(stage, finished).certificates or {}
    assert list(made) == ["en", "zh-Hans", "zh-Hant"]
    (told,) = finished.told("signing.completed.v1")
    assert told["certificates"] == made and told["certificate"] == made["en"]


@pytest.mark.parametrize(
    ("language", "title"),
    [("en", "CertificateofCompletion"), ("zh-Hans", "签署完成证书"), ("zh-Hant", "簽署完成證書")],
)
def test_a_certificate_is_sealed_and_tells_who_signed_with_what(
    language: str, title: str, stage: Stage, finished: Agreement, tmp_path: Path
) -> None:
    done = ceremony(stage, finished)
    path = saved(stage, (done.certificates or {})[language], tmp_path)
    shown = whole_text(path)
    found = dossier.dossier(saved(stage, done.file or {}, path.parent.parent))
    persons = [one for one in found.applied if not one.is_timestamp][1:]
    assert [one.subject for one in persons] == ["Bob", "王小明"]
    for expected in (title, "bob@example.com", "王小明", "198.51.100.7", "2026-11", "PAdESB-LTA", done.public_id):
        assert expected in shown
    for one in persons:
        assert one.serial in shown and "".join(one.issuer.split()) in shown
    sealed = dossier.dossier(path)
    assert [one.is_timestamp for one in sealed.applied] == [False, True]


def test_the_certificate_is_handed_out_in_the_signers_language(finished: Agreement, tmp_path: Path) -> None:
    signer = finished.signer("王小明")
    for query, title in (("", "签署完成证书"), ("?language=en", "Certificate of Completion")):
        path = tmp_path / "certificate.pdf"
        path.write_bytes(signer.ask("GET", f"/files/certificate{query}").data)
        assert title in render.page_text(path, 0)
    assert signer.ask("GET", "/files/certificate?language=tlh").status_code == 422


def test_the_certificate_tells_no_more_in_its_metadata_than_its_title(
    stage: Stage, finished: Agreement, tmp_path: Path
) -> None:
    path = saved(stage, (ceremony(stage, finished).certificates or {})["en"], tmp_path)
    told = subprocess.run(["pdfinfo", str(path)], capture_output=True, text=True, check=True).stdout
    title = next(line for line in told.splitlines() if line.startswith("Title"))
    assert title.split(maxsplit=1)[1] == f"Certificate of Completion - {finished.public_id}"
    assert not any(personal in told for personal in ("Bob", "example.com", "198.51.100.7"))


def test_the_bundle_holds_everything_uncompressed(bundle: zipfile.ZipFile) -> None:
    names = bundle.namelist()
    assert names[:5] == [
        "document.pdf", "certificate-en.pdf", "certificate-zh-Hans.pdf", "certificate-zh-Hant.pdf", "audit.json",
    ]  # fmt: skip
    for start in ("certs/root-", "certs/ca-", "certs/signer-", "certs/roots.pem", "revocation/", "anchors/", "README"):
        assert any(name.startswith(start) for name in names), start
    assert {one.compress_type for one in bundle.infolist()} == {zipfile.ZIP_STORED} and bundle.testzip() is None


def test_the_same_content_gives_the_same_bundle_to_senders_and_signers(finished: Agreement) -> None:
    answer = finished.signer("Bob").ask("GET", "/files/bundle")
    assert answer.content_type == "application/zip" and answer.data == bundle_of(finished)
    assert int(answer.headers["Content-Length"]) == len(answer.data)


def test_the_bundles_document_is_valid_with_the_bundles_roots(bundle: zipfile.ZipFile, tmp_path: Path) -> None:
    bundle.extractall(tmp_path)
    found = x509.load_pem_x509_certificates((tmp_path / "certs/roots.pem").read_bytes())
    roots = [one.public_bytes(Encoding.DER) for one in found]
    assert verify(tmp_path / "document.pdf", roots).verdict == "authentic"
    told = subprocess.run(["pdfsig", "document.pdf"], cwd=tmp_path, capture_output=True, text=True).stdout
    assert told.count("Signature is Valid") >= 3


def test_a_whole_bundle_is_verified_and_one_with_another_audit_trail_is_not(
    stage: Stage, finished: Agreement, bundle: zipfile.ZipFile, tmp_path: Path
) -> None:
    roots = [seals.certificates(stage.kit.runtime, seals.PLATFORM)[-1]]
    (tmp_path / "whole.zip").write_bytes(bundle_of(finished))
    found = verify_bundle(tmp_path / "whole.zip", roots)
    assert found.verdict == "authentic", found.to_dict()
    with zipfile.ZipFile(tmp_path / "changed.zip", "w") as changed:
        for name in bundle.namelist():
            data = bundle.read(name)
            changed.writestr(name, data.replace(b"198.51.100.7", b"203.0.113.99") if name == "audit.json" else data)
    assert [one.code for one in verify_bundle(tmp_path / "changed.zip", roots).reasons][:1] == ["audit_broken"]


def test_the_bundles_audit_trail_proves_itself_and_openssl_agrees_on_its_anchor(
    bundle: zipfile.ZipFile, tmp_path: Path
) -> None:
    bundle.extractall(tmp_path)
    trail = json.loads(bundle.read("audit.json"))
    assert audit.flaws(trail) == [] and trail["head"] == trail["entries"][-1]["hash"]
    assert {one["value"] for one in trail["openings"] if one["name"] == "ip"} == {"198.51.100.7"}
    (anchor,) = trail["anchors"]
    joined = bundle.read("README.txt").decode().replace("\n       -in", " -in")
    command = next(line[line.index("openssl ts") :] for line in joined.splitlines() if "openssl ts" in line)
    checked = subprocess.run(command.split(), cwd=tmp_path, capture_output=True, text=True)
    assert anchor["root"] in command and "Verification: OK" in checked.stdout + checked.stderr, checked


def test_the_readme_speaks_three_languages_and_names_the_hash(
    bundle: zipfile.ZipFile, stage: Stage, finished: Agreement
) -> None:
    told = bundle.read("README.txt").decode()
    for expected in (
        "How to verify it",
        "如何离线核验",
        "如何離線核驗",
        (ceremony(stage, finished).file or {})["sha256"],
    ):
        assert expected in told


def test_a_bundle_is_there_only_when_the_agreement_is_completed(stage: Stage) -> None:
    agreement = stage.send(person("Carol"))
    assert agreement.signer("Carol").ask("GET", "/files/bundle").json["code"] == "not_completed"
    for which, key in (("bundle", agreement.id), ("audit", agreement.id), ("bundle", new_key())):
        path = f"/internal/ceremonies/{key}/files/{which}"
        answer = agreement.kit.request("GET", path, service("agreement"))
        assert answer.status_code == (409 if key == agreement.id else 404)
        assert agreement.kit.request("GET", path, agreement.signer("Carol").who).status_code == 404
