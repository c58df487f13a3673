"""Forgeries that need a key: a signature that is right, on an update that may not be."""

import re
from collections.abc import Callable
from pathlib import Path

import pikepdf

from documents import longterm, sign
from documents.incremental import base, existing, xref
from documents.incremental.update import Update
from documents.longterm import ValidationData
from documents.revisions import signaturedictionary
from documents.values import Name, Ref, Stream, Value
from tests.documents import ceremony
from tests.documents.archive import World
from tests.documents.verification.files import Genuine, genuine, misused

Insider = Callable[[Genuine], Path]
Entries = dict[str, Value]


def annotation_by_the_second_signer(case: Genuine) -> Path:
    note = {"/Type": Name("/Annot"), "/Subtype": Name("/FreeText"), "/Rect": [50, 50, 300, 90], "/Contents": "Paid"}

    def change(update: Update, _: Entries) -> None:
        ref, page = _page(case.first)
        update.replace(ref, {**page, "/Annots": [*_annotations(case.first), update.add(note)]})

    return case.archived(misused(case, case.first, "signer1", change))


def page_by_the_second_signer(case: Genuine) -> Path:
    def change(update: Update, _: Entries) -> None:
        ref, page = _page(case.first)
        update.replace(ref, {**page, "/Contents": update.add(Stream({}, b"BT (You owe me) Tj ET"))})

    return case.archived(misused(case, case.first, "signer1", change))


def content_by_the_second_signer(case: Genuine) -> Path:
    with pikepdf.open(case.first) as pdf:
        content = existing.reference(pdf.pages[0].Contents)
    change = lambda update, _: update.replace(content, Stream({}, b"BT (You owe me) Tj ET"))  # noqa: E731
    return case.archived(misused(case, case.first, "signer1", change))


def field_of_the_first_signer(case: Genuine) -> Path:
    control = case.control("checkbox_t0")
    off = {**control.raw(), "/V": Name("/Off"), "/AS": Name("/Off")}
    return case.archived(misused(case, case.first, "signer1", lambda update, _: update.replace(control.ref, off)))


def field_moved(case: Genuine) -> Path:
    return case.archived(
        misused(case, case.first, "signer1", lambda _, entries: entries.update({"/Rect": [0, 0, 9, 9]}))
    )


def field_with_a_script(case: Genuine) -> Path:
    action = {"/S": Name("/JavaScript"), "/JS": "app.alert(1)"}

    def change(update: Update, entries: Entries) -> None:
        entries["/AP"] = {"/N": update.add(Stream({"/A": action}, b""))}

    return case.archived(misused(case, case.first, "signer1", change))


def extra_field_by_the_second_signer(case: Genuine) -> Path:
    def change(update: Update, _: Entries) -> None:
        with pikepdf.open(case.first) as pdf:
            ref, form = existing.reference(pdf.Root.AcroForm), existing.dictionary(pdf.Root.AcroForm)
            fields = [existing.syntax(one) for one in pdf.Root.AcroForm.Fields]
        update.replace(ref, {**form, "/Fields": [*fields, update.add({"/T": "extra", "/FT": Name("/Tx")})]})

    return case.archived(misused(case, case.first, "signer1", change))


def object_that_nothing_needs(case: Genuine) -> Path:
    change = lambda update, _: update.add(Stream({}, b"hidden")) and None  # noqa: E731
    return case.archived(misused(case, case.first, "signer1", change))


def opening_action(case: Genuine) -> Path:
    def change(update: Update, _: Entries) -> None:
        with pikepdf.open(case.first) as pdf:
            ref, root = existing.reference(pdf.Root), existing.dictionary(pdf.Root)
        update.replace(ref, {**root, "/OpenAction": {"/S": Name("/URI"), "/URI": b"https://example.com"}})

    return case.archived(misused(case, case.first, "signer1", change))


def doubled_key(case: Genuine) -> Path:
    def change(update: Update, entries: Entries) -> None:
        entries["/AP"] = update.add(update.syntax([{"/A": 1}]))
        number, (generation, body) = max(update._objects.items())
        update._objects[number] = generation, body.replace(b"<</A 1>>", b"<</N 1/N 2>>")

    return case.archived(misused(case, case.first, "signer1", change))


def signed_without_the_first(case: Genuine) -> Path:
    """The second signer's revision alone, archived as if that were all."""
    return case.archived(misused(case, case.certified, "signer1", lambda *_: None))


def signed_twice(case: Genuine) -> Path:
    return case.archived(misused(case, case.second, "signer1", lambda *_: None))


def lock_left_out(case: Genuine) -> Path:
    control = case.plan.signing("signer1")
    found = base.read(case.first)
    update, act = Update(found), ceremony.act("signer1")
    room = update.room({"/Type": Name("/Sig"), "/SubFilter": Name("/ETSI.CAdES.detached")}, act.capacity)
    update.replace(control.ref, {**control.raw(), "/V": room})
    target = case.first.with_name("no-lock.pdf")
    signer = case.world.people.signer("Insider").stamped(case.world.tsa)
    return case.archived(signer.finish(target, update.reserve(case.first, target, control.name)))


