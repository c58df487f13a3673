"""Files made to hurt: each is refused quickly, in little memory."""

import contextlib
import pickle
import random
from pathlib import Path

import pikepdf
import pytest

from documents import pages
from documents.errors import Refused
from documents.rendering import render
from documents.uploads import bombs, intake
from tests.documents import makers


def refusal(source: Path) -> str:
    with pytest.raises(Refused) as caught:
        intake.inspect(source, source.with_name("taken.pdf"))
    return caught.value.code


@pytest.mark.parametrize("rounds", [1, 2])
def test_a_stream_that_inflates_to_half_a_gibibyte_is_refused_before_it_does(tmp_path: Path, rounds: int) -> None:
    assert refusal(makers.bomb(tmp_path / "bomb.pdf", rounds)) == "pdf_too_complex"


def test_inflation_is_counted_without_holding_it() -> None:
    import zlib

    assert bombs.inflated_size(zlib.compress(bytes(5_000_000))) == 5_000_000
    assert bombs.inflated_size(zlib.compress(zlib.compress(bytes(5_000_000))), rounds=2) == 5_000_000
    assert bombs.inflated_size(b"not deflated") == 0


def test_a_page_tree_that_bites_its_tail_is_refused_or_cut(tmp_path: Path) -> None:
    source = makers.bare(
        tmp_path / "cycle.pdf",
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1000000000 >>",
    )
    assert refusal(source) in ("pdf_damaged", "pdf_no_pages")


def test_a_page_tree_that_doubles_on_every_level_is_refused(tmp_path: Path) -> None:
    levels = [b"<< /Type /Pages /Count 2 /Kids [%d 0 R %d 0 R] >>" % (n, n) for n in range(3, 33)]
    page = b"<< /Type /Page /MediaBox [0 0 400 600] >>"
    source = makers.bare(tmp_path / "tree.pdf", b"<< /Type /Catalog /Pages 2 0 R >>", *levels, page)
    assert refusal(source) in ("pdf_damaged", "pdf_too_many_pages")


def test_a_count_that_lies_is_not_believed(tmp_path: Path) -> None:
    source = makers.one_page(tmp_path / "lie.pdf")
    source.write_bytes(source.read_bytes().replace(b"/Count 1", b"/Count 9"))
    assert len(intake.inspect(source, tmp_path / "taken.pdf").pages) == 1


def test_more_than_two_thousand_pages_are_refused(tmp_path: Path) -> None:
    source = makers.shaped(tmp_path / "many.pdf", pages=pages.MAX_PAGES + 1)
    assert refusal(source) == "pdf_too_many_pages"


@pytest.mark.parametrize("box", [b"[0 0 1000000 1000000]", b"[0 0 1 1]", b"[0 0 400 1000000000]"])
def test_a_page_of_an_absurd_size_is_refused(tmp_path: Path, box: bytes) -> None:
    assert refusal(makers.one_page(tmp_path / "size.pdf", box=box)) == "pdf_page_size"


def test_a_million_point_page_is_rendered_within_the_pixel_budget(tmp_path: Path) -> None:
    source = makers.one_page(tmp_path / "huge.pdf", box=b"[0 0 1000000 1000000]")
    assert len(render.page_image(source, 0, 100_000)) < 5_000_000


def test_a_tree_of_fields_that_bites_its_tail_does_not_hang(tmp_path: Path) -> None:
    source = makers.bare(
        tmp_path / "fields.pdf",
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 600] /Annots [4 0 R] >>",
        b"<< /T (a) /FT /Tx /V (x) /Subtype /Widget /Rect [0 0 90 20] /Kids [4 0 R] /Parent 4 0 R >>",
    )
    assert len(intake.inspect(source, tmp_path / "taken.pdf").pages) == 1


def test_brackets_nested_thousands_deep_do_not_overflow_the_stack(tmp_path: Path) -> None:
    source = makers.one_page(tmp_path / "deep.pdf", b"/X " + b"[" * 30_000 + b"]" * 30_000)
    try:
        intake.inspect(source, tmp_path / "taken.pdf")
    except Refused as refused:
        assert refused.code in ("pdf_damaged", "pdf_no_pages", "pdf_too_complex")


def test_a_signature_that_is_none_is_refused(contract: Path, tmp_path: Path) -> None:
    with pikepdf.open(contract) as pdf:
        value = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Sig, Contents=b"x", ByteRange=[0, 1, 2, 3]))
        kid = pdf.make_indirect(pikepdf.Dictionary(V=value))
        parent = pdf.make_indirect(pikepdf.Dictionary(T=pikepdf.String("s"), FT=pikepdf.Name.Sig, Kids=[kid]))
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[parent])
        pdf.save(tmp_path / "signed.pdf")
    assert refusal(tmp_path / "signed.pdf") == "pdf_signature_broken"


def test_a_refusal_survives_the_way_out_of_a_child_process() -> None:
    refused = pickle.loads(pickle.dumps(Refused("pdf_page_size", "page 3")))
    assert (refused.code, refused.detail, str(refused)) == ("pdf_page_size", "page 3", "pdf_page_size: page 3")


def test_ten_thousand_changed_bytes_give_a_file_or_a_refusal_and_nothing_else(contract: Path, tmp_path: Path) -> None:
    original = contract.read_bytes()
    dice = random.Random(7)
    for _ in range(400):
        data = bytearray(original)
        for _ in range(25):
            data[dice.randrange(len(data))] = dice.randrange(256)
        (tmp_path / "changed.pdf").write_bytes(data)
        with contextlib.suppress(Refused):
            intake.inspect(tmp_path / "changed.pdf", tmp_path / "taken.pdf")


def test_names_in_a_chinese_encoding_are_no_damage(tmp_path: Path) -> None:
    font = b"<< /Type /Font /Subtype /TrueType /BaseFont /\xcb\xce\xcc\xe5 >>"
    page = b"/Resources << /Font << /#CB#CE 4 0 R >> >> /Annots [<< /Subtype /\xcb\xce /Rect [0 0 9 9] >>]"
    source = makers.one_page(tmp_path / "gbk.pdf", page, font)
    assert len(intake.inspect(source, tmp_path / "taken.pdf").pages) == 1


def test_a_page_listed_twice_is_two_pages(tmp_path: Path) -> None:
    source = makers.bare(
        tmp_path / "twice.pdf",
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R 3 0 R] /Count 2 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 600] >>",
    )
    assert len(intake.inspect(source, tmp_path / "taken.pdf").pages) == 2


def test_a_script_behind_an_escaped_name_is_taken_out(tmp_path: Path) -> None:
    page = b"/#41#41 << /O << /S /Java#53cript /#4a#53 (ARMED) >> >> /Annots [<< /Subtype /Link /Rect [0 0 9 9] "
    page += b"/#41 << /D << /X 1 >> /#53 /L#61unch /F (ARMED) >> >>]"
    source = makers.one_page(tmp_path / "escaped.pdf", page)
    intake.inspect(source, tmp_path / "taken.pdf")
    flat = makers.qpdf(tmp_path / "taken.pdf", tmp_path / "flat.pdf", "--qdf", "--object-streams=disable")
    assert b"ARMED" not in flat.read_bytes()
