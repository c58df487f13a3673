"""`make docs`: writes the documents that come from the code."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from chassis.settings import configuration_table
from contracts.catalogue import asyncapi
from signet.processes import ProcessSettings
from signet.registry import MODULES, load_service
from signet.up import build

HERE = Path(__file__).parent
HEAD = """# Settings

Every process reads its settings from the environment once, at its start; a missing or wrong one ends the start with one
sentence. `NAME_FILE` gives the path of a file that holds the value of `NAME`. This table is made by `make docs`.

"""


def openapi() -> dict[str, Any]:
    """The description of the whole public API."""
    with tempfile.TemporaryDirectory() as folder:
        suite = build(Path(folder), "https://signet.example")
        found: dict[str, Any] = suite.apps["gateway"].test_client().get("/api/v1/openapi.json").get_json()
        for runtime in suite.runtimes.values():
            runtime.db.engine.dispose()
    return found


def documents() -> dict[str, str]:
    """Every generated document, by its file name."""
    settings = [load_service(name).settings for name in MODULES] + [ProcessSettings]
    return {
        "openapi.json": json.dumps(openapi(), indent=1, ensure_ascii=False, sort_keys=True) + "\n",
        "asyncapi.json": json.dumps(asyncapi(), indent=1, ensure_ascii=False, sort_keys=True) + "\n",
        "configuration.md": HEAD + configuration_table(*settings),
    }


if __name__ == "__main__":
    for name, text in documents().items():
        (HERE / name).write_text(text)
