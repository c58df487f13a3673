"""The ZIP of an agreement: whatever is genuine is authentic, and no part of it can be put in another's place."""

from __future__ import annotations

import hashlib
import io
import json
import struct
import zipfile
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from contracts.agreement import ALICE
from documents import audit
from documents.verification import Bundle, verify_bundle
from services.signing import seals
from services.signing.erase import erase
from tests.documents.authority import Authority
from tests.service_kit import service
from tests.signing.stage import Agreement, Stage, person

Files = dict[str, bytes]
Forgery = Callable[[Files, Files], Files]
CERTIFICATES = ("certificate-en.pdf", "certificate-zh-Hans.pdf", "certificate-zh-Hant.pdf")


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with closing(Stage(tmp_path_factory.mktemp("bundle"))) as one:
        yield one


@pytest.fixture(scope="module", autouse=True)  # the first one, so that the day's anchor holds it
def mine(stage: Stage) -> bytes:
    return bundle_of(finished(stage))


@pytest.fixture(scope="module")
def other(stage: Stage) -> bytes:
    return bundle_of(finished(stage))


def finished(stage: Stage, names: tuple[str, ...] = ("Bob", "王小明"), **data: Any) -> Agreement:
    agreement = stage.send(*(person(name) for name in names), ordered=False, **data)
    for name in names:
        agreement.signer(name).sign()
    stage.work()
    stage.kit.turn("anchor")
    return agreement


def bundle_of(agreement: Agreement) -> bytes:
    path = f"/internal/ceremonies/{agreement.id}/files/bundle"
    return bytes(agreement.kit.request("GET", path, service("agreement"), buffered=True).data)


def judged(data: bytes, stage: Stage, folder: Path) -> Bundle:
    (path := folder / "bundle.zip").write_bytes(data)
    return verify_bundle(path, [seals.certificates(stage.kit.runtime, seals.PLATFORM)[-1]])


def codes(found: Bundle) -> set[str]:
    return {one.code for one in found.reasons}


def opened(data: bytes) -> Files:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files: Files, method: int = zipfile.ZIP_STORED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


@pytest.mark.parametrize(
    "title", ["Contract", "关于" + "很长的标题" * 40, "  Offer: “fi–ffi” №5 😀\tÉclair ﬁ  ", "合同 (A&B) <x>"]
)
def test_a_genuine_bundle_is_authentic_whatever_its_title(title: str, stage: Stage, tmp_path: Path) -> None:
    agreement = finished(stage, ("Ann",), title=title, message="", workspace_name="W")
    found = judged(bundle_of(agreement), stage, tmp_path)
    assert (found.verdict, found.reasons, len(found.files)) == ("authentic", (), 4)


def test_a_bundle_that_somebody_packed_again_is_authentic(mine: bytes, stage: Stage, tmp_path: Path) -> None:
    assert judged(zipped(opened(mine), zipfile.ZIP_DEFLATED), stage, tmp_path).verdict == "authentic"


def test_a_bundle_stays_authentic_when_archives_were_renewed_and_people_erased(stage: Stage, tmp_path: Path) -> None:
    agreement = finished(stage, ("Carol", "Dora"))
    before = bundle_of(agreement)
    stage.change(agreement, archive_until=datetime.now(UTC) + timedelta(days=1), archive_due=datetime.now(UTC))
    assert stage.kit.turn("renew") == 1
    after = bundle_of(agreement)
    assert opened(after)["document.pdf"] != opened(before)["document.pdf"]
    assert judged(after, stage, tmp_path).reasons == ()
    assert erase(stage.kit.runtime, "carol@example.com").agreements == 1
    assert erase(stage.kit.runtime, ALICE["email"]).agreements >= 1
    assert judged(bundle_of(agreement), stage, tmp_path).reasons == ()


def retold(files: Files, change: Callable[[dict[str, Any]], object], *, chain: bool = False) -> Files:
    """With another audit trail; hashed anew to its end when `chain`."""
    trail = json.loads(files["audit.json"])
    change(trail)
    previous = ""
    for entry in trail["entries"] if chain else ():
        entry["previous"] = previous
        previous = entry["hash"] = audit.entry_hash(entry)
    if chain:
        trail["head"], trail["anchors"] = previous, []
    kept = {name: data for name, data in files.items() if not (chain and name.startswith("anchors/"))}
    return {**kept, "audit.json": json.dumps(trail).encode()}


def document_of_another(mine: Files, other: Files) -> Files:
    """Another agreement's document, whole and genuine, and the hash beside the chain that fits."""
    sha256 = hashlib.sha256(other["document.pdf"]).hexdigest()
    files = {**mine, "document.pdf": other["document.pdf"]}
    return retold(files, lambda trail: trail.update(document_sha256=sha256))


def document_of_another_with_its_hash_everywhere(mine: Files, other: Files) -> Files:
    ours, theirs = (hashlib.sha256(files["document.pdf"]).hexdigest().encode() for files in (mine, other))
    files = {**mine, "document.pdf": other["document.pdf"], "audit.json": mine["audit.json"].replace(ours, theirs)}
    return retold(files, lambda _: None, chain=True)


