"""An update adds objects behind the bytes there are, whatever stands in them, and every other reader finds them."""

import random
import re
import subprocess
from contextlib import suppress
from pathlib import Path

import pikepdf
import pytest

from documents.errors import Refused
from documents.incremental import base
from documents.incremental.update import OtherBase, Update
from documents.values import Indirect, Name, Ref, Stream
from tests.documents import makers

LAYOUTS = ["--object-streams=disable", "--object-streams=generate"]
TEXTS = {
    "brackets": "a (b) c) ((",
    "backslashes": "a\\b \\n \\( \\\\",
    "line ends": "a\rb\nc\r\nd",
    "Chinese": "张伟 同意",
    "Vietnamese": "Việt Łódź",
    "outside the plane": "𠮷😀",
    "looks like syntax": "/Contents <00> /ByteRange [0 0000000000 0000000000 0000000000] endobj stream",
    "control": "\x00\x01\x7f",
    "empty": "",
}


@pytest.fixture(params=LAYOUTS)
def source(request: pytest.FixtureRequest, contract: Path) -> Path:
    return makers.qpdf(contract, contract.with_name("source.pdf"), "--deterministic-id", request.param)


def checked(path: Path) -> str:
    done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True)
    return done.stdout + done.stderr


def updated(source: Path, name: str, **entries: object) -> Path:
    """The file with an /Extra dictionary in an object of its own."""
    update = Update(base.read(source))
    update.replace(Ref(catalog(source)), Indirect({**kept(source), "/Extra": update.add(entries)}))
    update.save(source, source.with_name(name))
    return source.with_name(name)


def catalog(path: Path) -> int:
    return base.read(path).root.number


def kept(path: Path) -> dict[str, object]:
    with pikepdf.open(path) as pdf:
        return {"/Type": Name("/Catalog"), "/Pages": Ref(*pdf.Root.Pages.objgen)}


@pytest.mark.parametrize("kind", TEXTS)
def test_any_text_is_read_back_as_it_was_written(kind: str, source: Path) -> None:
    made = updated(source, "made.pdf", **{"/Text": TEXTS[kind], "/Bytes": TEXTS[kind].encode(), "/List": [TEXTS[kind]]})
    with pikepdf.open(made) as pdf:
        assert str(pdf.Root.Extra.Text) == TEXTS[kind] == str(pdf.Root.Extra.List[0])
        assert bytes(pdf.Root.Extra.Bytes) == TEXTS[kind].encode()
    assert "No syntax or stream encoding errors found" in checked(made)


def test_names_with_irregular_characters_are_read_back(source: Path) -> None:
    odd = "/a b#c(d)/e<f>张[g]{h}%"
    with pikepdf.open(updated(source, "made.pdf", **{odd: Name(odd)})) as pdf:
        assert dict(pdf.Root.Extra.items()) == {odd: pikepdf.Name(odd)}


def test_numbers_booleans_nothing_and_streams_are_read_back(source: Path) -> None:
    values = {"/I": -7, "/F": 0.00004, "/G": 1234567.5, "/T": True, "/N": [None, False], "/S": Stream({}, b"abc" * 99)}
    with pikepdf.open(updated(source, "made.pdf", **values)) as pdf:
        extra = pdf.Root.Extra
        assert (extra.I, float(extra.F), float(extra.G), extra.T) == (-7, 0, 1234567.5, True)
        assert list(extra.N) == [None, False]
        assert extra.S.read_bytes() == b"abc" * 99


def test_a_section_is_of_the_kind_of_the_one_before_and_updates_follow_each_other(source: Path) -> None:
    kind = base.read(source).stream
    one = updated(source, "one.pdf", **{"/A": 1})
    two = updated(one, "two.pdf", **{"/A": 2})
    assert [base.read(path).stream for path in (one, two)] == [kind, kind]
    assert two.read_bytes().startswith(one.read_bytes())
    assert "No syntax or stream encoding errors found" in checked(two)
    with pikepdf.open(two) as pdf:
        assert pdf.Root.Extra.A == 2


def test_what_is_written_twice_is_one_object(source: Path) -> None:
    shared = Stream({}, b"shared")
    with pikepdf.open(updated(source, "made.pdf", **{"/A": shared, "/B": [shared, {"/C": shared}]})) as pdf:
        extra = pdf.Root.Extra
        assert extra.A.objgen == extra.B[0].objgen == extra.B[1].C.objgen


def test_a_stream_that_is_encoded_already_is_written_as_it_is(source: Path) -> None:
    stream = Stream({"/Filter": Name("/ASCIIHexDecode")}, b"616263>")
    with pikepdf.open(updated(source, "made.pdf", **{"/S": stream})) as pdf:
        assert pdf.Root.Extra.S.read_raw_bytes() == b"616263>"
        assert pdf.Root.Extra.S.read_bytes() == b"abc"


def test_the_identifier_keeps_its_first_half_and_tells_contents_apart_by_the_second(source: Path) -> None:
    first, *others = (identifier(path) for path in (source, updated(source, "1", a=1), updated(source, "2", a=2)))
    assert {half[0] for half in (first, *others)} == {first[0]}
    assert len({half[1] for half in (first, *others)}) == 3
    assert updated(source, "3", a=2).read_bytes() == updated(source, "4", a=2).read_bytes()


