"""What people typed, fit for a mail: no control characters, no marks that turn the direction of what stands around."""

from __future__ import annotations

import unicodedata

JOINERS = "\u200c\u200d"  # they shape Persian words and emoji
LONGEST_NAME = 100


def one_line(text: str) -> str:
    """On one line."""
    return " ".join(_plain(text).split())


def lines_of(text: str) -> str:
    """With its line breaks, and no more than one empty line between two."""
    kept: list[str] = []
    for line in text.strip().splitlines():
        plain = _plain(line).rstrip()
        if plain or (kept and kept[-1]):
            kept.append(plain)
    return "\n".join(kept)


def header_text(text: str) -> str:
    """On one line, and nothing in it that a reader would take for an encoded word (RFC 2047)."""
    return one_line(text).replace("=?", "= ?")


def display_name(text: str) -> str:
    """A name beside an address: short, and nothing that looks like another address."""
    name = header_text(text)[:LONGEST_NAME].strip()
    return "" if "@" in name or "://" in name else name


def _plain(text: str) -> str:
    return "".join(_char(char) for char in text)


def _char(char: str) -> str:
    if char.isprintable() or char in JOINERS or unicodedata.category(char) == "Zs":
        return char
    return " " if char.isspace() else ""
