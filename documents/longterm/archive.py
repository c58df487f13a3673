"""One incremental update that archives a signed file: its security store, and room for a document time stamp."""

from collections.abc import Iterable
from pathlib import Path

import pikepdf

from documents.errors import Refused
from documents.incremental import base, existing
from documents.incremental.update import Update
from documents.longterm import found
from documents.longterm.proof import ValidationData, timely
from documents.sign import CAPACITY, Reserved
from documents.values import Name, Ref, Stream, Value

PRINT_AND_LOCK = 4 | 128
SIGNED_AND_APPEND_ONLY = 3  # ISO 32000-2, table 225
ESIC = {"/BaseVersion": Name("/1.7"), "/ExtensionLevel": 1}  # TS 102 778-4: a file before PDF 2.0 has a DSS
DEPTH = 64  # levels of the page tree


def reserve_archive(source: Path, target: Path, data: ValidationData, capacity: int = CAPACITY) -> Reserved:
    """Write source and one update to target: the validation data, and room for a document time stamp.

    The data, as far as it is timely, joins what an older security store holds (ISO 32000-2, 12.8.4.3), each thing once.
    The time stamp has an invisible field on the first page (12.8.5) and goes in by `sign.embed`. Serves the first
    archiving and each renewal.
    The same arguments give the same bytes. Refused pdf_damaged, pdf_no_pages.
    """
    with found.opened(source) as pdf:
        update = Update(base.read(source))
        data = timely(found.held(pdf), data)
        name = _free_name(pdf)
        stamp = update.room(
            {"/Type": Name("/DocTimeStamp"), "/Filter": Name("/Adobe.PPKLite"), "/SubFilter": Name("/ETSI.RFC3161")},
            capacity,
        )
        page = _first_page(pdf)
        widget = update.add(_widget(name, stamp, existing.reference(page)))
        _join(update, page, "/Annots", widget)
        _catalog(update, pdf, widget, _store(update, pdf, data))
        reserved = update.save(source, target)
    assert reserved
    return Reserved(reserved.digest, reserved.offset, reserved.length, name)


def _free_name(pdf: pikepdf.Pdf) -> str:
    taken = {str(field.get("/T")) for field in found.fields(pdf)}
    return next(name for number in range(1, len(taken) + 2) if (name := f"archive-{number}") not in taken)


def _first_page(pdf: pikepdf.Pdf) -> pikepdf.Object:
    """The first page as the file has it; pikepdf's own list of pages would repair the tree."""
    node = pdf.Root.get("/Pages")
    for _ in range(DEPTH):
        if not isinstance(node, pikepdf.Dictionary):
            break
        if "/Kids" not in node:
            return node
        node = next((kid for kid in node["/Kids"] if kid.get("/Count", 1) != 0), None)
    raise Refused("pdf_no_pages")


def _widget(name: str, stamp: Ref, page: Ref) -> dict[str, Value]:
    return {
        "/Type": Name("/Annot"),
        "/Subtype": Name("/Widget"),
        "/FT": Name("/Sig"),
        "/T": name,
        "/V": stamp,
        "/F": PRINT_AND_LOCK,
        "/Rect": [0, 0, 0, 0],
        "/P": page,
    }


def _store(update: Update, pdf: pikepdf.Pdf, data: ValidationData) -> dict[str, Value]:
    """The entries of the new security store: what is there stays, by reference, and what is new follows."""
    old = pdf.Root.get("/DSS")
    entries: dict[str, Value] = {"/Type": Name("/DSS")}
    entries |= existing.dictionary(old) if isinstance(old, pikepdf.Dictionary) else {}
    kinds = {"/Certs": data.certificates, "/OCSPs": data.ocsp, "/CRLs": data.crls}
    for kind, contents in kinds.items():
        kept = [existing.syntax(stream) for stream in old.get(kind, [])] if old is not None else []
        new = _new(contents, found.stored(pdf, kind))
        if kept or new:
            entries[kind] = [*kept, *(update.add(Stream(data=one)) for one in new)]
    return entries


def _new(contents: Iterable[bytes], known: list[bytes]) -> list[bytes]:
    return [one for one in dict.fromkeys(contents) if one not in known]


def _catalog(update: Update, pdf: pikepdf.Pdf, widget: Ref, store: dict[str, Value]) -> None:
    """The catalog with security store, extension and form; what is an object of its own is replaced there."""
    root = existing.dictionary(pdf.Root)
    form = pdf.Root.get("/AcroForm")
    if not isinstance(form, pikepdf.Dictionary):
        raise Refused("pdf_damaged", "an archive of a file without signatures")
    fields = [*(existing.syntax(field) for field in form.get("/Fields", [])), widget]
    changed = {**existing.dictionary(form), "/Fields": fields, "/SigFlags": SIGNED_AND_APPEND_ONLY}
    old = pdf.Root.get("/DSS")
    root["/AcroForm"] = _put(update, form, changed)
    root["/DSS"] = _put(update, old, store) if old is not None and old.is_indirect else update.add(store)
    root["/Extensions"] = _extensions(pdf)
    update.replace(existing.reference(pdf.Root), root)


def _put(update: Update, holder: pikepdf.Object, entries: dict[str, Value]) -> Value:
    """New entries for a dictionary, where it is: the reference it has, or the dictionary itself."""
    if not holder.is_indirect:
        return entries
    update.replace(existing.reference(holder), entries)
    return existing.reference(holder)


def _extensions(pdf: pikepdf.Pdf) -> dict[str, Value]:
    old = pdf.Root.get("/Extensions")
    held = existing.dictionary(old) if isinstance(old, pikepdf.Dictionary) else {}
    return {"/ESIC": ESIC, **held}


def _join(update: Update, holder: pikepdf.Object, key: str, item: Ref) -> None:
    """Put a reference at the end of an array of a dictionary, wherever the array is."""
    array = holder.get(key)
    listed: list[Value] = [*(existing.syntax(one) for one in array), item] if array is not None else [item]
    if array is not None and array.is_indirect:
        update.replace(existing.reference(array), listed)
    else:
        update.replace(existing.reference(holder), {**existing.dictionary(holder), key: listed})
