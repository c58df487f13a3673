"""Countries and regions (ISO 3166-1 alpha-2) by their names in the reader's language, from Unicode's CLDR."""

from __future__ import annotations

from functools import cache

NOT_ISO = frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"])


@cache
def region_names(language: str) -> dict[str, str]:
    """The name of each by its code, sorted by name; ``language`` is en, zh-Hans or zh-Hant."""
    from babel import Locale

    territories = Locale.parse(language, sep="-").territories.items()
    named = [(name, code) for code, name in territories if len(code) == 2 and code.isalpha() and code not in NOT_ISO]
    return {code: name for name, code in sorted(named)}
