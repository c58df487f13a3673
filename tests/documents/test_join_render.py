"""Files are joined with their geometry; pages are shown as pictures and as text."""

import io
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from documents import pages
from documents.errors import Refused
from documents.rendering import render
from documents.uploads import intake, join
from tests.documents import makers


def taken(source: Path) -> Path:
    target = source.with_suffix(".taken.pdf")
    intake.inspect(source, target)
    return target


def test_joined_files_keep_order_geometry_and_content(tmp_path: Path) -> None:
    sources = [
        taken(makers.plain(tmp_path / "a.pdf", pages=2)),
        taken(makers.shaped(tmp_path / "b.pdf", inherit=True, Rotate=90, CropBox=[10, 20, 300, 400])),
        taken(makers.plain(tmp_path / "c.pdf", pages=1, size=(300, 300))),
    ]
    assert join.join(sources, tmp_path / "joined.pdf", ["合同", "Annex", "Plan"]) == (2, 1, 1)
    with pikepdf.open(tmp_path / "joined.pdf") as pdf:
        shown = [pages.box(page) for page in pdf.pages]
        with pdf.open_outline() as outline:
            assert [item.title for item in outline.root] == ["合同", "Annex", "Plan"]
    assert [box.size for box in shown] == [(595, 842), (595, 842), (380, 290), (300, 300)]
    assert "Page 1 of the contract" in render.page_text(tmp_path / "joined.pdf", 3)


def test_resources_that_pages_inherit_come_along(tmp_path: Path) -> None:
    source = makers.plain(tmp_path / "a.pdf")
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0].obj
        pdf.Root.Pages.Resources = page.Resources
        del page["/Resources"]
        pdf.save(source)
    join.join([taken(source)], tmp_path / "joined.pdf", ["A"])
    assert "Page 1 of the contract" in render.page_text(tmp_path / "joined.pdf", 0)


def test_joining_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    source = taken(makers.plain(tmp_path / "a.pdf"))
    for name in ("one.pdf", "two.pdf"):
        join.join([source, source], tmp_path / name, ["A", "B"])
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_too_many_pages_together_are_refused(tmp_path: Path) -> None:
    source = taken(makers.shaped(tmp_path / "a.pdf", pages=1001))
    with pytest.raises(Refused, match="pdf_too_many_pages"):
        join.join([source, source], tmp_path / "joined.pdf", ["A", "B"])


def test_a_page_is_a_webp_of_the_width_that_was_asked_for(contract: Path) -> None:
    with Image.open(io.BytesIO(render.page_image(contract, 1, 400))) as image:
        assert (image.format, image.width) == ("WEBP", 400)


def test_all_pages_are_written_to_a_folder(contract: Path, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    assert [path.name for path in render.page_images(contract, folder, 200)] == ["0.webp", "1.webp"]
    assert [path.name for path in render.page_images(contract, folder, 200, [1])] == ["1.webp"]


def test_the_text_of_a_page_is_read(contract: Path) -> None:
    assert "Page 2 of the contract" in render.page_text(contract, 1)


@pytest.mark.parametrize("page", [-1, 2])
def test_a_page_that_is_not_there_is_refused(contract: Path, page: int) -> None:
    with pytest.raises(Refused, match="pdf_page_missing"):
        render.page_image(contract, page, 100)


def test_what_is_no_pdf_cannot_be_shown(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(b"hello")
    with pytest.raises(Refused, match="pdf_damaged"):
        render.page_text(tmp_path / "x.pdf", 0)
