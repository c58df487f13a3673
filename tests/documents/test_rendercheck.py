"""Before anybody is told "done": a missing, shifted or strange mark is found, and a healthy agreement passes."""

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from documents import fields as fields_of
from documents.fields import Field
from documents.geometry import Place
from documents.rendering import rendercheck
from documents.uploads import intake
from tests.documents import ceremony, makers
from tests.documents.authority import Signer
from tests.documents.test_places import SHAPES

Edit = Callable[[pikepdf.Pdf, dict[str, pikepdf.Object]], None]


@pytest.fixture
def story(contract: Path, platform: Signer, alice: Signer, bob: Signer) -> tuple[Path, Path, list[Field]]:
    """A prepared file, the same when Alice and Bob have signed, and its fields."""
    return _signed(contract, platform, alice, bob)


def _signed(source: Path, platform: Signer, alice: Signer, bob: Signer) -> tuple[Path, Path, list[Field]]:
    taken = source.with_name("taken.pdf")
    pages = len(intake.inspect(source, taken).pages)
    fields = ceremony.form("alice", "bob", pages=min(pages, 2))
    prepared, plan = ceremony.prepared(taken, fields, platform)
    first = ceremony.signed(prepared, plan, fields, "alice", alice)
    return prepared, ceremony.signed(first, plan, fields, "bob", bob), fields


def every(fields: list[Field]) -> set[str]:
    return {field.id for field in fields}


def edited(finished: Path, edit: Edit) -> Path:
    """The finished file after a fault of its writer; the widgets by their name."""
    target = finished.with_name("edited.pdf")
    with pikepdf.open(finished) as pdf:
        edit(pdf, {str(item.T): item for item in pdf.Root.AcroForm.Fields})
        pdf.save(target)
    return target


def name_of(fields: list[Field], kind: str, who: str = "alice", page: int = 0) -> str:
    return next(fields_of.name_of(one) for one in fields if (one.kind, one.recipient, one.page) == (kind, who, page))


def test_a_healthy_agreement_shows_what_it_should(story: tuple[Path, Path, list[Field]]) -> None:
    prepared, finished, fields = story
    assert rendercheck.mismatches(prepared, finished, fields, every(fields)) == []


@pytest.mark.parametrize("shape", SHAPES)
def test_every_page_geometry_passes(shape: str, tmp_path: Path, platform: Signer, alice: Signer, bob: Signer) -> None:
    source = makers.shaped(tmp_path / "shaped.pdf", **SHAPES[shape])
    prepared, finished, fields = _signed(source, platform, alice, bob)
    assert rendercheck.mismatches(prepared, finished, fields, every(fields)) == []
    assert len(rendercheck.mismatches(prepared, prepared, fields, every(fields))) == len(fields)


@pytest.mark.parametrize("kind", ["signature", "stamp", "text", "date", "checkbox"])
def test_a_mark_that_is_missing_is_found(story: tuple[Path, Path, list[Field]], kind: str) -> None:
    prepared, finished, fields = story
    lost = name_of(fields, kind)

    def lose(pdf: pikepdf.Pdf, widgets: dict[str, pikepdf.Object]) -> None:
        if kind == "checkbox":
            widgets[lost].AS = pikepdf.Name.Off
        else:
            widgets[lost].AP = pikepdf.Dictionary(
                N=pdf.make_stream(b"", BBox=[0, 0, 10, 10], Subtype=pikepdf.Name.Form)
            )

    found = rendercheck.mismatches(prepared, edited(finished, lose), fields, every(fields))
    assert len(found) == 1 and "shows nothing" in found[0]


@pytest.mark.parametrize("shift", [(9, 0), (-9, 0), (0, 9), (0, -9), (-300, 0), (5000, 0)])
@pytest.mark.parametrize("kind", ["stamp", "checkbox"])
def test_a_mark_that_is_shifted_is_found(
    story: tuple[Path, Path, list[Field]], kind: str, shift: tuple[int, int]
) -> None:
    prepared, finished, fields = story
    moved = name_of(fields, kind, "bob", 1)

    def move(_: pikepdf.Pdf, widgets: dict[str, pikepdf.Object]) -> None:
        edges = [float(edge) for edge in widgets[moved].Rect]
        widgets[moved].Rect = pikepdf.Array([edge + shift[at % 2] for at, edge in enumerate(edges)])

    assert rendercheck.mismatches(prepared, edited(finished, move), fields, every(fields))


