"""What both adapters do with one delivery: read it, try the handler on it, put a failure into words."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable

from chassis.bus import Message

log = logging.getLogger(__name__)
REASON_LENGTH = 500


class Malformed(ValueError):
    """A body that is no JSON object with an ``id`` and a ``type``."""


def read_message(body: bytes) -> Message:
    """The message a body tells of. Raises `Malformed`."""
    try:
        event = json.loads(body)
    except ValueError as exc:
        raise Malformed(f"not JSON: {exc}") from exc
    if not isinstance(event, dict):
        raise Malformed("not a JSON object")
    match event.get("id"), event.get("type"):
        case str(id_), str(type_) if id_ and type_:
            return Message(id_, type_, body)
    raise Malformed("no id or no type")


def stand_in(body: bytes, type_: str) -> Message:
    """A name for a body that cannot be read, so that it can be listed and put back."""
    try:
        return read_message(body)
    except Malformed:
        return Message(f"malformed-{hashlib.sha256(body).hexdigest()[:16]}", type_, body)


def attempt(handle: Callable[[Message], None], message: Message) -> str | None:
    """Run the handler; None when it returned, otherwise the reason it failed. Any failure ends in retry or parking."""
    try:
        handle(message)
    except Exception as exc:
        log.warning("%s %s failed", message.type, message.id, exc_info=True)
        return in_words(exc)
    return None


def in_words(exc: Exception) -> str:
    """An exception as one line of at most 500 characters."""
    line = " ".join(f"{type(exc).__name__}: {exc}".split())
    return line[:REASON_LENGTH]
