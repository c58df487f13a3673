"""Alice adds two thousand people by a file; what is wrong is told row by row, and nobody is invited twice."""

from __future__ import annotations

import codecs
import io
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import openpyxl
import pytest
from sqlalchemy import update

from chassis.database import EVERYONE
from chassis.ids import new_key
from services.workspace.models import Import
from tests.service_kit import user
from tests.workspace.office import MEMBERS, Office
from tests.workspace.people import FAULTS, GOOD, HEAD, csv_text, faulty, good, repacked, xlsx

IMPORTS = "/api/v1/workspace/imports"
FIELDS = ("name", "email", "roles", "phone")
CHINESE = {"Accept-Language": "zh-Hans"}
SHEET = "xl/worksheets/sheet1.xml"


def send(office: Office, data: bytes, name: str = "people.xlsx", at: str = "", **form: str) -> Any:
    """Alice uploads a file; the answer."""
    options = {"data": {"file": (io.BytesIO(data), name), **form}, "content_type": "multipart/form-data"}
    return office.ask("POST", f"{IMPORTS}{at}/files", **options)


def reasons(office: Office, list_: str) -> Counter[str]:
    rows = office.ask("GET", f"{IMPORTS}/{list_}/rows?failed=true&page_size=500").json["items"]
    return Counter(reason["code"] for row in rows for reason in row["reasons"])


