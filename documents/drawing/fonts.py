"""The fonts that text is drawn with: which covers a character, and how wide it is."""

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

from documents.errors import Refused


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
KAI = Face("SignetKai", "documents.drawing", "faces/SignetKai.ttf")
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


@lru_cache(16_384)
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