def bytes_between_objects(case: Genuine) -> Path:
    """A comment within an update: signed over, and yet nothing that belongs there."""
    return case.archived(_with_a_comment(case))


def security_store_reduced(case: Genuine) -> Path:
    """A renewal that forgets what the archive held."""
    with pikepdf.open(case.finished) as pdf:
        root, entries = existing.reference(pdf.Root), existing.dictionary(pdf.Root)
    stripped = case.finished.with_name("stripped.pdf")
    update = Update(base.read(case.finished))
    update.replace(root, {k: v for k, v in entries.items() if k != "/DSS"})
    update.save(case.finished, stripped)
    reserved = longterm.reserve_archive(stripped, target := stripped.with_name("reduced.pdf"), ValidationData())
    return case.world.tsa.embed(target, reserved)


def time_stamp_of_another_document(case: Genuine) -> Path:
    other = genuine(case.finished.parent / "other", case.world)
    return _with_value_of(case, case.finished, other.finished)


def signature_of_another_document(case: Genuine) -> Path:
    other = genuine(case.finished.parent / "other", case.world)
    return _with_value_of(case, case.second, other.second)


def time_stamp_of_another_signature(case: Genuine) -> Path:
    """The last signer's CMS with a time stamp that was made over another signature."""
    control, found = case.plan.signing("signer1"), base.read(case.first)
    update, act = Update(found), ceremony.act("signer1")
    locking = [signaturedictionary.locking(control.lock or (), found.root)]
    room = update.room(signaturedictionary.entries(act, *locking), act.capacity)
    update.replace(control.ref, {**control.raw(), "/V": room})
    target = case.first.with_name("stolen-stamp.pdf")
    reserved = update.reserve(case.first, target, control.name)
    signer = case.world.people.signer("Insider")
    attributes = sign.signed_attributes(reserved.digest, signer.chain[0])
    stolen = case.world.tsa.token(b"\1" * 32)
    sign.embed(target, reserved, sign.cms(attributes, signer.sign(attributes), signer.chain, stolen))
    return target


def signed_anew_below_a_root_of_the_same_name(case: Genuine) -> Path:
    return genuine(case.finished.parent / "imitation", World()).finished


INSIDERS: dict[Insider, set[str]] = {
    annotation_by_the_second_signer: {"annotation_added"},
    page_by_the_second_signer: {"page_changed"},
    content_by_the_second_signer: {"content_replaced"},
    field_of_the_first_signer: {"field_not_theirs"},
    field_moved: {"field_changed"},
    field_with_a_script: {"object_added"},
    extra_field_by_the_second_signer: {"field_added"},
    object_that_nothing_needs: {"object_added"},
    opening_action: {"catalog_changed"},
    doubled_key: {"duplicate_key"},
    signed_without_the_first: {"incomplete"},
    signed_twice: {"signature_replaced"},
    lock_left_out: {"lock_missing"},
    bytes_between_objects: {"bytes_unaccounted", "xref_wrong"},
    security_store_reduced: {"unsigned_update"},
    time_stamp_of_another_document: {"bytes_changed"},
    signature_of_another_document: {"bytes_changed"},
    time_stamp_of_another_signature: {"timestamp_wrong"},
    signed_anew_below_a_root_of_the_same_name: {"root_imitated"},
}


def _page(path: Path) -> tuple[Ref, Entries]:
    with pikepdf.open(path) as pdf:
        return existing.reference(pdf.pages[0].obj), existing.dictionary(pdf.pages[0].obj)


def _annotations(path: Path) -> list[Value]:
    with pikepdf.open(path) as pdf:
        return [existing.syntax(one) for one in pdf.pages[0].obj.Annots]


def _with_value_of(case: Genuine, mine: Path, other: Path) -> Path:
    """My file with the value of another one's last signature."""
    ranges = [list(re.finditer(rb"/ByteRange \[0 (\d+) (\d+)", path.read_bytes()))[-1] for path in (mine, other)]
    (start, end), (first, last) = [(int(found[1]), int(found[2])) for found in ranges]
    data = mine.read_bytes()
    target = mine.with_name("exchanged.pdf")
    target.write_bytes(data[:start] + other.read_bytes()[first:last] + data[end:])
    return target


def _with_a_comment(case: Genuine) -> Path:
    """The second signer's update, with a comment before its cross-reference section."""
    original = xref.section

    def section(found: base.Base, offsets: xref.Offsets, size: int, identifier: bytes, at: int) -> bytes:
        return b"%%\n" + original(found, offsets, size, identifier, at + 3)

    xref.section = section
    try:
        return misused(case, case.first, "signer1", lambda *_: None)
    finally:
        xref.section = original
