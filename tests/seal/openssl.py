"""What the command `openssl` says of what *seal* issues: a judge that is none of ours."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding


def openssl(*arguments: str | Path, good: bool = True) -> str:
    """All a command writes; fails the test unless it ends well, or badly where that is wanted."""
    done = subprocess.run(["openssl", *map(str, arguments)], capture_output=True, check=False)
    said = (done.stdout + done.stderr).decode(errors="replace")
    assert (done.returncode == 0) is good, said
    return said


def pem(path: Path, *certificates: x509.Certificate) -> Path:
    """Certificates in a file."""
    path.write_bytes(b"".join(one.public_bytes(Encoding.PEM) for one in certificates))
    return path


def der(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def crls(path: Path, lists: Iterable[bytes]) -> Path:
    """Revocation lists in a file."""
    path.write_bytes(b"".join(x509.load_der_x509_crl(one).public_bytes(Encoding.PEM) for one in lists))
    return path
