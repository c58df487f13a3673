"""Prepare a document once, at sending: every field of every recipient, then the platform's certification."""

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pikepdf

from documents import appearance, fonts, geometry, pages, pikevalues
from documents.appearance import Frame
from documents.errors import Refused
from documents.fields import Field, invisible_name, locked_names, name_of, signing_field
from documents.revision import Revision
from documents.sign import Act, Reserved
from documents.values import Indirect, Name, Stream, Value

CERTIFICATION = "certification"
FORM_FILLING = 2  # DocMDP: filling in forms and signing, ISO 32000-2 table 257
PRINT_AND_LOCK = 4 | 128
HIDDEN_PRINT_AND_LOCK = 2 | 4 | 128
READ_ONLY = 1
MULTILINE = 1 << 12
PUSH_BUTTON = 1 << 16
DEFAULT_FONT = "/SignetText"


def prepare(source: Path, target: Path, fields: Sequence[Field], act: Act) -> Reserved:
    """Write source with all fields to target, with room for the certification signature (DocMDP P=2).

    The same source, fields and act give the same bytes. Refused place_off_page, pdf_page_missing, pdf_damaged.
    """
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        formed = Path(folder) / "formed.pdf"
        add_fields(source, formed, fields)
        with Revision(formed) as revision:
            return revision.reserve(target, CERTIFICATION, act, certify=FORM_FILLING)


def add_fields(source: Path, target: Path, fields: Sequence[Field]) -> None:
    """Write source with an AcroForm of all fields to target, not yet certified."""
    if len({name_of(field) for field in fields}) < len(fields):
        raise ValueError("two fields with the same id")
    with pikepdf.open(source) as pdf:
        listed = pages.listed(pdf)
        to_pdf = pikevalues.Converter(pdf)
        hidden = {invisible_name(recipient): locked_names(fields, recipient) for recipient in _unsigned(fields)}
        unseen = [_invisible(name, lock) for name, lock in {CERTIFICATION: [], **hidden}.items()]
        widgets = [_add(pdf, to_pdf, listed, entries, 0) for entries in unseen]
        widgets += [_add(pdf, to_pdf, listed, _field(listed, field, fields), field.page) for field in fields]
        pdf.Root.AcroForm = pdf.make_indirect(_form(to_pdf, widgets, any(f.kind in ("text", "date") for f in fields)))
        save(pdf, target)


def save(pdf: pikepdf.Pdf, target: Path) -> None:
    """Write a document so that the same content gives the same bytes."""
    mode = pikepdf.ObjectStreamMode.generate
    pdf.save(target, deterministic_id=True, object_stream_mode=mode, min_version="1.7", fix_metadata_version=False)


def _add(pdf: pikepdf.Pdf, to_pdf: Any, listed: list[pikepdf.Page], entries: dict[str, Value], page: int) -> Any:
    widget = pdf.make_indirect(to_pdf(entries))
    widget.P = listed[page].obj
    if "/Annots" not in listed[page].obj:
        listed[page].obj.Annots = pikepdf.Array()
    listed[page].obj.Annots.append(widget)
    return widget


def _field(listed: list[pikepdf.Page], field: Field, fields: Sequence[Field]) -> dict[str, Value]:
    if not 0 <= field.page < len(listed):
        raise Refused("pdf_page_missing", f"field {field.id} on page {field.page + 1}")
    if not field.place.on_page():
        raise Refused("place_off_page", f"field {field.id}")
    box = pages.box(listed[field.page])
    across, up = box.size
    frame = Frame(across * field.place.width, up * field.place.height, box.rotate)
    return {
        "/Type": Name("/Annot"),
        "/Subtype": Name("/Widget"),
        "/T": name_of(field),
        "/TU": field.label or field.kind,
        "/F": PRINT_AND_LOCK,
        "/Rect": [round(edge, 4) for edge in geometry.rect(box, field.place)],
        "/MK": {"/R": box.rotate},
        **_kind(field, fields, frame),
    }


def _kind(field: Field, fields: Sequence[Field], frame: Frame) -> dict[str, Value]:
    """What makes the widget a field of its kind; pictures other than the signing one are push buttons (12.7.5.2.2)."""
    signing = signing_field(fields, field.recipient)
    normal = {"/AP": {"/N": appearance.blank(frame)}}
    match field.kind:
        case "signature" if signing and signing.id == field.id:
            return {"/FT": Name("/Sig"), **_lock(locked_names(fields, field.recipient)), **normal}
        case "text" | "date":
            flags = READ_ONLY | (MULTILINE if field.kind == "text" else 0)
            return {"/FT": Name("/Tx"), "/Ff": flags, "/DA": f"{DEFAULT_FONT} 11 Tf 0 g".encode(), **normal}
        case "checkbox":
            states = {"/Yes": _checked(frame), "/Off": appearance.form(frame, appearance.box(frame))}
            off = Name("/Off")
            return {"/FT": Name("/Btn"), "/Ff": READ_ONLY, "/V": off, "/AS": off, "/AP": {"/N": states}}
        case _:
            return {"/FT": Name("/Btn"), "/Ff": READ_ONLY | PUSH_BUTTON, **normal}


def _checked(frame: Frame) -> Stream:
    ticked = appearance.tick(frame)
    return Stream(ticked.entries, appearance.box(frame).encode() + b"\n" + ticked.data)


def _lock(names: Sequence[str]) -> dict[str, Value]:
    """The /Lock entry, an indirect object by 12.7.5.5; without names there is nothing to lock."""
    lock = {"/Type": Name("/SigFieldLock"), "/Action": Name("/Include"), "/Fields": list(names)}
    return {"/Lock": Indirect(lock)} if names else {}


def _invisible(name: str, lock: Sequence[str]) -> dict[str, Value]:
    return {
        "/Type": Name("/Annot"),
        "/Subtype": Name("/Widget"),
        "/FT": Name("/Sig"),
        "/T": name,
        "/F": HIDDEN_PRINT_AND_LOCK,
        "/Rect": [0, 0, 0, 0],
        **_lock(lock),
    }


def _unsigned(fields: Iterable[Field]) -> list[str]:
    """The recipients without a signature of their own to be seen; they sign in an invisible field."""
    everything = list(fields)
    recipients = dict.fromkeys(field.recipient for field in everything)
    return [recipient for recipient in recipients if signing_field(everything, recipient) is None]


def _form(to_pdf: Any, widgets: list[Any], texts: bool) -> pikepdf.Dictionary:
    form = pikepdf.Dictionary(Fields=pikepdf.Array(widgets), SigFlags=3)
    if texts:
        glyphs = {fonts.glyph(fonts.CJK, chr(code)): chr(code) for code in range(0x20, 0x7F)}
        form.DR = to_pdf({"/Font": {DEFAULT_FONT: fonts.embedded(fonts.CJK, glyphs)}})
        form.DA = pikepdf.String(f"{DEFAULT_FONT} 11 Tf 0 g")
    return form
