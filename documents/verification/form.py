"""What a certified revision plans: its fields, who fills which, and where they stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from documents.values import Ref, Value
from documents.verification.sections import Sections
from documents.verification.syntax import Malformed, text

CERTIFICATION = "certification"


@dataclass(frozen=True)
class Control:
    """A field: its object, its dictionary as certified, and, for a signature field, the names it locks."""

    name: str
    ref: Ref
    entries: Mapping[str, Value]
    locks: frozenset[str] = frozenset()

    @property
    def signature(self) -> bool:
        """Whether it is a signature field."""
        return self.entries.get("/FT") == "/Sig"


@dataclass(frozen=True)
class Form:
    """All fields of one revision by name."""

    controls: Mapping[str, Control]

    def by_number(self) -> dict[int, Control]:
        """The same by object number."""
        return {control.ref.number: control for control in self.controls.values()}

    def signers(self) -> dict[str, Control]:
        """The signature fields that people sign."""
        return {name: one for name, one in self.controls.items() if one.signature and name != CERTIFICATION}


def catalog(sections: Sections, revision: int) -> dict[str, Value]:
    """The document catalog as it stood after a revision."""
    root = sections.items[revision].trailer.get("/Root")
    found = sections.resolve(root, revision)
    if not isinstance(root, Ref) or not isinstance(found, dict) or found.get("/Type") != "/Catalog":
        raise Malformed("structure_damaged", "no catalog")
    return found


def listed(sections: Sections, revision: int) -> list[Ref]:
    """The references in /Fields of the AcroForm."""
    form = sections.resolve(catalog(sections, revision).get("/AcroForm"), revision)
    fields = sections.resolve(form.get("/Fields"), revision) if isinstance(form, dict) else None
    if not isinstance(fields, list) or not all(isinstance(item, Ref) for item in fields):
        raise Malformed("structure_damaged", "no form")
    return fields


def read(sections: Sections, revision: int) -> Form:
    """The form as it stood after a revision."""
    controls: dict[str, Control] = {}
    for ref in listed(sections, revision):
        entries = sections.get(ref, revision)
        if not isinstance(entries, dict):
            raise Malformed("structure_damaged", f"field {ref.number}")
        name = text(entries.get("/T"))
        if name in controls:
            raise Malformed("field_added", f"{name} twice")
        controls[name] = Control(name, ref, entries, _locks(sections, revision, entries))
    return Form(controls)


def first_page(sections: Sections, revision: int) -> Ref:
    """The first page, by the page tree."""
    node: Any = catalog(sections, revision).get("/Pages")
    for _ in range(50):
        held = sections.resolve(node, revision)
        if not isinstance(held, dict) or not isinstance(node, Ref):
            break
        if held.get("/Type") == "/Page":
            return node
        kids = sections.resolve(held.get("/Kids"), revision)
        node = kids[0] if isinstance(kids, list) and kids else None
    raise Malformed("structure_damaged", "no first page")


def _locks(sections: Sections, revision: int, entries: Mapping[str, Value]) -> frozenset[str]:
    lock = sections.resolve(entries.get("/Lock"), revision)
    names = sections.resolve(lock.get("/Fields"), revision) if isinstance(lock, dict) else None
    return frozenset(text(name) for name in names) if isinstance(names, list) else frozenset()
