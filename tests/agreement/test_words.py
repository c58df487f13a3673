"""Every refusal has a sentence in three languages, and the API describes itself."""

from __future__ import annotations

import re
from pathlib import Path

from openapi_spec_validator import validate

from chassis.messages import MESSAGES as COMMON
from services.agreement import app
from services.agreement.messages import MESSAGES

CODE = re.compile(r"""Problem\(\s*\d{3},\s*"(\w+)"|"(field_\w+(?:missing|unknown|page|small))\"""")


def test_every_code_has_a_sentence_in_three_languages():
    sources = Path(app.__file__).parent.rglob("*.py")
    codes = {a or b for source in sources for a, b in CODE.findall(source.read_text())}
    assert {"recipient_duplicate", "field_off_page", "signature_field_missing"} < codes <= {*MESSAGES, *COMMON}
    assert all(set(sentences) == {"en", "zh-Hans", "zh-Hant"} for sentences in MESSAGES.values())


def test_the_description_of_the_api_is_valid(desk):
    document = desk.app.extensions["api"].spec.to_dict()
    validate(document)
    assert "/api/v1/agreements/{agreement_id}/send" in document["paths"]
