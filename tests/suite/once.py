"""Every signer's revision, certificate and evidence exist once, and the file is lasting (PAdES B-LTA)."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from pyhanko.pdf_utils.reader import PdfFileReader

from documents.validate import flaws


def expect_each_once(folder: Path, roots: list[bytes], signers: int) -> None:
    """Of a collected agreement: so many signatures with so many certificates for one act, each told once."""
    document = folder / "document.pdf"
    assert flaws(document, roots, archived=True) == [] and flaws(folder / "certificate.pdf", roots, archived=True) == []
    with document.open("rb") as file:
        found = [one for one in PdfFileReader(file).embedded_signatures if one.sig_object_type == "/Sig"]
        used = Counter(one.signer_cert.serial_number for one in found)
        assert len(found) == len(used) == signers + 1, used
    entries = json.loads((folder / "audit.json").read_text())["entries"]
    kinds = Counter(entry["kind"] for entry in entries)
    assert [kinds[kind] for kind in ("prepared", "archived", "completed")] == [1, 1, 1], kinds
    applied = [entry["detail"] for entry in entries if entry["kind"] == "signature_applied"]
    assert sorted(one["revision"] for one in applied) == list(range(2, signers + 2)), applied
    assert len({one["recipient_id"] for one in applied}) == signers
