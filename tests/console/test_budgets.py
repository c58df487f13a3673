"""How much a browser loads before it shows something."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

STATIC = Path("gateway/static")
BUDGET = 200_000  # bytes in brotli, scripts and styles
ALWAYS = ("src/console/main.tsx", "common")
ROUTES = {  # the modules and the areas of words a first visit loads
    "log in": ("src/console/entrance/Login.tsx", "entrance"),
    "workbench": ("src/console/shell/Shell.tsx", "src/console/workbench/Workbench.tsx", "workbench", "create"),
}


@pytest.mark.parametrize("language", ["en", "zh-Hans", "zh-Hant"])
@pytest.mark.parametrize("route", ROUTES)
def test_the_first_routes_of_the_console_stay_within_their_budget(route: str, language: str) -> None:
    manifest: dict[str, Any] = json.loads((STATIC / "console.json").read_text())
    parts = (part if "/" in part else f"src/words/{language}/{part}.json" for part in (*ALWAYS, *ROUTES[route]))
    assert _weight(manifest, _with_imports(manifest, *parts)) <= BUDGET


def _with_imports(manifest: dict[str, Any], *entries: str) -> set[str]:
    found, waiting = set[str](), list(entries)
    while waiting:
        part = waiting.pop()
        if part not in found:
            found.add(part)
            waiting.extend(manifest[part].get("imports", ()))
    return found


def _weight(manifest: dict[str, Any], parts: set[str]) -> int:
    files = {file for part in parts for file in (manifest[part]["file"], *manifest[part].get("css", ()))}
    return sum((STATIC / f"{file}.br").stat().st_size for file in files)
