"""Is this file what was signed? Offline, for agreements of Signet to the last byte, and for any other signed PDF.

The libraries that read files are loaded at the first call, which belongs into the sandbox's child.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from documents.verification.report import Bundle, Reason, Report, Signature

__all__ = ["Bundle", "Reason", "Report", "Signature", "verify", "verify_bundle"]


def verify(path: Path, trust: Sequence[bytes], *, at: datetime | None = None) -> Report:
    """What is to be said of a PDF: trusting these roots (DER), at a time (aware; the present if none is given).

    Never raises for what is in the file. Raises OSError when it cannot be opened, ValueError for a root that is none.
    Judges by EN 319 102-1; what may come after a signature by ISO 32000-2, 12.8.2, and the plan of the agreement.
    """
    from documents.verification import engine

    return engine.verify(path, trust, at=at)


def verify_bundle(path: Path, trust: Sequence[bytes], *, at: datetime | None = None) -> Bundle:
    """What is to be said of the ZIP of an agreement; certificates within it are not trusted."""
    from documents.verification import bundle

    return bundle.verify_bundle(path, trust, at=at)
