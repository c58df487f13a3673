"""What an update may change in a certified agreement: a signer's own fields and signature, or the archive's data.

Everything else is named and refused, however harmless it looks (ISO 32000-2, 12.8.2.2 and 12.8.2.4).
"""

from collections.abc import Iterable, Mapping

from documents.values import Ref, Value
from documents.verification import form
from documents.verification.form import CERTIFICATION, Control, Form
from documents.verification.sections import Sections
from documents.verification.syntax import IndirectObject, Malformed, StreamObject, text
from documents.verification.updates import Update, references

FILLED = {"/V", "/AP", "/AS"}
ACTIVE = {"/JS", "/JavaScript", "/AA", "/A", "/OpenAction", "/Launch", "/URI", "/EmbeddedFile", "/EF", "/XFA"}
FOREIGN_TYPES = {"/Page", "/Pages", "/Catalog", "/ObjStm", "/Annot", "/Filespec", "/Action"}
DSS_LISTS = ("/Certs", "/OCSPs", "/CRLs")


def demand_signing(sections: Sections, planned: Form, update: Update) -> str:
    """The field that this update signs, when all it does is planned; raises Malformed otherwise."""
    before, at = update.revision - 1, update.revision
    signed = _signed_control(planned, update)
    allowed = {signed.name, *signed.locks}
    numbers = planned.by_number()
    roots: set[int] = set()
    for number, one in update.objects.items():
        if sections.place(number, before) is None:
            continue
        control = numbers.get(number)
        if control is None:
            raise _unplanned(sections, before, one)
        if control.name not in allowed:
            raise Malformed("field_not_theirs", f"{signed.name} changes {control.name}")
        roots |= _demand_filled(sections, before, control, one, signed.name)
    _demand_reachable(sections, update, roots)
    _demand_lock(sections, at, update, signed)
    return signed.name


def demand_archive(sections: Sections, update: Update) -> str:
    """The field of the document time stamp, when nothing but the archive's data is added."""
    before, at = update.revision - 1, update.revision
    added = [ref for ref in form.listed(sections, at) if ref not in form.listed(sections, before)]
    if form.listed(sections, at)[:-1] != form.listed(sections, before) or len(added) != 1:
        raise Malformed("field_added", f"{len(added)} fields beside the time stamp")
    field = _time_stamp_field(sections, update, added[0])
    catalog_ref = update.section.trailer["/Root"]
    allowed = _archive_changes(sections, before, catalog_ref, added[0])
    reached = {added[0].number}
    for number, one in update.objects.items():
        if sections.place(number, before) is not None:
            if number not in allowed:
                raise _unplanned(sections, before, one)
            _demand_only(sections, before, one, allowed[number], added[0])
            reached |= references(one.value)
    _demand_dss_kept(sections, before, at)
    _demand_reachable(sections, update, reached)
    return field


def _signed_control(planned: Form, update: Update) -> Control:
    mine = Ref(update.signature.number, update.signature.generation)
    numbers = planned.by_number()
    for number, one in update.objects.items():
        if isinstance(one.value, dict) and one.value.get("/V") == mine:
            control = numbers.get(number)
            if control is None or not control.signature:
                raise Malformed("field_added", text(one.value.get("/T")))
            return control
    raise Malformed("signature_unlinked", f"object {mine.number}")


def _demand_filled(sections: Sections, before: int, control: Control, one: IndirectObject, signed: str) -> set[int]:
    """A field of the signer's own, filled; what its new entries refer to."""
    old = sections.get(control.ref, before)
    if not isinstance(old, dict) or not isinstance(one.value, dict):
        raise Malformed("field_changed", control.name)
    if "/V" in old and control.signature:
        raise Malformed("signature_replaced", control.name)
    if control.signature and control.name != signed and "/V" in one.value:
        raise Malformed("signature_added", control.name)
    for key in {*old, *one.value}:
        if key not in FILLED and old.get(key) != one.value.get(key):
            raise Malformed("field_changed", f"{control.name} {key}")
    return references({key: one.value[key] for key in FILLED if key in one.value})