def test_a_mark_in_a_field_that_nobody_filled_is_found(story: tuple[Path, Path, list[Field]]) -> None:
    prepared, finished, fields = story
    claimed = every(fields) - {"alice.0.t"}
    found = rendercheck.mismatches(prepared, finished, fields, claimed)
    assert found == ["page 1: field alice.0.t shows something and is not filled"]


def test_anything_else_on_the_page_is_found(story: tuple[Path, Path, list[Field]]) -> None:
    prepared, finished, fields = story

    def scribble(pdf: pikepdf.Pdf, _: dict[str, pikepdf.Object]) -> None:
        pdf.pages[1].contents_add(b"q 0.9 0.95 1 rg 30 30 3 3 re f Q")

    found = rendercheck.mismatches(prepared, edited(finished, scribble), fields, every(fields))
    assert len(found) == 1 and found[0].startswith("page 2: differs outside of the fields")


def test_a_page_more_is_found(story: tuple[Path, Path, list[Field]]) -> None:
    prepared, finished, fields = story
    longer = edited(finished, lambda pdf, _: pdf.add_blank_page() and None)
    assert rendercheck.mismatches(prepared, longer, fields, every(fields)) == ["3 pages, prepared were 2"]


def test_marks_of_the_colour_of_the_page_are_seen(tmp_path: Path, platform: Signer, alice: Signer, bob: Signer) -> None:
    canvas = Canvas(str(tmp_path / "black.pdf"), pagesize=(595, 842), invariant=True)
    canvas.rect(0, 0, 595, 842, fill=1)
    canvas.save()
    prepared, finished, fields = _signed(tmp_path / "black.pdf", platform, alice, bob)
    assert rendercheck.mismatches(prepared, finished, fields, every(fields)) == []
    assert len(rendercheck.mismatches(prepared, prepared, fields, every(fields))) == len(fields)


def test_fields_that_touch_or_overlap_are_told_apart(tmp_path: Path, platform: Signer, alice: Signer) -> None:
    source = makers.plain(tmp_path / "plain.pdf")
    places = [Place(0.1, 0.1, 0.2, 0.05), Place(0.3, 0.1, 0.2, 0.05), Place(0.1, 0.15, 0.2, 0.05)]
    fields = [Field(f"f{at}", "alice", "stamp", 0, place) for at, place in enumerate(places)]
    prepared, plan = ceremony.prepared(source, fields, platform)
    finished = ceremony.signed(prepared, plan, fields, "alice", alice)
    assert rendercheck.mismatches(prepared, finished, fields, every(fields)) == []

    def lose(pdf: pikepdf.Pdf, widgets: dict[str, pikepdf.Object]) -> None:
        widgets["stamp_f0"].AP = pikepdf.Dictionary(
            N=pdf.make_stream(b"", BBox=[0, 0, 9, 9], Subtype=pikepdf.Name.Form)
        )

    found = rendercheck.mismatches(prepared, edited(finished, lose), fields, every(fields))
    assert found == ["page 1: field f0 shows nothing"]


def test_pages_beyond_the_limit_are_still_looked_at(
    story: tuple[Path, Path, list[Field]], monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared, finished, fields = story
    monkeypatch.setattr(rendercheck, "PAGES", 1)
    assert rendercheck.mismatches(prepared, finished, fields, every(fields)) == []
    lost = name_of(fields, "stamp", "bob", 1)

    def move(_: pikepdf.Pdf, widgets: dict[str, pikepdf.Object]) -> None:
        widgets[lost].Rect = pikepdf.Array([10, 10, 60, 60])

    found = rendercheck.mismatches(prepared, edited(finished, move), fields, every(fields))
    assert len(found) == 3
