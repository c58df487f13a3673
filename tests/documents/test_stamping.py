"""The margin stamp: the agreement's id and a code on every page, upright on every geometry."""

import zlib
from pathlib import Path

import pytest
from PIL import ImageChops

from documents.drawing import stamping
from documents.rendering import render
from documents.uploads import intake
from tests.documents import makers
from tests.documents.test_geometry_marks import SHAPES, by_pdfium

ID, ADDRESS = "agr_4VTSd1rQm8kD", "https://sign.example.com/verify/agr_4VTSd1rQm8kD"
SMALL = {"small"}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_stamp_stands_at_the_lower_left_and_changes_nothing_else(shape: str, tmp_path: Path) -> None:
    taken, stamped = tmp_path / "taken.pdf", tmp_path / "stamped.pdf"
    box = intake.inspect(makers.shaped(tmp_path / "shaped.pdf", **SHAPES[shape]), taken).pages[0]
    stamping.stamp(taken, stamped, ID, ADDRESS)
    before, after = by_pdfium(taken, 0), by_pdfium(stamped, 0)
    changed = ImageChops.difference(before, after).getbbox()
    if shape in SMALL:
        assert changed is None
        return
    assert changed is not None
    across, up = box.size
    left, top, right, bottom = changed
    assert left / after.width * across == pytest.approx(stamping.EDGE, abs=2.5)
    assert right / after.width * across <= stamping.EDGE + stamping.CODE
    assert (1 - bottom / after.height) * up == pytest.approx(stamping.EDGE, abs=2.5)
    assert (1 - top / after.height) * up < stamping.SMALLEST
    assert ID in render.page_text(stamped, 0)


def test_the_same_stamp_gives_the_same_bytes(contract: Path, tmp_path: Path) -> None:
    intake.inspect(contract, tmp_path / "taken.pdf")
    for name in ("one.pdf", "two.pdf"):
        stamping.stamp(tmp_path / "taken.pdf", tmp_path / name, ID, ADDRESS)
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()
    assert "Page 2 of the contract" in render.page_text(tmp_path / "one.pdf", 1)


def test_a_page_that_restores_less_than_it_saves_is_stamped_like_others(tmp_path: Path) -> None:
    content = b"<< /Length 32 >>\nstream\nq 9 0 0 9 50 90 cm q q Q 5 0 m S\nendstream"
    taken, stamped = tmp_path / "taken.pdf", tmp_path / "stamped.pdf"
    intake.inspect(makers.one_page(tmp_path / "open.pdf", b"/Contents 4 0 R", content), taken)
    stamping.stamp(taken, stamped, ID, ADDRESS)
    left, _, right, bottom = ImageChops.difference(by_pdfium(taken, 0), by_pdfium(stamped, 0)).getbbox() or (0, 0, 0, 0)
    assert left / right < 0.3
    assert bottom / by_pdfium(stamped, 0).height > 0.97


def test_a_page_that_no_reader_gets_to_the_end_of_is_stamped(tmp_path: Path) -> None:
    drawing = b"".join(b"%d %d m (%d) Tj\n" % (n, n * 7, n * n) for n in range(400))
    packed = zlib.compress(b"0 0 1 rg 100 100 200 200 re f BT " + drawing)
    packed = packed[: len(packed) // 2] + b"\xff" * 40 + packed[len(packed) // 2 + 40 :]
    content = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)
    taken, stamped = tmp_path / "taken.pdf", tmp_path / "stamped.pdf"
    intake.inspect(makers.one_page(tmp_path / "cut.pdf", b"/Contents 4 0 R", content), taken)
    stamping.stamp(taken, stamped, ID, ADDRESS)
    assert ImageChops.difference(by_pdfium(taken, 0), by_pdfium(stamped, 0)).getbbox()