def _demand_reachable(sections: Sections, update: Update, reached: set[int]) -> None:
    """Raises Malformed for a new object that nothing planned refers to, or that does more than to be shown."""
    before = update.revision - 1
    new = {n: one for n, one in update.objects.items() if sections.place(n, before) is None}
    waiting = [number for number in reached if number in new]
    seen = set(waiting)
    while waiting:
        more = references(new[waiting.pop()].value) & set(new) - seen
        seen |= more
        waiting += more
    if strangers := set(new) - seen:
        raise Malformed("object_added", f"objects {sorted(strangers)[:5]}")
    for one in new.values():
        _demand_passive(one)


def _demand_passive(one: IndirectObject) -> None:
    entries = one.value.entries if isinstance(one.value, StreamObject) else one.value
    if not isinstance(entries, Mapping):
        return
    kind = entries.get("/Type")
    widget = kind == "/Annot" and entries.get("/Subtype") == "/Widget" and entries.get("/FT") == "/Sig"
    if ACTIVE & set(entries) or (kind in FOREIGN_TYPES and not widget):
        raise Malformed("object_added", f"object {one.number} {kind or ''}")


def _demand_lock(sections: Sections, at: int, update: Update, signed: Control) -> None:
    """The signature must lock what its field's /Lock names."""
    if not signed.locks:
        return
    for entry in _list(sections.resolve(update.value.get("/Reference"), at)):
        reference = sections.resolve(entry, at)
        if isinstance(reference, dict) and reference.get("/TransformMethod") == "/FieldMDP":
            parameters = sections.resolve(reference.get("/TransformParams"), at)
            named = sections.resolve(parameters.get("/Fields"), at) if isinstance(parameters, dict) else None
            if parameters.get("/Action") == "/Include" and {text(name) for name in _list(named)} == signed.locks:
                return
    raise Malformed("lock_missing", signed.name)


def _time_stamp_field(sections: Sections, update: Update, ref: Ref) -> str:
    held = update.objects.get(ref.number)
    entries = held.value if held else None
    mine = Ref(update.signature.number, update.signature.generation)
    if not isinstance(entries, dict) or entries.get("/V") != mine or entries.get("/FT") != "/Sig":
        raise Malformed("signature_unlinked", f"object {mine.number}")
    rect = sections.resolve(entries.get("/Rect"), update.revision)
    if not isinstance(rect, list) or len(rect) != 4 or rect[0] != rect[2] or rect[1] != rect[3] or "/Kids" in entries:
        raise Malformed("field_added", "a time stamp that is to be seen")
    return text(entries.get("/T"))


def _archive_changes(sections: Sections, before: int, root: Ref, added: Ref) -> dict[int, dict[str, str]]:
    """Which objects an archive may change, and in which entries: "any" of them, or by "one more" reference."""
    catalog = form.catalog(sections, before)
    form_ref, page_ref = catalog.get("/AcroForm"), form.first_page(sections, before)
    allowed: dict[int, dict[str, str]] = {root.number: {"/DSS": "any", "/Extensions": "any", "/Version": "any"}}
    if isinstance(form_ref, Ref):
        allowed[form_ref.number] = {"/Fields": "one more", "/SigFlags": "any"}
        _also_array(sections, before, form_ref, "/Fields", allowed)
    else:
        allowed[root.number]["/AcroForm"] = "form"
    allowed[page_ref.number] = {"/Annots": "one more"}
    _also_array(sections, before, page_ref, "/Annots", allowed)
    if isinstance(dss := catalog.get("/DSS"), Ref):
        allowed[dss.number] = dict.fromkeys((*DSS_LISTS, "/VRI"), "any")
        for key in (*DSS_LISTS, "/VRI"):
            if isinstance(held := _dict(sections.get(dss, before)).get(key), Ref):
                allowed[held.number] = {"": "any"}
    return allowed


def _also_array(sections: Sections, before: int, holder: Ref, key: str, allowed: dict[int, dict[str, str]]) -> None:
    held = _dict(sections.get(holder, before)).get(key)
    if isinstance(held, Ref):
        allowed[held.number] = {"": "one more"}


def _demand_only(sections: Sections, before: int, one: IndirectObject, rules: Mapping[str, str], added: Ref) -> None:
    """Raises Malformed when an object changed in more than its rules allow; the rule "" is for the whole object."""
    place = sections.place(one.number, before)
    old = sections.get(Ref(one.number, place.generation if place else 0), before)
    if "" in rules:
        return _demand_rule(rules[""], old, one.value, added, one.number)
    if not isinstance(old, dict) or not isinstance(one.value, dict):
        raise _unplanned(sections, before, one)
    for key in {*old, *one.value}:
        if old.get(key) != one.value.get(key):
            if key not in rules:
                raise _unplanned(sections, before, one, key)
            _demand_rule(rules[key], old.get(key), one.value.get(key), added, one.number)
    return None


