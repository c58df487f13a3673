"""Pictures of seals that people upload: the paper goes, the ink stays as it was, an SVG does nothing but draw."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from documents.drawing.sealimages import seal_image
from documents.drawing.seals.design import Design
from documents.drawing.seals.drawing import make
from documents.errors import Refused

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 60">'
INK = '<rect x="5" y="5" width="90" height="50" fill="#c00"/>'
ACTIVE = {
    "a script": HEAD + "<script>alert(1)</script></svg>",
    "a script in another case": HEAD.replace("<svg", "<svg:svg xmlns:svg='http://www.w3.org/2000/svg'")
    + "<svg:SCRIPT/></svg:svg>",
    "a handler": HEAD.replace("viewBox", 'onload="x()" viewBox') + INK + "</svg>",
    "HTML": HEAD + '<foreignObject><b xmlns="http://www.w3.org/1999/xhtml"/></foreignObject></svg>',
    "a file": HEAD + '<image href="/etc/passwd" width="9" height="9"/></svg>',
    "an address": HEAD + '<image xlink:href="http://127.0.0.1/x.png" width="9" height="9"/></svg>',
    "SVG in data": HEAD + '<image href="data:image/svg+xml;base64,PHN2Zy8+" width="9" height="9"/></svg>',
    "a use elsewhere": HEAD + '<use href="other.svg#x"/></svg>',
    "a style sheet": HEAD + '<style>@import "http://127.0.0.1/x.css";</style></svg>',
    "a style": HEAD + '<rect width="9" height="9" style="fill:url(http://127.0.0.1/#a)"/></svg>',
    "an entity": '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + HEAD + "<text>&x;</text></svg>",
    "many laughs": '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + HEAD + "&b;</svg>",
    "a style sheet beside": '<?xml-stylesheet href="x.css"?>' + HEAD + INK + "</svg>",
}


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(seal_image(data).png)).convert("RGBA")


def saved(image: Image.Image, kind: str = "PNG") -> bytes:
    held = io.BytesIO()
    image.save(held, kind)
    return held.getvalue()


def on_paper(design: Design, paper: tuple[int, int, int]) -> Image.Image:
    """A seal of 600 dots to the inch on paper, with room around it."""
    with Image.open(io.BytesIO(make(design, 300).png)) as seal:
        page = Image.new("RGB", (seal.width + 80, seal.height + 60), paper)
        page.paste(seal, (40, 30), seal)
    return page


@pytest.mark.parametrize(
    ("paper", "kind"), [((255, 255, 255), "PNG"), ((250, 249, 246), "JPEG"), ((238, 232, 214), "PNG")]
)
def test_a_red_seal_on_paper_keeps_its_ink_and_loses_the_paper_to_the_last_edge(
    paper: tuple[int, int, int], kind: str
) -> None:
    page = on_paper(Design("round", "深圳市星河科技有限公司"), paper)
    image = opened(saved(page, kind))
    assert image.size == (pytest.approx(page.width - 80, abs=2), pytest.approx(page.height - 60, abs=2))
    assert image.getpixel((4, 4))[3] == 0
    assert image.getpixel((image.width // 2, image.height // 2)) == (
        pytest.approx(216, abs=4),
        *(pytest.approx(20, abs=8),) * 2,
        255,
    )
    edge = [ink for _, ink in image.getcolors(1 << 22) or [] if 60 < ink[3] < 250]
    pale = [ink for ink in edge if ink[0] < 120 or max(ink[1:3]) > 110]
    assert edge and len(pale) <= len(edge) * (0.05 if kind == "JPEG" else 0)


def test_a_seal_with_transparency_of_its_own_stays_as_it_is() -> None:
    png = make(Design("round", "深圳市星河科技有限公司", colour="blue"), 300).png
    before, after = Image.open(io.BytesIO(png)).getchannel("A"), opened(png).getchannel("A")
    assert after.size == before.size
    inked = [sum(one.histogram()[128:]) for one in (before, after)]
    assert inked[1] == pytest.approx(inked[0], rel=0.03)


def test_the_usual_size_is_told_by_the_shape() -> None:
    round_, chop, wide = (
        seal_image(saved(on_paper(design, (255, 255, 255)))).usual
        for design in (Design("round", "星河"), Design("square", "王小明印"), Design("oval", "星河科技"))
    )
    assert (round_, chop, wide) == (42, 20, 40)


def test_an_svg_is_drawn_with_the_fonts_of_the_suite() -> None:
    words = '<text x="50" y="35" text-anchor="middle" font-size="20" font-family="SimSun" fill="#fff">公章 A</text>'
    image = opened((HEAD + INK + words + "</svg>").encode())
    assert image.width > 1200 and image.width / image.height == pytest.approx(90 / 50, abs=0.02)
    clear = sum(image.getchannel("A").histogram()[:128])
    assert 0.02 < clear / (image.width * image.height) < 0.2


@pytest.mark.parametrize("name", ACTIVE)
def test_an_svg_that_runs_or_asks_for_something_outside_is_refused(name: str) -> None:
    with pytest.raises(Refused, match="image_active"):
        seal_image(ACTIVE[name].encode())


@pytest.mark.parametrize("name", ["UTF-16", "a mark before", "a harmless DOCTYPE"])
def test_an_svg_as_programs_write_it_is_taken(name: str) -> None:
    text = HEAD + INK + "</svg>"
    written = {
        "UTF-16": text.encode("utf-16"),
        "a mark before": text.encode("utf-8-sig"),
        "a harmless DOCTYPE": (
            '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
            '"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">' + text
        ).encode(),
    }
    assert opened(written[name]).getpixel((100, 100)) == (204, 0, 0, 255)


@pytest.mark.parametrize("unit", ["mm", "cm", "in", "pt", "pc", "px", ""])
def test_an_svg_may_say_its_size_in_any_unit(unit: str) -> None:
    head = HEAD.replace("viewBox", f'width="42{unit}" height="25.2{unit}" viewBox')
    image = opened((head + INK + "</svg>").encode())
    assert image.width / image.height == pytest.approx(90 / 50, abs=0.02)


@pytest.mark.parametrize(
    ("width", "height", "usual"),
    [
        ("50mm", "30mm", 45), ("5cm", "3cm", 45), ("100", "60", 40), ("50mm", "30", 40), ("", "", 40),
        ("2000mm", "1200mm", 40), ("3mm", "1.8mm", 40),
    ],
)  # fmt: skip
def test_an_svg_that_says_its_size_in_millimetres_is_printed_as_large(width: str, height: str, usual: float) -> None:
    """Nine tenths of its width are ink; what is no size of a seal, or none in millimetres, is as large as usual."""
    head = HEAD.replace("viewBox", f'width="{width}" height="{height}" viewBox')
    assert seal_image((head + INK + "</svg>").encode()).usual == pytest.approx(usual, abs=0.1)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "I;16", "P", "1", "CMYK", "turned"])
def test_a_picture_of_any_depth_and_kind_keeps_its_ink(mode: str) -> None:
    """A block of ink with a white hole; 16 bits a channel, palettes, and what cameras and printers make."""
    page = Image.new("L", (240, 140), 255)
    page.paste(30, (20, 20, 220, 120))
    page.paste(255, (100, 50, 140, 90))
    if mode == "turned":
        turned, held = page.transpose(Image.Transpose.ROTATE_90), io.BytesIO()
        exif = Image.Exif()
        exif[0x0112] = 6
        turned.save(held, "JPEG", exif=exif, quality=95)
        data = held.getvalue()
    elif mode == "I;16":
        data = saved(Image.frombytes("I;16", page.size, b"".join(bytes((one, one)) for one in page.tobytes())))
    else:
        data = saved(page.convert(mode), "JPEG" if mode == "CMYK" else "PNG")
    image = opened(data)
    assert image.size == (pytest.approx(200, abs=2), pytest.approx(100, abs=2))
    alpha = image.getchannel("A")
    assert alpha.getpixel((100, 50)) == 0 and alpha.getpixel((40, 50)) > 240
    assert all(level < 60 for level in image.getpixel((40, 50))[:3])


@pytest.mark.parametrize(
    ("svg", "code"),
    [
        (HEAD, "image_damaged"),
        (HEAD + "<g>" * 300 + "</g>" * 300 + "</svg>", "image_too_large"),
        (HEAD + "<g/>" * 20_001 + "</svg>", "image_too_large"),
        ('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="99999"/>', "image_flat"),
        ('<svg xmlns="http://www.w3.org/2000/svg"/>', "image_damaged"),
        (HEAD + "</svg>", "image_empty"),
        (HEAD.replace("svg xmlns=", "html xmlns=") + "<svg/></html>", "image_active"),
    ],
)
def test_an_svg_that_is_damaged_endless_or_empty_is_refused(svg: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        seal_image(svg.encode())


def test_a_line_is_no_seal() -> None:
    with pytest.raises(Refused, match="image_flat"):
        seal_image(saved(Image.new("RGB", (900, 3), "red")))
