"""The three catalogues hold the same words with the same blanks."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

WORDS = Path("gateway/console/src/words")
AREAS = sorted(path.name for path in (WORDS / "en").glob("*.json"))
BLANK = re.compile(r"{{\w+}}|</?\w+>")


def _catalogue(language: str, area: str) -> dict[str, str]:
    return dict(json.loads((WORDS / language / area).read_text()))


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
@pytest.mark.parametrize("area", AREAS)
def test_a_catalogue_has_every_word_of_the_english_one(language: str, area: str) -> None:
    english, other = _catalogue("en", area), _catalogue(language, area)
    assert {key for key in english if not key.endswith("_one")} == set(other)
    blanks = {key: (sorted(BLANK.findall(english[key])), sorted(BLANK.findall(other[key]))) for key in other}
    assert {key for key, (one, two) in blanks.items() if one != two} == set()
    assert [key for key, text in other.items() if english[key] and not text.strip()] == []
