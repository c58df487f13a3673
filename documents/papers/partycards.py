"""The parties of a certificate of completion, each on a card."""

from documents.papers.certificate import Certificate, Party
from documents.papers.sheet import ACROSS, Cell, Line, Sheets, lines
from documents.papers.sheetstyles import LINE, NAME, SMALL, TEXT, TINY

PADDING = 9.0
SIGNATURE = (128.0, 46.0)
LABELS = 66.0
INSIDE = ACROSS - 2 * PADDING
LEFT = 218.0
RIGHT = INSIDE - LEFT - 16  # holds a serial number of 20 bytes in one line
SECOND = ACROSS - PADDING - RIGHT
BELOW = 7.0


class PartyCards:
    """Sets the cards of one certificate."""

    def __init__(self, content: Certificate, sheets: Sheets) -> None:
        self.content, self.words, self.sheets = content, content.words, sheets

    def write(self) -> None:
        """All parties in their order."""
        for party in self.content.parties:
            self._card(party)

    def _card(self, party: Party) -> None:
        sheets, beside = self.sheets, INSIDE - SIGNATURE[0] - 12
        head = lines(NAME, party.name, beside) + lines(TEXT, f"{party.email} · {party.role}", beside)
        pairs = [*self._pairs(self._acts(party), PADDING, LEFT), *self._pairs(self._proofs(party), SECOND, RIGHT)]
        agent = self._pairs([("agent", party.user_agent or "-")], PADDING, INSIDE)
        top_height = max(Cell(0, head).height, SIGNATURE[1]) + 6
        height = top_height + sum(max(cell.height for cell in cells) for cells in (pairs, agent)) + 2 * PADDING
        sheets.room(height)
        top = sheets.y
        if height <= sheets.left + 0.01:
            sheets.frame(top, height, LINE)
        self._signature(party, top - PADDING)
        sheets.down(PADDING)
        sheets.row([Cell(PADDING, head)])
        sheets.y = min(sheets.y, top - PADDING - top_height)
        sheets.row(pairs)
        sheets.row(agent, below=PADDING + BELOW)

    def _signature(self, party: Party, top: float) -> None:
        across, up = SIGNATURE
        x = ACROSS - PADDING - across
        if party.signature:
            self.sheets.picture(party.signature, x, top, across, up)
        else:
            self.sheets.centred(x, across, top - up / 2 + 5, TINY, self.words["no_signature"])

    def _acts(self, party: Party) -> list[tuple[str, str]]:
        shown, words = self.content.shown, self.words
        consent = words["consented"].format(version=party.consent, at=shown(party.consented_at))
        return [
            ("checks", "\n".join(party.checks) or words["no_checks"]),
            ("viewed", shown(party.viewed_at)),
            ("consent", consent if party.consented_at else "-"),
            ("signed", shown(party.signed_at)),
        ]

    def _proofs(self, party: Party) -> list[tuple[str, str]]:
        known = party.certificate
        address = [("address", party.ip or "-")]
        if known is None:
            return address
        stamped = self.words["stamped"].format(at=self.content.shown(known.stamped_at), by=known.stamped_by)
        stamp = [("stamp", stamped)] if known.stamped_at else []
        return [*address, ("issuer", known.issuer), ("serial", known.serial), *stamp]

    def _pairs(self, rows: list[tuple[str, str]], x: float, across: float) -> list[Cell]:
        """Labels and values as two cells whose lines stand beside each other."""
        labels: list[Line] = []
        values: list[Line] = []
        for key, value in rows:
            told, label = lines(SMALL, value, across - LABELS), lines(TINY, self.words[key], LABELS - 6)
            rows_of = max(len(told), len(label))
            values += [*told, *[(SMALL, "")] * (rows_of - len(told))]
            labels += [*label, *[(TINY, "")] * (rows_of - len(label))]
        return [Cell(x, tuple(labels)), Cell(x + LABELS, tuple(values))]
