"""What is wrong with a row, as codes that `sheets.words.REASONS` has sentences for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from marshmallow import ValidationError

from chassis.spreadsheet import FORMULA
from chassis.validation import EmailAddress, Line
from contracts.rights import Role
from services.workspace.memberschemas import PHONE, clean_phone
from services.workspace.sheets.read import Person
from services.workspace.sheets.words import role

LONGEST = 100
BETWEEN = re.compile(r"[,，、;；/|+&\n]+")


def flaws(person: Person) -> list[str]:
    """The codes of everything that is wrong with a row by itself, in the order of its columns."""
    return list(dict.fromkeys(_flaws(person)))


def address(text: str) -> str:
    """An e-mail address as it is kept; raises ValidationError."""
    return str(EmailAddress().deserialize(text))


def roles_of(text: str) -> frozenset[Role]:
    """The roles somebody wrote; raises ValueError for an unknown word."""
    words = [word for word in BETWEEN.split(text) if word.strip()]
    found = [role(word) for word in words]
    if None in found:
        raise ValueError(text)
    return frozenset(one for one in found if one)


def _flaws(person: Person) -> Iterator[str]:
    yield from sorted(person.flaws)
    yield from _name(person.name)
    yield from _email(person.email)
    try:
        if not roles_of(person.roles):
            yield "roles_missing"
    except ValueError:
        yield "roles_wrong"
    if person.phone and not PHONE.fullmatch(clean_phone(person.phone)):
        yield "phone_wrong"


def _name(name: str) -> Iterator[str]:
    seen = "".join(char for char in name if unicodedata.category(char) != "Cf").strip()
    if not seen and name.strip() == seen:
        yield "name_missing"
    elif not seen:
        yield "name_wrong"
    elif seen.startswith(FORMULA):
        yield "formula"
    elif len(unicodedata.normalize("NFC", name).strip()) > LONGEST:
        yield "name_too_long"
    else:
        try:
            Line(longest=LONGEST).deserialize(name)
        except ValidationError:
            yield "name_wrong"


def _email(email: str) -> Iterator[str]:
    if not email.strip():
        yield "email_missing"
        return
    try:
        address(email)
    except ValidationError:
        yield "email_wrong"
