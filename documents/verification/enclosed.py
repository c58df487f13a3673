"""The certificates, proofs and anchors that lie in a bundle must be those that its document and trail are proven by."""

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from documents import timestamps
from documents.papers import dossier
from documents.verification import judge
from documents.verification.breakage import BROKEN
from documents.verification.judge import Evidence, Judge
from documents.verification.report import Reason


def reasons(archive: zipfile.ZipFile, document: Path, anchors: Mapping[str, bytes]) -> Iterator[Reason]:
    """Files that are not what the document and the anchors (tokens by day) hold."""
    held = dossier.dossier(document)
    known = {*held.certificates, *(one for token in anchors.values() for one in timestamps.certificates_of(token))}
    proofs = {*held.ocsp, *held.crls}
    for name in archive.namelist():
        folder, _, file = name.partition("/")
        if not file:
            continue
        data = archive.read(name)
        match folder:
            case "certs":
                fits = _certificates(data) <= known
            case "revocation":
                fits = data in proofs
            case _:
                fits = anchors.get(file.removesuffix(".tst")) == data
        if not fits:
            yield Reason("bundle_changed", name)


def _certificates(data: bytes) -> set[bytes | None]:
    """The certificates of a PEM file in DER; None is among them when it holds anything else."""
    try:
        found = x509.load_pem_x509_certificates(data)
    except BROKEN:
        return {None}
    plain = b"".join(one.public_bytes(Encoding.PEM) for one in found)
    return {*(one.public_bytes(Encoding.DER) for one in found), *(() if plain == data else (None,))}


def of_anchors(
    found: Sequence[Mapping[str, str]], tokens: Mapping[str, bytes], trust: Sequence[bytes]
) -> Iterator[Reason]:
    """Anchors whose time stamp was made by nobody who is trusted, each judged at the time that it tells."""
    judging = Judge(trust, Evidence())
    for one in found:
        token, root = tokens[one["day"]], bytes.fromhex(one["root"])
        opinion = judging.time_stamp(judge.load(token), partial(_same, root), timestamps.time_of(token))
        if opinion.problem:
            yield Reason(opinion.problem, f"anchors/{one['day']}.tst")


def _same(digest: bytes, algorithm: str) -> bytes:
    """The digest that a trail tells is of SHA-256; its length does not fit any other algorithm."""
    return digest if algorithm == "sha256" else b""
