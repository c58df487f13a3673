"""The contract the demonstration signs when it is given none."""

from __future__ import annotations

import io

CLAUSES = (
    ("1. Services", "The provider reviews the client's signing processes and delivers a written report."),
    ("2. Fee", "The client pays SGD 4,800 within 30 days of receiving the report and a proper invoice."),
    ("3. Confidentiality", "Each party keeps what it learns of the other's business to itself for five years."),
    ("4. Term", "This agreement starts with the last signature and ends when both parties have performed it."),
    ("5. Law", "The law of Singapore governs this agreement; its courts decide."),
)


def sample_contract() -> bytes:
    """A two-page service agreement on A4 as a PDF."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus.doctemplate import SimpleDocTemplate
    from reportlab.platypus.flowables import PageBreak, Spacer
    from reportlab.platypus.paragraph import Paragraph

    styles = getSampleStyleSheet()
    story: list[object] = [Paragraph("Service Agreement", styles["Title"]), Spacer(1, 18)]
    for heading, text in CLAUSES:
        story += [Paragraph(heading, styles["Heading2"]), Paragraph(text, styles["BodyText"]), Spacer(1, 8)]
    story += [PageBreak(), Paragraph("Signatures", styles["Heading1"])]
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4, title="Service Agreement", author="Signet").build(story)
    return out.getvalue()
