"""Seal a finished file of the platform's own (the certificate of completion) against any change."""

from pathlib import Path

from documents.revisions.prepare import opened
from documents.revisions.signaturedictionary import NO_CHANGES
from documents.sign import Act, Reserved

FIELD = "seal"


def seal_invisible(source: Path, target: Path, act: Act, field: str = FIELD) -> Reserved:
    """Write source to target with room for an invisible certification signature (DocMDP P=1).

    The same arguments give the same bytes. Refused pdf_damaged for a file with a form.
    """
    with opened(source, target.parent) as (file, update, form):
        form.certify(field, act, NO_CHANGES)
        return update.reserve(file, target, field)
