"""Fields from the text of a file: tags such as ``{{sign:1}}`` or ``{{text:2:Job title?}}``, and words.

A tag names the kind, the signer (from 1) and a label; a question mark at its end makes the field optional.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2

from documents import pages
from documents.geometry import PageBox, Place
from documents.rendering import render
from documents.uploads.suggestion import MOST, Suggestion, displayed, sized

TAG = re.compile(r"\{\{\s*([^\W\d_]+)\s*(?:[:：]\s*(\d{1,3})\s*)?(?:[:：]([^{}]{0,100}?))?([?？])?\s*\}\}")
KINDS: Mapping[str, tuple[str, ...]] = {
    "signature": ("sign", "signature", "签名", "簽名", "签字", "簽字"),
    "stamp": ("stamp", "seal", "盖章", "蓋章", "印章"),
    "text": ("text", "文本", "文字"),
    "date": ("date", "日期"),
    "checkbox": ("check", "checkbox", "勾选", "勾選"),
}
KIND_OF = {word: kind for kind, words in KINDS.items() for word in words}
BESIDE = 4.0  # points between a word and the field after it


def found(source: Path) -> list[Suggestion]:
    """The fields that tags in a normalised file ask for, at most 1000; Refused pdf_damaged."""
    return list(islice(_found(source), MOST))


def _found(source: Path) -> Iterator[Suggestion]:
    for number, box, text in _texts(source):
        if "{{" not in text.get_text_range():
            continue
        shown = _characters(text)
        for match in TAG.finditer(shown):
            kind, at = KIND_OF.get(match[1].casefold()), _place(text, box, match.span())
            if kind and at:
                label, signer = " ".join((match[3] or "").split()), max(int(match[2] or 1), 1)
                yield Suggestion("tag", kind, signer, number, sized(box, kind, at), label, match[4] is None)


def keywords(source: Path, words: Sequence[tuple[str, str, int]]) -> list[Suggestion]:
    """A field right after each place where a word stands; ``words`` are text, kind and signer. Case does not matter."""
    return list(islice(_keywords(source, words), MOST))


def _keywords(source: Path, words: Sequence[tuple[str, str, int]]) -> Iterator[Suggestion]:
    for number, box, text in _texts(source):
        shown = _characters(text)
        for word, kind, signer in words:
            for match in re.finditer(re.escape(word), shown, re.IGNORECASE):
                at = _place(text, box, match.span())
                if at:
                    yield Suggestion("keyword", kind, signer, number, sized(box, kind, _after(box, at)), word)


def _after(box: PageBox, at: Place) -> Place:
    return Place(at.x + at.width + BESIDE / box.size[0], at.y, 0, at.height)


def _texts(source: Path) -> Iterator[tuple[int, PageBox, Any]]:
    """Each page's number, box and text."""
    with pikepdf.open(source) as pdf:
        boxes = [pages.box(page) for page in pages.listed(pdf)]
    with render.opened(source) as pdf:
        for number, box in enumerate(boxes):
            shown = render.page_of(pdf, number)
            text = shown.get_textpage()
            yield number, box, text
            text.close()
            shown.close()


def _characters(text: Any) -> str:
    """One character for each that pdfium counts, so that places can be asked for."""
    raw: Any = pypdfium2.raw
    return "".join(chr(raw.FPDFText_GetUnicode(text.raw, at) or 32) for at in range(text.count_chars()))


def _place(text: Any, box: PageBox, span: tuple[int, int]) -> Place | None:
    """What a run of characters covers; None when it lies outside the page."""
    edges = [text.get_charbox(at, loose=True) for at in range(*span)]
    edges = [edge for edge in edges if edge[2] > edge[0] and edge[3] > edge[1]]
    if not edges:
        return None
    left, low, right, high = zip(*edges, strict=True)
    place = displayed(box, (min(left), min(low), max(right), max(high)))
    inside = place.x < 1 and place.y < 1 and place.x + place.width > 0 and place.y + place.height > 0
    return place if inside else None