def identifier(path: Path) -> list[bytes]:
    with pikepdf.open(path) as pdf:
        return [bytes(half) for half in pdf.trailer.ID]


def test_a_person_called_like_a_byte_range_does_not_move_the_room(source: Path) -> None:
    update = Update(base.read(source))
    update.room({"/Name": TEXTS["looks like syntax"], "/Reason": TEXTS["looks like syntax"]}, 16)
    target = source.with_name("room.pdf")
    reserved = update.reserve(source, target, "field")
    data = target.read_bytes()
    room = data[reserved.offset - 1 : reserved.offset + reserved.length + 1]
    assert (room, reserved.field) == (b"<" + b"0" * 32 + b">", "field")
    ranges = re.findall(rb"/ByteRange \[0 (\d{10}) (\d{10}) (\d{10})\]", data[: reserved.offset])
    assert [int(edge) for edge in ranges[0]] == [
        reserved.offset - 1,
        reserved.offset + 33,
        len(data) - reserved.offset - 33,
    ]


def test_one_update_has_one_room(source: Path) -> None:
    update = Update(base.read(source))
    with pytest.raises(ValueError, match="no room"):
        update.reserve(source, source.with_name("none.pdf"), "field")
    update.room({}, 8)
    with pytest.raises(ValueError, match="one signature"):
        update.room({}, 8)


def test_a_file_can_be_continued_in_place(source: Path) -> None:
    apart = updated(source, "apart.pdf", Text="a (b)").read_bytes()
    assert updated(source, source.name, Text="a (b)").read_bytes() == apart


def test_a_file_that_is_not_the_one_read_before_is_an_error(source: Path) -> None:
    update = Update(base.read(source))
    with pytest.raises(OtherBase):
        update.save(source, source.with_name("made.pdf"), b"another digest")
    source.write_bytes(source.read_bytes() + b"\n")
    with pytest.raises(OtherBase):
        update.save(source, source.with_name("made.pdf"))


@pytest.mark.parametrize("ending", [b"%%EOF", b"%%EOF\n", b"%%EOF\r\n", b"%%EOF\n\n"])
def test_however_the_file_ends_an_update_can_follow(ending: bytes, source: Path) -> None:
    source.write_bytes(source.read_bytes().rstrip().removesuffix(b"%%EOF") + ending)
    assert "No syntax or stream encoding errors found" in checked(updated(source, "made.pdf", a=1))


def test_the_objects_of_later_updates_are_known_by_number(source: Path) -> None:
    floor, root = source.stat().st_size, catalog(source)
    size = base.read(source).size
    two = updated(updated(source, "one.pdf", a=1), "two.pdf", a=2)
    assert base.changed(two, base.read(two), floor) >= {root, size}
    assert base.changed(source, base.read(source), floor) == set()
    assert min(base.changed(two, base.read(two), floor)) == root


DAMAGES = {
    "empty": lambda data: b"",
    "cut": lambda data: data[:-40],
    "garbage after the end": lambda data: data + b"garbage",
    "an offset beyond the end": lambda data: re.sub(rb"startxref\s+\d+", b"startxref\n99999999", data),
    "an offset into the middle": lambda data: re.sub(rb"startxref\s+\d+", b"startxref\n77", data),
    "no identifier": lambda data: data.replace(b"/ID", b"/IX"),
    "half a byte of an identifier": lambda data: re.sub(rb"/ID \[ ?<..", b"/ID [<0", data),
    "no root": lambda data: data.replace(b"/Root", b"/Boot"),
    "encrypted": lambda data: data.replace(b"/Size", b"/Encrypt 1 0 R/Size"),
    "nothing but an end": lambda data: b"startxref\n0\n%%EOF",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_file_with_another_end_is_refused(damage: str, source: Path) -> None:
    source.write_bytes(DAMAGES[damage](source.read_bytes()))
    with pytest.raises(Refused, match="pdf_damaged"):
        base.read(source)


def test_sections_that_lead_in_a_circle_are_refused(source: Path) -> None:
    made = updated(source, "made.pdf", a=1)
    found = base.read(made)
    made.write_bytes(re.sub(rb"/Prev \d+", b"/Prev %d" % found.startxref, made.read_bytes()))
    with pytest.raises(Refused, match="pdf_damaged"):
        base.changed(made, base.read(made), 0)


def test_a_section_of_more_objects_than_a_file_can_have_is_refused(source: Path) -> None:
    many = re.sub(rb"/Index \[\d+ \d+", b"/Index [0 999999999", updated(source, "made.pdf", a=1).read_bytes())
    (source.with_name("many.pdf")).write_bytes(re.sub(rb"xref\n\d+ \d+", b"xref\n0 999999999", many))
    with pytest.raises(Refused, match="pdf_damaged"):
        base.changed(source.with_name("many.pdf"), base.read(source.with_name("many.pdf")), 1)


def test_whatever_is_wrong_with_the_end_it_is_refused_or_read(source: Path) -> None:
    made = updated(source, "made.pdf", a=1)
    data, chance = made.read_bytes(), random.Random(7)
    for _ in range(300):
        broken = bytearray(data)
        for _ in range(chance.randrange(1, 4)):
            broken[chance.randrange(base.read(source).startxref, len(data))] = chance.randrange(256)
        made.write_bytes(bytes(broken))
        with suppress(Refused):
            base.changed(made, base.read(made), 1)
