"""The plan of a prepared file is all that appending needs, and fits that file only."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from documents import regular, validate
from documents.errors import Refused
from documents.fields import Field
from documents.geometry import Place
from documents.revisions import append, planreading, prepare
from documents.revisions.plan import Plan, WrongPlan
from documents.sign import Act
from tests.documents import ceremony, makers
from tests.documents.authority import NOW, Authority, Signer

FORM = [*ceremony.form("alice", "bob"), Field("n", "张 (3)", "text", 0, Place(0.1, 0.9, 0.1, 0.05), label="名 (\\)")]


@pytest.fixture
def made(contract: Path, platform: Signer) -> tuple[Path, Plan]:
    return ceremony.prepared(contract, FORM, platform)


def test_a_plan_is_the_same_after_it_was_stored(made: tuple[Path, Plan]) -> None:
    text = made[1].to_json()
    assert Plan.from_json(text) == made[1]
    assert Plan.from_json(text.encode()).to_json() == text
    assert text.isascii()


def test_a_stored_plan_serves_every_signer(
    made: tuple[Path, Plan], alice: Signer, bob: Signer, authority: Authority
) -> None:
    prepared, known = made[0], Plan.from_json(made[1].to_json())
    after_alice = ceremony.signed(prepared, known, FORM, "alice", alice)
    done = ceremony.signed(after_alice, known, FORM, "bob", bob)
    third = ceremony.signed(done, known, FORM, "张 (3)", bob)
    assert validate.all_sound(validate.signatures(third, [authority.root]))


def test_a_plan_read_from_the_file_says_the_same(made: tuple[Path, Plan]) -> None:
    prepared, known = made
    found = planreading.read(prepared, FORM)
    assert [replace(one, entries={}) for one in found.controls] == [replace(one, entries={}) for one in known.controls]
    assert [one.entries.keys() for one in found.controls] == [one.entries.keys() for one in known.controls]


def test_a_plan_read_from_a_file_with_signatures_serves_those_who_follow(
    made: tuple[Path, Plan], alice: Signer, bob: Signer, authority: Authority
) -> None:
    after_alice = ceremony.signed(*made, FORM, "alice", alice)
    done = ceremony.signed(after_alice, planreading.read(after_alice, FORM), FORM, "bob", bob)
    assert validate.all_sound(validate.signatures(done, [authority.root]))


def test_a_file_without_the_fields_has_no_plan(contract: Path) -> None:
    with pytest.raises(Refused, match="pdf_damaged"):
        planreading.read(contract, FORM)


@pytest.mark.parametrize("difference", ["another place", "another act", "another document"])
def test_the_plan_of_another_file_is_refused(difference: str, made: tuple[Path, Plan], tmp_path: Path) -> None:
    moved = [replace(one, place=replace(one.place, x=one.place.x + 0.001)) for one in FORM]
    document = makers.plain(tmp_path / "other.pdf", pages=2, size=(595, 843))
    source = document if difference == "another document" else tmp_path / "contract.pdf"
    act = Act(NOW, name="Another" if difference == "another act" else "Signet")
    other = prepare.prepare(source, tmp_path / "p", moved if difference == "another place" else FORM, act).plan
    with pytest.raises(Refused, match="the plan is that of another file"):
        append.append(made[0], tmp_path / "x.pdf", other, "alice", [], Act(NOW))
    assert not (tmp_path / "x.pdf").exists()


def test_a_file_shorter_than_its_plan_says_is_refused(made: tuple[Path, Plan], contract: Path, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="the plan is that of another file"):
        append.append(contract, tmp_path / "x.pdf", made[1], "alice", [], Act(NOW))


def test_a_base_that_ends_in_garbage_is_refused(made: tuple[Path, Plan], tmp_path: Path) -> None:
    made[0].write_bytes(made[0].read_bytes() + b"garbage")
    with pytest.raises(Refused, match="pdf_damaged"):
        append.append(made[0], tmp_path / "x.pdf", made[1], "alice", [], Act(NOW))


def test_somebody_who_signs_nothing_is_an_error(made: tuple[Path, Plan], tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="carol signs nothing"):
        append.append(made[0], tmp_path / "x.pdf", made[1], "carol", [], Act(NOW))


def changed(text: str, *path: str | int, to: Any) -> str:
    """The JSON with one member replaced."""
    read = json.loads(text)
    holder = read
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = to
    return json.dumps(read)


@pytest.mark.parametrize(
    ("path", "to"),
    [
        (("version",), 2),
        (("length",), "12"),
        (("length",), True),
        (("mark",), -1),
        (("sha256",), "ab"),
        (("unknown",), 1),
        (("controls",), None),
        (("controls", 0, "number"), 0),
        (("controls", 0, "kind"), "button"),
        (("controls", 0, "unknown"), 1),
        (("controls", 0, "name"), 7),
        (("controls", 0, "entries"), ["/T"]),
        (("controls", 0, "entries", "/T"), "张"),
        (("controls", 0, "entries", "/T"), 3),
        (("controls", 0, "lock"), [1]),
        (("controls", 0, "frame", "width"), "wide"),
        (("controls", 0, "frame", "depth"), 1),
    ],
)
def test_what_is_no_plan_is_told(path: tuple[str | int, ...], to: Any, made: tuple[Path, Plan]) -> None:
    with pytest.raises(WrongPlan):
        Plan.from_json(changed(made[1].to_json(), *path, to=to))


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", "12", '{"version":1}'])
def test_what_is_no_json_object_of_a_plan_is_told(text: str) -> None:
    with pytest.raises(WrongPlan):
        Plan.from_json(text)


def test_appending_loads_neither_of_the_libraries_that_parse() -> None:
    program = "import sys, documents.revisions.append; print({'pikepdf', 'pyhanko', 'PIL'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout.strip() == "set()"


def test_a_file_as_intake_wrote_it_is_not_written_anew(contract: Path, tmp_path: Path) -> None:
    with pikepdf.open(contract) as pdf:
        regular.save(pdf, tmp_path / "regular.pdf")
    prepare.prepare(tmp_path / "regular.pdf", tmp_path / "p.pdf", FORM, Act(NOW))
    assert (tmp_path / "p.pdf").read_bytes().startswith((tmp_path / "regular.pdf").read_bytes())


ODD = b"/\xd5\xc5#ce 5 /Foo /\xd5\xc5 /Real 0.0000001 /Str (a\\(b\377) /Contents 4 0 R"
LINK = b"<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://example.com/) >> >>"
EMPTY = b"<< /Length 0 >>\nstream\n\nendstream"


def test_whatever_stands_in_a_page_stays(tmp_path: Path, platform: Signer) -> None:
    """Names in GBK, numbers that Python writes with an exponent, binary strings."""
    source = makers.one_page(tmp_path / "odd.pdf", ODD, EMPTY)
    prepared, _ = ceremony.prepared(source, [FORM[0]], platform)
    with pikepdf.open(source) as before, pikepdf.open(prepared) as after:
        pages: list[Any] = [pdf.pages[0].obj for pdf in (before, after)]
        assert {*pages[1].keys()} - {*pages[0].keys()} == {"/Annots"}
        for key in ("/\udcd5\udcc5\udcce", "/Foo", "/Real", "/Str"):
            assert pages[0][key] == pages[1][key]


def test_information_in_the_trailer_itself_becomes_an_object(
    contract: Path, platform: Signer, alice: Signer, authority: Authority
) -> None:
    source = contract.with_name("direct.pdf")
    with pikepdf.open(contract) as pdf:
        pdf.trailer.Info = pikepdf.Dictionary(Title="Direct")
        pdf.save(source, min_version="1.7")
    prepared, known = ceremony.prepared(source, FORM, platform)
    done = ceremony.signed(prepared, known, FORM, "alice", alice)
    assert validate.all_sound(validate.signatures(done, [authority.root]))
    with pikepdf.open(done) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Direct"


@pytest.mark.parametrize("annotations", [b"[5 0 R]", b"6 0 R", b"[%s]" % LINK])
def test_links_stay_on_their_pages(annotations: bytes, tmp_path: Path, platform: Signer) -> None:
    entries = b"/Contents 4 0 R /Annots " + annotations
    source = makers.one_page(tmp_path / "links.pdf", entries, EMPTY, LINK, b"[5 0 R]")
    prepared, _ = ceremony.prepared(source, [FORM[0]], platform)
    with pikepdf.open(prepared) as pdf:
        shown: Any = pdf.pages[0].obj.Annots
        assert [str(one.Subtype) for one in shown] == ["/Link", "/Widget", "/Widget"]
        assert str(shown[0].A.URI) == "https://example.com/"


def test_a_file_that_already_has_a_form_is_refused(made: tuple[Path, Plan], tmp_path: Path) -> None:
    with pytest.raises(Refused, match="pdf_damaged"):
        prepare.prepare(made[0], tmp_path / "again.pdf", FORM, Act(NOW))
