"""Uploads that are odd and yet of use: found among PDFs of many producers, and damaged ones."""

import re
import subprocess
from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from documents import validate
from documents.errors import Refused
from documents.geometry import PageBox
from documents.rendering import render
from documents.uploads import intake, rehearsal
from documents.verification import verify
from tests.documents import archive, ceremony, makers
from tests.documents.archive import World

STRAY = b"/Foo#t 1 /B /X#2 /G#6z [/Q#zz << /R#x /#y >>] /Contents 4 0 R"
DRAWN = b"<< /Length 8 /Odd /XObje#t /K#t 1 >>\nstream\n0 0 m S \nendstream"
LOCK = b"<< /Filter /Adobe.PubSec /V 4 /R 4 /Length 128 /P -44 /SubFilter /adbe.pkcs7.s5 >>"
MULTILINE, PASSWORD = 1 << 12, 1 << 13


def taken(source: Path) -> Path:
    """The upload as taken in."""
    target = source.with_name("taken.pdf")
    intake.inspect(source, target)
    return target


def refusal(source: Path) -> str:
    with pytest.raises(Refused) as refused:
        taken(source)
    return refused.value.code


def test_stray_number_signs_in_names_do_not_break_the_signatures(tmp_path: Path) -> None:
    world, fields = World(), archive.form(1)
    ready = taken(makers.one_page(tmp_path / "stray.pdf", STRAY, DRAWN))
    file, plan = ceremony.prepared(ready, fields, world.platform.stamped(world.tsa))
    signer = world.people.signer("Signer").stamped(world.tsa)
    finished = archive.archived(ceremony.signed(file, plan, fields, "signer0", signer), world)
    assert validate.flaws(finished, world.roots, archived=True) == []
    assert verify(finished, world.roots).verdict == "authentic"
    assert subprocess.run(["qpdf", "--check", finished], capture_output=True, check=False).returncode == 0


def test_what_a_judge_cannot_read_is_refused_before_anybody_signs(tmp_path: Path) -> None:
    source = makers.one_page(tmp_path / "stray.pdf", STRAY, DRAWN)
    with pytest.raises(Refused) as refused:
        rehearsal.rehearse(source, (PageBox(0, 0, 400, 600),))
    assert refused.value.code == "pdf_damaged"


def test_a_page_that_looks_like_a_signature_is_a_page(tmp_path: Path) -> None:
    with pikepdf.open(taken(makers.one_page(tmp_path / "file.pdf", b"/ByteRange [0 1 2 3]"))) as pdf:
        assert "/ByteRange" not in pdf.pages[0].obj


def test_objects_nested_deeper_than_verification_reads_are_refused(tmp_path: Path) -> None:
    assert refusal(makers.one_page(tmp_path / "deep.pdf", b"/X " + b"[" * 56 + b"]" * 56)) == "pdf_damaged"


def test_a_file_encrypted_for_certificates_is_told_as_encrypted(tmp_path: Path) -> None:
    source = makers.one_page(tmp_path / "locked.pdf", b"", LOCK)
    source.write_bytes(source.read_bytes().replace(b"/Root", b"/ID [<00> <00>] /Encrypt 4 0 R /Root"))
    assert refusal(source) == "pdf_encrypted"


def old_form(path: Path, value: str, flags: int = 0) -> Path:
    """A field of 60 x 14 points whose value nobody has drawn."""
    canvas = Canvas(str(path), invariant=True)
    canvas.acroForm.textfield(name="name", x=100, y=700, width=60, height=14, value="")
    canvas.showPage()
    canvas.save()
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        field = pdf.Root.AcroForm.Fields[0]
        del field["/AP"]
        field.V, field.Ff = pikepdf.String(value), flags
        pdf.save(path)
    return path


@pytest.mark.parametrize("flags", [0, MULTILINE])
def test_an_old_value_longer_than_its_field_is_cut_as_viewers_do(tmp_path: Path, flags: int) -> None:
    shown = render.page_text(taken(old_form(tmp_path / "form.pdf", "beginning of " + "more words " * 60, flags)), 0)
    assert shown.startswith("beginning") and len(shown) < 200


def test_an_old_value_that_no_font_can_draw_is_no_reason_to_refuse(tmp_path: Path) -> None:
    assert "a\u25a1b" in render.page_text(taken(old_form(tmp_path / "form.pdf", "a\U000f1234b")), 0)


def test_an_old_password_is_not_drawn(tmp_path: Path) -> None:
    shown = render.page_text(taken(old_form(tmp_path / "form.pdf", "secret", PASSWORD)), 0)
    assert re.fullmatch(r"\*{6}\s*", shown)
