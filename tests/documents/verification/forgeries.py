"""Forgeries of a finished agreement: what an outsider can do to a file, without any key of ours."""

import re
from collections.abc import Callable

import pikepdf

from documents.incremental import base, existing
from documents.values import Name, Stream
from tests.documents.verification.files import Genuine, saved_again

Forgery = Callable[[Genuine], bytes]
LAST_RANGE = re.compile(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)\]")


def saved_with_a_table(case: Genuine) -> bytes:
    return saved_again(case, lambda update: update.add({"/Comment": "harmless"}) and None)


def saved_without_a_table(case: Genuine) -> bytes:
    start = base.read(case.finished).startxref
    return case.data + b"999 0 obj\n<</Type/Page>>\nendobj\nstartxref\n%d\n%%%%EOF\n" % start


def object_after_the_end(case: Genuine) -> bytes:
    return case.data + b"999 0 obj\n<</Type/Page>>\nendobj\n"


def byte_after_the_end(case: Genuine) -> bytes:
    return case.data + b" "


def second_end(case: Genuine) -> bytes:
    return case.data + b"%%EOF\n"


def contents_zeroed(case: Genuine) -> bytes:
    start, end = gap(case)
    return put(case.data, start + 1, b"0" * (end - start - 2))


def contents_renamed(case: Genuine) -> bytes:
    start, _ = gap(case)
    return put(case.data, start - len(b"/Contents "), b"/Kontents ")


def contents_null(case: Genuine) -> bytes:
    start, end = gap(case)
    return put(case.data, start, b"null".ljust(end - start))


def contents_empty(case: Genuine) -> bytes:
    start, end = gap(case)
    return put(case.data, start, b"<>".ljust(end - start))


def contents_padded(case: Genuine) -> bytes:
    _, end = gap(case)
    return put(case.data, end - 9, b"deadbeef")


def contents_in_capitals(case: Genuine) -> bytes:
    start, end = gap(case)
    return put(case.data, start, case.data[start:end].upper())


def content_beside_the_value(case: Genuine) -> bytes:
    """The string ends early, and the rest of the gap holds an object of the forger."""
    _, end = gap(case)
    return put(case.data, end - 200, b">/Hidden<</Type/Page>>/Rest<" + b"0" * 171 + b">")


def range_renamed(case: Genuine) -> bytes:
    return _range(case, lambda numbers: b"/ByteRanje [%s]" % numbers)


def range_null(case: Genuine) -> bytes:
    return _range(case, lambda numbers: b"/ByteRange null".ljust(len(numbers) + 13))


def range_of_five(case: Genuine) -> bytes:
    return _range(case, lambda numbers: b"/ByteRange [%s]" % numbers.replace(b"0 0", b"0 0 ", 1)[: len(numbers)])


def range_starts_later(case: Genuine) -> bytes:
    return _range(case, lambda numbers: b"/ByteRange [%s]" % (b"1" + numbers[1:]))


def range_negative(case: Genuine) -> bytes:
    return _range(case, lambda numbers: b"/ByteRange [%s]" % re.sub(rb" 0(\d+)$", rb" -\1", numbers))


def range_shorter(case: Genuine) -> bytes:
    """The last number is smaller: the end of the file is not covered."""
    return _range(case, lambda numbers: b"/ByteRange [%s %010d]" % (numbers[:-11], int(numbers[-10:]) - 40))


def range_with_a_wider_gap(case: Genuine) -> bytes:
    start, length = int(LAST_RANGE.findall(case.data)[-1][2]), int(LAST_RANGE.findall(case.data)[-1][3])
    return _range(case, lambda numbers: b"/ByteRange [%s %010d %010d]" % (numbers[:-22], start + 30, length - 30))


def annotation_added(case: Genuine) -> bytes:
    note = {"/Type": Name("/Annot"), "/Subtype": Name("/FreeText"), "/Rect": [50, 50, 300, 90], "/Contents": "Paid"}
    return saved_again(case, lambda update: replace_page(case, update, "/Annots", lambda old: [*old, update.add(note)]))


