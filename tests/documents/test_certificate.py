"""The certificate of completion says everything, in three languages, on as many pages as it takes."""

import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest

from documents import validate
from documents.drawing import images, pictures
from documents.papers.certificate import Assurance, Certificate, CertifiedFile, Event, Party, SigningCertificate
from documents.papers.certificatepages import certificate, matrix
from documents.papers.certificatewords import WORDS
from documents.rendering import render
from documents.revisions.sealing import seal_invisible
from documents.sign import Act
from tests.documents.authority import NOW, Authority, Signer

AT = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
SIGNATURE = pictures.encode(images.typed_signature("张伟 Zhang", "caveat"))


def sample(language: str = "en", events: int = 4, parties: int = 2) -> Certificate:
    return Certificate(
        agreement_id="agr_0198f2d1c9e77d3b",
        title="Purchase <b>of</b> bicycles & 采购合同",
        sender="Signet Pte. Ltd.",
        completed_at=AT,
        files=(CertifiedFile("合同.pdf", 12, "3f" * 32, "a7" * 32),),
        parties=tuple(party(n) for n in range(parties)),
        events=tuple(Event(AT + timedelta(minutes=n), "Alice 😀", f"event {n}", "2001:db8::1") for n in range(events)),
        audit_head="c0" * 32,
        verification_url="https://sign.example.com/verify/agr_0198f2d1c9e77d3b",
        assurance=Assurance(AT, "Signet trial time stamps", trial=True),
        consent=("2026-11", "I agree to use electronic records and signatures."),
        language=language,
        zone="Asia/Singapore",
    )


def party(number: int) -> Party:
    issued = SigningCertificate(f"Signer {number}", "Alice's workspace CA", "1F" * 16, AT, "Signet trial time stamps")
    return Party(
        name=f"Signer {number}",
        email=f"s{number}@example.com",
        role="signer",
        checks=("Possession of the mailbox",),
        viewed_at=AT,
        consented_at=AT,
        consent="2026-11",
        signed_at=AT,
        ip="203.0.113.7",
        user_agent="Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        signature=SIGNATURE,
        certificate=issued,
    )


def text(path: Path, page: int = 0) -> str:
    return render.page_text(path, page)


@pytest.mark.parametrize("language", WORDS)
def test_it_is_written_in_each_language_with_all_fonts_embedded(language: str, tmp_path: Path) -> None:
    target = tmp_path / "certificate.pdf"
    certificate(sample(language), target)
    assert WORDS[language]["title"] in text(target)
    listing = subprocess.run(["pdffonts", str(target)], capture_output=True, text=True, check=True).stdout
    fonts = listing.splitlines()[2:]
    assert fonts
    assert all(" yes yes yes " in line for line in fonts)
    assert "No syntax" in subprocess.run(["qpdf", "--check", str(target)], capture_output=True, text=True).stdout


def test_it_names_files_parties_times_and_hashes(tmp_path: Path) -> None:
    certificate(sample(), tmp_path / "c.pdf")
    shown = text(tmp_path / "c.pdf") + text(tmp_path / "c.pdf", 1)
    compact = "".join(shown.split())
    for expected in ("合同.pdf", "3f" * 32, "a7" * 32, "c0" * 32, "s1@example.com", "203.0.113.7", "采购合同"):
        assert expected in compact
    assert "2026-11-22 16:30:00+08:00" in shown
    assert "Purchase <b>of</b> bicycles &" in shown


def test_a_long_history_runs_over_pages_that_are_numbered(tmp_path: Path) -> None:
    certificate(sample(events=300, parties=30), tmp_path / "c.pdf")
    pages = [text(tmp_path / "c.pdf", page) for page in range(12)]
    assert "Page 1 of " in pages[0]
    assert "Page 12 of " in pages[11]
    assert any("event 150" in page for page in pages)