def history_rewritten(mine: Files, _: Files) -> Files:
    def change(trail: dict[str, Any]) -> None:
        signed = next(entry for entry in trail["entries"] if entry["kind"] == "signed")
        signed["at"] = "2020-01-01T00:00:00+00:00"

    return retold(mine, change, chain=True)


def address_recommitted(mine: Files, _: Files) -> Files:
    def change(trail: dict[str, Any]) -> None:
        opening = next(one for one in trail["openings"] if one["name"] == "ip")
        opening |= {"value": "203.0.113.99", "key": "00" * 32}
        entry = trail["entries"][opening["sequence"] - 1]
        entry["ip"] = audit.commitment(bytes(32), trail["agreement_id"], "ip", "203.0.113.99")

    return retold(mine, change, chain=True)


def without_certificates(mine: Files, _: Files) -> Files:
    return {name: data for name, data in mine.items() if name not in CERTIFICATES}


def certificates_of_another(mine: Files, other: Files) -> Files:
    return {**mine, **{name: other[name] for name in CERTIFICATES}}


def certificates_in_other_languages(mine: Files, _: Files) -> Files:
    english, chinese = CERTIFICATES[:2]
    return {**mine, english: mine[chinese], chinese: mine[english]}


def audit_trail_of_another(mine: Files, other: Files) -> Files:
    return {**mine, "audit.json": other["audit.json"]}


def a_document_for_a_certificate(mine: Files, other: Files) -> Files:
    """A file that may say anything, signed by somebody who is trusted, in the place of the certificates."""
    sha256 = hashlib.sha256(other["document.pdf"]).hexdigest()

    def change(trail: dict[str, Any]) -> None:
        trail["entries"][-1]["detail"]["certificates"] = {"en": sha256}

    kept = retold(without_certificates(mine, other), change, chain=True)
    return {**kept, "certificate-en.pdf": other["document.pdf"]}


def recipient_renamed(mine: Files, _: Files) -> Files:
    return retold(mine, lambda trail: trail["recipients"][0].update(name="Mallory"))


def recipient_left_out(mine: Files, _: Files) -> Files:
    return retold(mine, lambda trail: trail["recipients"].pop())


def title_changed(mine: Files, _: Files) -> Files:
    return retold(mine, lambda trail: trail.update(title="I owe you a million"))


def sender_changed(mine: Files, _: Files) -> Files:
    return retold(mine, lambda trail: trail["sender"].update(name="Mallory"))


def original_changed(mine: Files, _: Files) -> Files:
    return retold(mine, lambda trail: trail["documents"][0].update(sha256="0" * 64))


def id_changed(mine: Files, _: Files) -> Files:
    return retold(mine, lambda trail: trail.update(public_id="agr_other"))


def end_left_out(mine: Files, _: Files) -> Files:
    def change(trail: dict[str, Any]) -> None:
        trail["entries"].pop()
        trail.update(head=trail["entries"][-1]["hash"], anchors=[])

    return retold(mine, change)


def remark_added(mine: Files, _: Files) -> Files:
    return retold(mine, lambda trail: trail.update(remark="Bob is Mallory"))


def remark_in_an_entry(mine: Files, _: Files) -> Files:
    return retold(mine, lambda trail: trail["entries"][0].update(remark="Bob is Mallory"))


def entry_told_twice(mine: Files, _: Files) -> Files:
    old, new = b'"kind": "signed",', b'"kind": "declined", "kind": "signed",'
    return {**mine, "audit.json": mine["audit.json"].replace(old, new, 1)}


def root_exchanged(mine: Files, _: Files) -> Files:
    root = x509.load_der_x509_certificate(Authority("Signet Root CA").root)
    return {**mine, "certs/roots.pem": root.public_bytes(Encoding.PEM)}


def remark_beside_a_certificate(mine: Files, _: Files) -> Files:
    return {**mine, "certs/others.pem": b"Trust us\n" + mine["certs/others.pem"]}


def revocation_exchanged(mine: Files, other: Files) -> Files:
    return {**mine, "revocation/ocsp-1.der": b"good"}


def anchor_exchanged(mine: Files, _: Files) -> Files:
    return {name: b"token" if name.startswith("anchors/") else data for name, data in mine.items()}


def another_pdf(mine: Files, _: Files) -> Files:
    return {**mine, "Contract (final).pdf": b"%PDF-1.7 forged"}


def document_in_capitals(mine: Files, _: Files) -> Files:
    return {**mine, "DOCUMENT.PDF": b"%PDF-1.7 forged"}


def document_outside(mine: Files, _: Files) -> Files:
    return {**mine, "../document.pdf": b"%PDF-1.7 forged"}


def another_certificate(mine: Files, _: Files) -> Files:
    return {**mine, "certificate-fr.pdf": mine["certificate-en.pdf"]}


