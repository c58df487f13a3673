"""The certificate of completion says everything, in three languages, on as many pages as it takes."""

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from documents import images, render, validate
from documents.certificate import Certificate, CertifiedFile, Event, Party
from documents.certificatepages import certificate
from documents.certificatewords import WORDS
from documents.sealing import seal_invisible
from documents.sign import Act
from tests.documents.authority import NOW, Authority, Signer

AT = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)


def sample(language: str = "en", events: int = 4, parties: int = 2) -> Certificate:
    signature = images.typed_signature("张伟", "caveat")
    return Certificate(
        agreement_id="agr_0198f2d1c9e77d3b",
        title="Purchase <b>of</b> bicycles & 采购合同",
        sender="Signet Pte. Ltd.",
        completed_at=AT,
        files=(CertifiedFile("合同.pdf", 12, "3f" * 32, "a7" * 32),),
        parties=tuple(
            Party(f"Signer {n}", f"s{n}@example.com", "signer", ("mailbox",), AT, AT, "203.0.113.7", "UA", signature)
            for n in range(parties)
        ),
        events=tuple(Event(AT + timedelta(minutes=n), "Alice 😀", f"event {n}", "2001:db8::1") for n in range(events)),
        audit_head="c0" * 32,
        verification_url="https://sign.example.com/verify/agr_0198f2d1c9e77d3b",
        language=language,
        zone="Asia/Singapore",
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
    shown = text(tmp_path / "c.pdf")
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
