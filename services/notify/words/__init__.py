"""The words of every mail, one module for each language. `{{…}}` are filled in; a missing one is an error."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.notify.words import billing, en, security, zh_hans, zh_hant

Letter = Mapping[str, Any]

_LANGUAGES = {"en": en.LETTERS, "zh-Hans": zh_hans.LETTERS, "zh-Hant": zh_hant.LETTERS}
LETTERS: Mapping[str, Mapping[str, Letter]] = {
    language: {**letters, **security.LETTERS[language], **billing.LETTERS[language]}
    for language, letters in _LANGUAGES.items()
}
LAYOUT: Mapping[str, Mapping[str, str]] = {"en": en.LAYOUT, "zh-Hans": zh_hans.LAYOUT, "zh-Hant": zh_hant.LAYOUT}
