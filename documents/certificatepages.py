"""The pages of the certificate of completion, set by reportlab."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus.doctemplate import BaseDocTemplate, PageTemplate
from reportlab.platypus.flowables import Image, KeepTogether, Spacer
from reportlab.platypus.frames import Frame
from reportlab.platypus.paragraph import Paragraph
from reportlab.platypus.tables import Table

from documents import fonts
from documents.certificate import Certificate, CertifiedFile, Event, Party, all_text, qr_png
from documents.reportfont import ReportFonts

MARGIN = 18 * mm
WIDTH = A4[0] - 2 * MARGIN
INK, PALE, LINE, FILL, ACCENT = (HexColor(c) for c in ("#1a2233", "#5c667a", "#d5dae3", "#f3f5f9", "#1f4fbf"))
SIGNATURE = (44 * mm, 17 * mm)
QR = 26 * mm


def certificate(content: Certificate, target: Path) -> None:
    """Write the certificate to target: A4, fonts embedded, unsigned. The same content gives the same bytes."""
    target.write_bytes(build(content))


def build(content: Certificate) -> bytes:
    """The certificate as PDF bytes."""
    setter = Setter(content)
    held = io.BytesIO()
    document = BaseDocTemplate(
        held,
        pagesize=A4,
        title=f"{content.words['title']} - {content.agreement_id}",
        author=content.product,
        creator=content.product,
        lang=content.language,
        invariant=True,
    )
    frame = Frame(MARGIN, 20 * mm, WIDTH, A4[1] - 38 * mm, 0, 0, 0, 0)
    document.addPageTemplates([PageTemplate("page", [frame])])
    document.build(setter.story(), canvasmaker=setter.canvas)
    return held.getvalue()


class Setter:
    """Sets one certificate with its fonts and styles."""

    def __init__(self, content: Certificate) -> None:
        self.content = content
        self.words = content.words
        self.fonts = ReportFonts(fonts.clean(all_text(content)))
        self.styles = {
            "title": self._style(20, INK, 26),
            "head": self._style(12.5, ACCENT, 17, spaceBefore=12, spaceAfter=4, keepWithNext=1),
            "text": self._style(9, INK, 13),
            "pale": self._style(8, PALE, 11.5),
            "label": self._style(7.5, PALE, 11),
            "hash": self._style(7.5, INK, 10.5),
            "name": self._style(11, INK, 15),
        }

    def story(self) -> list[Any]:
        """Everything on the pages, in order."""
        return [
            *self._top(),
            *self._agreement(),
            *self._files(),
            *self._parties(),
            *self._timeline(),
            self._verification(),
        ]

    def canvas(self, *arguments: Any, **options: Any) -> Canvas:
        """A canvas that writes "page x of y" and the agreement's id below each page."""
        return NumberedCanvas(self, *arguments, **{**options, "initialFontName": self.fonts.main})

    def _style(self, size: float, colour: Any, leading: float, **more: Any) -> ParagraphStyle:
        wrap = "CJK" if self.content.language.startswith("zh") else None
        return ParagraphStyle(
            f"{size}", fontName=self.fonts.main, fontSize=size, textColor=colour, leading=leading, wordWrap=wrap, **more
        )

    def _set(self, style: str, text: str) -> Paragraph:
        return Paragraph(self.fonts.markup(fonts.clean(text)) or "-", self.styles[style])

    def _anywhere(self, style: str, text: str) -> Paragraph:
        """A paragraph that may break at any character: hashes, addresses."""
        base = self.styles[style]
        return Paragraph(
            self.fonts.markup(fonts.clean(text)) or "-", ParagraphStyle("any", parent=base, wordWrap="CJK")
        )

    def _top(self) -> list[Any]:
        return [
            self._set("label", self.content.product),
            self._set("title", self.words["title"]),
            Spacer(1, 3),
            self._set("pale", self.words["intro"]),
        ]

    def _agreement(self) -> list[Any]:
        content = self.content
        rows = [
            ("subject", self._set("text", content.title)),
            ("id", self._anywhere("text", content.agreement_id)),
            ("sender", self._set("text", content.sender)),
            ("completed", self._set("text", content.shown(content.completed_at))),
            ("audit", self._anywhere("hash", content.audit_head)),
        ]
        return [self._set("head", self.words["agreement"]), self._pairs(rows)]

    def _files(self) -> list[Any]:
        head = [self._set("label", self.words[key]) for key in ("file", "pages", "before", "after")]
        rows = [head, *(self._file(file) for file in self.content.files)]
        widths = [WIDTH * share for share in (0.34, 0.08, 0.29, 0.29)]
        return [self._set("head", self.words["files"]), self._table(rows, widths)]

    def _file(self, file: CertifiedFile) -> list[Paragraph]:
        return [
            self._anywhere("text", file.name),
            self._set("text", str(file.pages)),
            self._anywhere("hash", file.sha256_before),
            self._anywhere("hash", file.sha256_after),
        ]

    def _parties(self) -> list[Any]:
        head = self._set("head", self.words["parties"])
        return [head, *(self._party(party) for party in self.content.parties)]

    def _party(self, party: Party) -> Any:
        content, words = self.content, self.words
        rows = [
            ("email", self._anywhere("text", party.email)),
            ("role", self._set("text", party.role)),
            ("checks", self._set("text", "\n".join(party.checks) or words["no_checks"])),
            ("viewed", self._set("text", content.shown(party.viewed_at))),
            ("signed", self._set("text", content.shown(party.signed_at))),
            ("address", self._anywhere("text", party.ip or "-")),
            ("agent", self._anywhere("pale", party.user_agent or "-")),
        ]
        left = [self._set("name", party.name), self._pairs(rows, WIDTH * 0.68)]
        right = [self._set("label", words["signature"]), Spacer(1, 3), self._signature(party)]
        style = [("BOX", (0, 0), (-1, -1), 0.6, LINE), ("VALIGN", (0, 0), (-1, -1), "TOP"), *self._base(8, 6)]
        card = Table([[left, right]], colWidths=[WIDTH * 0.72, WIDTH * 0.28], style=style)
        return KeepTogether([card, Spacer(1, 6)])

    def _signature(self, party: Party) -> Any:
        if not party.signature:
            return self._set("pale", self.words["no_signature"])
        return Image(io.BytesIO(party.signature), *SIGNATURE, kind="proportional", hAlign="LEFT")

    def _timeline(self) -> list[Any]:
        head = [self._set("label", self.words[key]) for key in ("time", "actor", "event", "address")]
        rows = [head, *(self._event(event) for event in self.content.events)]
        zone = self._set("pale", self.words["zone"].format(zone=self.content.zone))
        widths = [WIDTH * share for share in (0.26, 0.22, 0.36, 0.16)]
        return [self._set("head", self.words["timeline"]), zone, Spacer(1, 4), self._table(rows, widths)]

    def _event(self, event: Event) -> list[Paragraph]:
        return [
            self._set("pale", self.content.shown(event.at)),
            self._anywhere("text", event.actor),
            self._set("text", event.what),
            self._anywhere("pale", event.ip or "-"),
        ]

    def _verification(self) -> Any:
        code = Image(io.BytesIO(qr_png(self.content.verification_url)), QR, QR)
        words = [
            self._set("name", self.words["verify"]),
            self._set("pale", self.words["verify_text"]),
            Spacer(1, 4),
            self._anywhere("text", self.content.verification_url),
        ]
        style = [("BACKGROUND", (0, 0), (-1, -1), FILL), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), *self._base(10, 8)]
        return KeepTogether([Spacer(1, 14), Table([[code, words]], colWidths=[QR + 20, WIDTH - QR - 20], style=style)])

    def _pairs(self, rows: Sequence[tuple[str, Any]], width: float = WIDTH) -> Table:
        cells = [[self._set("label", self.words[key]), value] for key, value in rows]
        style = [("VALIGN", (0, 0), (-1, -1), "TOP"), *self._base(0, 1.5)]
        return Table(cells, colWidths=[42 * mm, width - 42 * mm], style=style, hAlign="LEFT")

    def _table(self, rows: list[list[Paragraph]], widths: list[float]) -> Table:
        style = [
            ("BACKGROUND", (0, 0), (-1, 0), FILL),
            ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            *self._base(5, 4),
        ]
        return Table(rows, colWidths=widths, style=style, repeatRows=1, splitInRow=1)

    def _base(self, sideways: float, upwards: float) -> list[tuple[Any, ...]]:
        """Padding of all cells, and the font even of empty ones: without it reportlab refers to Helvetica."""
        amounts = (sideways, sideways, upwards, upwards)
        sides = ("LEFTPADDING", "RIGHTPADDING", "TOPPADDING", "BOTTOMPADDING")
        padding = [(side, (0, 0), (-1, -1), amount) for side, amount in zip(sides, amounts, strict=True)]
        return [("FONTNAME", (0, 0), (-1, -1), self.fonts.main), *padding]


class NumberedCanvas(Canvas):
    """Holds pages back until their number is known."""

    def __init__(self, setter: Setter, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._setter = setter
        self._held: list[dict[str, Any]] = []

    def showPage(self) -> None:
        """Keep the page and start the next."""
        self._held.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Write all pages with their footers."""
        for number, page in enumerate(self._held, 1):
            self.__dict__.update(page)
            self._foot(number, len(self._held))
            super().showPage()
        super().save()

    def _foot(self, number: int, total: int) -> None:
        setter = self._setter
        self.setFillColor(PALE)
        self.setFont(setter.fonts.main, 7.5)
        self.drawString(MARGIN, 11 * mm, setter.content.agreement_id)
        self.drawRightString(A4[0] - MARGIN, 11 * mm, setter.words["page"].format(page=number, pages=total))
