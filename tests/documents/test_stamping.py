"""The margin stamp: the agreement's id and a code on every page, upright on every geometry."""

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
