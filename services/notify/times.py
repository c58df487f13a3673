"""Moments as a reader wants them: in words of their language, in a zone that is named."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.dates import format_datetime

# Those who read Chinese live, almost all, eight hours ahead of Greenwich.
ZONES = {"en": "UTC", "zh-Hans": "Asia/Shanghai", "zh-Hant": "Asia/Taipei"}


def zone_of(language: str, told: str | None) -> tzinfo:
    """The zone that was told, else the one of most who read the language."""
    try:
        return ZoneInfo(told or ZONES[language])
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(ZONES[language])


def in_words(moment: datetime, language: str, zone: tzinfo, pattern: str) -> str:
    """Day and time by a CLDR pattern."""
    return str(format_datetime(moment.astimezone(zone), pattern, locale=language.replace("-", "_")))


def offset(moment: datetime, zone: tzinfo) -> str:
    """``UTC``, ``UTC+8``, ``UTC−3:30``: where the zone stands at that moment."""
    ahead = moment.astimezone(zone).utcoffset()
    minutes = round((ahead.total_seconds() if ahead else 0) / 60)
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '−'}{hours}" + (f":{rest:02}" if rest else "")


def minutes_between(begin: datetime, end: datetime) -> int:
    """Whole minutes, rounded; 0 when it is over."""
    return max(0, round((end.astimezone(UTC) - begin.astimezone(UTC)).total_seconds() / 60))
