"""The plan of a prepared file that has none beside it, read by pikepdf."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pikepdf

from documents import pages
from documents.drawing import appearance
from documents.drawing.appearance import Frame
from documents.errors import Refused
from documents.fields import Field, invisible_name, locks, name_of, unseen
from documents.incremental import existing
from documents.revisions import plan
from documents.revisions.plan import Control, Plan

Fields = dict[str, pikepdf.Object]
Locked = Mapping[str, tuple[str, ...]]


def read(path: Path, fields: Sequence[Field]) -> Plan:
    """The plan of a prepared file that came without one, by parsing it; Refused pdf_damaged if a field is missing."""
    return plan.of(path, controls(path, fields))


def controls(path: Path, fields: Sequence[Field]) -> list[Control]:
    """The controls of these fields, those of invisible signatures first; Refused pdf_damaged if one is missing."""
    with pikepdf.open(path) as pdf:
        form: Any = pdf.Root.get("/AcroForm", {})
        known = {str(item.get("/T", "")): item for item in form.get("/Fields", [])}
        locked = locks(fields)
        hidden = [_invisible(known, locked, who) for who in unseen(fields)]
        return [*hidden, *(_control(known, locked, field) for field in fields)]


def _invisible(known: Fields, locked: Locked, recipient: str) -> Control:
    name = invisible_name(recipient)
    number, entries = _read(known, name)
    return Control(number, name, "", recipient, "signature", Frame(0, 0), entries, locked[name])


def _control(known: Fields, locked: Locked, field: Field) -> Control:
    name = name_of(field)
    number, entries = _read(known, name)
    frame = _frame(known[name])
    return Control(number, name, field.id, field.recipient, field.kind, frame, entries, locked.get(name))


def _read(known: Fields, name: str) -> tuple[int, dict[str, str]]:
    if name not in known or not known[name].is_indirect or known[name].objgen[1]:
        raise Refused("pdf_damaged", f"the prepared field {name} is missing")
    entries = existing.dictionary(known[name])
    return known[name].objgen[0], {key: item.syntax.decode("latin-1") for key, item in entries.items()}


def _frame(widget: pikepdf.Object) -> Frame:
    edges = pages.rect(widget.get("/Rect"))
    page, look = widget.get("/P"), widget.get("/MK")
    if edges is None or not isinstance(page, pikepdf.Dictionary):
        raise Refused("pdf_damaged", "a field that is on no page")
    rotate = pages.rotation(look.get("/R")) if isinstance(look, pikepdf.Dictionary) else 0
    return appearance.frame(edges, rotate, pages.box(pikepdf.Page(page)).user_unit)
