"""The plan of a prepared file that has none beside it, read by pikepdf."""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pikepdf

from documents import geometry, pages
from documents.drawing import appearance
from documents.drawing.appearance import Frame
from documents.errors import Refused
from documents.fields import Field, invisible_name, locks, name_of, unseen
from documents.geometry import PageBox, Rect
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
    edges, box = _on_page(known[name])
    frame = appearance.frame(edges, _turned(known[name]), box.user_unit)
    inner = _inner(field, edges, box)
    return Control(number, name, field.id, field.recipient, field.kind, frame, entries, locked.get(name), inner)


def _read(known: Fields, name: str) -> tuple[int, dict[str, str]]:
    if name not in known or not known[name].is_indirect or known[name].objgen[1]:
        raise Refused("pdf_damaged", f"the prepared field {name} is missing")
    entries = existing.dictionary(known[name])
    return known[name].objgen[0], {key: item.syntax.decode("latin-1") for key, item in entries.items()}


def _on_page(widget: pikepdf.Object) -> tuple[Rect, PageBox]:
    edges, page = pages.rect(widget.get("/Rect")), widget.get("/P")
    if edges is None or not isinstance(page, pikepdf.Dictionary):
        raise Refused("pdf_damaged", "a field that is on no page")
    return edges, pages.box(pikepdf.Page(page))


def _turned(widget: pikepdf.Object) -> int:
    look = widget.get("/MK")
    return pages.rotation(look.get("/R")) if isinstance(look, pikepdf.Dictionary) else 0


def _inner(field: Field, edges: Rect, box: PageBox) -> Rect | None:
    """The field within its widget; None for what is no larger than the field, as stamps once were."""
    if field.kind != "stamp":
        return None
    covered = geometry.reach(box, field.place)
    as_large = all(math.isclose(*pair, abs_tol=0.01) for pair in zip(edges, geometry.rect(box, covered), strict=True))
    return geometry.inside(box, covered, field.place) if as_large else None
