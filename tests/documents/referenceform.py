"""An AcroForm with all fields, made by pikepdf: what the form that `documents.form` appends is compared with."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pikepdf

from documents import geometry, pages, pikevalues, regular
from documents.drawing import appearance, fontembedding, fonts
from documents.drawing.appearance import Frame
from documents.fields import Field, invisible_name, locked_names, name_of, signing_field
from documents.revisions.form import HIDDEN_PRINT_AND_LOCK, PRINT_AND_LOCK
from documents.revisions.prepare import CERTIFICATION, MULTILINE, PUSH_BUTTON, READ_ONLY
from documents.values import Indirect, Name, Value

DEFAULT_FONT = "/SignetText"


def add_fields(source: Path, target: Path, fields: Sequence[Field]) -> None:
    """Write source with an AcroForm of all fields to target, not yet certified."""
    with pikepdf.open(source) as pdf:
        listed = pages.listed(pdf)
        to_pdf = pikevalues.Converter(pdf)
        hidden = {invisible_name(recipient): locked_names(fields, recipient) for recipient in _unsigned(fields)}
        unseen = [_invisible(name, lock) for name, lock in {CERTIFICATION: [], **hidden}.items()]
        widgets = [_add(pdf, to_pdf, listed, entries, 0) for entries in unseen]
        widgets += [_add(pdf, to_pdf, listed, _field(listed, field, fields), field.page) for field in fields]
        pdf.Root.AcroForm = pdf.make_indirect(_form(to_pdf, widgets, any(f.kind in ("text", "date") for f in fields)))
        regular.save(pdf, target)


def _add(pdf: pikepdf.Pdf, to_pdf: Any, listed: list[pikepdf.Page], entries: dict[str, Value], page: int) -> Any:
    widget = pdf.make_indirect(to_pdf(entries))
    widget.P = listed[page].obj
    if "/Annots" not in listed[page].obj:
        listed[page].obj.Annots = pikepdf.Array()
    listed[page].obj.Annots.append(widget)
    return widget


def _field(listed: list[pikepdf.Page], field: Field, fields: Sequence[Field]) -> dict[str, Value]:
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
            states = {"/Yes": appearance.ticked(frame), "/Off": appearance.unticked(frame)}
            off = Name("/Off")
            return {"/FT": Name("/Btn"), "/Ff": READ_ONLY, "/V": off, "/AS": off, "/AP": {"/N": states}}
        case _:
            return {"/FT": Name("/Btn"), "/Ff": READ_ONLY | PUSH_BUTTON, **normal}


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
        form.DR = to_pdf({"/Font": {DEFAULT_FONT: fontembedding.embedded(fonts.CJK, glyphs)}})
        form.DA = pikepdf.String(f"{DEFAULT_FONT} 11 Tf 0 g")
    return form
