"""Append one recipient's act: their own fields filled, their signature reserved, not a byte before it changed."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from documents import appearance
from documents.appearance import Album, Drawing
from documents.fields import Field, Mark, locked_names, name_of, signing_name
from documents.revision import Revision
from documents.sign import Act, Reserved
from documents.textlayout import FontSet
from documents.values import Name, Value


def append(
    source: Path,
    target: Path,
    recipient: str,
    fields: Sequence[Field],
    marks: Sequence[Mark],
    act: Act,
    caption: str = "",
) -> Reserved:
    """Write source and one incremental update to target: the marks of this recipient and room for their signature.

    `fields` are those the document was prepared with; marks of others are an error (ValueError). `caption` stands in
    small letters below each signature. The same arguments give the same bytes. Refused image_damaged,
    text_not_drawable, text_too_long, pdf_damaged.
    """
    own = {field.id: field for field in fields if field.recipient == recipient}
    strangers = [mark.field_id for mark in marks if mark.field_id not in own]
    if strangers:
        raise ValueError(f"not fields of {recipient}: {strangers}")
    with Revision(source) as revision:
        filled, drawn, fontset = _drawn(revision, own, marks, caption)
        for name, entries in filled.items():
            revision.fill(name, entries)
        for name, drawing in drawn.items():
            revision.fill(name, {"/AP": {"/N": drawing.stream(fontset.resources())}})
        return revision.reserve(target, signing_name(fields, recipient), act, lock=locked_names(fields, recipient))


def _drawn(
    revision: Revision, own: Mapping[str, Field], marks: Sequence[Mark], caption: str
) -> tuple[dict[str, dict[str, Value]], dict[str, Drawing], FontSet]:
    """New entries and drawings by field name; drawings wait until all glyphs of the revision are known."""
    fontset, album = FontSet(), Album()
    filled: dict[str, dict[str, Value]] = {}
    drawn: dict[str, Drawing] = {}
    for mark in marks:
        field = own[mark.field_id]
        name = name_of(field)
        frame = revision.frame(name)
        match field.kind:
            case "checkbox":
                filled[name] = _state(bool(mark.checked))
            case "text" | "date":
                filled[name] = {"/V": mark.text or ""}
                drawn[name] = appearance.text(frame, mark.text or "", fontset)
            case _:
                shown = album.picture(mark.image) if mark.image else None
                below = caption if field.kind == "signature" else ""
                drawn[name] = appearance.picture(frame, shown, below, fontset)
    return filled, drawn, fontset


def _state(checked: bool) -> dict[str, Value]:
    state = Name("/Yes") if checked else Name("/Off")
    return {"/V": state, "/AS": state}
