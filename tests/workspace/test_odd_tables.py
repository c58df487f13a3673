"""Files of people that no template made: hidden sheets, merged cells, damage at any byte, text in any encoding."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import pytest

from services.workspace.imports.check import flaws
from services.workspace.sheets.read import Person, read_people
from services.workspace.sheets.table import SheetRefused
from tests.workspace.office import Office
from tests.workspace.tables import HEAD, Cell, book, packed, sheet
from tests.workspace.test_imports import send

BOB: tuple[Cell, ...] = ("Bob", "bob@x.example", "Admin", None)
NAMES = (
    "陈大文",
    "王小明",
    "欧阳娜娜",
    "陳大文",
    "黃志強",
    "林怡君",
    "Jürgen Müller",
    "José García",
    "山田太郎",
    "김철수",
)
LEGACY = ("gb18030", "big5", "cp1252", "latin-1", "shift-jis", "mac-roman", "cp437")


def read(folder: Path, data: bytes, encoding: str | None = None) -> list[Person]:
    (folder / "table").write_bytes(data)
    return read_people(folder / "table", encoding)


def refusal(folder: Path, data: bytes) -> str:
    with pytest.raises(SheetRefused) as refused:
        read(folder, data)
    return refused.value.code


def test_the_first_sheet_that_is_shown_is_read(tmp_path: Path) -> None:
    eve = ("Eve", "eve@x.example", "Admin")
    for state in ("hidden", "veryHidden"):
        data = book(sheet(HEAD, eve), sheet(HEAD, BOB), states=(state, "visible"))
        assert [one.name for one in read(tmp_path, data)] == ["Bob"]
    assert [one.name for one in read(tmp_path, book(sheet(HEAD, BOB), states=("hidden",)))] == ["Bob"]


@pytest.mark.parametrize("corners", ['"A2:A3"', "'A2:A3'", '"$A$2:$A$3"', '"a2:a3"'])
@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16"])
def test_merged_cells_are_found_however_they_are_written(tmp_path: Path, corners: str, encoding: str) -> None:
    merged = f"<mergeCells><mergeCell ref={corners}/></mergeCells>"
    found = read(tmp_path, book(sheet(HEAD, BOB, BOB, BOB, after=merged, encoding=encoding)))
    assert [one.flaws for one in found] == [{"merged"}, {"merged"}, set()]


def test_formulas_and_errors_matter_where_they_are_read(tmp_path: Path) -> None:
    rows = (("=A1", *BOB[1:]), ("#REF!", *BOB[1:]), (*BOB, None, "=1+1", "#N/A"))
    found = read(tmp_path, book(sheet(HEAD, *rows)))
    assert [one.flaws for one in found] == [{"formula"}, {"formula"}, set()]


def test_a_number_is_no_phone_number_without_its_country_code(tmp_path: Path) -> None:
    """13800138000 is of China, and would be one of America with a plus before it."""
    for number in (13800138000, 91234567, 6591234567):
        (one,) = read(tmp_path, book(sheet(HEAD, (*BOB[:3], number))))
        assert (one.phone, flaws(one)) == (str(number), ["phone_wrong"])


@pytest.mark.parametrize(
    ("name", "code"), [("\u200b", "name_wrong"), ("\u200b=1", "formula"), ("\u3000", "name_missing")]
)
def test_a_name_can_be_seen(name: str, code: str) -> None:
    assert flaws(Person(1, name, "bob@x.example", "Admin")) == [code]


def test_what_is_no_workbook_is_told_apart_from_a_damaged_one(tmp_path: Path) -> None:
    good = book(sheet(HEAD, BOB))
    assert (
        refusal(tmp_path, packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}))
        == "file_not_supported"
    )
    assert refusal(tmp_path, packed({"people.xlsx": good})) == "file_not_supported"
    assert refusal(tmp_path, book(sheet(HEAD))) == "no_people"
    (tmp_path / "twice").write_bytes(good)
    with zipfile.ZipFile(tmp_path / "twice", "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("xl/worksheets/s1.xml", sheet(HEAD, BOB, BOB))
    assert refusal(tmp_path, (tmp_path / "twice").read_bytes()) == "file_damaged"
    assert [one.name for one in read(tmp_path, book(sheet(HEAD, BOB), more={"xl/vbaProject.bin": b"\xd0\xcf"}))] == [
        "Bob"
    ]


def test_damage_at_any_byte_is_a_refusal_and_never_an_error(tmp_path: Path) -> None:
    chance = random.Random(5)
    people = [(f"P {n}", f"p{n}@x.example", "Admin", None) for n in range(30)]
    whole = book(sheet(HEAD, *people))
    refused = 0
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 3, 20))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            read(tmp_path, bytes(data))
        except SheetRefused:
            refused += 1
    assert refused > 100


def test_a_file_damaged_within_is_refused_by_the_route_too(office: Office) -> None:
    whole = bytearray(book(sheet(HEAD, BOB)))
    start = whole.index(b"xl/worksheets/s1.xml") + 25
    whole[start : start + 60] = bytes(60)
    answer = send(office, bytes(whole))
    assert (answer.status_code, answer.json["code"]) == (422, "file_damaged")


@pytest.mark.parametrize("encoding", LEGACY)
def test_text_in_another_encoding_is_read_right_or_asked_about(tmp_path: Path, encoding: str) -> None:
    """Never is somebody invited under a name that nobody wrote."""
    right = set()
    for name in NAMES:
        try:
            data = f"Name,E-mail,Roles\r\n{name},x@x.example,Admin\r\n".encode(encoding)
        except UnicodeEncodeError:
            continue
        try:
            assert [one.name for one in read(tmp_path, data)] == [name]
            right.add(name)
        except SheetRefused as refused:
            assert refused.code == "encoding_unknown"
    assert bool(right) == (encoding in LEGACY[:4])


@pytest.mark.parametrize(("encoding", "told"), [("big5", "big5"), ("cp950", "big5"), ("cp1252", "windows-1252")])
def test_an_encoding_is_known_by_its_headings_or_as_it_is_told(tmp_path: Path, encoding: str, told: str) -> None:
    name = "黃志強" if told == "big5" else "Œuvre Müller"
    heads = "姓名,電子郵件,角色" if told == "big5" else "Name,E-mail,Roles"
    data = f"{heads}\r\n{name},x@x.example,Admin\r\n".encode(encoding)
    assert read(tmp_path, data, told)[0].name == name
    assert read(tmp_path, data)[0].name == name


def test_a_first_line_for_spreadsheets_is_left_aside(tmp_path: Path) -> None:
    (one,) = read(tmp_path, b"sep=;\r\nName;E-mail;Roles\r\nBob, jr.;bob@x.example;Admin\r\n")
    assert (one.line, one.name) == (3, "Bob, jr.")
