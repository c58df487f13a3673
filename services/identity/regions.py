"""Countries and regions (ISO 3166-1) by their names in the reader's language."""

from __future__ import annotations

import gettext
from functools import cache

LOCALES = {"zh-Hans": "zh_CN", "zh-Hant": "zh_TW"}


@cache
def regions(language: str) -> tuple[dict[str, str], ...]:
    """``{code, name}`` of each, sorted by name."""
    import pycountry

    locale = LOCALES.get(language, "en")
    words = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[locale], fallback=True)
    named = ((words.gettext(getattr(one, "common_name", one.name)), one.alpha_2) for one in pycountry.countries)
    return tuple({"code": code, "name": name} for name, code in sorted(named))