def test_a_very_long_event_does_not_break_the_page(tmp_path: Path) -> None:
    long = Event(AT, "A" * 300, "word " * 3000)
    content = sample()
    certificate(
        Certificate(**{**content.__dict__, "events": (long,), "title": "T" * 400, "sender": "长" * 300}),
        tmp_path / "c.pdf",
    )
    assert text(tmp_path / "c.pdf", 1)


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.pdf", "two.pdf"):
        certificate(sample(), tmp_path / name)
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_it_can_be_sealed(tmp_path: Path, platform: Signer, authority: Authority) -> None:
    certificate(sample("zh-Hans"), tmp_path / "c.pdf")
    platform.finish(tmp_path / "s.pdf", seal_invisible(tmp_path / "c.pdf", tmp_path / "s.pdf", Act(NOW)))
    assert validate.all_sound(validate.signatures(tmp_path / "s.pdf", [authority.root]))


def test_every_language_has_every_word() -> None:
    assert len({frozenset(words) for words in WORDS.values()}) == 1


def test_it_says_how_it_was_checked_and_what_the_signatures_are(tmp_path: Path) -> None:
    certificate(sample(), tmp_path / "c.pdf")
    shown = "".join(text(tmp_path / "c.pdf", page) for page in range(2)).replace("\r\n", " ").replace("\n", " ")
    for expected in (
        "Possession of the mailbox", "2026-11", "1F" * 16, "Alice's workspace CA", "PAdES B-LTA", "trial use",
        "advanced electronic seal", "simple electronic signatures", "need a qualified provider", "signet verify",
    ):  # fmt: skip
        assert expected in shown, expected


def test_another_authority_and_a_provider_are_named_as_such(tmp_path: Path) -> None:
    other = Assurance(AT, "DigiCert Timestamp", trial=False, provider=True)
    certificate(replace(sample(), assurance=other), tmp_path / "c.pdf")
    shown = "".join(text(tmp_path / "c.pdf", page) for page in range(2))
    assert "not part of this installation" in shown and "trial use" not in shown
    assert "issued by the provider" in shown


def test_nothing_is_drawn_outside_of_the_margins(tmp_path: Path) -> None:
    longest = replace(party(1), name="W" * 200, email="m" * 250 + "@example.com", user_agent="U" * 500)
    content = replace(sample(), parties=(longest,), title="T" * 200, events=(Event(AT, "W" * 200, "E" * 90, "f" * 64),))
    certificate(replace(content, files=(CertifiedFile("F" * 255, 1, "ab" * 32, "cd" * 32),)), tmp_path / "c.pdf")
    with pdfium.PdfDocument(tmp_path / "c.pdf") as document:
        for page in document:
            left, bottom, right, top = boxes(page)
            assert left >= 47 and right <= 548 and bottom >= 23 and top <= 800


def boxes(page: pdfium.PdfPage) -> tuple[float, float, float, float]:
    """The box around everything on a page, in points."""
    found = [one.get_pos() if hasattr(one, "get_pos") else one.get_bounds() for one in page.get_objects()]
    lefts, bottoms, rights, tops = zip(*found, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def test_its_code_leads_to_the_verification_page(tmp_path: Path) -> None:
    certificate(sample(), tmp_path / "c.pdf")
    modules = matrix(sample().verification_url)
    assert len(modules) == len(modules[0]) and len(modules) >= 29
    picture = render_page(tmp_path / "c.pdf", 4.0)
    scale, side = 4.0, 74.0
    left, top = (595.28 - 48 - side) * scale, 44 * scale
    step = side * scale / len(modules)
    for row, line in enumerate(modules):
        for column, dark in enumerate(line):
            spot = picture.getpixel((int(left + (column + 0.5) * step), int(top + (row + 0.5) * step)))
            assert (spot[0] < 128) is dark, (row, column)


def render_page(path: Path, scale: float) -> Any:
    with pdfium.PdfDocument(path) as document:
        return document[0].render(scale=scale).to_pil().convert("RGB")
