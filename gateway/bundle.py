"""What was built for the browser: the entries of Vite's manifests, and the files under hashed names."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "static"
MANIFESTS = ("console.json", "signing.json")
ADDRESS = "/static/"


@dataclass(frozen=True)
class Entry:
    """Addresses of an entry's script, its style sheets, and the modules worth loading with it."""

    script: str
    styles: tuple[str, ...]
    preloads: tuple[str, ...]


@cache
def entry(name: str) -> Entry:
    """An entry by the path of its source; raises RuntimeError when the pages have not been built."""
    for manifest in map(_manifest, MANIFESTS):
        if name in manifest:
            return _entry(manifest, name)
    raise RuntimeError(f"{name} has not been built: run `make pages`")


def _manifest(name: str) -> dict[str, Any]:
    path = FOLDER / name
    return dict(json.loads(path.read_text())) if path.exists() else {}


def _entry(manifest: dict[str, Any], name: str) -> Entry:
    needed = _with_imports(manifest, name)
    styles = dict.fromkeys(style for part in needed for style in manifest[part].get("css", ()))
    others = [manifest[part]["file"] for part in needed if part != name]
    return Entry(ADDRESS + manifest[name]["file"], tuple(ADDRESS + one for one in styles), tuple(map(_address, others)))


def _address(file: str) -> str:
    return ADDRESS + file


def _with_imports(manifest: dict[str, Any], name: str) -> list[str]:
    found, waiting = dict[str, None](), [name]
    while waiting:
        part = waiting.pop()
        if part not in found:
            found[part] = None
            waiting.extend(manifest[part].get("imports", ()))
    return list(found)
