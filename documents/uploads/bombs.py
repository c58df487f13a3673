"""Find streams that inflate to more than a document ever needs, before anything inflates them whole."""

import zlib
from typing import Any

import pikepdf

from documents import pages
from documents.errors import Refused

ONE_STREAM = 400 << 20  # bytes: an uncompressed A3 scan at 600 dpi in colour is 210 MiB
ALL_STREAMS = 1500 << 20
MAX_FILTERS = 4
STEP = 1 << 20


def require_harmless(pdf: pikepdf.Pdf) -> None:
    """Refused pdf_too_complex if a stream, or all together, inflate to too much; memory stays below a few MiB."""
    total = 0
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream):
            total += _inflated(item)
            if total > ALL_STREAMS:
                raise Refused("pdf_too_complex", "streams inflate to too much")


def _inflated(stream: pikepdf.Stream) -> int:
    filters: Any = stream.get("/Filter", [])
    listed = list(filters) if isinstance(filters, pikepdf.Array) else [filters]
    names = [pages.spelled(item) for item in listed]
    if len(names) > MAX_FILTERS:
        raise Refused("pdf_too_complex", f"{len(names)} filters on a stream")
    deflated = [name in ("/FlateDecode", "/Fl") for name in names]
    if not deflated or not deflated[0]:
        return 0
    size = inflated_size(stream.read_raw_bytes(), rounds=deflated.index(False) if False in deflated else len(deflated))
    if size > ONE_STREAM:
        raise Refused("pdf_too_complex", "a stream inflates to too much")
    return size


def inflated_size(data: bytes, rounds: int = 1, limit: int = ONE_STREAM) -> int:
    """The size after `rounds` of zlib, at least limit + 1 if it is more than limit; broken data ends the count."""
    inflater, inner = zlib.decompressobj(), zlib.decompressobj()
    size, pending = 0, data
    try:
        while pending and size <= limit:
            piece = inflater.decompress(pending, STEP)
            pending = inflater.unconsumed_tail
            size += len(piece) if rounds == 1 else _drained(inner, piece, limit)
    except zlib.error:
        return size
    return size


def _drained(inner: "zlib._Decompress", piece: bytes, limit: int) -> int:
    size = 0
    while piece and size <= limit:
        size += len(inner.decompress(piece, STEP))
        piece = inner.unconsumed_tail
    return size
