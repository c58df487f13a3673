"""The plan of a prepared file: all that appending to it needs, so that nothing of it is ever parsed again."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from documents.drawing.appearance import Frame
from documents.errors import Refused
from documents.fields import Kind
from documents.geometry import Rect
from documents.incremental import base
from documents.incremental.base import Base
from documents.values import Raw, Ref

VERSION = 1


class WrongPlan(ValueError):
    """What was read is not a plan."""


@dataclass(frozen=True)
class Control:
    """A field in the file: object number, AcroForm name, whose it is, its inside, and its entries in PDF syntax.

    `id` is empty for an invisible signature field. `lock` names what its signature locks, None for a field that is
    not signed. The frame of a stamp is larger than its field, which is `inner`: x, y, width and height in points from
    the lower left corner of the frame, as displayed.
    """

    number: int
    name: str
    id: str
    recipient: str
    kind: Kind
    frame: Frame
    entries: Mapping[str, str]
    lock: tuple[str, ...] | None = None
    inner: Rect | None = None

    @property
    def ref(self) -> Ref:
        """The reference of the field's dictionary."""
        return Ref(self.number)

    def raw(self) -> dict[str, Raw]:
        """The entries of the field's dictionary as they were prepared."""
        return {key: Raw(item.encode("latin-1")) for key, item in self.entries.items()}


@dataclass(frozen=True)
class Plan:
    """The controls of a file, its length in bytes, and SHA-256 (hex) of its last section, at the offset `mark`.

    That section names the content (14.4) and holds no room for a signature, so it stays what it is.
    """

    length: int
    mark: int
    sha256: str
    controls: tuple[Control, ...]

    def own(self, recipient: str) -> dict[str, Control]:
        """The controls a recipient may fill, by field id."""
        return {one.id: one for one in self.controls if one.recipient == recipient and one.id}

    def signing(self, recipient: str) -> Control:
        """The control that gets the recipient's signature; ValueError for somebody who has none."""
        for one in self.controls:
            if one.recipient == recipient and one.lock is not None:
                return one
        raise ValueError(f"{recipient} signs nothing here")

    def require_fit(self, path: Path, found: Base, recipient: str) -> None:
        """Refused pdf_damaged for a file this is not the plan of, pdf_signed if the recipient's act is in it."""
        if found.length < self.length or digest(path, self.mark, self.length) != self.sha256:
            raise Refused("pdf_damaged", "the plan is that of another file")
        signed = self.signing(recipient)
        if "/V" in signed.entries or signed.number in base.changed(path, found, self.length):
            raise Refused("pdf_signed", f"{signed.name} carries a signature")

    def to_json(self) -> str:
        """The plan as JSON; the same plan gives the same text."""
        known = {"version": VERSION, **vars(self), "controls": [_plain(one) for one in self.controls]}
        return json.dumps(known, ensure_ascii=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str | bytes) -> "Plan":
        """The plan that `to_json` wrote; WrongPlan for anything else."""
        try:
            given = json.loads(text)
            version = given.pop("version")
            controls = [_control(one) for one in given.pop("controls")]
            read = cls(**given, controls=tuple(controls))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise WrongPlan(f"{type(error).__name__}: {error}") from error
        _require(version == VERSION, "the version")
        _require(_is(read.length, int) and _is(read.mark, int) and 0 <= read.mark < read.length, "the length")
        _require(_is(read.sha256, str) and len(read.sha256) == 64, "the digest")
        return read


def of(path: Path, controls: Sequence[Control]) -> Plan:
    """The plan of a file with these controls; a signature may still be embedded. Refused pdf_damaged."""
    found = base.read(path)
    return Plan(found.length, found.startxref, digest(path, found.startxref, found.length), tuple(controls))


def digest(path: Path, start: int, end: int) -> str:
    """SHA-256 (hex) of the bytes from start to end."""
    with path.open("rb") as file:
        file.seek(start)
        return hashlib.sha256(file.read(end - start)).hexdigest()


def _plain(control: Control) -> dict[str, Any]:
    plain = {**vars(control), "frame": vars(control.frame), "entries": dict(control.entries)}
    return plain if control.inner else {key: item for key, item in plain.items() if key != "inner"}


def _control(given: dict[str, Any]) -> Control:
    frame, lock, inner = Frame(**given.pop("frame")), given.pop("lock"), given.pop("inner", None)
    whole = tuple(lock) if lock is not None else None
    one = Control(**given, frame=frame, lock=whole, inner=None if inner is None else tuple(inner))
    texts = (one.name, one.id, one.recipient, *one.entries.keys(), *one.entries.values(), *(one.lock or ()))
    numbers = (frame.width, frame.height)
    _require(_is(one.number, int) and one.number > 0, "an object number")
    _require(all(_is(text, str) and text.isascii() for text in one.entries.values()), "an entry")
    _require(all(_is(text, str) for text in texts) and one.kind in get_args(Kind), "a text")
    _require(all(_is(edge, int, float) and edge >= 0 for edge in numbers) and _is(frame.rotate, int), "a frame")
    held = one.inner is None or (len(one.inner) == 4 and all(_is(edge, int, float) for edge in one.inner))
    _require(held, "the field in a frame")
    return one


def _is(value: object, *kinds: type) -> bool:
    return type(value) in kinds


def _require(held: bool, what: str) -> None:
    if not held:
        raise WrongPlan(what)
