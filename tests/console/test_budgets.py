"""How much a browser loads before it shows something."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

STATIC = Path("gateway/static")
BUDGETS = {  # bytes in brotli, scripts and styles
    ("src/console/entrance/Login.tsx",): 200 << 10,
    ("src/console/shell/Shell.tsx", "src/console/workbench/Workbench.tsx"): 230 << 10,
}


def test_the_first_routes_of_the_console_stay_within_their_budget() -> None:
    manifest: dict[str, Any] = json.loads((STATIC / "console.json").read_text())
    for route, budget in BUDGETS.items():
        needed = _with_imports(manifest, "src/console/main.tsx", *route, "src/words/en/index.ts")
        assert _weight(manifest, needed) <= budget, route


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
