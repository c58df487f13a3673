"""Addresses that a browser may be sent on to."""

from __future__ import annotations


def local(address: str) -> str:
    """An address of ours as it was given; the front page for any other."""
    ours = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if ours and len(address) <= 500 else "/"
