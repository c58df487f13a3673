"""How a report looks: a few sizes, two greys, one accent."""

from documents.papers.sheet import ACROSS, Cell, Colour, Sheets, Style, lines


def rgb(code: str) -> Colour:
    """A colour written as six hexadecimal digits."""
    red, green, blue = (int(code[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


INK, PALE, LINE, ACCENT = rgb("1a2233"), rgb("5c667a"), rgb("d5dae3"), rgb("1f4fbf")
TITLE = Style(22, 29, INK)
HEAD = Style(11.5, 16, ACCENT)
NAME = Style(10.5, 15, INK)
TEXT = Style(9, 13, INK)
PLAIN = Style(8.5, 12.5, PALE)
SMALL = Style(7.5, 11, INK)
LABEL = Style(7.5, 13, PALE)
TINY = Style(7.5, 11, PALE)
HASH = Style(6.9, 13, INK)


def heading(sheets: Sheets, text: str, following: float) -> None:
    """A section's heading, on the page where at least `following` points of the section have room."""
    sheets.room(20 + HEAD.leading + 8 + following)
    sheets.row([Cell(0, lines(HEAD, text, ACROSS))], above=0 if sheets.is_fresh else 16, below=3)
    sheets.rule(LINE)
    sheets.down(6)