def field_added(case: Genuine) -> bytes:
    with pikepdf.open(case.finished) as pdf:
        ref, entries = existing.reference(pdf.Root.AcroForm), existing.dictionary(pdf.Root.AcroForm)
        fields = [existing.syntax(one) for one in pdf.Root.AcroForm.Fields]
    extra = {"/T": "extra", "/FT": Name("/Tx"), "/V": "Price: 1"}
    return saved_again(case, lambda u: u.replace(ref, {**entries, "/Fields": [*fields, u.add(extra)]}))


def value_changed(case: Genuine) -> bytes:
    control = case.control("checkbox_t0")
    return saved_again(
        case, lambda u: u.replace(control.ref, {**control.raw(), "/V": Name("/Off"), "/AS": Name("/Off")})
    )


def shadow_hide(case: Genuine) -> bytes:
    """What lay hidden below a stamp is shown: the stamp's appearance is taken away."""
    control = case.control("signature_s1")
    return saved_again(case, lambda u: u.replace(control.ref, {k: v for k, v in control.raw().items() if k != "/AP"}))


def shadow_replace(case: Genuine) -> bytes:
    """The page shows another content stream."""
    other = Stream({}, b"BT /F1 12 Tf 72 700 Td (You owe me) Tj ET")
    return saved_again(case, lambda update: replace_page(case, update, "/Contents", lambda _: update.add(other)))


def shadow_hide_and_replace(case: Genuine) -> bytes:
    """The page tree leads to another page, prepared long before."""
    with pikepdf.open(case.finished) as pdf:
        pages = existing.reference(pdf.Root.Pages)
    page = {"/Type": Name("/Page"), "/Parent": pages, "/MediaBox": [0, 0, 595, 842]}
    return saved_again(case, lambda u: u.replace(pages, {"/Type": Name("/Pages"), "/Kids": [u.add(page)], "/Count": 1}))


def form_removed(case: Genuine) -> bytes:
    with pikepdf.open(case.finished) as pdf:
        root, entries = existing.reference(pdf.Root), existing.dictionary(pdf.Root)
    return saved_again(case, lambda u: u.replace(root, {k: v for k, v in entries.items() if k != "/AcroForm"}))


def security_store_replaced(case: Genuine) -> bytes:
    with pikepdf.open(case.finished) as pdf:
        root, entries = existing.reference(pdf.Root), existing.dictionary(pdf.Root)
    return saved_again(case, lambda u: u.replace(root, {**entries, "/DSS": {"/Certs": []}}))


