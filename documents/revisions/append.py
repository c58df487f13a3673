"""Append one recipient's act: their own fields filled, their signature reserved, not a byte before it changed."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from documents.drawing import appearance
from documents.drawing.appearance import Album, Drawing
from documents.drawing.textlayout import FontSet
from documents.fields import Mark
from documents.incremental import base
from documents.incremental.update import Update
from documents.revisions import signaturedictionary
from documents.revisions.plan import Control, Plan
from documents.sign import Act, Reserved
from documents.values import Name, Value


def append(
    source: Path,
    target: Path,
    plan: Plan,
    recipient: str,
    marks: Sequence[Mark],
    act: Act,
    caption: str = "",
) -> Reserved:
    """Write source and one incremental update to target: the marks of this recipient and room for their signature.

    Nothing of source is parsed but its cross-reference sections; pictures are as `pictures.encode` made them. Marks
    of others are an error (ValueError). `caption` stands in small letters below each signature. The same arguments
    give the same bytes; target may be source itself, which is then continued. Refused image_damaged,
    text_not_drawable, text_too_long, pdf_damaged (also when the plan is of another file), pdf_signed.
    """
    own = plan.own(recipient)
    strangers = [mark.field_id for mark in marks if mark.field_id not in own]
    if strangers:
        raise ValueError(f"not fields of {recipient}: {strangers}")
    found = base.read(source)
    plan.require_fit(source, found, recipient)
    signed, update = plan.signing(recipient), Update(found)
    changes = _drawn(own, marks, caption)
    locked = [signaturedictionary.locking(signed.lock, found.root)] if signed.lock else []
    signature = update.room(signaturedictionary.entries(act, *locked), act.capacity)
    changes[signed.number] = {**changes.get(signed.number, {}), "/V": signature}
    for control in plan.controls:
        if control.number in changes:
            update.replace(control.ref, {**control.raw(), **changes[control.number]})
    return update.reserve(source, target, signed.name)


def _drawn(own: Mapping[str, Control], marks: Sequence[Mark], caption: str) -> dict[int, dict[str, Value]]:
    """New entries by object number; drawings become streams when all glyphs of the revision are known."""
    fontset, album = FontSet(), Album()
    changes: dict[int, dict[str, Value]] = {}
    drawn: dict[int, Drawing] = {}
    for mark in marks:
        control = own[mark.field_id]
        match control.kind:
            case "checkbox":
                changes[control.number] = _state(bool(mark.checked))
            case "text" | "date":
                changes[control.number] = {"/V": mark.text or ""}
                drawn[control.number] = appearance.text(control.frame, mark.text or "", fontset)
            case "stamp" if control.inner and mark.image:
                stamp = album.picture(mark.image)
                drawn[control.number] = appearance.seal(control.frame, control.inner, stamp, mark.size)
            case _:
                shown = album.picture(mark.image) if mark.image else None
                below = caption if control.kind == "signature" else ""
                drawn[control.number] = appearance.picture(control.frame, shown, below, fontset)
    for number, drawing in drawn.items():
        changes.setdefault(number, {})["/AP"] = {"/N": drawing.stream(fontset.resources())}
    return {**_left_blank(own, changes), **changes}


def _left_blank(own: Mapping[str, Control], changes: Mapping[int, Mapping[str, Value]]) -> dict[int, dict[str, Value]]:
    """What was not filled in gets a blank appearance of this revision, as everything that the signature locks.

    pyHanko takes an older appearance of a locked field for one that may have been drawn over in place.
    """
    left = [one for one in own.values() if one.number not in changes and one.kind != "checkbox"]
    return {one.number: {"/AP": {"/N": appearance.blank(one.frame)}} for one in left}


def _state(checked: bool) -> dict[str, Value]:
    state = Name("/Yes") if checked else Name("/Off")
    return {"/V": state, "/AS": state}
