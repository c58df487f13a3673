"""The chain of evidence, as it is checked anywhere, without the service that keeps it.

Every entry carries the hash of the one before it; its own hash is SHA-256 over its canonical JSON: the members below,
sorted keys, no spaces, UTF-8. Personal values stand in entries as commitments: HMAC-SHA-256 over the canonical JSON of
[agreement, name, value] under a key that is kept beside the chain. Without the key nothing can be told from it.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from documents import anchors

MEMBERS = ("agreement_id", "sequence", "at", "kind", "actor", "ip", "user_agent", "detail", "previous")
FORMAT = "signet-audit-1"

Entry = Mapping[str, Any]


def canonical(value: Any) -> bytes:
    """The one JSON text of a value: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def entry_hash(entry: Entry) -> str:
    """SHA-256 in hex over the canonical JSON of an entry's members."""
    return hashlib.sha256(canonical({name: entry[name] for name in MEMBERS})).hexdigest()


def first_broken(entries: Iterable[Entry]) -> int | None:
    """The sequence number of the first entry that was changed, moved or lost; None when the chain is whole."""
    previous = ""
    for number, entry in enumerate(entries, 1):
        if not _follows(entry, number, previous):
            return number
        previous = entry["hash"]
    return None


def _follows(entry: Entry, number: int, previous: str) -> bool:
    if not {*MEMBERS, "hash"} <= set(entry):
        return False
    return bool(entry["sequence"] == number and entry["previous"] == previous and entry_hash(entry) == entry["hash"])


def commitment(key: bytes, agreement: str, name: str, value: Any) -> str:
    """A keyed commitment to a value, in hex."""
    return hmac.new(key, canonical([agreement, name, value]), hashlib.sha256).hexdigest()


def flaws(audit: Mapping[str, Any]) -> list[str]:
    """What does not hold in an audit file, each as a stable code with where it is; empty when all of it holds."""
    return [*_chain_flaws(audit), *_opening_flaws(audit), *_anchor_flaws(audit)]


def _chain_flaws(audit: Mapping[str, Any]) -> Iterator[str]:
    entries: Sequence[Entry] = audit["entries"]
    broken = first_broken(entries)
    if broken is not None:
        yield f"entry_broken {broken}"
    if audit["head"] != (entries[-1]["hash"] if entries else ""):
        yield "head_differs"
    if any(entry.get("agreement_id") != audit["agreement_id"] for entry in entries):
        yield "entry_of_another_agreement"


def _opening_flaws(audit: Mapping[str, Any]) -> Iterator[str]:
    """Values that are told beside the chain must be what the chain has committed to."""
    entries: Sequence[Entry] = audit["entries"]
    for opening in audit.get("openings", ()):
        key, number = bytes.fromhex(opening["key"]), opening["sequence"]
        found = _at(entries[number - 1], opening["path"]) if 0 < number <= len(entries) else None
        if found != commitment(key, audit["agreement_id"], opening["name"], opening["value"]):
            yield f"opening_differs {number} {'.'.join(map(str, opening['path']))}"


def _at(value: Any, path: Sequence[str | int]) -> Any:
    for step in path:
        known = isinstance(value, Mapping) and step in value
        listed = isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value)
        if not known and not listed:
            return None
        value = value[step]
    return value


def _anchor_flaws(audit: Mapping[str, Any]) -> Iterator[str]:
    entries: Sequence[Entry] = audit["entries"]
    for anchor in audit.get("anchors", ()):
        number = anchor["sequence"]
        head = entries[number - 1].get("hash") if 0 < number <= len(entries) else None
        if head != anchor["head"] or not anchors.holds(anchor):
            yield f"anchor_broken {anchor['day']}"
