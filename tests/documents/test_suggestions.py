"""Fields from tags, words and the file's own form stand where they are seen, however the page is turned or cut."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from documents.geometry import PageBox, Place, rect
from documents.uploads import acroform, intake, tags
from documents.uploads.suggestion import displayed

SIZE = (600.0, 800.0)


def tagged(path: Path, *lines: tuple[float, float, str]) -> Path:
    canvas = Canvas(str(path), pagesize=SIZE, invariant=True)
    for x, y, text in lines:
        canvas.drawString(x, y, text)
    canvas.save()
    return path


def turned(path: Path, rotate: int, crop: tuple[float, float, float, float] | None) -> Path:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].obj.Rotate = rotate
        if crop:
            pdf.pages[0].obj.CropBox = pikepdf.Array(crop)
        pdf.save(path)
    return path


def taken_in(source: Path) -> Path:
    target = source.with_name("normal.pdf")
    intake.inspect(source, target)
    return target


def test_tags_name_kind_signer_label_and_whether_they_are_needed(tmp_path):
    lines = [
        "{{sign:1}}",
        "{{ text : 2 : Job title? }}",
        "{{date}}",
        "{{check:3:Yes}}",
        "{{seal:2}}",
        "{{nothing:1}}",
        "{{",
    ]
    source = tagged(tmp_path / "a.pdf", *((80, 700 - 60 * n, text) for n, text in enumerate(lines)))
    found = tags.found(taken_in(source))
    assert [(one.kind, one.signer, one.label, one.required) for one in found] == [
        ("signature", 1, "", True), ("text", 2, "Job title", False), ("date", 1, "", True),
        ("checkbox", 3, "Yes", True), ("stamp", 2, "", True),
    ]  # fmt: skip
    assert all(one.place.on_page() for one in found)


@pytest.mark.parametrize("crop", [None, (50, 60, 500, 700)])
@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_tag_stands_where_it_is_seen(tmp_path, rotate, crop):
    source = turned(tagged(tmp_path / "a.pdf", (100, 400, "{{check:1}}")), rotate, crop)
    (one,) = tags.found(taken_in(source))
    box = PageBox(*(crop or (0, 0, *SIZE)), rotate)
    llx, lly, urx, ury = rect(box, one.place)
    assert llx - 14 <= 100 <= urx and lly - 14 <= 402 <= ury + 1 and one.place.on_page()


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_places_and_rectangles_are_each_others_inverse(rotate):
    box, place = PageBox(10, 20, 410, 620, rotate), Place(0.1, 0.2, 0.3, 0.05)
    back = displayed(box, rect(box, place))
    for name in ("x", "y", "width", "height"):
        assert getattr(back, name) == pytest.approx(getattr(place, name), abs=1e-9)


def test_a_word_becomes_a_field_right_after_it(tmp_path):
    source = tagged(tmp_path / "a.pdf", (100, 400, "Signed by:"), (100, 200, "signed BY:"))
    found = tags.keywords(taken_in(source), [("Signed by:", "signature", 0)])
    assert len(found) == 2 and all(100 + 50 < one.place.x * SIZE[0] < 180 for one in found)


def test_the_empty_fields_of_a_form_are_taken_over(tmp_path):
    source = tmp_path / "form.pdf"
    canvas = Canvas(str(source), pagesize=SIZE, invariant=True)
    form = canvas.acroForm
    form.textfield(
        name="job", tooltip="Job title", x=100, y=600, width=200, height=24, maxlen=40, fieldFlags="required"
    )
    form.textfield(name="city", value="Singapore", x=100, y=500, width=200, height=24)
    form.checkbox(name="agree", tooltip="I agree", x=100, y=400, size=20, fieldFlags="")
    form.textfield(name="fixed", x=100, y=300, width=200, height=24, fieldFlags="readOnly")
    canvas.showPage()
    canvas.save()
    found = acroform.found(source, 1)
    assert [(one.kind, one.label, one.required, one.longest) for one in found] == [
        ("text", "Job title", True, 40), ("checkbox", "I agree", False, None),
    ]  # fmt: skip
    place = found[0].place
    assert (place.x, place.width) == pytest.approx((100 / 600, 200 / 600), abs=0.002)
    assert place.y == pytest.approx(1 - 624 / 800, abs=0.002)
