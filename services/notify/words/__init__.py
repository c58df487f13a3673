"""The words of every mail, one module for each language.

A letter is one entry in each language, of these members, all but the first three optional; `{{…}}` are filled in from
what its event's handler gave (see `services.notify.handlers`), and a missing one is an error:

``subject``, ``heading``, ``lines`` (paragraphs; one that comes out empty is left out), ``preview`` (what a list of
mails shows beside the subject; else the paragraph after the greeting), ``facts`` (label and value; a row without a
value is left out), ``button`` (it leads to ``link``, else to ``path`` of this Signet, else to its first page),
``quote`` (the label above ``message`` or ``reason``), ``after`` (paragraphs below the button), ``note`` (small print).
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from services.notify.words import billing, en, keeping, members, security, zh_hans, zh_hant

Letter = Mapping[str, Any]

_LANGUAGES = {"en": en, "zh-Hans": zh_hans, "zh-Hant": zh_hant}
_IN_ALL = (security, members, billing, keeping)  # modules that hold every language
_FONT = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Arial{},sans-serif"
_FONTS = {
    "en": "", "zh-Hans": ",'PingFang SC','Microsoft YaHei','Noto Sans CJK SC'",
    "zh-Hant": ",'PingFang TC','Microsoft JhengHei','Noto Sans CJK TC'",
}  # fmt: skip

LETTERS: Mapping[str, Mapping[str, Letter]] = {
    language: dict(ChainMap(module.LETTERS, *(one.LETTERS[language] for one in _IN_ALL)))
    for language, module in _LANGUAGES.items()
}
LAYOUT: Mapping[str, Mapping[str, str]] = {
    # It is ours and stands in style attributes, where its quotes have to stay what they are.
    language: {**module.LAYOUT, "font": Markup(_FONT.format(_FONTS[language]))}  # noqa: S704
    for language, module in _LANGUAGES.items()
}
