"""One signer's act appended: how many a second and what processor time each costs, beside the other libraries.

The document has 4 signatures (pictures) and 4 texts for its one signer on the first page. "With plan" is what the
product does: the plan of the prepared file is kept and pictures are encoded when they are adopted. "Like for like"
keeps nothing: the file is parsed, the pictures are encoded and an RSA key signs, as in the other libraries.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pikepdf
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PrivateFormat, pkcs12
from cryptography.x509.oid import NameOID
from reportlab.pdfgen.canvas import Canvas

from bench import peers
from documents import sign
from documents.drawing import images, pictures
from documents.fields import Field, Mark
from documents.geometry import Place
from documents.revisions import append, planreading, prepare
from documents.revisions.plan import Plan
from documents.validate import signatures
from tests.documents.authority import NOW, Authority, Signer

SECONDS = 3.0
ACT = sign.Act(NOW, "Bob", "Agreed")
Row = tuple[str, str, str]


@dataclass(frozen=True)
class Paper:
    """A prepared document, and what its signer puts in."""

    source: Path
    file: Path
    plan: Plan
    fields: list[Field]
    marks: list[Mark]


def rows() -> list[Row]:
    """Every figure about appending."""
    with tempfile.TemporaryDirectory(prefix="signet-bench-") as name:
        folder = Path(name)
        drawn, authority = [signature(folder, number) for number in range(4)], Authority()
        return _alone(folder, authority, drawn) + _beside(folder, authority, drawn) + _limits()


def _alone(folder: Path, authority: Authority, drawn: list[bytes]) -> list[Row]:
    """Signet's own figures by size of the document."""
    found: list[Row] = []
    signer = authority.signer("Bob")
    for title, pages, weight in (("1 page", 1, 0), ("10 pages", 10, 0), ("1,000 pages", 1000, 0), ("60 MB", 10, 60)):
        one = paper(folder, authority, drawn, pages, weight)
        found.append((f"append, {title}, with plan", "EC P-256", rate(lambda p=one: _append(p, p.plan, signer))))
        found.append((f"append, {title}, without plan", "EC P-256", rate(lambda p=one: _append(p, None, signer))))
        if weight:
            found.append((f"hashing alone, {title}", "SHA-256", rate(lambda p=one: _hash(p.file))))
    source = _document(folder / "prepare.pdf", 10, 0)
    fields, target = _fields(), folder / "prepared-again.pdf"
    found.append(("prepare, 10 pages", "certified", rate(lambda: prepare.prepare(source, target, fields, ACT))))
    return found


def _beside(folder: Path, authority: Authority, drawn: list[bytes]) -> list[Row]:
    """The same ten pages by all, with RSA and nothing kept between two documents."""
    one = paper(folder, authority, drawn, 10, 0)
    (signer, p12), shown = _rsa(folder), folder / "pictures"
    kept = "RSA-2048, nothing kept"
    found = [
        ("like for like: Signet", kept, rate(lambda: _uncached(one, drawn, signer))),
        ("like for like: pyHanko writes", kept, rate(lambda: _by_pyhanko(one, drawn, signer))),
    ]
    for peer in peers.PEERS:
        target = folder / "peer.pdf"
        often, cost = peers.run(peer, one.source, shown, p12, SECONDS, target)
        assert signatures(target, [authority.root])[0].intact
        found.append((f"like for like: {peer}", kept, _shown(often, cost)))
    return found


def _limits() -> list[Row]:
    """What the machine can do at all, by OpenSSL on one core."""
    signing = _openssl("ecdsap256", "rsa2048")
    found = re.findall(r"^\+F[24]:\d+:(\d+):([\d.]+)", signing, re.MULTILINE)
    rows_ = [(f"limit: signatures, {bits} bits", "openssl speed", f"{float(rate):,.0f} /s") for bits, rate in found]
    hashed = _openssl("-evp", "sha256", "-bytes", "1048576").rpartition(":")[2]
    return [*rows_, ("limit: SHA-256", "openssl speed", f"{float(hashed) / 1e9:.2f} GB/s")]


def _openssl(*what: str) -> str:
    command = ["openssl", "speed", "-seconds", "2", "-mr", *what]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def paper(folder: Path, authority: Authority, drawn: list[bytes], pages: int, weight: int) -> Paper:
    """A document of so many pages and megabytes, prepared and certified."""
    source, file, fields = folder / "paper.pdf", folder / "paper-prepared.pdf", _fields()
    prepared = prepare.prepare(_document(source, pages, weight), file, fields, ACT)
    authority.signer("Signet").finish(file, prepared.reserved)
    return Paper(source, file, prepared.plan, fields, _marks(fields, [pictures.encode(one) for one in drawn]))


