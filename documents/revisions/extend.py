"""Add signature fields to a file that others have signed: by an incremental update, not a byte before it changed."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pikepdf

from documents import geometry, pages
from documents.drawing import appearance
from documents.drawing.appearance import Frame
from documents.errors import Refused
from documents.fields import Field, name_of
from documents.incremental import existing
from documents.incremental.update import Update
from documents.revisions import foreignbase, plan
from documents.revisions.form import PRINT_AND_LOCK, SIGNATURES_EXIST_APPEND_ONLY
from documents.revisions.plan import Control, Plan
from documents.values import Name, Ref, Value


def prepare_signed(source: Path, target: Path, fields: Sequence[Field]) -> Plan:
    """Write source with one signature field for each recipient to target; nothing is certified, nothing reserved.

    The same source and fields give the same bytes. Raises ValueError for fields of other kinds or two of one
    recipient; Refused place_off_page, pdf_page_missing, pdf_damaged, pdf_too_complex.
    """
    if any(field.kind != "signature" for field in fields) or len({one.recipient for one in fields}) < len(fields):
        raise ValueError("one signature field for each recipient, and nothing else")
    with foreignbase.opened(source) as pdf, foreignbase.opened(source) as untouched:
        update = Update(foreignbase.read(source, pdf, len(fields)))
        listed = _original(pdf)
        controls = [_control(update, listed, field) for field in fields]
        for page in sorted({field.page for field in fields}):
            shown = [one.ref for one, field in zip(controls, fields, strict=True) if field.page == page]
            _annotate(update, untouched, listed, page, shown)
        _enlist(update, untouched.Root, [one.ref for one in controls])
        update.save(source, target)
    return plan.of(target, controls)


def _original(pdf: pikepdf.Pdf) -> list[pikepdf.Page]:
    """The pages; Refused pdf_damaged if one is no object of the file itself, which an update could not replace."""
    known = {item.objgen for item in pdf.objects if isinstance(item, pikepdf.Object)}
    listed = pages.listed(pdf)
    if any(page.obj.objgen not in known for page in listed):
        raise Refused("pdf_damaged", "a page that is not an indirect object, or stands twice in the tree")
    return listed


def _control(update: Update, listed: list[pikepdf.Page], field: Field) -> Control:
    if not 0 <= field.page < len(listed):
        raise Refused("pdf_page_missing", f"field {field.id} on page {field.page + 1}")
    if not field.place.on_page():
        raise Refused("place_off_page", f"field {field.id}")
    page = listed[field.page]
    box = pages.box(page)
    rect = [round(edge, 4) for edge in geometry.rect(box, field.place)]
    frame = appearance.frame(rect, box.rotate, box.user_unit)
    widget = _widget(field, rect, frame, existing.reference(page.obj))
    entries = {key: update.syntax(item) for key, item in widget.items()}
    plain = {key: item.syntax.decode("ascii") for key, item in entries.items()}
    number = update.add(entries).number
    return Control(number, name_of(field), field.id, field.recipient, field.kind, frame, plain, ())


def _widget(field: Field, rect: list[float], frame: Frame, page: Ref) -> dict[str, Value]:
    return {
        "/Type": Name("/Annot"),
        "/Subtype": Name("/Widget"),
        "/FT": Name("/Sig"),
        "/T": name_of(field),
        "/TU": field.label or field.kind,
        "/F": PRINT_AND_LOCK,
        "/Rect": rect,
        "/MK": {"/R": frame.rotate},
        "/AP": {"/N": appearance.blank(frame)},
        "/P": page,
    }


def _annotate(
    update: Update, untouched: pikepdf.Pdf, listed: list[pikepdf.Page], page: int, widgets: list[Ref]
) -> None:
    """Put widgets on a page: into its array of annotations where that is an object of its own.

    Listing pages adds to those that lack something, so that the page is taken from a document where nobody did.
    """
    holder = untouched.get_object(listed[page].obj.objgen)
    annotations = holder.get("/Annots")
    longer = _longer(annotations, widgets)
    if isinstance(annotations, pikepdf.Array) and annotations.is_indirect:
        _require_sole(listed, annotations)
        update.replace(existing.reference(annotations), longer)
    else:
        update.replace(existing.reference(holder), {**existing.dictionary(holder), "/Annots": longer})


def _require_sole(listed: list[pikepdf.Page], annotations: pikepdf.Object) -> None:
    arrays = [page.obj.get("/Annots") for page in listed]
    if sum(isinstance(one, pikepdf.Array) and one.objgen == annotations.objgen for one in arrays) > 1:
        raise Refused("pdf_damaged", "two pages with the same array of annotations")


def _enlist(update: Update, root: pikepdf.Object, widgets: list[Ref]) -> None:
    """Name the fields in the form; the smallest object that has to change is written anew."""
    form = root["/AcroForm"]
    fields = form.get("/Fields")
    entries: dict[str, Value] = dict(existing.dictionary(form))
    entries["/Fields"] = _longer(fields, widgets)
    if isinstance(fields, pikepdf.Array) and fields.is_indirect:
        update.replace(existing.reference(fields), entries["/Fields"])
        if form.get("/SigFlags") == SIGNATURES_EXIST_APPEND_ONLY:
            return
        entries["/Fields"] = existing.reference(fields)
    entries["/SigFlags"] = SIGNATURES_EXIST_APPEND_ONLY
    if form.is_indirect:
        update.replace(existing.reference(form), entries)
    else:
        update.replace(existing.reference(root), {**existing.dictionary(root), "/AcroForm": entries})


def _longer(items: Any, more: Sequence[Ref]) -> list[Value]:
    kept = [existing.syntax(item) for item in items] if isinstance(items, pikepdf.Array) else []
    return [*kept, *more]
