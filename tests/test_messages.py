"""Every code that a service answers with has a sentence in every language."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from chassis.messages import MESSAGES
from chassis.problem import LANGUAGES
from signet.registry import MODULES, load_service

ROOT = Path(__file__).parent.parent
FOLDERS = {name: ROOT / module.replace(".", "/").removesuffix("/app") for name, module in MODULES.items()}
SERVICES = [name for name, folder in FOLDERS.items() if (folder / "app.py").exists()]


def codes_in(folder: Path) -> Iterator[str]:
    """The codes in calls of ``Problem(status, "code")``."""
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Problem"
            if named and len(node.args) > 1 and isinstance(node.args[1], ast.Constant):
                yield str(node.args[1].value)


@pytest.mark.parametrize("name", SERVICES)
def test_every_code_has_a_sentence_in_every_language(name: str) -> None:
    sentences = {**MESSAGES, **load_service(name).messages}
    assert {code for code in codes_in(FOLDERS[name]) if code not in sentences} == set()
    assert {
        code for code, texts in sentences.items() if set(texts) != set(LANGUAGES) or not all(texts.values())
    } == set()


def test_the_chassis_has_sentences_for_its_own_codes() -> None:
    assert {code for code in codes_in(ROOT / "chassis") if code not in MESSAGES} == set()
