"""Marks are where they were placed, to a thousandth of the page, on every page geometry."""

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from documents import append, intake, pages, render
from documents.fields import Field, Kind, Mark
from documents.geometry import Place
from documents.sign import Act
from tests.documents import ceremony, makers
from tests.documents.authority import NOW, Signer

WIDTH = 1800
SHAPES: dict[str, dict[str, Any]] = {
    "plain": {},
    "turned 90": {"Rotate": 90},
    "turned 180": {"Rotate": 180},
    "turned 270": {"Rotate": 270},
    "turned -90": {"Rotate": -90},
    "cropped": {"MediaBox": [0, 0, 600, 800], "CropBox": [50, 100, 450, 700]},
    "cropped and turned": {"MediaBox": [0, 0, 600, 800], "CropBox": [50, 100, 450, 700], "Rotate": 90},
    "origin elsewhere": {"MediaBox": [-300, 200, 100, 800], "Rotate": 270},
    "box upside down": {"MediaBox": [400, 600, 0, 0]},
    "crop beyond media": {"CropBox": [-100, -100, 300, 5000]},
    "user unit": {"UserUnit": 2.5, "Rotate": 90},
    "inherited": {"MediaBox": [10, 10, 410, 610], "Rotate": 270, "inherit": True},
}
PLACES = [Place(0.0, 0.0, 0.2, 0.1), Place(0.55, 0.3, 0.25, 0.125), Place(0.9, 0.95, 0.1, 0.05)]
KINDS: list[Kind] = ["signature", "stamp", "signature"]


@pytest.mark.parametrize("shape", SHAPES)
def test_pictures_are_drawn_where_they_were_placed(shape: str, tmp_path: Path, platform: Signer, alice: Signer) -> None:
    makers.shaped(tmp_path / "shaped.pdf", **SHAPES[shape])
    taken = intake.inspect(tmp_path / "shaped.pdf", tmp_path / "taken.pdf")
    across, up = taken.pages[0].size
    for place, kind in zip(PLACES, KINDS, strict=True):
        field = Field("f", "alice", kind, 0, place)
        image = makers.png(round(across * place.width * 4), round(up * place.height * 4))
        certified = ceremony.prepared(tmp_path / "taken.pdf", [field], platform)
        done = tmp_path / "done.pdf"
        alice.finish(done, append.append(certified, done, "alice", [field], [Mark("f", kind, image=image)], Act(NOW)))
        assert drawn(done) == pytest.approx(
            (place.x, place.y, place.x + place.width, place.y + place.height), abs=0.001
        )


def drawn(path: Path) -> tuple[float, float, float, float]:
    """The box of what is red on the first page, in fractions of it."""
    with Image.open(io.BytesIO(render.page_image(path, 0, WIDTH))) as image:
        red, green, _ = image.convert("RGB").split()
        seen = red.point([0] * 160 + [255] * 96), green.point([255] * 110 + [0] * 146)
        mask = Image.composite(seen[0], Image.new("L", image.size, 0), seen[1])
        left, top, right, bottom = mask.getbbox() or (0, 0, 0, 0)
        return left / image.width, top / image.height, right / image.width, bottom / image.height


@pytest.mark.parametrize("shape", ["plain", "turned 90", "user unit"])
def test_text_stands_upright_and_inside_its_place(shape: str, tmp_path: Path, platform: Signer, alice: Signer) -> None:
    makers.shaped(tmp_path / "shaped.pdf", **SHAPES[shape])
    intake.inspect(tmp_path / "shaped.pdf", tmp_path / "taken.pdf")
    place = Place(0.3, 0.4, 0.4, 0.1)
    field = Field("f", "alice", "text", 0, place)
    certified = ceremony.prepared(tmp_path / "taken.pdf", [field], platform)
    done = tmp_path / "done.pdf"
    mark = Mark("f", "text", text="一二三四五六七八九十 " * 3)
    alice.finish(done, append.append(certified, done, "alice", [field], [mark], Act(NOW)))
    left, top, right, bottom = ink(done)
    assert place.x - 0.001 <= left < right <= place.x + place.width + 0.001
    assert place.y - 0.001 <= top < bottom <= place.y + place.height + 0.001
    assert right - left > bottom - top


def ink(path: Path) -> tuple[float, float, float, float]:
    """The box of what is dark on the first page, in fractions of it."""
    with Image.open(io.BytesIO(render.page_image(path, 0, 1200))) as image:
        box = image.convert("L").point([255] * 128 + [0] * 128).getbbox()
        left, top, right, bottom = box or (0, 0, 0, 0)
        return left / image.width, top / image.height, right / image.width, bottom / image.height


def test_every_shape_is_shown_by_the_renderer_in_the_size_that_is_counted(tmp_path: Path) -> None:
    import pikepdf

    for shape, attributes in SHAPES.items():
        source = makers.shaped(tmp_path / "shaped.pdf", **attributes)
        with pikepdf.open(source) as pdf:
            across, up = pages.box(pdf.pages[0]).size
        with Image.open(io.BytesIO(render.page_image(source, 0, 800))) as image:
            assert image.width / image.height == pytest.approx(across / up, abs=0.005), shape