FORGERIES: dict[Forgery, set[str]] = {
    document_of_another: {"audit_of_another_file"},
    document_of_another_with_its_hash_everywhere: {"audit_unproven"},
    history_rewritten: {"audit_unproven"},
    address_recommitted: {"audit_unproven"},
    without_certificates: {"audit_unproven"},
    certificates_of_another: {"audit_of_another_file", "audit_unproven"},
    certificates_in_other_languages: {"audit_of_another_file"},
    audit_trail_of_another: {"audit_of_another_file", "audit_unproven"},
    a_document_for_a_certificate: {"audit_unproven"},
    recipient_renamed: {"audit_broken"},
    recipient_left_out: {"audit_broken"},
    title_changed: {"audit_broken"},
    sender_changed: {"audit_broken"},
    original_changed: {"audit_broken"},
    id_changed: {"audit_of_another_file"},
    end_left_out: {"audit_of_another_file"},
    remark_added: {"audit_broken"},
    remark_in_an_entry: {"audit_broken"},
    entry_told_twice: {"audit_broken"},
    root_exchanged: {"bundle_changed"},
    remark_beside_a_certificate: {"bundle_changed"},
    revocation_exchanged: {"bundle_changed"},
    anchor_exchanged: {"bundle_changed"},
    another_pdf: {"bundle_changed"},
    document_in_capitals: {"bundle_changed"},
    document_outside: {"bundle_changed"},
    another_certificate: {"bundle_changed"},
}


@pytest.mark.parametrize(("forge", "expected"), FORGERIES.items(), ids=lambda value: getattr(value, "__name__", ""))
def test_a_forged_bundle_is_told(
    forge: Forgery, expected: set[str], mine: bytes, other: bytes, stage: Stage, tmp_path: Path
) -> None:
    found = judged(zipped(forge(opened(mine), opened(other))), stage, tmp_path)
    assert found.verdict == "not_authentic" and expected <= codes(found), found.reasons


def with_a_hidden_file(data: bytes) -> bytes:
    """Between the last file and the directory, for programs that read from the beginning."""
    hidden = zipped({"document.pdf": b"%PDF-1.7 forged"})
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(io.BytesIO(hidden)) as part:
        start, inner = whole.start_dir, hidden[: part.start_dir]
    return data[:start] + inner + data[start:-6] + struct.pack("<I", start + len(inner)) + data[-2:]


ZIPS: dict[str, Callable[[bytes], bytes]] = {
    "another ZIP before it": lambda data: zipped({"document.pdf": b"%PDF-1.7 forged"}) + data,
    "bytes before it": lambda data: b"PK\3\4 hello" + data,
    "bytes after it": lambda data: data + b"hello",
    "a comment": lambda data: data[:-2] + b"\5\0hello",
    "a hidden file": with_a_hidden_file,
}


@pytest.mark.parametrize("change", ZIPS.values(), ids=ZIPS)
def test_a_zip_that_programs_read_differently_is_told(
    change: Callable[[bytes], bytes], mine: bytes, stage: Stage, tmp_path: Path
) -> None:
    assert codes(judged(change(mine), stage, tmp_path)) == {"bundle_changed"}


def test_a_file_that_is_there_twice_is_told(mine: bytes, stage: Stage, tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        for name, data in [*opened(mine).items(), ("certs/roots.pem", b"")]:
            archive.writestr(name, data)
    assert codes(judged(made.getvalue(), stage, tmp_path)) == {"bundle_changed"}


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA], ids=["deflated", "lzma"])
def test_a_damaged_bundle_is_no_error(method: int, mine: bytes, stage: Stage, tmp_path: Path) -> None:
    packed = zipped(opened(mine), method)
    for at in range(60, len(packed) - 60, len(packed) // 5):
        damaged = packed[:at] + bytes(16) + packed[at + 16 :]
        assert judged(damaged, stage, tmp_path).verdict == "not_authentic"


def test_a_name_that_is_no_text_is_no_error(mine: bytes, stage: Stage, tmp_path: Path) -> None:
    packed = zipped({**opened(mine), "é.txt": b""}).replace("é.txt".encode(), b"\xff\xfe.txt")
    assert judged(packed, stage, tmp_path).verdict == "not_authentic"


def test_any_other_zip_says_nothing(stage: Stage, tmp_path: Path) -> None:
    found = judged(zipped({"word/document.xml": b"<a/>"}), stage, tmp_path)
    assert (found.verdict, codes(found)) == ("unknown", {"not_a_pdf"})


def test_an_anchor_by_a_stranger_is_not_trusted(mine: bytes, stage: Stage, tmp_path: Path) -> None:
    stamper = Authority("Stranger").stamper()

    def change(trail: dict[str, Any]) -> None:
        for one in trail["anchors"]:
            one["token"] = b64encode(stamper.token(bytes.fromhex(one["root"]))).decode()

    files = retold(opened(mine), change)
    tokens = {
        f"anchors/{one['day']}.tst": b64decode(one["token"]) for one in json.loads(files["audit.json"])["anchors"]
    }
    found = judged(zipped({**files, **tokens}), stage, tmp_path)
    assert tokens and found.verdict != "authentic" and "root_not_trusted" in codes(found)
