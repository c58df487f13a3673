"""PDF signatures made with *seal*, as *signing* makes them."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding

from documents import longterm, sign
from documents.longterm import ValidationData
from tests.seal.desk import SHA256_OID, Desk


class SealSigner:
    """Signs what was reserved in a file with a credential of *seal*, time-stamped by *seal*."""

    def __init__(self, desk: Desk, credential: str) -> None:
        self.desk, self.credential = desk, credential
        self.chain = [one.public_bytes(Encoding.DER) for one in desk.chain(credential)]

    def finish(self, target: Path, reserved: sign.Reserved) -> Path:
        attributes = sign.signed_attributes(reserved.digest, self.chain[0])
        answer = self.desk.sign(self.credential, attributes)
        assert answer.status_code == 200, answer.text
        signature = base64.b64decode(answer.json["signatures"][0])
        token = timestamp(self.desk, sign.signature_value_digest(signature))
        sign.embed(target, reserved, sign.cms(attributes, signature, self.chain, token))
        return target


def timestamp(desk: Desk, digest: bytes, **more: str) -> bytes:
    """A time stamp token (CSC API v2, signatures/timestamp)."""
    body = {"hash": base64.b64encode(digest).decode(), "hashAlgo": SHA256_OID, **more}
    answer = desk.ask("signatures/timestamp", **body)
    assert answer.status_code == 200, answer.text
    return base64.b64decode(answer.json["timestamp"])


def archive(desk: Desk, source: Path) -> Path:
    """The file with validation data and document time stamp."""
    stamping = longterm_of(desk)
    told = desk.validation_data(*longterm.certificates(source), *stamping)
    data = ValidationData(tuple(told["certificates"]), tuple(told["ocsp"]), tuple(told["crls"]))
    target = source.with_name("archived.pdf")
    reserved = longterm.reserve_archive(source, target, data)
    sign.embed(target, reserved, timestamp(desk, reserved.digest))
    return target


def longterm_of(desk: Desk) -> list[bytes]:
    """The certificates a time stamp carries."""
    from documents import timestamps

    return timestamps.certificates_of(timestamp(desk, hashlib.sha256(b"").digest()))
