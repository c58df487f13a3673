"""The fonts that text is drawn with: which covers a character, how wide it is, and its embedded subset."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

from documents.errors import Refused
from documents.values import Indirect, Name, Stream


@dataclass(frozen=True)
class Face:
    """A font file; `index` chooses the font in a collection."""

    key: str
    package: str
    file: str
    index: int = 0

    @property
    def path(self) -> Path:
        """Where the installed package keeps the file."""
        return Path(str(files(self.package).joinpath(self.file)))


CJK = Face("NotoSansCJKsc", "noto_cjk_sans_otc", "NotoSansCJK-Regular.ttc", 2)
LATIN = Face("NotoSans", "fontpkg_noto_sans", "files/NotoSans[wdth,wght].ttf")
CAVEAT = Face("Caveat", "fontpkg_caveat", "files/Caveat[wght].ttf")
DANCING = Face("DancingScript", "fontpkg_dancing_script", "files/DancingScript[wght].ttf")
TEXT = (CJK, LATIN)


def harfbuzz() -> Any:
    """The HarfBuzz module, loaded when a font is first needed."""
    return import_module("uharfbuzz")


@cache
def hb_font(face: Face) -> Any:
    """The HarfBuzz font of a face, read once per process."""
    hb = harfbuzz()
    return hb.Font(hb.Face(hb.Blob.from_file_path(str(face.path)), face.index))


def glyph(face: Face, char: str) -> int:
    """The glyph of a character, 0 if the face does not have it."""
    return int(hb_font(face).get_nominal_glyph(ord(char)) or 0)


def advance(face: Face, gid: int) -> float:
    """The width of a glyph in thousandths of the font size."""
    font = hb_font(face)
    return float(font.get_glyph_h_advance(gid)) * 1000 / float(font.face.upem)


def clean(text: str) -> str:
    """Text in NFC with line feeds as the only control characters, without invisible format characters."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    "))
    return "".join(c for c in composed if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf"))


def face_of(char: str) -> Face | None:
    """The first text face that has the character."""
    return next((face for face in TEXT if glyph(face, char)), None)


def undrawable(text: str) -> str:
    """The characters of the text that no font has, each once, in order; empty if all can be drawn."""
    return "".join(dict.fromkeys(c for c in clean(text) if c != "\n" and face_of(c) is None))


def require_drawable(text: str) -> str:
    """The cleaned text; Refused text_not_drawable if a character has no glyph."""
    missing = undrawable(text)
    if missing:
        raise Refused("text_not_drawable", " ".join(f"U+{ord(c):04X}" for c in missing[:20]))
    return clean(text)


def subset(face: Face, gids: set[int]) -> Any:
    """A HarfBuzz face with only these glyphs, reached by their old numbers: a CFF font keeps its CIDs by itself."""
    hb = harfbuzz()
    wanted = hb.SubsetInput()
    wanted.glyph_set.update(gids | {0})
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
    if face is not CJK:
        wanted.flags |= hb.SubsetFlags.RETAIN_GIDS
    source = hb_font(face).face
    if source.axis_infos:
        wanted.pin_all_axes_to_default(source)
    return hb.subset(source, wanted)


def embedded(face: Face, used: Mapping[int, str]) -> Indirect:
    """A Type 0 font dictionary with the used glyphs embedded (ISO 32000-2, 9.7); codes are glyph numbers, 2 bytes."""
    program = subset(face, set(used))
    name = Name(f"/{_tag(used)}+{face.key}")
    compact = face is CJK
    descriptor = _descriptor(face, name, program)
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


def _descriptor(face: Face, name: Name, program: Any) -> dict[str, Any]:
    extents = hb_font(face).get_font_extents("ltr")
    scale = 1000 / hb_font(face).face.upem
    if face is CJK:
        file = {"/FontFile3": Stream({"/Subtype": Name("/CIDFontType0C")}, program.reference_table("CFF ").data)}
    else:
        data = program.blob.data
        file = {"/FontFile2": Stream({"/Length1": len(data)}, data)}
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