def _demand_rule(rule: str, old: Value, new: Value, added: Ref, number: int) -> None:
    match rule:
        case "one more" if new != [*_list(old), added]:
            raise Malformed("annotation_added", f"object {number}")
        case "form":
            others = {key for key in {*_dict(old), *_dict(new)} if _dict(old).get(key) != _dict(new).get(key)}
            if others - {"/SigFlags", "/Fields"} or _dict(new).get("/Fields") != [*_list(old["/Fields"]), added]:
                raise Malformed("field_added", f"object {number}")


def _demand_dss_kept(sections: Sections, before: int, at: int) -> None:
    """A later security store holds at least what an earlier one held (EN 319 142-1, 5.4.2)."""
    old = _dict(sections.resolve(form.catalog(sections, before).get("/DSS"), before))
    new = _dict(sections.resolve(form.catalog(sections, at).get("/DSS"), at))
    for key in DSS_LISTS:
        kept = {r.number for r in _list(sections.resolve(old.get(key), before)) if isinstance(r, Ref)}
        if kept - {r.number for r in _list(sections.resolve(new.get(key), at)) if isinstance(r, Ref)}:
            raise Malformed("dss_changed", key)


def _unplanned(sections: Sections, before: int, one: IndirectObject, key: str = "") -> Malformed:
    """Names what was changed outside of the plan."""
    place = sections.place(one.number, before)
    old = sections.get(Ref(one.number, place.generation if place else 0), before)
    where = f"object {one.number} {key}".strip()
    match _dict(old).get("/Type"):
        case "/Page" if _dict(old).get("/Annots") != _dict(one.value).get("/Annots"):
            return Malformed("annotation_added", where)
        case "/Page" | "/Pages":
            return Malformed("page_changed", where)
        case "/Catalog":
            return Malformed("catalog_changed", where)
        case "/Annot":
            return Malformed("annotation_changed", where)
    if "/Fields" in _dict(old):
        return Malformed("field_added", where)
    if isinstance(old, StreamObject):
        return Malformed("content_replaced", where)
    return Malformed("annotation_added" if _annotations(old, one.value) else "object_changed", where)


def _annotations(old: Value, new: Value) -> bool:
    return isinstance(old, list) and isinstance(new, list) and all(isinstance(item, Ref) for item in (*old, *new))


def certified(sections: Sections, planned: Form, update: Update) -> None:
    """The first update certifies, with DocMDP level 2, and nobody has signed before it; raises Malformed otherwise."""
    mine = Ref(update.signature.number, update.signature.generation)
    control = planned.controls.get(CERTIFICATION)
    if control is None or control.entries.get("/V") != mine:
        raise Malformed("certification_missing", "the first signature does not certify")
    early = [name for name, one in planned.signers().items() if "/V" in one.entries]
    if early:
        raise Malformed("signature_added", f"signed before the certification: {early}")
    permissions = sections.resolve(form.catalog(sections, update.revision).get("/Perms"), update.revision)
    if _dict(permissions).get("/DocMDP") != mine or docmdp(sections, update) != 2:
        raise Malformed("certification_missing", "no DocMDP of level 2")


def docmdp(sections: Sections, update: Update) -> int | None:
    """The level of a certification; None for a signature that certifies nothing."""
    for entry in _list(sections.resolve(update.value.get("/Reference"), update.revision)):
        reference = _dict(sections.resolve(entry, update.revision))
        if reference.get("/TransformMethod") == "/DocMDP":
            parameters = _dict(sections.resolve(reference.get("/TransformParams"), update.revision))
            level = parameters.get("/P", 2)
            return level if type(level) is int else None
    return None


def _list(value: Value) -> list[Value]:
    return value if isinstance(value, list) else []


def _dict(value: Value) -> dict[str, Value]:
    return value if isinstance(value, dict) else {}


def unsigned(planned: Form, signed: Iterable[str]) -> list[str]:
    """The planned signature fields that nobody has signed."""
    return sorted(set(planned.signers()) - set(signed))
