"""What keeps a ceremony waiting though nobody has done anything wrong; it is tried again until it works."""

from __future__ import annotations


class Waits(Exception):
    """Base of the reasons; the text is what the ceremony keeps as its last error."""


class TimestampAway(Waits):
    """No time-stamping authority gave a usable token."""


class RevocationAway(Waits):
    """Neither OCSP nor CRL could be had for a certificate in the document."""


class Unsound(Waits):
    """A finished document does not hold or does not show what was signed; nobody is told "done"."""
