"""Names with a number sign that escapes nothing, as PDF 1.0 had them and damage makes them (ISO 32000-2, 7.3.5).

qpdf keeps them as they are, other readers take them for something else or refuse the file; so they are escaped.
"""

import re
from typing import Any

import pikepdf

from documents import pages

STRAY = re.compile(rb"#(?![0-9A-Fa-f]{2})")
KEPT = "\0"  # what qpdf reads such a number sign as


def mend(pdf: pikepdf.Pdf) -> None:
    """Escape the stray number signs of all names outside of content streams, which is what viewers read there too."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) or (isinstance(item, pikepdf.Object) and _stray(item)):
            _mend(item)


def _stray(item: pikepdf.Object) -> bool:
    """Whether there can be one at any depth: qpdf tells that far faster than a walk."""
    return STRAY.search(item.unparse(resolved=True)) is not None


def _mend(holder: Any) -> None:
    """The direct objects inside have their turn here, the indirect ones in `mend`."""
    for key, item in _entries(holder):
        mended = _mended(item)
        if isinstance(key, str) and KEPT in key:
            del holder[key]
            key = key.replace(KEPT, "#")
            holder[key] = mended
        elif mended is not item:
            holder[key] = mended
        if isinstance(item, pikepdf.Object) and not item.is_indirect:
            _mend(holder[key])


def _entries(holder: Any) -> list[tuple[Any, Any]]:
    if isinstance(holder, pikepdf.Array):
        return list(enumerate(holder))
    return list(holder.items()) if isinstance(holder, pikepdf.Dictionary | pikepdf.Stream) else []


def _mended(item: Any) -> Any:
    stray = KEPT in pages.spelled(item)
    return pikepdf.Name(bytes(item).replace(b"\0", b"#").decode(errors="surrogateescape")) if stray else item
