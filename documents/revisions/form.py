"""An AcroForm put into a file by an update: widgets, the pages that show them, the catalog (ISO 32000-2, 12.7)."""

from collections.abc import Mapping
from dataclasses import dataclass

import pikepdf

from documents import pages
from documents.errors import Refused
from documents.geometry import PageBox
from documents.incremental import existing
from documents.incremental.base import Base
from documents.incremental.update import Update
from documents.revisions import signaturedictionary
from documents.sign import Act
from documents.values import Name, Ref, Value

PRINT_AND_LOCK = 4 | 128
HIDDEN_PRINT_AND_LOCK = 2 | 4 | 128
SIGNATURES_EXIST_APPEND_ONLY = 3
FONT = "/Helv"  # named by the text fields as 12.7.4.3 asks; what they show is drawn with embedded fonts
EXTENSION = {"/ESIC": {"/BaseVersion": Name("/1.7"), "/ExtensionLevel": 1}}  # PAdES in PDF 1.7 (EN 319 142-1, 5.6)


@dataclass(frozen=True)
class Added:
    """A field that was put into a form: its object number, and its entries in PDF syntax."""

    number: int
    entries: Mapping[str, str]


class Form:
    """The fields of a file that has none; nothing is written before the update is saved."""

    def __init__(self, base: Base, update: Update, pdf: pikepdf.Pdf) -> None:
        self._base, self._update, self._catalog = base, update, pdf.Root
        self._pages = pages.listed(pdf)
        self._shown: dict[int, list[Ref]] = {}
        self._fields: list[Ref] = []
        if "/AcroForm" in self._catalog:
            raise Refused("pdf_damaged", "a form in a file that should have none")

    def box(self, page: int) -> PageBox:
        """What is shown of a page, counted from 0; Refused pdf_page_missing."""
        if not 0 <= page < len(self._pages):
            raise Refused("pdf_page_missing", f"page {page + 1}")
        return pages.box(self._pages[page])

    def add(self, page: int, entries: Mapping[str, Value]) -> Added:
        """A field that is its own widget on this page."""
        written = {key: self._update.syntax(item) for key, item in {**entries, "/P": self._page(page)}.items()}
        ref = self._update.add(written)
        self._shown.setdefault(page, []).append(ref)
        self._fields.append(ref)
        return Added(ref.number, {key: item.syntax.decode("ascii") for key, item in written.items()})

    def certify(self, name: str, act: Act, level: int) -> None:
        """Put the form into the file, with room for a certification in an invisible field (12.8.2.2)."""
        entries = signaturedictionary.entries(act, signaturedictionary.certification(level))
        signature = self._update.room(entries, act.capacity)
        self.add(0, {**invisible(name), "/V": signature})
        self._fields.insert(0, self._fields.pop())  # readers list signatures in the order of the fields
        for page, widgets in self._shown.items():
            holder = self._pages[page].obj
            annotations = [existing.syntax(item) for item in _annotations(holder)]
            self._replace(self._page(page), holder, {"/Annots": [*annotations, *widgets]})
        self._replace(self._base.root, self._catalog, self._of_the_catalog(signature))

    def _of_the_catalog(self, signature: Ref) -> dict[str, Value]:
        extensions = self._catalog.get("/Extensions")
        known = existing.dictionary(extensions) if isinstance(extensions, pikepdf.Dictionary) else {}
        return {
            "/AcroForm": self._update.add(_form(self._fields)),
            "/Perms": {"/DocMDP": signature},
            "/Extensions": {**EXTENSION, **known},
        }

    def _replace(self, ref: Ref, holder: pikepdf.Object, changes: Mapping[str, Value]) -> None:
        self._update.replace(ref, {**existing.dictionary(holder), **changes})

    def _page(self, page: int) -> Ref:
        ref = existing.reference(self._pages[page].obj)
        if ref.number >= self._base.size or ref.generation:
            raise Refused("pdf_damaged", f"page {page + 1} is no object of the file")
        return ref


def invisible(name: str) -> dict[str, Value]:
    """A signature field that nobody sees (12.7.5.5)."""
    return {
        "/Type": Name("/Annot"),
        "/Subtype": Name("/Widget"),
        "/FT": Name("/Sig"),
        "/T": name,
        "/F": HIDDEN_PRINT_AND_LOCK,
        "/Rect": [0, 0, 0, 0],
    }


def appearance_string(size: float) -> str:
    """The /DA of text fields (12.7.4.3)."""
    return f"{FONT} {size:g} Tf 0 g"


def _annotations(page: pikepdf.Object) -> list[pikepdf.Object]:
    found = page.get("/Annots")
    return list(found) if isinstance(found, pikepdf.Array) else []


def _form(fields: list[Ref]) -> dict[str, Value]:
    helvetica = {
        "/Type": Name("/Font"),
        "/Subtype": Name("/Type1"),
        "/BaseFont": Name("/Helvetica"),
        "/Encoding": Name("/WinAnsiEncoding"),
    }
    return {
        "/Fields": fields,
        "/SigFlags": SIGNATURES_EXIST_APPEND_ONLY,
        "/DA": appearance_string(11),
        "/DR": {"/Font": {FONT: helvetica}},
    }
