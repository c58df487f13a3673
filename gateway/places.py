"""Where an IP address is, told by a database of places (MaxMind DB format) that the operator may provide."""

from __future__ import annotations

from typing import Any

import maxminddb

from chassis.regions import region_names

NAMES = {"en": ("en",), "zh-Hans": ("zh-CN", "en"), "zh-Hant": ("zh-TW", "zh-CN", "en")}


class Places:
    """Reads one file, once; without one nothing is known."""

    def __init__(self, path: str) -> None:
        self._reader = maxminddb.open_database(path, maxminddb.MODE_MEMORY) if path else None

    def of(self, ip: str, language: str) -> dict[str, str] | None:
        """City and country of an address in the reader's language; None when they are not known."""
        found: Any = self._reader.get(ip) if self._reader and ip else None
        if not isinstance(found, dict):
            return None
        code = (found.get("country") or {}).get("iso_code", "")
        names = (found.get("city") or {}).get("names") or {}
        city = next((names[name] for name in NAMES[language] if name in names), "")
        country = region_names(language).get(code, "")
        return {"city": city, "country": country} if city or country else None


def places_file(path: str) -> str:
    """A path that can be read as a database of places; raises ValueError."""
    try:
        maxminddb.open_database(path).close()
    except (OSError, maxminddb.InvalidDatabaseError) as error:
        raise ValueError(f"{path} is not a database of places that can be read") from error
    return path
