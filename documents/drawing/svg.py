"""SVG from people, made a picture: nothing in it may run, ask for something outside, or grow without end."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from typing import Any
from xml.parsers import expat

from documents.drawing.fonts import CJK, LATIN
from documents.drawing.seals.outlines import SONG
from documents.errors import Refused

MOST_ELEMENTS, DEEPEST = 20_000, 200
FLATTEST = 20.0  # longer by shorter side
FORBIDDEN = {"script", "foreignobject", "iframe", "embed", "object", "audio", "video", "use-external", "handler"}
FAMILIES = {
    "font_family": "Noto Sans CJK SC",
    "sans_serif_family": "Noto Sans CJK SC",
    "serif_family": "Noto Serif CJK SC",
    "cursive_family": "Noto Serif CJK SC",
    "fantasy_family": "Noto Serif CJK SC",
    "monospace_family": "Noto Sans CJK SC",
}
NUMBER = re.compile(r"\s*([0-9]*\.?[0-9]+(?:e[+-]?\d+)?)\s*(px|pt|pc|mm|cm|in|q)?\s*\Z", re.IGNORECASE)
POINTS_TO = re.compile(r"url\(\s*['\"]?\s*([^)'\"\s]*)", re.IGNORECASE)
EMBEDDED = re.compile(r"data:image/(png|jpeg);base64,", re.IGNORECASE)
UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "q": 96 / 101.6}
LENGTHS = UNITS.keys() - {"", "px"}


def is_svg(data: bytes) -> bool:
    """Whether it looks like SVG: a judgement on its first bytes, which are XML with such an element."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith((b"<", b"\xff\xfe<", b"\xfe\xff\0<")) and b"svg" in head.replace(b"\0", b"").lower()


def rendered(data: bytes, longest: int) -> bytes:
    """The picture as PNG, `longest` pixels on its longer side. For a child process with limits.

    Refused image_active for scripts, entities and what points outside, image_damaged, image_flat, image_too_large.
    """
    across, up = _judged(data).size
    size = {"width": longest} if across >= up else {"height": longest}
    fonts = [str(face.path) for face in (LATIN, CJK, SONG)]
    render: Callable[..., bytes] = import_module("resvg_py").svg_to_bytes
    try:
        picture = render(svg_string=_text(data), skip_system_fonts=True, font_files=fonts, dpi=96.0, **FAMILIES, **size)
    except (ValueError, OSError, RuntimeError) as error:
        raise Refused("image_damaged", str(error)) from error
    return bytes(picture)


def longer_side(data: bytes) -> float | None:
    """The longer side in millimetres, when the file says its size in a unit of length; pixels are none."""
    given = [NUMBER.match(side) for side in _judged(data).sides]
    if not all(one and (one[2] or "").lower() in LENGTHS for one in given):
        return None
    return max(float(one[1]) * UNITS[one[2].lower()] / UNITS["mm"] for one in given if one)


def _text(data: bytes) -> str:
    """UTF-8 or UTF-16 by its mark; what says it is in another encoding is not taken."""
    try:
        return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused("image_damaged", "neither UTF-8 nor UTF-16") from error


def _judged(data: bytes) -> _Judge:
    """Its size, when the whole file may be drawn."""
    judge = _Judge()
    parser = expat.ParserCreate()
    parser.StartElementHandler = judge.element
    parser.EndElementHandler = judge.end
    parser.CharacterDataHandler = judge.words
    parser.StartDoctypeDeclHandler = judge.doctype
    parser.EntityDeclHandler = parser.ProcessingInstructionHandler = judge.active
    try:
        parser.Parse(_text(data).encode(), True)
    except expat.ExpatError as error:
        raise Refused("image_damaged", str(error)) from error
    if not judge.size[0]:
        raise Refused("image_damaged", "no size")
    return judge


class _Judge:
    """Looks at every element while the file is read."""

    def __init__(self) -> None:
        self._elements = self._deep = 0
        self._style: list[str] = []
        self.size = (0.0, 0.0)
        self.sides = ("", "")

    def element(self, name: str, attributes: dict[str, str]) -> None:
        plain = name.rpartition(":")[2].lower()
        self._elements, self._deep = self._elements + 1, self._deep + 1
        if self._elements > MOST_ELEMENTS or self._deep > DEEPEST:
            raise Refused("image_too_large", "too many elements")
        if plain in FORBIDDEN or (self._elements == 1 and plain != "svg"):
            raise Refused("image_active", plain)
        for key, value in attributes.items():
            _require_harmless(key.rpartition(":")[2].lower(), value)
        if self._elements == 1:
            self.size = _size(attributes)
            self.sides = attributes.get("width", ""), attributes.get("height", "")

    def end(self, _: str) -> None:
        self._deep -= 1

    def words(self, text: str) -> None:
        """Style sheets come in pieces, so that what has been read so far is judged as a whole."""
        self._style.append(text)
        if len(self._style) > MOST_ELEMENTS * 10:
            raise Refused("image_too_large", "too much text")
        _require_inside("".join(self._style[-8:]))

    def doctype(self, _: str, system: str | None, public: str | None, internal: bool) -> None:
        if internal:
            raise Refused("image_active", "a document type of its own")

    def active(self, *told: Any) -> None:
        raise Refused("image_active", str(told[:1]))


def _require_harmless(key: str, value: str) -> None:
    if key.startswith("on"):
        raise Refused("image_active", key)
    if key in ("href", "src") and not value.strip().startswith("#") and not EMBEDDED.match(value.strip()):
        raise Refused("image_active", f"{key} to {value[:60]}")
    _require_inside(value)


def _require_inside(style: str) -> None:
    if "@import" in style.lower() or any(not to.startswith("#") for to in POINTS_TO.findall(style)):
        raise Refused("image_active", "a style that asks for something outside")


def _size(attributes: dict[str, str]) -> tuple[float, float]:
    given = [_pixels(attributes.get(side, "")) for side in ("width", "height")]
    box = [_pixels(edge) for edge in re.split(r"[\s,]+", attributes.get("viewBox", "").strip())[2:4]]
    across, up = given if all(given) else box if len(box) == 2 else (0.0, 0.0)
    if not across or not up:
        return 0.0, 0.0
    if max(across / up, up / across) > FLATTEST:
        raise Refused("image_flat", f"{across} x {up}")
    return across, up


def _pixels(text: str) -> float:
    found = NUMBER.match(text)
    return float(found[1]) * UNITS[(found[2] or "").lower()] if found else 0.0
