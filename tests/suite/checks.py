"""What a finished agreement must be like."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from documents.validate import all_sound, flaws, signatures
from signet.demo.flow import KINDS, Demo
from tests.suite.papers import papers, reportlab_contract
from tests.suite.seeing import ink
from tests.support import eventually


class MainPath:
    """The main job: a real PDF goes through all services and comes back signed; `suite` is the wiring."""

    @pytest.mark.parametrize("producer", ["reportlab", "typst", "scan"])
    def test_a_pdf_comes_back_signed_by_both_signers(self, suite, producer, tmp_path):
        pdf = papers(tmp_path)[producer]
        Demo(suite.url, suite.mailbox, print).run(pdf, f"{producer}.pdf", tmp_path, signers=2, ordered=True)
        expect_valid(tmp_path / "document.pdf", root_of(suite), signers=2)
        expect_lasting(tmp_path / "certificate.pdf", root_of(suite))
        expect_clean(tmp_path / "document.pdf")
        expect_audit(tmp_path / "audit.json")
        expect_marks(tmp_path / "document.pdf", signers=2)

    def test_five_signers_sign_side_by_side(self, suite, tmp_path):
        Demo(suite.url, suite.mailbox, print).run(reportlab_contract(), "five.pdf", tmp_path, signers=5, ordered=False)
        expect_valid(tmp_path / "document.pdf", root_of(suite), signers=5)


def take_through(suite, out: Path) -> None:
    """The demonstration, from a fresh registration to the finished files; one envelope is used."""
    demo = Demo(suite.url, suite.mailbox, print)
    alice, agreement, people = demo.prepare(reportlab_contract(), "contract.pdf", 2, True)
    alice.post(f"/api/v1/agreements/{agreement}/send")
    for person in people:
        demo.sign(person)
    demo.collect(alice, agreement, out)
    expect_valid(out / "document.pdf", root_of(suite), signers=2)
    assert eventually(lambda: alice.get("/api/v1/billing")["envelopes"])["used"] == 1


def root_of(suite) -> bytes:
    pem = requests.get(f"{suite.url}/api/v1/certificates/root", timeout=10).content
    return x509.load_pem_x509_certificate(pem).public_bytes(Encoding.DER)


def expect_valid(path: Path, root: bytes, signers: int) -> None:
    """A certification and a time-stamped signature for each signer, all untouched, and lasting (PAdES B-LTA).

    pdfsig cannot judge document time stamps: it counts what people and the platform signed.
    """
    found = signatures(path, [root])
    assert len(found) == signers + 1 and all_sound(found), found
    assert all(one.stamped_at for one in found), found
    expect_lasting(path, root)
    shown = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, check=False).stdout
    assert shown.count("Signature is Valid.") == signers + 1, shown


def expect_lasting(path: Path, root: bytes) -> None:
    """Every signature holds by what the file itself holds, now and in two years."""
    assert flaws(path, [root], archived=True) == []


def expect_clean(path: Path) -> None:
    """qpdf finds nothing to complain of."""
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
