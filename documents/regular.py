"""Files as an update needs them: written anew by qpdf, one cross-reference section, nothing synthesised in reading."""

import re
from pathlib import Path

import pikepdf

from documents.errors import Refused
from documents.incremental import base

HEAD = 1024
WRITTEN_BY_QPDF = re.compile(rb"%PDF-(1\.[7-9]|2\.\d)\n%\xbf\xf7\xa2\xfe\n")


def regular(source: Path, scratch: Path) -> Path:
    """Source if it is regular already, as what intake and join wrote is, else scratch, where it is written anew."""
    if is_regular(source):
        return source
    with pikepdf.open(source) as pdf:
        save(pdf, scratch)
    return scratch


def is_regular(path: Path) -> bool:
    """True for a file that qpdf wrote and nobody changed since: no reference leads nowhere, none is numbered above."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    try:
        found = base.read(path)
    except Refused:
        return False
    return bool(WRITTEN_BY_QPDF.match(head)) and b"/Linearized" not in head and not found.updated


def save(pdf: pikepdf.Pdf, target: Path) -> None:
    """Write a document so that the same content gives the same bytes."""
    info = pdf.trailer.get("/Info")
    if isinstance(info, pikepdf.Dictionary) and not info.is_indirect:
        pdf.trailer.Info = pdf.make_indirect(info)  # as 7.5.5 asks; validators stumble over others
    mode = pikepdf.ObjectStreamMode.generate
    pdf.save(target, deterministic_id=True, object_stream_mode=mode, min_version="1.7", fix_metadata_version=False)
