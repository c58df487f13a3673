"""What keeps signatures provable: validation data and archive time stamps (PAdES B-LT and B-LTA, EN 319 142-1, 6)."""

from documents.longterm.archive import reserve_archive
from documents.longterm.found import NotArchived, archive_ends, certificates
from documents.longterm.proof import ValidationData, timely, unproven

__all__ = ["NotArchived", "ValidationData", "archive_ends", "certificates", "reserve_archive", "timely", "unproven"]