def security_store_damaged(case: Genuine) -> bytes:
    with pikepdf.open(case.finished) as pdf:
        raw = pdf.Root.DSS.Certs[0].read_raw_bytes()
    return flipped(case.data, case.data.index(raw) + len(raw) // 2)


def signature_by_signature_removed(case: Genuine) -> bytes:
    """Truncated behind the first signer: a genuine earlier state."""
    return case.first.read_bytes()


def only_certified(case: Genuine) -> bytes:
    return case.certified.read_bytes()


def revisions_swapped(case: Genuine) -> bytes:
    certified, first, second = (p.read_bytes() for p in (case.certified, case.first, case.second))
    return certified + second[len(first) :] + first[len(certified) :]


def revision_left_out(case: Genuine) -> bytes:
    certified, first, second = (p.read_bytes() for p in (case.certified, case.first, case.second))
    return certified + second[len(first) :]


def signature_date_changed(case: Genuine) -> bytes:
    return changed_text(case, b"/M (D:20", b"/M (D:19")


def signature_reason_changed(case: Genuine) -> bytes:
    return changed_text(case, b"I agree", b"I agree"[::-1])


def signature_name_changed(case: Genuine) -> bytes:
    return changed_text(case, b"/Name (signer", b"/Name (Signer")


def bytes_before_the_beginning(case: Genuine) -> bytes:
    return b"\n" + case.data


def header_version_changed(case: Genuine) -> bytes:
    return put(case.data, 5, b"1.4" if case.data[5:8] != b"1.4" else b"1.5")


def older_table_loops(case: Genuine) -> bytes:
    start = base.read(case.finished).startxref
    return _last(case.data, rb"/Prev (\d+)", lambda digits: b"/Prev %d" % start)


def revision_skipped_by_the_table(case: Genuine) -> bytes:
    before = base.read(case.first).startxref
    return _last(case.data, rb"/Prev (\d+)", lambda digits: b"/Prev %d" % before)


def hybrid_table(case: Genuine) -> bytes:
    return _last(case.data, rb"/Info (\d+ \d+ R)", lambda _: b"/XRefStm 9")


OUTSIDERS: dict[Forgery, set[str]] = {
    saved_with_a_table: {"unsigned_update"},
    saved_without_a_table: {"xref_wrong"},
    object_after_the_end: {"bytes_after_end"},
    byte_after_the_end: {"bytes_after_end"},
    second_end: {"bytes_after_end"},
    contents_zeroed: {"contents_zeroed"},
    contents_renamed: {"contents_missing"},
    contents_null: {"contents_missing"},
    contents_empty: {"byterange_wrong"},
    contents_padded: {"contents_padded"},
    contents_in_capitals: {"contents_altered"},
    content_beside_the_value: {"byterange_wrong"},
    range_renamed: {"byterange_missing"},
    range_null: {"byterange_wrong", "byterange_missing"},
    range_of_five: {"byterange_wrong"},
    range_starts_later: {"byterange_wrong"},
    range_negative: {"byterange_wrong"},
    range_shorter: {"byterange_wrong"},
    range_with_a_wider_gap: {"byterange_wrong"},
    annotation_added: {"unsigned_update"},
    field_added: {"unsigned_update"},
    value_changed: {"unsigned_update"},
    shadow_hide: {"unsigned_update"},
    shadow_replace: {"unsigned_update"},
    shadow_hide_and_replace: {"unsigned_update"},
    form_removed: {"unsigned_update", "structure_damaged"},
    security_store_replaced: {"unsigned_update"},
    security_store_damaged: {"bytes_changed"},
    signature_by_signature_removed: {"incomplete"},
    only_certified: {"incomplete"},
    revisions_swapped: {"xref_wrong", "revision_skipped"},
    revision_left_out: {"xref_wrong"},
    signature_date_changed: {"bytes_changed"},
    signature_reason_changed: {"bytes_changed"},
    signature_name_changed: {"bytes_changed"},
    bytes_before_the_beginning: {"header_damaged"},
    header_version_changed: {"bytes_changed"},
    older_table_loops: {"xref_wrong"},
    revision_skipped_by_the_table: {"revision_skipped", "xref_wrong", "bytes_unaccounted"},
    hybrid_table: {"xref_wrong", "structure_damaged"},
}


def gap(case: Genuine) -> tuple[int, int]:
    """Where the value of the last signature stands, with its brackets."""
    _, start, end, _ = (int(number) for number in LAST_RANGE.findall(case.data)[-1])
    return start, end


def put(data: bytes, at: int, new: bytes) -> bytes:
    """The data with these bytes in the place of as many others."""
    return data[:at] + new + data[at + len(new) :]


def flipped(data: bytes, at: int, bit: int = 0) -> bytes:
    """The data with one bit turned."""
    return put(data, at, bytes((data[at] ^ 1 << bit,)))


def changed_text(case: Genuine, old: bytes, new: bytes) -> bytes:
    """The last signer's dictionary says something else, at the same length."""
    return put(case.data, case.data.rindex(old), new)


def replace_page(case: Genuine, update, key: str, change) -> None:
    """Change one entry of the first page."""
    with pikepdf.open(case.finished) as pdf:
        page = pdf.pages[0].obj
        ref, entries = existing.reference(page), existing.dictionary(page)
        old = [existing.syntax(one) for one in page.get("/Annots", [])]
    update.replace(ref, {**entries, key: change(old)})


def _range(case: Genuine, change: Callable[[bytes], bytes]) -> bytes:
    found = list(LAST_RANGE.finditer(case.data))[-1]
    new = change(found[0][len(b"/ByteRange [") : -1])
    assert len(new) == len(found[0]), (new, found[0])
    return put(case.data, found.start(), new)


def _last(data: bytes, pattern: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The last match replaced, padded to its length."""
    found = list(re.finditer(pattern, data))[-1]
    return put(data, found.start(), change(found[1]).ljust(len(found[0])))
