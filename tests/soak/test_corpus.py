"""Every PDF of a folder is completed and verified, or refused at upload with a stable code; nothing else happens.

`SIGNET_CORPUS` names the folder; the machine's own documentation is taken when it is not set. Make your own corpus:
copy the PDFs of your contracts, scanners and office programs into a folder, with the test files of PDF libraries.
"""

from __future__ import annotations

import os
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from documents.errors import CODES
from documents.verification import verify
from signet.demo.flow import Demo
from signet.demo.http import Refused
from tests.suite.checks import expect_lasting, expect_valid, root_of
from tests.suite.harness import Embedded

pytestmark = [pytest.mark.soak, pytest.mark.timeout(3600)]

REFUSALS = {code for code in CODES if code.startswith("pdf_")}


def test_every_pdf_is_completed_or_refused(tmp_path):
    folder = Path(os.environ.get("SIGNET_CORPUS", "/usr/share/doc"))
    found = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix.lower() == ".pdf")
    assert found, "no PDF to try: set SIGNET_CORPUS"
    with Embedded() as suite:
        outcomes = {path: outcome(suite, path, tmp_path / str(number)) for number, path in enumerate(found)}
    print(Counter(outcomes.values()))
    wrong = {str(path): result for path, result in outcomes.items() if result not in ("completed", *REFUSALS)}
    assert not wrong
    assert "completed" in outcomes.values(), "nothing but refusals proves nothing"


def outcome(suite: Embedded, path: Path, out: Path) -> str:
    """`completed`, the code of the refusal, or what went wrong."""
    try:
        Demo(suite.url, suite.mailbox, lambda text: None).run(path.read_bytes(), path.name, out, 2, True)
        expect_finished(out / "document.pdf", path, root_of(suite))
        expect_lasting(out / "certificate.pdf", root_of(suite))
    except Refused as error:
        code = str(error.document.get("code"))
        return code if error.status == 422 else f"{error.status} {code}"
    except (AssertionError, TimeoutError) as error:
        return f"{type(error).__name__}: {error}"
    return "completed"


def expect_finished(finished: Path, upload: Path, root: bytes) -> None:
    """Valid for pyHanko and pdfsig, authentic for our own verification, and qpdf finds no more wrong than before."""
    expect_valid(finished, root, signers=2)
    report = verify(finished, [root])
    assert (report.verdict, report.kind, report.level) == ("authentic", "agreement", "B-LTA"), report.reasons
    assert flawed(finished) <= flawed(upload), f"qpdf --check: {flawed(finished)}"


def flawed(path: Path) -> int:
    """0 for a file that qpdf finds clean, 3 for warnings, and errors as the worst."""
    code = subprocess.run(["qpdf", "--check", path], capture_output=True, check=False).returncode
    return {2: 4}.get(code, code)
