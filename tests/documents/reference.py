"""The writer to compare ours with: the same preparation by pikepdf and the same acts by pyHanko."""

import hashlib
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from shutil import copyfile
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigMDPSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import SignatureObject

from documents.drawing import appearance
from documents.drawing.appearance import Album, Frame
from documents.drawing.textlayout import FontSet
from documents.fields import Field, Mark, locked_names, name_of, signing_name
from documents.revisions.prepare import CERTIFICATION
from documents.revisions.signaturedictionary import FORM_FILLING
from documents.sign import Act, Reserved
from documents.values import Indirect, Name, Stream, Value
from tests.documents import referenceform


def prepare(source: Path, target: Path, fields: Sequence[Field], act: Act) -> Reserved:
    """Write source with all fields to target, with room for the certification signature (DocMDP P=2)."""
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        formed = Path(folder) / "formed.pdf"
        referenceform.add_fields(source, formed, fields)
        with Revision(formed) as revision:
            return revision.reserve(target, CERTIFICATION, act, certify=FORM_FILLING)


def append(
    source: Path, target: Path, recipient: str, fields: Sequence[Field], marks: Sequence[Mark], act: Act, caption: str
) -> Reserved:
    """Write source and one incremental update to target: the marks of this recipient and room for their signature."""
    own = {field.id: field for field in fields if field.recipient == recipient}
    fontset, album = FontSet(), Album()
    with Revision(source) as revision:
        drawn = {}
        for mark in marks:
            field = own[mark.field_id]
            name, frame = name_of(field), revision.frame(name_of(field))
            if field.kind == "checkbox":
                state = Name("/Yes") if mark.checked else Name("/Off")
                revision.fill(name, {"/V": state, "/AS": state})
            elif field.kind in ("text", "date"):
                revision.fill(name, {"/V": mark.text or ""})
                drawn[name] = appearance.text(frame, mark.text or "", fontset)
            else:
                shown = album.picture(mark.image) if mark.image else None
                drawn[name] = appearance.picture(frame, shown, caption if field.kind == "signature" else "", fontset)
        for name, drawing in drawn.items():
            revision.fill(name, {"/AP": {"/N": drawing.stream(fontset.resources())}})
        return revision.reserve(target, signing_name(fields, recipient), act, lock=locked_names(fields, recipient))


class QuietWriter(IncrementalPdfFileWriter):
    """Writes no clock into the file: a repeated update must be the same, and /M tells the time of signing."""

    def _update_meta(self) -> None:
        """Leave /Info and XMP as they are."""


class Revision:
    """A file opened for one incremental update; nothing is written before `reserve`."""

    def __init__(self, source: Path) -> None:
        self.source = source
        self._bytes = source.open("rb")
        self._writer = QuietWriter(self._bytes, strict=False)
        self._writer._document_id = self._identify()
        self._written: dict[int, tuple[Any, generic.IndirectObject]] = {}
        self._fields = {str(item["/T"]): item for item in self._listed() if "/T" in item}

    def __enter__(self) -> "Revision":
        return self

    def __exit__(self, *_: object) -> None:
        self._bytes.close()

    def frame(self, name: str) -> Frame:
        """The inside of the field's widget, as displayed, in points."""
        widget = self._field(name)
        x0, y0, x1, y1 = (float(value) for value in widget["/Rect"])
        rotate = int(_at(_at(widget, "/MK", {}), "/R", 0))
        unit = float(_at(widget["/P"], "/UserUnit", 1))
        across, up = abs(x1 - x0) * unit, abs(y1 - y0) * unit
        return Frame(up, across, rotate) if rotate in (90, 270) else Frame(across, up, rotate)

    def fill(self, name: str, entries: Mapping[str, Value]) -> None:
        """Replace these entries of the field's dictionary."""
        widget = self._field(name)
        for key, value in entries.items():
            widget[pdf_name(key)] = self._convert(value)
        self._writer.update_container(widget)

    def reserve(self, target: Path, name: str, act: Act, *, lock: Sequence[str] = (), certify: int = 0) -> Reserved:
        """Write the revision to target with room for a signature in the field `name`.

        `lock` names the fields that nobody may change afterwards (FieldMDP, 12.8.2.4); `certify` is the DocMDP level
        of a certification signature (12.8.2.2), 0 for an approval signature. A field that only a
        certification needs is made if it is unknown, invisible.
        """
        embedder = PdfCMSEmbedder(new_field_spec=SigFieldSpec(name)).write_cms(name, self._writer)
        next(embedder)
        embedder.send(SigObjSetup(_signature_object(act), _permissions(lock, certify)))
        copyfile(self.source, target)
        with target.open("r+b") as output:
            self._writer.prev.stream = output
            prepared, _ = embedder.send(SigIOSetup("sha256", in_place=True))
        start, end = prepared.reserved_region_start, prepared.reserved_region_end
        return Reserved(prepared.document_digest, start + 1, end - start - 2, name)

    def _listed(self) -> list[Any]:
        form = _at(self._writer.root, "/AcroForm", {})
        return [item.get_object() for item in _at(form, "/Fields", [])]

    def _field(self, name: str) -> Any:
        return self._fields[name]

    def _identify(self) -> generic.ArrayObject:
        """The file's first id and one that follows from its bytes, so that a repeated update is the same (14.4)."""
        with self.source.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").digest()[:16]
        return generic.ArrayObject([self._writer._document_id[0], generic.ByteStringObject(digest)])

    def _convert(self, value: Value) -> Any:
        match value:
            case Stream() | Indirect():
                return self._reference(value)
            case Name():
                return pdf_name(value)
            case bool():
                return generic.BooleanObject(value)
            case int():
                return generic.NumberObject(value)
            case float():
                return generic.FloatObject(f"{value:.4f}")
            case str():
                return generic.TextStringObject(value)
            case bytes():
                return generic.ByteStringObject(value)
            case list() | tuple():
                return generic.ArrayObject([self._convert(item) for item in value])
            case _:
                return self._dictionary(value)

    def _dictionary(self, value: Mapping[str, Value]) -> generic.DictionaryObject:
        return generic.DictionaryObject({pdf_name(key): self._convert(item) for key, item in value.items()})

    def _reference(self, value: Stream | Indirect) -> generic.IndirectObject:
        if id(value) not in self._written:
            self._written[id(value)] = (value, self._writer.add_object(self._body(value)))
        return self._written[id(value)][1]

    def _body(self, value: Stream | Indirect) -> Any:
        if isinstance(value, Indirect):
            return self._dictionary(value.entries)
        entries, data = value.written
        return generic.StreamObject(self._dictionary(entries), encoded_data=data)


def _at(dictionary: Any, key: str, otherwise: Any) -> Any:
    """An entry with its reference followed, which pyHanko's own `get` does not do."""
    return dictionary[key] if key in dictionary else otherwise  # noqa: SIM401


def _signature_object(act: Act) -> SignatureObject:
    return SignatureObject(
        timestamp=act.signed_at,
        subfilter=SigSeedSubFilter.PADES,
        name=act.name or None,
        reason=act.reason or None,
        contact_info=act.contact or None,
        bytes_reserved=act.capacity * 2,
    )


def _permissions(lock: Sequence[str], certify: int) -> SigMDPSetup:
    return SigMDPSetup(
        md_algorithm="sha256",
        certify=bool(certify),
        docmdp_perms=MDPPerm(certify) if certify else None,
        field_lock=FieldMDPSpec(FieldMDPAction.INCLUDE, list(lock)) if lock else None,
    )
