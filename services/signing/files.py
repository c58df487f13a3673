"""A ceremony's files in the object store. A key names its content, so that a step done twice writes the same object."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any
from uuid import UUID

from chassis.service import Runtime
from chassis.storage import CHUNK, Missing, file_sha256


def store(runtime: Runtime, agreement_id: UUID, name: str, source: Path, suffix: str) -> dict[str, Any]:
    """Store a file under ceremony, name and content; returns key, sha256 and size in bytes."""
    key = f"ceremonies/{agreement_id}/{name}-{file_sha256(source)}.{suffix}"
    stored = runtime.storage.put(key, source)
    return {"key": stored.key, "sha256": stored.sha256, "size": stored.size}


def fetch_checked(runtime: Runtime, key: str, sha256: str, target: Path) -> Path:
    """Copy an object and prove in the same pass that it is what was stored; raises `Missing` when it is another."""
    hashed = hashlib.sha256()
    with runtime.storage.open(key) as source, target.open("wb") as out:
        while chunk := source.read(CHUNK):
            hashed.update(chunk)
            out.write(chunk)
    if hashed.hexdigest() != sha256:
        raise Missing(f"{key} has changed")
    return target
