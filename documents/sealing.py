"""Seal a finished file of the platform's own (the certificate of completion) against any change."""

from pathlib import Path

from documents.revision import Revision
from documents.sign import Act, Reserved

FIELD = "seal"
NO_CHANGES = 1  # DocMDP, ISO 32000-2 table 257; a DSS and a document time stamp may still follow


def seal_invisible(source: Path, target: Path, act: Act, field: str = FIELD) -> Reserved:
    """Write source to target with room for an invisible certification signature (DocMDP P=1)."""
    with Revision(source) as revision:
        return revision.reserve(target, field, act, certify=NO_CHANGES)
