"""The outer form of a bundle: a ZIP that every program unpacks alike, with nothing in it that is not ours.

Programs read ZIPs from either end and differ on doubled names, gaps and comments (APPNOTE 6.3.10, 4.3): what could be
read in two ways, and any name that a bundle does not have, is refused.
"""

import re
import stat
import zipfile
from collections.abc import Iterator
from typing import IO

from documents.verification.syntax import Malformed

NAMES = re.compile(
    r"document\.pdf|certificate-(en|zh-Hans|zh-Hant)\.pdf|audit\.json|README\.txt|certs/([A-Za-z0-9-]{1,60}\.pem)?"
    r"|revocation/((ocsp|crl)-\d{1,4}\.der)?|anchors/(\d{4}-\d\d-\d\d\.tst)?"
)
MOST_FILES = 5_000
LARGEST = 256 << 20  # bytes of one file
LARGEST_TOTAL = 768 << 20  # bytes of all files
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
HEADER, END = 30, 22  # bytes of a local file header and of the end of central directory, without what varies
DESCRIPTORS = (12, 16, 20, 24)  # bytes that may follow a file's data when its header does not tell the size
DESCRIBED = 8  # the flag for them


def demand(archive: zipfile.ZipFile, file: IO[bytes]) -> None:
    """Raises Malformed bundle_changed for what is not a plain ZIP of our files and nothing else."""
    infos = archive.infolist()
    _demand_names([one.filename for one in infos])
    if sum(one.file_size for one in infos) > LARGEST_TOTAL:
        raise Malformed("bundle_changed", "too large")
    for one in infos:
        _demand_plain(one)
    _demand_dense(archive, file)


def _demand_names(names: list[str]) -> None:
    if len(names) > MOST_FILES:
        raise Malformed("bundle_changed", f"{len(names)} files")
    for name in names:
        if NAMES.fullmatch(name) is None:
            raise Malformed("bundle_changed", name)
    if doubled := {name for name in names if names.count(name) > 1}:
        raise Malformed("bundle_changed", f"{min(doubled)} twice")


def _demand_plain(one: zipfile.ZipInfo) -> None:
    kind = stat.S_IFMT(one.external_attr >> 16)
    fits = kind in (0, stat.S_IFDIR if one.is_dir() else stat.S_IFREG)
    if not fits or one.compress_type not in METHODS or one.flag_bits & 1 or one.file_size > LARGEST:
        raise Malformed("bundle_changed", f"{one.filename} is no plain file")


def _demand_dense(archive: zipfile.ZipFile, file: IO[bytes]) -> None:
    """File after file from the first byte on, then the directory, then its end, and no byte beside."""
    at, described = 0, False
    for offset, end, next_described in _extents(archive, file):
        beside = offset - at
        if beside and not (described and beside in DESCRIPTORS):
            raise Malformed("bundle_changed", f"{beside} bytes at {at}")
        at, described = end, next_described
    size = file.seek(0, 2)
    file.seek(max(size - END, 0))
    last = file.read(END)
    directory, start = int.from_bytes(last[12:16], "little"), int.from_bytes(last[16:20], "little")
    if last[:4] != b"PK\5\6" or last[20:] != b"\0\0" or start + directory != size - END or start != archive.start_dir:
        raise Malformed("bundle_changed", "bytes after the end")


def _extents(archive: zipfile.ZipFile, file: IO[bytes]) -> Iterator[tuple[int, int, bool]]:
    """Begin and end of each file's header and data, and whether a descriptor may follow; then the directory's begin."""
    for one in sorted(archive.infolist(), key=lambda info: info.header_offset):
        file.seek(one.header_offset)
        head = file.read(HEADER)
        varying = int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
        end = one.header_offset + HEADER + varying + one.compress_size
        yield one.header_offset, end, bool(one.flag_bits & DESCRIBED)
    yield archive.start_dir, archive.start_dir, False
