"""One entry of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import EXCLUDE, Schema, fields

SchemaClass = type[Schema]


@dataclass(frozen=True)
class EventType:
    """A type of event: its owner is the first word of the type, the only service that may emit it.

    Emitting checks the data against ``schema`` and refuses unknown members; readers ignore members they do not know, so
    a new optional member needs no new version.
    """

    type: str
    doc: str
    heard_by: tuple[str, ...]
    schema: SchemaClass
    example: Mapping[str, Any]

    @property
    def owner(self) -> str:
        return self.type.split(".", 1)[0]


class Contract(Schema):
    """Base of the schemas: readers are tolerant."""

    class Meta:
        unknown = EXCLUDE


def key(**options: Any) -> fields.UUID:
    return fields.UUID(**{"required": True, **options})


def text(**options: Any) -> fields.String:
    return fields.String(**{"required": True, **options})


def moment(**options: Any) -> fields.AwareDateTime:
    """An ISO 8601 time with its zone."""
    return fields.AwareDateTime(**{"required": True, "format": "iso", **options})


def number(**options: Any) -> fields.Integer:
    return fields.Integer(**{"required": True, "strict": True, **options})


class Person(Contract):
    """Somebody who gets a mail."""

    name = text()
    email = text()
    language = text()


class Sender(Person):
    """Somebody who sent an agreement; its times are told in their ``time_zone`` (of the IANA database)."""

    time_zone = text(required=False, allow_none=True)


class Actor(Contract):
    """Who did something, named as they were then; ``ip`` is empty when they did it through another service."""

    account_id = key()
    name = text()
    email = text()
    ip = text()


class StoredFile(Contract):
    """An object in the store, with its SHA-256 in hex and its size in bytes."""

    key = text()
    sha256 = text()
    size = number()


ALICE = {"name": "Alice Tan", "email": "alice@example.com", "language": "en"}
BOB = {"name": "王小明", "email": "bob@example.com", "language": "zh-Hans"}
A_TIME = "2026-11-22T08:00:00+00:00"
KEYS = tuple(f"0192f0c4-7b1e-7a10-9c3d-00000000000{n}" for n in range(10))
ACTOR = {"account_id": KEYS[1], "name": "Alice Tan", "email": "alice@example.com", "ip": "203.0.113.9"}
A_FILE = {"key": "agreements/x/final.pdf", "sha256": "9f" * 32, "size": 48213}
