"""Prepare a document once, at sending: every field of every recipient, then the platform's certification."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from documents import geometry, regular
from documents.drawing import appearance
from documents.drawing.appearance import TEXT_SIZE, Frame
from documents.errors import Refused
from documents.fields import Field, invisible_name, locks, name_of, unseen
from documents.geometry import PageBox
from documents.incremental import base
from documents.incremental.update import Update
from documents.revisions import plan, signaturedictionary
from documents.revisions.form import PRINT_AND_LOCK, Form, appearance_string, invisible
from documents.revisions.plan import Control, Plan
from documents.sign import Act, Reserved
from documents.values import Indirect, Name, Value

CERTIFICATION = "certification"
READ_ONLY = 1
MULTILINE = 1 << 12
PUSH_BUTTON = 1 << 16


@dataclass(frozen=True)
class Prepared:
    """The room for the certification, and the plan for everything that follows it."""

    reserved: Reserved
    plan: Plan


def prepare(source: Path, target: Path, fields: Sequence[Field], act: Act) -> Prepared:
    """Write source with all fields to target, with room for the certification signature (DocMDP P=2).

    The same source, fields and act give the same bytes. Refused place_off_page, pdf_page_missing, pdf_damaged.
    """
    if len({name_of(field) for field in fields}) < len(fields):
        raise ValueError("two fields with the same id")
    with opened(source, target.parent) as (file, update, form):
        locked = locks(fields)
        controls = [_invisible(form, locked, recipient) for recipient in unseen(fields)]
        controls += [_control(form, locked, field) for field in fields]
        form.certify(CERTIFICATION, act, signaturedictionary.FORM_FILLING)
        reserved = update.reserve(file, target, CERTIFICATION)
    return Prepared(reserved, plan.of(target, controls))


@contextmanager
def opened(source: Path, folder: Path) -> Iterator[tuple[Path, Update, Form]]:
    """The file to append a form to, which is source unless that has to be written anew; an update of it; its form."""
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        file = regular.regular(source, Path(scratch) / "regular.pdf")
        with pikepdf.open(file) as pdf:
            found = base.read(file)
            update = Update(found)
            yield file, update, Form(found, update, pdf)


def _control(form: Form, locked: Mapping[str, tuple[str, ...]], field: Field) -> Control:
    box = form.box(field.page)
    if not field.place.on_page():
        raise Refused("place_off_page", f"field {field.id}")
    name = name_of(field)
    lock = locked.get(name)
    covered = geometry.reach(box, field.place) if field.kind == "stamp" else field.place
    rect = [round(edge, 4) for edge in geometry.rect(box, covered)]
    frame = appearance.frame(rect, box.rotate, box.user_unit)
    entries = {**_widget(field, rect, box), **_kind(field.kind, frame, lock)}
    added = form.add(field.page, entries)
    inner = geometry.inside(box, covered, field.place) if field.kind == "stamp" else None
    return Control(added.number, name, field.id, field.recipient, field.kind, frame, added.entries, lock, inner)


def _invisible(form: Form, locked: Mapping[str, tuple[str, ...]], recipient: str) -> Control:
    name = invisible_name(recipient)
    added = form.add(0, {**invisible(name), **_lock(locked[name])})
    return Control(added.number, name, "", recipient, "signature", Frame(0, 0), added.entries, locked[name])


def _widget(field: Field, rect: list[float], box: PageBox) -> dict[str, Value]:
    return {
        "/Type": Name("/Annot"),
        "/Subtype": Name("/Widget"),
        "/T": name_of(field),
        "/TU": field.label or field.kind,
        "/F": PRINT_AND_LOCK,
        "/Rect": rect,
        "/MK": {"/R": box.rotate},
    }


def _kind(kind: str, frame: Frame, lock: Sequence[str] | None) -> dict[str, Value]:
    """What makes the widget a field of its kind; pictures other than the signing one are push buttons (12.7.5.2.2)."""
    normal = {"/AP": {"/N": appearance.blank(frame)}}
    match kind:
        case "signature" if lock is not None:
            return {"/FT": Name("/Sig"), **_lock(lock), **normal}
        case "text" | "date":
            flags = READ_ONLY | (MULTILINE if kind == "text" else 0)
            return {"/FT": Name("/Tx"), "/Ff": flags, "/DA": appearance_string(TEXT_SIZE), **normal}
        case "checkbox":
            states = {"/Yes": appearance.ticked(frame), "/Off": appearance.unticked(frame)}
            off = Name("/Off")
            return {"/FT": Name("/Btn"), "/Ff": READ_ONLY, "/V": off, "/AS": off, "/AP": {"/N": states}}
        case _:
            return {"/FT": Name("/Btn"), "/Ff": READ_ONLY | PUSH_BUTTON, **normal}


def _lock(names: Sequence[str]) -> dict[str, Value]:
    """The /Lock entry, an indirect object by 12.7.5.5; without names there is nothing to lock."""
    return {"/Lock": Indirect(signaturedictionary.lock(names))} if names else {}
