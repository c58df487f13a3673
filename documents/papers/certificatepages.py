"""The pages of the certificate of completion: what stands where."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from documents.papers.certificate import Certificate, CertifiedFile, Event
from documents.papers.partycards import PartyCards
from documents.papers.sheet import ACROSS, Cell, Sheets, Style, lines
from documents.papers.sheetstyles import HASH, LABEL, LINE, PLAIN, SMALL, TEXT, TINY, TITLE, heading

QR = 74.0
LABELS = 118.0
COLUMNS = (0.0, 104.0, 228.0, 372.0)  # of the timeline: time, event, who, address
GAP = 8.0


def certificate(content: Certificate, target: Path) -> None:
    """Write the certificate to target: A4, fonts embedded, unsigned. The same content gives the same bytes."""
    words = content.words
    sheets = Sheets()
    CertificatePages(content, sheets).write()
    entries = {"/Title": f"{words['title']} - {content.agreement_id}", "/Author": content.product}

    def foot(sheet: Sheets, number: int, total: int) -> None:
        sheet.y = 40
        sheet.rule(LINE)
        sheet.text(0, 34, TINY, content.agreement_id)
        shown = lines(TINY, words["page"].format(page=number, pages=total), ACROSS)[0][1]
        sheet.right(34, TINY, shown)

    sheets.save(target, foot, entries, content.language)


class CertificatePages:
    """Sets one certificate."""

    def __init__(self, content: Certificate, sheets: Sheets) -> None:
        self.content, self.words, self.sheets = content, content.words, sheets

    def write(self) -> None:
        """Everything, in order."""
        self._top()
        self._agreement()
        self._files()
        heading(self.sheets, self.words["parties"], 96)
        PartyCards(self.content, self.sheets).write()
        self._meaning()
        self._timeline()
        self._head()
        self._consent()
        self._verification()

    def _top(self) -> None:
        sheets, beside = self.sheets, ACROSS - QR - 28
        top = sheets.y
        sheets.row([Cell(0, lines(LABEL, self.content.product, beside))], below=4)
        sheets.row([Cell(0, lines(TITLE, self.words["title"], beside))], below=6)
        sheets.row([Cell(0, lines(PLAIN, self.words["intro"], beside))])
        sheets.modules(matrix(self.content.verification_url), ACROSS - QR, top, QR)
        sheets.centred(ACROSS - QR, QR, top - QR - 5, TINY, self.words["scan"])
        sheets.y = min(sheets.y, top - QR - 18)

    def _agreement(self) -> None:
        content = self.content
        heading(self.sheets, self.words["agreement"], 60)
        level = "PAdES B-LTA" if content.assurance.archive_at else "PAdES"
        rows = {
            "subject": content.title, "id": content.agreement_id, "sender": content.sender,
            "completed": content.shown(content.completed_at), "level": level,
        }  # fmt: skip
        for key, value in rows.items():
            self._pair(self.words[key], value)

    def _pair(self, label: str, value: str) -> None:
        cells = [Cell(0, lines(LABEL, label, LABELS - GAP)), Cell(LABELS, lines(TEXT, value, ACROSS - LABELS))]
        self.sheets.row(cells, below=2)

    def _files(self) -> None:
        heading(self.sheets, self.words["files"], 50)
        self.sheets.row([Cell(0, lines(PLAIN, self.words["hashes"], ACROSS))], below=5)
        for file in self.content.files:
            self._file(file)

    def _file(self, file: CertifiedFile) -> None:
        hashes, place = 186.0, 240.0
        name = lines(TEXT, file.name, hashes - GAP) + lines(SMALL, self._pages_of(file), hashes - GAP)
        labels = lines(LABEL, self.words["before"], 54) + lines(LABEL, self.words["after"], 54)
        values = lines(HASH, file.sha256_before, ACROSS - place) + lines(HASH, file.sha256_after, ACROSS - place)
        self.sheets.row([Cell(0, name), Cell(hashes, labels), Cell(place, values)], above=3, below=3)
        self.sheets.rule(LINE)

    def _pages_of(self, file: CertifiedFile) -> str:
        return self.words["pages_of"].format(pages=file.pages)

    def _meaning(self) -> None:
        known, words = self.content.assurance, self.words
        told = [words["meaning_level"]]
        if known.archive_at:
            stamped = {"by": known.archive_by, "at": self.content.shown(known.archive_at)}
            told += [
                words["meaning_archive"].format(**stamped),
                words["meaning_trial" if known.trial else "meaning_named"],
            ]
        told.append(words["meaning_provider" if known.provider else "meaning_seal"])
        self._paragraphs(words["meaning"], told)

    def _paragraphs(self, head: str, told: Sequence[str]) -> None:
        cells = [Cell(0, lines(PLAIN, text, ACROSS)) for text in told]
        heading(self.sheets, head, sum(cell.height + 4 for cell in cells))
        for cell in cells:
            self.sheets.row([cell], below=4)

    def _timeline(self) -> None:
        heading(self.sheets, self.words["timeline"], 70)
        self.sheets.row([Cell(0, lines(PLAIN, self.words["zone"].format(zone=self.content.zone), ACROSS))], below=5)
        self._timeline_head()
        self.sheets.on_new_page = self._timeline_head
        for event in self.content.events:
            self._event(event)
        self.sheets.on_new_page = None

    def _timeline_head(self) -> None:
        self._timeline_row(LABEL, [self.words[key] for key in ("time", "event", "actor", "address")])

    def _event(self, event: Event) -> None:
        self._timeline_row(SMALL, [self.content.shown(event.at), event.what, event.actor, event.ip or "-"])

    def _timeline_row(self, style: Style, values: Sequence[str]) -> None:
        ends = (*COLUMNS[1:], ACROSS + GAP)
        cells = [
            Cell(x, lines(style, value, end - x - GAP)) for x, end, value in zip(COLUMNS, ends, values, strict=True)
        ]
        self.sheets.row(cells, above=2.5, below=2.5)
        self.sheets.rule(LINE, thick=0.4)

    def _head(self) -> None:
        told = lines(PLAIN, self.words["audit_text"].format(count=len(self.content.events)), ACROSS)
        heading(self.sheets, self.words["audit"], 40)
        self.sheets.row([Cell(0, (*told, *lines(HASH, self.content.audit_head, ACROSS)))])

    def _consent(self) -> None:
        version, text = self.content.consent
        if text:
            self._paragraphs(self.words["consent_text"].format(version=version), [text])

    def _verification(self) -> None:
        words, command = self.words, "signet verify document.pdf"
        heading(self.sheets, words["verify"], 84)
        told = [
            (PLAIN, words["verify_online"]), (TEXT, self.content.verification_url), (PLAIN, words["verify_offline"]),
            (TEXT, command), (PLAIN, words["verify_readers"]),
        ]  # fmt: skip
        for style, text in told:
            self.sheets.row([Cell(0, lines(style, text, ACROSS))], below=3)


def matrix(text: str) -> list[list[bool]]:
    """A QR code's modules, without a quiet zone (ISO/IEC 18004)."""
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.main import QRCode

    code: Any = QRCode(border=0, error_correction=ERROR_CORRECT_M)
    code.add_data(text)
    found: list[list[bool]] = code.get_matrix()
    return found
