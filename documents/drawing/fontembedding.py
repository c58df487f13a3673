"""Fonts as a PDF holds them: a Type 0 dictionary around the glyphs in use, for each set of glyphs made once."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from documents.drawing import fontsubsets
from documents.drawing.fonts import CJK, Face, advance, hb_font
from documents.values import Indirect, Name, Stream

REMEMBERED = 64  # sets of glyphs: texts are seldom the same, captions and dates often


def embedded(face: Face, used: Mapping[int, str]) -> Indirect:
    """A Type 0 font dictionary with the used glyphs embedded (ISO 32000-2, 9.7); codes are glyph numbers, 2 bytes."""
    return _embedded(face, tuple(sorted(used.items())))


@lru_cache(maxsize=REMEMBERED)
def _embedded(face: Face, items: tuple[tuple[int, str], ...]) -> Indirect:
    used = dict(items)
    name = Name(f"/{_tag(used)}+{face.key}")
    compact = face is CJK
    descriptor = _descriptor(face, name, fontsubsets.program(face, used.keys()))
    descendant = {
        "/Type": Name("/Font"),
        "/Subtype": Name("/CIDFontType0" if compact else "/CIDFontType2"),
        "/BaseFont": name,
        "/CIDSystemInfo": {"/Registry": b"Adobe", "/Ordering": b"Identity", "/Supplement": 0},
        "/FontDescriptor": Indirect(descriptor),
        "/DW": 1000,
        "/W": [item for gid in sorted(used) for item in (gid, [round(advance(face, gid), 3)])],
    }
    if not compact:
        descendant["/CIDToGIDMap"] = Name("/Identity")
    return Indirect(
        {
            "/Type": Name("/Font"),
            "/Subtype": Name("/Type0"),
            "/BaseFont": name,
            "/Encoding": Name("/Identity-H"),
            "/DescendantFonts": [Indirect(descendant)],
            "/ToUnicode": Stream({}, _to_unicode(used)),
        }
    )


def _descriptor(face: Face, name: Name, program: bytes) -> dict[str, Any]:
    extents = hb_font(face).get_font_extents("ltr")
    scale = 1000 / hb_font(face).face.upem
    if face is CJK:
        file = {"/FontFile3": Stream({"/Subtype": Name("/CIDFontType0C")}, program)}
    else:
        file = {"/FontFile2": Stream({"/Length1": len(program)}, program)}
    return {
        "/Type": Name("/FontDescriptor"),
        "/FontName": name,
        "/Flags": 4,
        "/FontBBox": [-1000, round(extents.descender * scale), 3000, round(extents.ascender * scale)],
        "/ItalicAngle": 0,
        "/Ascent": round(extents.ascender * scale),
        "/Descent": round(extents.descender * scale),
        "/CapHeight": 733,
        "/StemV": 80,
        **file,
    }


def _tag(used: Mapping[int, str]) -> str:
    """Six capitals that differ between subsets and are the same for the same glyphs (9.9.2)."""
    seed = 0
    for gid in sorted(used):
        seed = (seed * 65599 + gid) % 26**6
    return "".join(chr(65 + seed // 26**place % 26) for place in range(6))


def _to_unicode(used: Mapping[int, str]) -> bytes:
    lines = [f"<{gid:04x}> <{used[gid].encode('utf-16-be').hex()}>" for gid in sorted(used)]
    groups = [lines[start : start + 100] for start in range(0, len(lines), 100)]
    body = "\n".join(f"{len(group)} beginbfchar\n" + "\n".join(group) + "\nendbfchar" for group in groups)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{body}\nendcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode()
