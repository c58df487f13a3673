"""Try at upload what will be done after sending, so that it cannot fail when people have already signed."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pikepdf

from documents.errors import Refused
from documents.fields import Field, Mark
from documents.geometry import PageBox, Place
from documents.revisions import append, prepare
from documents.sign import Act
from documents.uploads import join

WHOLE_PAGE = Place(0.0, 0.0, 1.0, 1.0)
FAULTS = (pikepdf.PdfError, ValueError, KeyError, TypeError, AttributeError)


def rehearse(taken: Path, pages: tuple[PageBox, ...]) -> None:
    """Join, prepare and append to a copy of a file taken in; Refused pdf_damaged when a step fails."""
    last = len(pages) - 1
    fields = [
        Field("sign", "somebody", "signature", last, WHOLE_PAGE),
        Field("tick", "somebody", "checkbox", 0, WHOLE_PAGE),
    ]
    act = Act(datetime(2000, 1, 1, tzinfo=UTC), "Somebody")
    with tempfile.TemporaryDirectory(dir=taken.parent) as folder:
        joined, prepared, signed = (Path(folder, f"{step}.pdf") for step in ("joined", "prepared", "signed"))
        try:
            join.join([taken], joined, ["Rehearsal"])
            plan = prepare.prepare(joined, prepared, fields, act).plan
            append.append(prepared, signed, plan, "somebody", [Mark("tick", "checkbox", checked=True)], act)
        except FAULTS as error:
            raise Refused("pdf_damaged", f"{type(error).__name__}: {error}") from error
