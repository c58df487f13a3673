"""Agreements of every size: after each signer and at the end every signature holds, for three judges."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from documents.validate import flaws
from signet.demo.flow import Demo
from tests.suite.checks import root_of
from tests.suite.harness import Embedded

pytestmark = [pytest.mark.soak, pytest.mark.timeout(3600)]
SIZES = {"1 page": (1, 0), "10 pages": (10, 0), "1,000 pages": (1000, 0), "60 MB": (10, 59)}


@pytest.fixture(scope="module")
def suite():
    with Embedded() as running:
        yield running


@pytest.mark.parametrize("order", ["ordered", "parallel"])
@pytest.mark.parametrize("signers", [1, 2, 5, 20])
@pytest.mark.parametrize("size", SIZES)
def test_every_revision_holds(suite, tmp_path, size, signers, order):
    root = root_of(suite)
    demo = Demo(suite.url, suite.mailbox, lambda text: None)
    demo.run(
        paper(tmp_path / "paper.pdf", *SIZES[size]).read_bytes(), "paper.pdf", tmp_path, signers, order == "ordered"
    )
    final = tmp_path / "document.pdf"
    assert flaws(final, [root], archived=True) == []
    expect_judges(final, signers + 1)
    revisions = revisions_of(suite, final)
    assert len(revisions) == signers + 1
    for number, revision in enumerate(revisions, 1):
        assert flaws(revision, [root], archived=False) == []
        expect_judges(revision, number)
    for revision in revisions:
        revision.unlink()


def paper(path: Path, pages: int, megabytes: int) -> Path:
    """So many pages; the megabytes are a picture that cannot be compressed."""
    canvas = Canvas(str(path), invariant=True)
    for page in range(pages):
        canvas.drawString(72, 780, f"Page {page + 1}: the parties agree.")
        canvas.showPage()
    canvas.save()
    if megabytes:
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            pdf.pages[-1].obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Heavy=heavy(pdf, megabytes)))
            pdf.save(path)
    return path


def heavy(pdf: pikepdf.Pdf, megabytes: int) -> pikepdf.Object:
    """An image nobody draws, of random samples."""
    import random

    samples = random.Random(7).randbytes(megabytes << 20)
    return pdf.make_indirect(
        pikepdf.Stream(
            pdf, samples, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=1024, Height=1024 * megabytes,
            ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8,
        )
    )  # fmt: skip


def revisions_of(suite: Embedded, final: Path) -> list[Path]:
    """The stored revisions of this very document, in order: those the finished file begins with."""
    content = final.read_bytes()
    stored = [found for found in suite.home.rglob("revision-*.pdf") if content.startswith(found.read_bytes())]
    return sorted(stored, key=lambda found: found.stat().st_size)


def expect_judges(path: Path, count: int) -> None:
    """pdfsig calls so many signatures untouched (it cannot judge document time stamps), qpdf has nothing to say."""
    shown = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, check=False).stdout
    assert shown.count("Signature is Valid.") == count, shown
    checked = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
