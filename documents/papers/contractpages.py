"""Contracts of our own: a short markup set into pages, with the places of the fields that are to be filled in.

The markup, line by line: ``# title``; ``> role | label`` a blank that this role fills in; ``## heading``; ``- item`` of
a list; anything else is a paragraph; an empty line is a little room. The signatures of all roles come at the end.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from documents.geometry import Place
from documents.papers.sheet import ACROSS, HEIGHT, MARGIN, WIDTH, Cell, Sheets, Style, lines
from documents.papers.sheetstyles import INK, LINE, PALE

TITLE = Style(20, 30, INK)
HEADING = Style(11.5, 19, INK)
BODY = Style(10.5, 16.5, INK)
LABEL = Style(9.5, 14, PALE)
FOOT = Style(8, 11, PALE)
BLANK, LABELS, INDENT = 26.0, 150.0, 16.0
SIGNATURE, SIGNED_LINE = 58.0, 24.0
LEADINGS = (16.5, 15.5, 14.5, 14.0, 18.5)


@dataclass(frozen=True)
class Blank:
    """A field that a role fills in; ``kind`` is signature, text or date, ``page`` counts from 0."""

    role: str
    kind: str
    page: int
    place: Place
    label: str


@dataclass(frozen=True)
class Words:
    """What the pages say beside the contract: roles by key, and the labels of the signatures."""

    roles: tuple[tuple[str, str], ...]
    signature: str
    name: str
    date: str
    language: str


def compose(markup: str, words: Words, target: Path) -> tuple[Blank, ...]:
    """Set the contract into ``target``; the same text gives the same bytes. Returns its fields in reading order.

    Lines are set closer where the signatures would stand alone on a page otherwise.
    """
    for leading in LEADINGS:
        sheets, blanks = _body(markup, Style(BODY.size, leading, BODY.colour))
        before = sheets.page
        blanks += _signatures(sheets, words)
        if sheets.page == before:
            break
    title = markup.strip().splitlines()[0].removeprefix("# ")
    sheets.save(target, _foot, {"/Title": title}, words.language)
    return tuple(blanks)


def _body(markup: str, body: Style) -> tuple[Sheets, list[Blank]]:
    sheets, blanks = Sheets(), list[Blank]()
    for line in markup.strip().splitlines():
        kind, _, rest = line.partition(" ")
        match kind:
            case "#":
                _title(sheets, rest)
            case ">":
                role, _, label = (part.strip() for part in rest.partition("|"))
                blanks.append(_blank(sheets, role, label))
            case "##":
                sheets.room(HEADING.leading + 3 * body.leading)
                sheets.row([Cell(0, lines(HEADING, rest, ACROSS))], above=8, below=2)
            case "-":
                bullet = Cell(4, lines(body, "•", INDENT))
                sheets.row([bullet, Cell(INDENT, lines(body, rest, ACROSS - INDENT))], below=2)
            case "":
                sheets.down(6)
            case _:
                sheets.row([Cell(0, lines(body, line, ACROSS))], below=4)
    return sheets, blanks


def _title(sheets: Sheets, text: str) -> None:
    for line in lines(TITLE, text, ACROSS):
        sheets.centred(0, ACROSS, sheets.y, *line)
        sheets.down(TITLE.leading)
    sheets.down(12)


def _blank(sheets: Sheets, role: str, label: str) -> Blank:
    """A label with a line to write on."""
    sheets.room(BLANK)
    top = sheets.y
    sheets.text(0, top - 7, LABEL, label)
    sheets.down(BLANK - 4)
    sheets.rule(LINE, LABELS, ACROSS - LABELS)
    sheets.down(4)
    return Blank(role, "text", sheets.page, _place(LABELS, top - 2, ACROSS - LABELS, BLANK - 7), label)


def _signatures(sheets: Sheets, words: Words) -> Iterator[Blank]:
    """The roles side by side, two in a row, each with a place to sign, a name and a date."""
    across = (ACROSS - 28) / 2
    rows = [words.roles[at : at + 2] for at in range(0, len(words.roles), 2)]
    for row in rows:
        sheets.room(HEADING.leading + SIGNATURE + 2 * SIGNED_LINE + 40)
        sheets.down(18)
        top = sheets.y
        for place, (role, shown) in enumerate(row):
            yield from _signature(sheets, words, (role, shown), place * (across + 28), top, across)
        sheets.y = top - HEADING.leading - SIGNATURE - 2 * SIGNED_LINE - 20


def _signature(
    sheets: Sheets, words: Words, role: tuple[str, str], x: float, top: float, across: float
) -> Iterator[Blank]:
    sheets.text(x, top, HEADING, role[1])
    edge = top - HEADING.leading - 4
    yield Blank(role[0], "signature", sheets.page, _place(x, edge, across * 0.8, SIGNATURE), words.signature)
    edge -= SIGNATURE
    _line(sheets, x, edge, across)
    sheets.text(x, edge - 1, LABEL, words.signature)
    edge -= LABEL.leading
    for label, kind in ((words.name, "text"), (words.date, "date")):
        yield Blank(role[0], kind, sheets.page, _place(x + 60, edge - 3, across - 60, SIGNED_LINE - 6), label)
        sheets.text(x, edge - 7, LABEL, label)
        edge -= SIGNED_LINE
        _line(sheets, x + 60, edge, across - 60)


def _line(sheets: Sheets, x: float, y: float, across: float) -> None:
    before, sheets.y = sheets.y, y
    sheets.rule(LINE, x, across)
    sheets.y = before


def _place(x: float, top: float, across: float, up: float) -> Place:
    """Points from the left margin and from the bottom of the page as fractions of the page."""
    shown = ((MARGIN + x) / WIDTH, (HEIGHT - top) / HEIGHT, across / WIDTH, up / HEIGHT)
    return Place(*(round(value, 5) for value in shown))


def _foot(sheets: Sheets, page: int, total: int) -> None:
    sheets.centred(0, ACROSS, 40, FOOT, f"{page} / {total}")
