"""Every PDF of a folder is completed and verified, or refused at upload with a stable code; nothing else happens.

`SIGNET_CORPUS` names the folder; the machine's own documentation is taken when it is not set.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from documents.errors import CODES
from signet.demo.flow import Demo
from signet.demo.http import Refused
from tests.suite.checks import expect_valid, root_of
from tests.suite.harness import Embedded

pytestmark = [pytest.mark.soak, pytest.mark.timeout(3600)]


def test_every_pdf_is_completed_or_refused(tmp_path):
    found = sorted(Path(os.environ.get("SIGNET_CORPUS", "/usr/share/doc")).rglob("*.pdf"))
    assert found, "no PDF to try: set SIGNET_CORPUS"
    with Embedded() as suite:
        outcomes = {path: outcome(suite, path, tmp_path / str(number)) for number, path in enumerate(found)}
    print(Counter(outcomes.values()))
    wrong = {str(path): result for path, result in outcomes.items() if result not in ("completed", *CODES)}
    assert not wrong


def outcome(suite: Embedded, path: Path, out: Path) -> str:
    """`completed`, the code of the refusal, or what went wrong."""
    try:
        Demo(suite.url, suite.mailbox, lambda text: None).run(path.read_bytes(), path.name, out, 2, True)
        expect_valid(out / "document.pdf", root_of(suite), signers=2)
    except Refused as error:
        return str(error.document.get("code"))
    except (AssertionError, TimeoutError) as error:
        return f"{type(error).__name__}: {error}"
    return "completed"
