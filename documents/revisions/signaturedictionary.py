"""What stands in a signature dictionary beside the signature (ISO 32000-2, 12.8.1), by PAdES (EN 319 142-1, 6.3)."""

from collections.abc import Sequence
from datetime import UTC, datetime

from documents.sign import Act
from documents.values import Name, Ref, Value

NO_CHANGES = 1  # DocMDP, ISO 32000-2 table 257; a DSS and a document time stamp may still follow
FORM_FILLING = 2  # filling in forms and signing


def entries(act: Act, *references: dict[str, Value]) -> dict[str, Value]:
    """The entries of a PAdES signature; `references` are what it does to permissions."""
    said = {"/Name": act.name, "/Reason": act.reason, "/ContactInfo": act.contact}
    return {
        "/Type": Name("/Sig"),
        "/Filter": Name("/Adobe.PPKLite"),
        "/SubFilter": Name("/ETSI.CAdES.detached"),
        "/M": date(act.signed_at),
        **{key: text for key, text in said.items() if text},
        **({"/Reference": list(references)} if references else {}),
    }


def certification(level: int) -> dict[str, Value]:
    """The reference of a certification signature that permits changes up to this level (12.8.2.2)."""
    return _reference("/DocMDP", {"/P": level})


def locking(names: Sequence[str], catalog: Ref) -> dict[str, Value]:
    """The reference of a signature after which these fields must stay as they are (12.8.2.4)."""
    permissions = {"/Action": Name("/Include"), "/Fields": list(names)}
    return {**_reference("/FieldMDP", permissions), "/Data": catalog}


def lock(names: Sequence[str]) -> dict[str, Value]:
    """The /Lock dictionary of a signature field (12.7.5.5)."""
    return {"/Type": Name("/SigFieldLock"), "/Action": Name("/Include"), "/Fields": list(names)}


def date(moment: datetime) -> str:
    """A time with its zone as PDF writes it (7.9.4), in UTC."""
    return f"D:{moment.astimezone(UTC):%Y%m%d%H%M%S}+00'00'"


def _reference(method: str, permissions: dict[str, Value]) -> dict[str, Value]:
    return {
        "/Type": Name("/SigRef"),
        "/TransformMethod": Name(method),
        "/TransformParams": {"/Type": Name("/TransformParams"), **permissions, "/V": Name("/1.2")},
        "/DigestMethod": Name("/SHA256"),
    }
