"""The main job: a real PDF goes through all services and comes back signed."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from documents.validate import signatures
from signet.demo.flow import KINDS, Demo
from tests.suite.papers import papers
from tests.suite.seeing import ink

pytestmark = pytest.mark.suite


@pytest.mark.parametrize("producer", ["reportlab", "typst", "scan"])
def test_a_pdf_comes_back_signed_by_both_signers(suite, producer, tmp_path):
    pdf = papers(tmp_path)[producer]
    Demo(suite.url, suite.mailbox, print).run(pdf, f"{producer}.pdf", tmp_path, signers=2, ordered=True)
    expect_valid(tmp_path / "document.pdf", root_of(suite), signers=2)
    expect_audit(tmp_path / "audit.json")
    expect_marks(tmp_path / "document.pdf", signers=2)


def test_five_signers_sign_side_by_side(suite, tmp_path):
    pdf = papers(tmp_path)["reportlab"]
    Demo(suite.url, suite.mailbox, print).run(pdf, "five.pdf", tmp_path, signers=5, ordered=False)
    expect_valid(tmp_path / "document.pdf", root_of(suite), signers=5)


def root_of(suite) -> bytes:
    import requests
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    pem = requests.get(f"{suite.url}/api/v1/certificates/root", timeout=10).content
    return x509.load_pem_x509_certificate(pem).public_bytes(Encoding.DER)


def expect_valid(path: Path, root: bytes, signers: int) -> None:
    """pyHanko, pdfsig and qpdf find a certification and one signature for each signer, all untouched."""
    found = signatures(path, [root])
    assert len(found) == signers + 1
    for status in found:
        assert status.intact and status.valid and status.trusted, status
    shown = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, check=False).stdout
    assert shown.count("Signature is Valid.") == signers + 1, shown
    checked = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr


def expect_audit(path: Path) -> None:
    kinds = [entry["kind"] for entry in json.loads(path.read_text())["entries"]]
    for kind in ("created", "sent", "opened", "consented", "signature_applied"):
        assert kind in kinds, kinds
    assert kinds.count("signed") == 2


def expect_marks(path: Path, signers: int) -> None:
    """Where a field was placed there is ink, as the page is displayed."""
    for n in range(signers):
        for kind, x, width in KINDS:
            y, height = 0.2 + 0.075 * n, 0.02 if kind == "checkbox" else 0.05
            assert ink(path, -1, x, y, width, height), f"no {kind} of signer {n + 1}"
