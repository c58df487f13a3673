"""Files of people: two thousand rows with faults of ten kinds, and what a stranger would send."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import openpyxl

HEAD = ("Name", "E-mail", "Roles", "Phone")
Row = Sequence[str | None]
GOOD = 1963
FAULTS: dict[str, list[Row]] = {
    "name_missing": [("", f"noname{n}@x.example", "Admin", "") for n in range(4)],
    "name_too_long": [("N" * 101, f"long{n}@x.example", "Admin", "") for n in range(3)],
    "name_wrong": [("Eve\u202eevE", f"rtl{n}@x.example", "Initiator", "") for n in range(3)],
    "formula": [("=HYPERLINK(\"http://evil\")", "f1@x.example", "Admin", ""), ("@SUM(1)", "f2@x.example", "Admin", ""),
                ("-1+1", "f3@x.example", "Admin", ""), ("＝1", "f4@x.example", "Admin", "")],
    "email_missing": [(f"Nomail {n}", "", "Initiator", "") for n in range(4)],
    "email_wrong": [(f"Wrong {n}", f"wrong{n}.x.example", "Initiator", "") for n in range(4)],
    "roles_missing": [(f"Norole {n}", f"norole{n}@x.example", None, "") for n in range(4)],
    "roles_wrong": [(f"Boss {n}", f"boss{n}@x.example", "Chief", "") for n in range(4)],
    "phone_wrong": [(f"Phone {n}", f"phone{n}@x.example", "Admin", "91234567") for n in range(3)],
    "twice": [("Again", "p5@x.example", "Admin", ""), ("Again", "P6@x.example", "Admin", "")],
    "member_exists": [("Alice", "alice@example.com", "Admin", ""), ("Alice", "ALICE@example.com ", "Admin", "")],
}  # fmt: skip


def good(count: int = GOOD) -> list[Row]:
    """People who can be added; with Chinese names, both roles, and phones written in several ways."""
    roles = ("Initiator", "管理员", "Admin, Initiator", "發起人")
    phones = ("", "+65 9123 4567", "+86-138-0013-8000", "00886 912 345 678")
    return [(f"成员 {n} Lim", f"p{n}@x.example", roles[n % 4], phones[n % 4]) for n in range(count)]


def faulty() -> list[Row]:
    return [row for rows in FAULTS.values() for row in rows]


def xlsx(rows: Sequence[Row], head: Sequence[str] = HEAD) -> bytes:
    """A workbook as Excel writes it; formulas stay formulas."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in (head, *rows):
        sheet.append([str(cell) if cell is not None else None for cell in row])
    book.save(out)
    return out.getvalue()


def csv_text(rows: Sequence[Row], head: Sequence[str] = HEAD) -> str:
    return "\r\n".join(",".join(f'"{cell or ""}"' for cell in row) for row in (head, *rows))


def repacked(data: bytes, name: str, change: object) -> bytes:
    """A workbook with one of its parts changed; a part that is new is added."""
    out, source = io.BytesIO(), zipfile.ZipFile(io.BytesIO(data))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            part = source.read(info)
            target.writestr(info.filename, change(part) if info.filename == name else part)  # type: ignore[operator]
        if name not in source.namelist():
            target.writestr(name, change(b""))  # type: ignore[operator]
    return out.getvalue()
