"""The text fonts for reportlab, which embeds TrueType only: what a report needs, with its outlines converted."""

import hashlib
import io
from html import escape
from typing import Any

from documents import fonts
from documents.fonts import CJK, LATIN, Face

TOLERANCE = 1.0  # font units (of 1000) that a quadratic outline may be off its cubic one


class ReportFonts:
    """Registered fonts that hold exactly the characters of a report."""

    def __init__(self, text: str) -> None:
        self._faces = {char: fonts.face_of(char) for char in set(text)}
        self.main = self._register(CJK, {" ", "-"})
        others = {char for char, face in self._faces.items() if face is LATIN}
        self._other = self._register(LATIN, others) if others else self.main

    def markup(self, text: str) -> str:
        """Text as paragraph markup; characters of the second face get its name, those no face has a visible box."""
        return "".join(self._marked(char) for char in text)

    def _marked(self, char: str) -> str:
        if char == "\n":
            return "<br/>"
        match self._faces.get(char):
            case face if face is LATIN:
                return f'<font name="{self._other}">{escape(char)}</font>'
            case None:
                return "\N{WHITE SQUARE}" if char.isprintable() else ""
        return escape(char)

    def _register(self, face: Face, more: set[str]) -> str:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont

        chars = {char for char, owner in self._faces.items() if owner is face} | more | {"\N{WHITE SQUARE}"}
        name = f"{face.key}-{hashlib.sha256(''.join(sorted(chars)).encode()).hexdigest()[:12]}"
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, io.BytesIO(truetype(face, chars, name)), asciiReadable=False))
        return name


def truetype(face: Face, chars: set[str], name: str) -> bytes:
    """A TrueType font with these characters of the face, of this PostScript name: reportlab tells fonts apart by it."""
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(_subset(face, chars)), recalcTimestamp=False)
    if "CFF " in font:
        _quadratic(font)
    for record in font["name"].names:
        if record.nameID == 6:
            record.string = name
    held = io.BytesIO()
    font.save(held)
    return held.getvalue()


def _subset(face: Face, chars: set[str]) -> bytes:
    hb = fonts.harfbuzz()
    wanted = hb.SubsetInput()
    wanted.unicode_set.update(ord(char) for char in chars)
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    wanted.drop_table_tag_set.update(hb_tag(tag) for tag in ("GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx"))
    source = fonts.hb_font(face).face
    if source.axis_infos:
        wanted.pin_all_axes_to_default(source)
    return bytes(hb.subset(source, wanted).blob.data)


def hb_tag(tag: str) -> int:
    """A table tag as HarfBuzz counts it."""
    return int.from_bytes(tag.encode())


def _quadratic(font: Any) -> None:
    """Replace the cubic outlines (CFF) by quadratic ones (glyf)."""
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import newTable

    glyphs = font.getGlyphSet()
    outlines = {}
    for name in font.getGlyphOrder():
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, TOLERANCE, reverse_direction=True))
        outlines[name] = pen.glyph()
    font["glyf"], font["loca"] = newTable("glyf"), newTable("loca")
    font["glyf"].glyphOrder, font["glyf"].glyphs = font.getGlyphOrder(), outlines
    del font["CFF "]
    _regular_tables(font, outlines)


def _regular_tables(font: Any, outlines: dict[str, Any]) -> None:
    for name, outline in outlines.items():
        outline.recalcBounds(font["glyf"])
        font["hmtx"][name] = (font["hmtx"][name][0], getattr(outline, "xMin", 0))
    profile = font["maxp"]
    profile.tableVersion = 0x00010000
    for key in ("maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs", "maxStackElements"):
        setattr(profile, key, 0)
    profile.maxZones, profile.maxSizeOfInstructions, profile.maxComponentElements = 1, 0, 0
    font["post"].formatType = 3.0
    font["head"].glyphDataFormat = 0
    font.sfntVersion = "\000\001\000\000"
