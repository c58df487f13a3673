"""A signing ceremony in files: prepare, then one append per signer."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from documents.drawing import pictures
from documents.fields import Field, Mark
from documents.geometry import Place
from documents.revisions.append import append
from documents.revisions.plan import Plan
from documents.revisions.prepare import prepare
from documents.sign import Act
from tests.documents.authority import NOW, Signer
from tests.documents.makers import png

SHADES = {"alice": (0, 0, 200), "bob": (200, 0, 0)}


def form(*recipients: str, pages: int = 1) -> list[Field]:
    """Two signatures, a stamp, a text, a date and a tick for each recipient, on every page."""
    rows = [(who, page, 0.1 + 0.4 * row) for row, who in enumerate(recipients) for page in range(pages)]
    return [field for who, page, y in rows for field in _fields(who, page, y)]


def marks(fields: Sequence[Field], recipient: str) -> list[Mark]:
    """Everything the recipient has to fill, filled."""
    return [_mark(field) for field in fields if field.recipient == recipient]


def prepared(source: Path, fields: Sequence[Field], platform: Signer) -> tuple[Path, Plan]:
    """The document with all fields, certified, and its plan."""
    target = source.with_name("prepared.pdf")
    made = prepare(source, target, fields, Act(NOW, name="Signet"))
    return platform.finish(target, made.reserved), made.plan


def signed(source: Path, plan: Plan, fields: Sequence[Field], recipient: str, signer: Signer) -> Path:
    """The document with the recipient's marks and signature appended."""
    target = source.with_name(f"{source.stem}-{recipient}.pdf")
    return signer.finish(
        target, append(source, target, plan, recipient, marks(fields, recipient), act(recipient), recipient)
    )


def act(recipient: str) -> Act:
    """What the recipient's signature says."""
    return Act(NOW, name=recipient, reason="I agree (a\\b)", contact=f"{recipient}@example.com")


@cache
def picture(recipient: str) -> bytes:
    """The recipient's signature, encoded."""
    return pictures.encode(png(colour=SHADES.get(recipient, (0, 120, 0)), margin=4))


def _fields(who: str, page: int, y: float) -> list[Field]:
    key = f"{who}.{page}"
    return [
        Field(f"{key}.s1", who, "signature", page, Place(0.1, y, 0.3, 0.08)),
        Field(f"{key}.s2", who, "signature", page, Place(0.1, y + 0.1, 0.3, 0.08), required=False),
        Field(f"{key}.st", who, "stamp", page, Place(0.1, y + 0.2, 0.2, 0.1)),
        Field(f"{key}.t", who, "text", page, Place(0.5, y, 0.4, 0.1), label="Remark"),
        Field(f"{key}.d", who, "date", page, Place(0.5, y + 0.12, 0.2, 0.03)),
        Field(f"{key}.c", who, "checkbox", page, Place(0.8, y + 0.12, 0.04, 0.03)),
    ]


def _mark(field: Field) -> Mark:
    match field.kind:
        case "text":
            return Mark(field.id, "text", text="Agreed 同意以上条款 (with) \\ brackets — Việt Łódź")
        case "date":
            return Mark(field.id, "date", text="2026-11-22")
        case "checkbox":
            return Mark(field.id, "checkbox", checked=True)
        case kind:
            return Mark(
                field.id, kind, image=pictures.encode(png(colour=SHADES.get(field.recipient, (0, 120, 0)), margin=4))
            )
