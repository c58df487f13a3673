"""Join the files of an agreement into one, each with its bookmark."""

from collections.abc import Sequence
from pathlib import Path

import pikepdf

from documents import pages, regular
from documents.errors import Refused


def join(sources: Sequence[Path], target: Path, titles: Sequence[str]) -> tuple[int, ...]:
    """Write the pages of all sources to target in order, geometry unchanged; the number of pages of each source.

    Sources are files that intake wrote. The same sources give the same bytes. Refused pdf_too_many_pages, pdf_damaged.
    """
    if not sources or len(sources) != len(titles):
        raise ValueError("one title for each source, and at least one source")
    with pikepdf.new() as joined:
        counts = tuple(_append(joined, source) for source in sources)
        if sum(counts) > pages.MAX_PAGES:
            raise Refused("pdf_too_many_pages", str(sum(counts)))
        _bookmark(joined, titles, counts)
        regular.save(joined, target)
    return counts


def _append(joined: pikepdf.Pdf, source: Path) -> int:
    with pikepdf.open(source) as pdf:
        listed = pages.listed(pdf)
        joined.add_pages_from(pdf)
        return len(listed)


def _bookmark(joined: pikepdf.Pdf, titles: Sequence[str], counts: Sequence[int]) -> None:
    with joined.open_outline() as outline:
        first = 0
        for title, count in zip(titles, counts, strict=True):
            outline.root.append(pikepdf.OutlineItem(title, first))
            first += count
