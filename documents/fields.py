"""The controls of a document and what people put into them."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from documents.geometry import Place

Kind = Literal["signature", "stamp", "text", "date", "checkbox"]


@dataclass(frozen=True)
class Field:
    """A placed control; `page` counts from 0 in the prepared file, `recipient` is the id of the one who fills it.

    `covers` is where its mark is drawn when that is not in the place itself, as with a seal.
    """

    id: str
    recipient: str
    kind: Kind
    page: int
    place: Place
    required: bool = True
    label: str = ""
    covers: Place | None = None

    @property
    def shown_at(self) -> Place:
        """Where its mark is to be seen."""
        return self.covers or self.place


@dataclass(frozen=True)
class Mark:
    """What a recipient put into a field: a text, a tick, or a picture (PNG).

    `size` is that of a seal in millimetres: it is printed as large, with its middle where that of the field is.
    """

    field_id: str
    kind: Kind
    text: str | None = None
    checked: bool | None = None
    image: bytes | None = None
    size: tuple[float, float] | None = None


def name_of(field: Field) -> str:
    """The AcroForm name of a field: no dots, ASCII, different for different ids (ISO 32000-2, 12.7.4.2)."""
    return _name(field.kind, field.id)


def invisible_name(recipient: str) -> str:
    """The AcroForm name of the invisible signature field of a recipient who has no visible one."""
    return _name("invisible", recipient)


def signing_field(fields: Iterable[Field], recipient: str) -> Field | None:
    """The one field that gets the recipient's digital signature: the first required signature, else the first."""
    own = [field for field in fields if field.recipient == recipient and field.kind == "signature"]
    return next((field for field in own if field.required), own[0] if own else None)


def signing_name(fields: Iterable[Field], recipient: str) -> str:
    """The AcroForm name of the field that gets the recipient's digital signature."""
    chosen = signing_field(fields, recipient)
    return name_of(chosen) if chosen else invisible_name(recipient)


def locked_names(fields: Sequence[Field], recipient: str) -> list[str]:
    """The AcroForm names that the recipient's signature locks: all they fill but the signed field itself."""
    signing = signing_name(fields, recipient)
    return [name_of(field) for field in fields if field.recipient == recipient and name_of(field) != signing]


def locks(fields: Sequence[Field]) -> dict[str, tuple[str, ...]]:
    """What each signature locks: the AcroForm names by that of the signed field, one for each recipient."""
    recipients = dict.fromkeys(field.recipient for field in fields)
    return {signing_name(fields, one): tuple(locked_names(fields, one)) for one in recipients}


def unseen(fields: Iterable[Field]) -> list[str]:
    """The recipients without a signature of their own to be seen; they sign in an invisible field."""
    everything = list(fields)
    recipients = dict.fromkeys(field.recipient for field in everything)
    return [recipient for recipient in recipients if signing_field(everything, recipient) is None]


def _name(kind: str, identifier: str) -> str:
    plain = re.sub(r"[^A-Za-z0-9_-]", "_", identifier)
    if plain != identifier:
        plain += "_" + hashlib.sha256(identifier.encode()).hexdigest()[:8]
    return f"{kind}_{plain}"