def _append(paper: Paper, known: Plan | None, signer: Signer, marks: list[Mark] | None = None) -> None:
    """As the worker does it: in place, on its own copy of the file."""
    found = known or planreading.read(paper.file, paper.fields)
    signer.finish(paper.file, append.append(paper.file, paper.file, found, "bob", marks or paper.marks, ACT))
    os.truncate(paper.file, found.length)


def _uncached(paper: Paper, drawn: list[bytes], signer: Signer) -> None:
    _append(paper, None, signer, _marks(paper.fields, [pictures.encode(one) for one in drawn]))


def _by_pyhanko(paper: Paper, drawn: list[bytes], signer: Signer) -> None:
    from tests.documents import reference

    marks = _marks(paper.fields, [pictures.encode(one) for one in drawn])
    target = paper.file.with_name("signed.pdf")
    signer.finish(target, reference.append(paper.file, target, "bob", paper.fields, marks, ACT, ""))


def _fields() -> list[Field]:
    """Four signatures at the left, four texts beside them."""
    rows_ = [0.15 + 0.17 * row for row in range(4)]
    pictured = [Field(f"s{n}", "bob", "signature", 0, Place(0.12, y, 0.25, 0.06)) for n, y in enumerate(rows_)]
    return pictured + [Field(f"t{n}", "bob", "text", 0, Place(0.5, y, 0.3, 0.04)) for n, y in enumerate(rows_)]


def _marks(fields: list[Field], encoded: list[bytes]) -> list[Mark]:
    given = dict(zip((field.id for field in fields if field.kind == "signature"), encoded, strict=True))
    return [
        Mark(field.id, field.kind, image=given[field.id]) if field.id in given
        else Mark(field.id, field.kind, text=f"Agreed, line {field.id[1:]}")
        for field in fields
    ]  # fmt: skip


def _document(path: Path, pages: int, weight: int) -> Path:
    """Pages of text; with a weight, so many megabytes of pictures that cannot be compressed on the last one."""
    canvas = Canvas(str(path), invariant=True)
    for page in range(pages):
        for line in range(40):
            canvas.drawString(
                72, 780 - 17 * line, f"{page + 1}.{line + 1} The parties agree to the terms of this contract."
            )
        canvas.showPage()
    canvas.save()
    if weight:
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            for number in range(weight):
                pdf.pages[-1].obj[f"/Weight{number}"] = pdf.make_stream(os.urandom(1_000_000))
            pdf.save(path)
    return path


def signature(folder: Path, number: int) -> bytes:
    """A drawn signature as people make them, each another."""
    stroke = [(0.1 + 0.008 * step, 0.5 + 0.3 * ((step * (number + 3)) % 17 - 8) / 17) for step in range(100)]
    png = images.drawn_signature([stroke], 3.0)
    (folder / "pictures").mkdir(exist_ok=True)
    (folder / "pictures" / f"{number}.png").write_bytes(png)
    return png


def _rsa(folder: Path) -> tuple[Signer, Path]:
    """A signer of RSA alone, and the same as PKCS #12 in the algorithms that node-forge reads, which knows no EC."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Bob")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), 5, NOW - timedelta(1), NOW + timedelta(365))
    own = builder.sign(key, hashes.SHA256())
    wrapped = PrivateFormat.PKCS12.encryption_builder().kdf_rounds(2000).hmac_hash(hashes.SHA1())
    wrapped = wrapped.key_cert_algorithm(pkcs12.PBES.PBESv1SHA1And3KeyTripleDESCBC)
    path = folder / "bob.p12"
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"bob", key, own, None, wrapped.build(b"bench")))
    return Signer(key, (own.public_bytes(Encoding.DER),)), path


def _hash(path: Path) -> None:
    with path.open("rb") as file:
        hashlib.file_digest(file, "sha256")


def rate(work: Callable[[], object]) -> str:
    """How often a second on one core, after a first time that is not counted."""
    work()
    count, begin, spent = 0, time.perf_counter(), time.process_time()
    while (took := time.perf_counter() - begin) < SECONDS or count < 3:
        work()
        count += 1
    return _shown(count / took, (time.process_time() - spent) / count)


def _shown(rate: float, cost: float) -> str:
    return f"{rate:,.1f} /s, {cost * 1000:.2f} ms CPU"
