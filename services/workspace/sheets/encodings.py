"""Which encoding the text of a table is in. What is not clear is refused: a name read wrongly would be mailed."""

from __future__ import annotations

import codecs
from collections.abc import Mapping, Sequence

from services.workspace.sheets.table import SheetRefused
from services.workspace.sheets.words import heading

ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16", "windows-1252")
SPOKEN: Mapping[str, Sequence[str]] = {"big5": ("big5hkscs", "cp950")}  # how what is called so is written
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
RARE, WRONG = 4, 6  # how much a rare, or an unlikely character speaks against an encoding
CLEAR, DENSE = 4, 1  # by how much one must be better than the next; how much may speak against it for each character


def decode(data: bytes, told: str | None) -> str:
    """The text, by its mark, as told, or by what it can be; raises `SheetRefused` encoding_unknown."""
    marked = next((name for mark, name in MARKS if data.startswith(mark)), None)
    name = marked or told or _by_zeros(data)
    text = _read(data, name or "utf-8")
    text = _guessed(data) if text is None and not name else text
    if text is None:
        raise SheetRefused("encoding_unknown")
    return text


def _read(data: bytes, name: str) -> str | None:
    for codec in SPOKEN.get(name, (name,)):
        try:
            return data.decode(codec)
        except UnicodeError:
            continue
    return None


def _by_zeros(data: bytes) -> str | None:
    """UTF-16 without a mark shows by the zero bytes of its line ends and commas."""
    start = data[:2000]
    if start.count(0) <= len(start) // 8:
        return None
    return "utf-16-le" if start[1::2].count(0) >= start[::2].count(0) else "utf-16-be"


def _guessed(data: bytes) -> str | None:
    """The text whose headings are known words of its language, else the one whose characters are usual ones."""
    found = [(text, against) for name, against in AGAINST.items() if (text := _read(data, name)) is not None]
    for text, _ in found:
        if _heads(text):
            return text
    ranked = sorted((against(data), text) for text, against in found)
    if not ranked or ranked[0][0] > DENSE * sum(byte > 127 for byte in data):
        return None
    return ranked[0][1] if len(ranked) == 1 or ranked[1][0] - ranked[0][0] >= CLEAR else None


def _heads(text: str) -> bool:
    first = text.splitlines()[0] if text else ""
    cells = first.replace(";", ",").replace("\t", ",").split(",")
    return any(not cell.isascii() and heading(cell.strip(' "')) for cell in cells)


def _against_pairs(data: bytes, usual: range, second: range) -> int:
    """Two bytes a character: the usual ones have their first byte in one part of the table.

    They are rarely next to Latin letters.
    """
    against, place = 0, 0
    while place < len(data):
        if data[place] < 128:
            place += 1
            continue
        pair = data[place : place + 2]
        if pair[0] not in usual:
            against += RARE
        if pair[-1] not in second:
            against += RARE
        if data[place - 1 : place].isalpha() or data[place + 2 : place + 3].isalpha():
            against += RARE
        place += 2
    return against


def _against_gb(data: bytes) -> int:
    return _against_pairs(data, range(0xB0, 0xD8), range(0xA1, 0xFF))


def _against_big5(data: bytes) -> int:
    return _against_pairs(data, range(0xA4, 0xC7), range(0x40, 0xFF))


def _against_latin(data: bytes) -> int:
    """Letters with accents stand alone between others; no word has many in a row, or a capital inside."""
    text = data.decode("windows-1252", "replace")
    around = zip(" " + text, text, text[1:] + " ", strict=False)
    return sum(
        WRONG * (not one.isalpha() or _is_odd(before, one, after)) + RARE * (not after.isascii())
        for before, one, after in around
        if not one.isascii()
    )


def _is_odd(before: str, one: str, after: str) -> bool:
    """A capital between small letters, or before one inside a word."""
    return one.isupper() and (before.islower() or (before.isalpha() and after.islower()))


AGAINST = {"gb18030": _against_gb, "big5": _against_big5, "windows-1252": _against_latin}
