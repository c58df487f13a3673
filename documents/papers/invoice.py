"""An invoice or credit note on one or more pages of A4, in the reader's language."""

from dataclasses import dataclass
from pathlib import Path

from documents.drawing import textlayout
from documents.papers.invoicewords import WORDS
from documents.papers.sheet import ACROSS, Cell, Sheets, Style, lines
from documents.papers.sheetstyles import INK, LINE, NAME, PLAIN, TEXT, TINY, TITLE, rgb

Block = tuple[str, tuple[str, ...], str]  # name, lines of the address, tax number

STRONG = Style(10.5, 16, INK)
STAMP = Style(15, 20, rgb("b42318"))
HALF = ACROSS / 2
FACTS = 92.0  # from the left edge of a fact's label to its value
QUANTITY, ITEMS = 330.0, 310.0


@dataclass(frozen=True)
class Paper:
    """What stands on an invoice, all amounts and days written out.

    A line is what, the plan it replaces, the days it is for (``73/365``), how many, how much. ``bank`` is where to pay
    to, ``paid`` the day it was paid.
    """

    language: str
    credit: bool
    number: str
    credits_number: str | None
    order: str
    date: str
    due: str | None
    paid: str | None
    void: bool
    seller: Block
    buyer: Block
    lines: tuple[tuple[str, str, str, str, str], ...]
    net: str
    tax: tuple[str, str] | None
    total: str
    bank: tuple[str, ...]


def draw(paper: Paper, target: Path) -> None:
    """Set the invoice into ``target``; the same invoice gives the same bytes."""
    sheets, words = Sheets(), WORDS[paper.language]
    _head(sheets, paper)
    _parties(sheets, paper)
    _items(sheets, paper)
    _totals(sheets, paper)
    _payment(sheets, paper)
    title = f"{words['credit' if paper.credit else 'invoice']} {paper.number}"

    def foot(on: Sheets, page: int, total: int) -> None:
        on.text(0, 40, TINY, f"{paper.seller[0]} · {title}")
        on.right(40, TINY, f"{page} / {total}")

    sheets.save(target, foot, {"/Title": title, "/Author": paper.seller[0]}, paper.language)


def _head(sheets: Sheets, paper: Paper) -> None:
    words, top = WORDS[paper.language], sheets.y
    sheets.text(0, top, TITLE, words["credit" if paper.credit else "invoice"])
    if paper.void:
        sheets.right(top + 2, STAMP, words["void"])
    sheets.down(TITLE.leading + 10)
    facts = (
        ("number", paper.number), ("credits", paper.credits_number), ("date", paper.date), ("due", paper.due),
        ("paid", paper.paid), ("order", paper.order),
    )  # fmt: skip
    for name, value in facts:
        if value:
            sheets.row([Cell(0, lines(PLAIN, words[name], FACTS)), Cell(FACTS, lines(TEXT, value, ACROSS - FACTS))])
    sheets.down(16)


def _parties(sheets: Sheets, paper: Paper) -> None:
    words = WORDS[paper.language]
    cells = [
        _party(x, words[label], block, words["tax_id"])
        for x, label, block in ((0.0, "seller", paper.seller), (HALF, "buyer", paper.buyer))
    ]
    sheets.row(cells, below=22)


def _party(x: float, label: str, block: Block, tax_label: str) -> Cell:
    name, address, tax_id = block
    across = HALF - 20
    shown = [*lines(PLAIN, label, across), *lines(NAME, name, across)]
    for part in address:
        shown += lines(TEXT, part, across)
    if tax_id:
        shown += lines(TEXT, f"{tax_label} {tax_id}", across)
    return Cell(x, tuple(shown))


def _items(sheets: Sheets, paper: Paper) -> None:
    words = WORDS[paper.language]
    _columns(sheets, PLAIN, (words["item"],), words["quantity"], words["amount"])
    sheets.down(3)
    sheets.rule(LINE)
    sheets.down(7)
    for what, former, days, quantity, amount in paper.lines:
        detail = ", ".join(
            part for part in (former and words["instead"].format(former), days and words["days"].format(days)) if part
        )
        _columns(sheets, TEXT, (what, detail), quantity, amount)
        sheets.down(7)
    sheets.rule(LINE)
    sheets.down(8)


def _columns(sheets: Sheets, style: Style, texts: tuple[str, ...], quantity: str, amount: str) -> None:
    """A row: text at the left, the numbers with their ends below each other."""
    shown = [*lines(style, texts[0], ITEMS)]
    for text in texts[1:]:
        shown += lines(TINY, text, ITEMS) if text else ()
    sheets.room(sum(one.leading for one, _ in shown))
    top = sheets.y
    sheets.text(QUANTITY + 40 - textlayout.width(quantity) * style.size, top, style, quantity)
    sheets.right(top, style, amount)
    sheets.row([Cell(0, tuple(shown))])


def _totals(sheets: Sheets, paper: Paper) -> None:
    words = WORDS[paper.language]
    sheets.room(60)
    if paper.tax:
        for label, amount in ((words["net"], paper.net), paper.tax):
            _total(sheets, TEXT, label, amount)
    _total(sheets, STRONG, words["total"], paper.total)
    sheets.down(24)


def _total(sheets: Sheets, style: Style, label: str, amount: str) -> None:
    sheets.text(QUANTITY - 60, sheets.y, style, label)
    sheets.right(sheets.y, style, amount)
    sheets.down(style.leading + 2)


def _payment(sheets: Sheets, paper: Paper) -> None:
    if not paper.bank or paper.void:
        return
    words = WORDS[paper.language]
    shown = [*lines(PLAIN, words["bank"], ACROSS)]
    for part in (*paper.bank, words["reference"].format(paper.number)):
        shown += lines(TEXT, part, ACROSS)
    sheets.row([Cell(0, tuple(shown))])
