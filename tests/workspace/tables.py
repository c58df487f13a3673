"""Workbooks made part by part (ECMA-376), as no spreadsheet would write them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = ("Name", "E-mail", "Roles", "Phone")
Cell = str | int | None


def cell(place: str, value: Cell) -> str:
    """Text stands in the cell; ``=`` begins a formula, ``#`` an error, ``<`` what stands as it is."""
    match value:
        case None:
            return ""
        case int():
            return f'<c r="{place}"><v>{value}</v></c>'
        case str() if value.startswith("="):
            return f'<c r="{place}"><f>{escape(value[1:])}</f><v>1</v></c>'
        case str() if value.startswith("#"):
            return f'<c r="{place}" t="e"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'


def sheet(*rows: Sequence[Cell], after: str = "", encoding: str = "UTF-8") -> bytes:
    """A sheet; ``after`` follows its rows."""
    lines = (
        f'<row r="{number}">' + "".join(cell(f"{chr(65 + place)}{number}", one) for place, one in enumerate(row))
        for number, row in enumerate(rows, start=1)
    )
    body = "".join(f"{line}</row>" for line in lines)
    text = f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData>{after}</worksheet>'
    return f'<?xml version="1.0" encoding="{encoding}"?>{text}'.encode(encoding)


def book(*sheets: bytes, states: Sequence[str] = (), more: Mapping[str, bytes] | None = None) -> bytes:
    """A workbook of these sheets; ``states`` are visible, hidden or veryHidden, ``more`` are further parts."""
    numbered = list(enumerate(sheets, start=1))
    types = "".join(
        f'<Override PartName="/xl/worksheets/s{n}.xml" ContentType="{KIND}.worksheet+xml"/>' for n, _ in numbered
    )
    shown = [states[n - 1] if states else "visible" for n, _ in numbered]
    names = "".join(f'<sheet name="S{n}" sheetId="{n}" state="{shown[n - 1]}" r:id="r{n}"/>' for n, _ in numbered)
    links = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/worksheet" Target="worksheets/s{n}.xml"/>' for n, _ in numbered
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
        f'"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
        f'ContentType="{KIND}.sheet.main+xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>',
    }
    return packed({**parts, **{f"xl/worksheets/s{n}.xml": one for n, one in numbered}, **(more or {})})


def packed(parts: Mapping[str, bytes | str]) -> bytes:
    """A ZIP of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in parts.items():
            target.writestr(name, data)
    return out.getvalue()
