"""Company seals drawn from words, measured in the picture and not by the numbers they were drawn with."""

from __future__ import annotations

import io
import math
from itertools import pairwise

import pytest
from PIL import Image, ImageChops

from documents.drawing import pictures
from documents.drawing.seals.design import Colour, Design
from documents.drawing.seals.drawing import make
from documents.errors import Refused
from tests.documents.inkmeasure import DPI, Spot, groups, middle, picture, spots

BOXES = "国田日目由甲申回固圆因囚困图围"
MM = 25.4 / DPI
BAND = (11.5, 19.3)  # millimetres from the middle between which the name stands
COMPANY = "深圳市星河科技有限公司"


def steps(parts: list[list[Spot]]) -> list[float]:
    middles = [middle(one) for one in parts]
    return [after - before for before, after in pairwise(middles)]


@pytest.mark.parametrize("count", [4, 8, 12, 15])
def test_the_characters_along_the_rim_stand_at_equal_angles_around_the_top(count: int) -> None:
    parts = groups(spots(picture(Design("round", BOXES[:count])), *BAND), gap=0.6)
    assert len(parts) == count
    assert max(steps(parts)) - min(steps(parts)) < 0.5
    assert sum(middle(one) for one in parts) / count == pytest.approx(0, abs=0.8)


@pytest.mark.parametrize("count", [4, 8, 12, 20, 30, 40])
def test_every_character_stands_on_its_own_radius_with_its_feet_inwards(count: int) -> None:
    ring = spots(picture(Design("round", "土" * count, star=False)), *BAND)
    inner, outer = min(spot.radius for spot in ring), max(spot.radius for spot in ring)
    tall = outer - inner
    heads = groups([spot for spot in ring if spot.radius > outer - tall * 0.2], gap=0.4)
    feet = groups([spot for spot in ring if spot.radius < inner + tall * 0.12], gap=0.3)
    assert len(heads) == len(feet) == count
    assert max(steps(heads)) - min(steps(heads)) < 0.4
    for head, foot in zip(heads, feet, strict=True):
        assert middle(head) == pytest.approx(middle(foot), abs=0.6)
        assert foot[-1].angle - foot[0].angle > 2 * (head[-1].angle - head[0].angle)


@pytest.mark.parametrize(("count", "least", "most"), [(4, 80, 130), (8, 180, 250), (12, 220, 265), (40, 270, 310)])
def test_a_name_takes_more_of_the_rim_the_longer_it_is_and_leaves_a_gap_below(
    count: int, least: float, most: float
) -> None:
    ring = spots(picture(Design("round", (BOXES * 3)[:count])), *BAND)
    assert least < max(spot.angle for spot in ring) - min(spot.angle for spot in ring) < most


def test_the_usual_seal_is_42_mm_with_a_rim_of_1_2_mm_and_an_upright_star_of_14_mm() -> None:
    seal = picture(Design("round", COMPANY))
    left, top, right, bottom = seal.getchannel("A").point([0] * 128 + [255] * 128).getbbox() or (0, 0, 0, 0)
    assert ((right - left) * MM, (bottom - top) * MM) == (pytest.approx(42, abs=0.15), pytest.approx(42, abs=0.15))
    rim = spots(seal, 19.3, 22)
    assert max(spot.radius for spot in rim) - min(spot.radius for spot in rim) == pytest.approx(1.2, abs=0.1)
    star = spots(seal, 0, 9)
    tips = groups([spot for spot in star if spot.radius > 6.3], gap=5)
    assert max(spot.radius for spot in star) == pytest.approx(7, abs=0.1)
    assert [round(middle(one)) for one in tips] == [-144, -72, 0, 72, 144]
    waist = [spot.radius for spot in star if abs(abs(spot.angle) - 180) < 3]
    assert max(waist) == pytest.approx(7 * (3 - math.sqrt(5)) / 2, abs=0.1)


def test_name_rim_and_star_do_not_touch() -> None:
    seal = picture(Design("round", COMPANY, lower="合同专用章", number="4403051234567"))
    for inner, outer in ((7.1, 7.6), (19.2, 19.7)):
        assert [spot for spot in spots(seal, inner, outer) if abs(spot.angle) < 110] == []