def test_two_thousand_people_with_37_faults_of_ten_kinds(office: Office) -> None:
    office.seats(2500)
    bad = faulty()
    assert len(bad) == 37
    rows: list[Any] = [*good()[:1000], *bad, *good()[1000:]]
    made = send(office, xlsx(rows)).json
    assert (made["status"], made["good"], made["bad"]) == ("checked", GOOD, 37)
    assert reasons(office, made["id"]) == {code: len(rows) for code, rows in FAULTS.items()}

    told = office.ask("GET", f"{IMPORTS}/{made['id']}/failures", headers=CHINESE)
    sheet = openpyxl.load_workbook(io.BytesIO(told.data)).active
    assert sheet is not None
    table = [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert table[0] == ["姓名", "邮箱", "角色", "手机号码", "行号", "原因"]
    assert len(table) == 38
    assert table[1][4:] == ["1002", "缺少姓名。"]
    assert not [cell for row in table for cell in row if str(cell).startswith(("=", "@", "-", "＝"))]

    corrected = [("Corrected", f"c{n}@x.example", "发起人", "") for n in range(30)]
    again = send(office, xlsx([*rows[:1000], *corrected, *bad[:2]]), at=f"/{made['id']}").json
    assert (again["good"], again["bad"]) == (GOOD + 30, 2)
    assert office.ask("GET", f"{MEMBERS}?page_size=1").json["total"] == 1

    for _ in range(2):
        assert office.ask("POST", f"{IMPORTS}/{made['id']}/finish").status_code == 202
        office.kit.turn("imports")
    done = office.ask("GET", f"{IMPORTS}/{made['id']}").json
    assert (done["status"], done["invited"], done["failed"], done["left"]) == ("done", GOOD + 30, 0, 0)
    invited = Counter(event.data["email"] for event in office.kit.emitted("workspace.member_invited.v1"))
    assert len(invited) == GOOD + 30
    assert set(invited.values()) == {1}
    assert office.seats()[1] == GOOD + 31
    first = office.ask("GET", f"{MEMBERS}?page_size=100").json["items"]
    assert [one["email"] for one in first[1:]] == [f"p{n}@x.example" for n in range(99)]
    one = office.ask("GET", f"{MEMBERS}?search=成员 3 ").json["items"][0]
    assert (one["roles"], one["phone"]) == (["initiator"], "+886912345678")
    assert send(office, xlsx(good(1)), at=f"/{made['id']}").json["code"] == "import_finished"


def test_with_few_seats_the_first_are_invited_and_the_others_when_there_are_more(office: Office) -> None:
    office.seats(61)
    made = send(office, csv_text(good(100)).encode(), "people.csv").json
    office.ask("POST", f"{IMPORTS}/{made['id']}/finish")
    office.kit.turn("imports")
    done = office.ask("GET", f"{IMPORTS}/{made['id']}").json
    assert (done["invited"], done["failed"]) == (60, 40)
    assert reasons(office, made["id"]) == {"no_seat_left": 40}
    office.seats(200)
    office.ask("POST", f"{IMPORTS}/{made['id']}/finish")
    office.kit.turn("imports")
    assert office.ask("GET", f"{IMPORTS}/{made['id']}").json["invited"] == 100
    assert len(office.kit.emitted("workspace.member_invited.v1")) == 100


def test_finishing_twice_is_written_down_once_and_lists_are_forgotten_after_a_month(office: Office) -> None:
    made, other = (office.ask("POST", IMPORTS, json={"rows": [dict(zip(FIELDS, good(1)[0], strict=True))]}).json
                   for _ in range(2))  # fmt: skip
    for _ in range(2):
        office.ask("POST", f"{IMPORTS}/{made['id']}/finish")
        assert office.ask("POST", f"{IMPORTS}/{made['id']}/finish").status_code == 202
        office.kit.turn("imports")
    log = office.ask("GET", "/api/v1/workspace/audit").json["entries"]
    assert [one["action"] for one in log].count("import_finished") == 1
    with office.kit.runtime.db.transaction(EVERYONE) as session:
        session.execute(update(Import).values(created_at=datetime.now(UTC) - timedelta(days=31)))
    office.kit.turn("forget_imports")
    for one in (made, other):
        assert office.ask("GET", f"{IMPORTS}/{one['id']}").status_code == 404
    assert office.ask("GET", MEMBERS).json["total"] == 2


def test_rows_typed_by_hand_are_all_checked_before_anybody_is_invited(office: Office) -> None:
    rows = [
        {"name": "Bob", "email": "bob@example.com", "roles": "admin,initiator", "phone": "+65 91234567"},
        {"name": "", "email": "carol", "roles": "", "phone": "1"},
    ]
    made = office.ask("POST", IMPORTS, json={"rows": rows}).json
    assert (made["good"], made["bad"]) == (1, 1)
    (failed,) = office.ask("GET", f"{IMPORTS}/{made['id']}/rows?failed=true").json["items"]
    codes = [reason["code"] for reason in failed["reasons"]]
    assert codes == ["name_missing", "email_wrong", "roles_missing", "phone_wrong"]
    assert office.kit.emitted("workspace.member_invited.v1") == []
    assert office.ask("DELETE", f"{IMPORTS}/{made['id']}").status_code == 204
    assert office.ask("GET", f"{IMPORTS}/{made['id']}").status_code == 404


@pytest.mark.parametrize(
    ("encoding", "mark"), [("utf-8", b""), ("utf-8", codecs.BOM_UTF8), ("gb18030", b""), ("utf-16", b""),
                           ("utf-16-le", b""), ("utf-16-be", b"")]
)  # fmt: skip
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_text_file_is_read_in_every_usual_encoding(
    office: Office, encoding: str, mark: bytes, delimiter: str
) -> None:
    text = f"姓名{delimiter}邮箱{delimiter}角色\r\n王小明{delimiter}wang@x.example{delimiter}发起人\r\n"
    made = send(office, mark + text.encode(encoding), "people.csv").json
    (row,) = office.ask("GET", f"{IMPORTS}/{made['id']}/rows").json["items"]
    assert (row["name"], row["email"]) == ("王小明", "wang@x.example")


def test_the_encoding_can_be_told(office: Office) -> None:
    text = "姓名,電子郵件,角色\r\n陳大文,chan@x.example,管理員\r\n".encode("big5")
    made = send(office, text, "people.csv", encoding="big5").json
    assert office.ask("GET", f"{IMPORTS}/{made['id']}/rows").json["items"][0]["name"] == "陳大文"
    assert send(office, text, "people.csv", encoding="utf-8").json["code"] == "encoding_unknown"


def entity(part: bytes) -> bytes:
    kinds = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
    return part.replace(b"?>", b"?>" + kinds, 1) if b"?>" in part else kinds + part


HOSTILE = {
    "bomb": (repacked(xlsx(good(2)), "xl/media/zeros.xml", lambda _: b"0" * (60 << 20)), "file_too_large"),
    "entities": (repacked(xlsx(good(2)), SHEET, entity), "file_unsafe"),
    "entities in UTF-16": (
        repacked(xlsx(good(2)), SHEET, lambda part: entity(part).decode().encode("utf-16")), "file_unsafe",
    ),
    "entities in strings": (repacked(xlsx(good(2)), "xl/sharedStrings.xml", entity), "file_unsafe"),
    "no workbook": (repacked(xlsx(good(2)), "xl/workbook.xml", lambda _: b"<workbook/>"), "file_damaged"),
    "cut off": (xlsx(good(50))[:3000], "file_damaged"),
    "too many rows": (csv_text(good(5001)).encode(), "too_many_rows"),
    "too many columns": (xlsx([("x",) * 60]), "too_many_columns"),
    "old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "file_not_supported"),
    "binary": (bytes(range(256)) * 4, "encoding_unknown"),
    "nothing": (b"", "file_empty"),
    "no headings": (csv_text(good(2), ("a", "b", "c", "d")).encode(), "headings_missing"),
    "open quote": (b'Name,E-mail,Roles\r\n"Bob,bob@x.example,Admin\r\n' + b"x" * 9000, "file_damaged"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused(office: Office, name: str) -> None:
    data, code = HOSTILE[name]
    answer = send(office, data)
    assert (answer.status_code, answer.json["code"]) == (422, code)


def test_formulas_and_merged_cells_are_failures(office: Office) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    rows = [
        HEAD,
        ("=1+1", "a@x.example", "Admin"),
        ("Bob", "b@x.example", "Admin", "+65 91234567"),
        ("M", "m@x.example", "Admin"),
    ]
    for row in rows:
        sheet.append(row)
    sheet.merge_cells("C4:D4")
    out = io.BytesIO()
    book.save(out)
    made = send(office, out.getvalue()).json
    assert reasons(office, made["id"]) == {"formula": 1, "merged": 1}
    (row,) = office.ask("GET", f"{IMPORTS}/{made['id']}/rows").json["items"]
    assert row["phone"] == "+65 91234567"


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
def test_the_template_in_the_readers_language_is_taken_back(office: Office, language: str) -> None:
    headers = {"Accept-Language": language}
    book = openpyxl.load_workbook(io.BytesIO(office.ask("GET", f"{IMPORTS}/template", headers=headers).data))
    sheet = book.worksheets[0]
    for column, cell in enumerate(("王小明", "w@x.example", "admin", "+6591234567"), start=1):
        sheet.cell(2, column, cell)
    out = io.BytesIO()
    book.save(out)
    assert send(office, out.getvalue()).json["good"] == 1
    text = office.ask("GET", f"{IMPORTS}/template?format=csv", headers=headers).data
    assert send(office, text + "李四,l@x.example,initiator,\r\n".encode(), "t.csv").json["good"] == 1


def test_a_list_is_its_workspaces_and_its_admins(office: Office) -> None:
    made = office.ask("POST", IMPORTS, json={"rows": [{"name": "Bob"}]}).json
    other, initiator = user(new_key(), new_key()), user(new_key(), office.id, ("initiator",))
    for who, status in ((other, 404), (initiator, 403)):
        assert office.ask("GET", f"{IMPORTS}/{made['id']}", who).status_code == status
        assert office.ask("POST", f"{IMPORTS}/{made['id']}/finish", who).status_code == status