def test_the_number_reads_from_left_to_right_below_and_leaves_the_name_its_room() -> None:
    seal = picture(Design("round", COMPANY, number="1111111111117"))
    digits = groups([one for one in _from_below(spots(seal, 17.0, 19.6)) if abs(one.angle) < 45], gap=0.6)
    assert len(digits) == 13
    widths = [one[-1].angle - one[0].angle for one in digits]
    assert widths.index(max(widths)) == 12
    seven = digits[12]
    bar = [one.angle for one in seven if one.radius < min(spot.radius for spot in seven) + 0.35]
    assert max(bar) - min(bar) > 0.8 * max(widths), "the top of a seven is towards the middle"


def _from_below(found: list[Spot]) -> list[Spot]:
    """Angles anticlockwise from the bottom."""
    return [Spot((360 - spot.angle) % 360 - 180, spot.radius) for spot in found]


@pytest.mark.parametrize(
    ("design", "size"),
    [
        (Design("round", "Acme Trading Pte. Ltd.", lower="SINGAPORE"), (42, 42)),
        (Design("round", "ACME星河（香港）有限公司", colour="blue"), (42, 42)),
        (Design("round", COMPANY, size=58), (58, 58)),
        (Design("oval", COMPANY, lower="发票专用章", number="91440300MA5DABCD12"), (45, 30)),
        (Design("oval", "Acme Trading Pte. Ltd.", lower="APPROVED", colour="black", size=60), (60, 40)),
        (Design("square", "王小明印"), (20, 20)),
        (Design("square", "李四", size=18), (18, 18)),
    ],
)
def test_a_seal_has_the_size_it_says_and_its_vector_drawing_is_the_same_picture(
    design: Design, size: tuple[float, float]
) -> None:
    made = make(design, DPI)
    with Image.open(io.BytesIO(made.png)) as seal:
        box = seal.getchannel("A").point([0] * 128 + [255] * 128).getbbox() or (0, 0, 0, 0)
    assert (made.width, made.height) == size
    assert ((box[2] - box[0]) * MM, (box[3] - box[1]) * MM) == pytest.approx(size, abs=0.15)
    drawn = pictures.decode(made.drawing or b"")
    assert (drawn.width, drawn.height) == size
    assert drawn.stream.entries["/Subtype"] == "/Form"


@pytest.mark.parametrize("text", ["李四", "诸葛亮", "王小明印"])
def test_a_yin_chop_has_white_strokes_where_a_yang_chop_has_red_ones(text: str) -> None:
    yang, yin = (picture(Design("square", text, ink=ink)).getchannel("A") for ink in ("yang", "yin"))
    assert yin.getpixel((yin.width // 2, 6)) == 255 and yang.getpixel((yang.width // 2, 6)) == 255
    assert sum(yin.histogram()[128:]) > sum(yang.histogram()[128:])
    inside = (yin.width // 8, yin.height // 8, yin.width * 7 // 8, yin.height * 7 // 8)
    white = ImageChops.invert(yin.crop(inside))
    both = sum(ImageChops.multiply(white, yang.crop(inside)).histogram()[128:])
    assert both > 0.5 * sum(white.histogram()[128:])
    assert make(Design("square", text, ink="yin"), DPI).drawing is None


@pytest.mark.parametrize(("colour", "strongest"), [("red", 0), ("blue", 2), ("black", None)])
def test_a_seal_is_drawn_in_one_ink(colour: Colour, strongest: int | None) -> None:
    inks = {pixel[1][:3] for pixel in picture(Design("round", COMPANY, colour=colour)).getcolors(1 << 20) or []}
    assert len(inks) == 1
    ink = inks.pop()
    assert max(ink) < 40 if strongest is None else ink.index(max(ink)) == strongest


@pytest.mark.parametrize(
    ("design", "code"),
    [
        (Design("round", "  "), "seal_text_missing"),
        (Design("round", COMPANY * 8), "seal_text_too_long"),
        (Design("round", COMPANY, lower="长" * 40), "seal_text_too_long"),
        (Design("round", COMPANY, number="1" * 40), "seal_text_too_long"),
        (Design("square", "王"), "seal_chop_text"),
        (Design("square", "王小明之印"), "seal_chop_text"),
        (Design("square", "Wang"), "seal_chop_text"),
        (Design("round", "Acme \U0001f600"), "text_not_drawable"),
    ],
)
def test_what_does_not_fit_a_seal_is_refused_with_its_reason(design: Design, code: str) -> None:
    with pytest.raises(Refused) as refused:
        make(design, 100)
    assert refused.value.code == code
