"""Dates in the format a field asks for. A format is YYYY, MM, DD, M, D, HH and mm with separators between."""

from __future__ import annotations

import re
from datetime import datetime

DEFAULT = "YYYY-MM-DD"
TODAY = ("today", "now")
PARTS = {"YYYY": "year", "MM": "month", "M": "month", "DD": "day", "D": "day", "HH": "hour", "mm": "minute"}
WIDTHS = {"YYYY": 4, "MM": 2, "DD": 2, "HH": 2, "mm": 2}
TOKEN = re.compile("YYYY|MM|DD|HH|mm|M|D")


def parse(text: str, format: str | None) -> str:
    """The date as ISO 8601, from ISO 8601 or the field's format; raises ValueError when it is no date."""
    try:
        return _iso(datetime.fromisoformat(text))
    except ValueError:
        found = re.fullmatch(_pattern(format or DEFAULT), text, re.ASCII)
        if not found:
            raise
    values = {"month": 1, "day": 1, **{name: int(value) for name, value in found.groupdict().items()}}
    if "year" not in values:
        raise ValueError("a date without its year")
    return _iso(datetime(**values))  # type: ignore[arg-type]


def shown(iso: str, format: str | None) -> str:
    """An ISO date in the field's format."""
    moment = datetime.fromisoformat(iso)
    return TOKEN.sub(lambda token: _part(moment, token.group()), format or DEFAULT)


def _part(moment: datetime, token: str) -> str:
    return str(getattr(moment, PARTS[token])).rjust(WIDTHS.get(token, 1), "0")


def _pattern(format: str) -> str:
    pieces, end, named = "", 0, set()
    for token in TOKEN.finditer(format):
        digits, part = WIDTHS.get(token.group(), "1,2"), PARTS[token.group()]
        pieces += re.escape(format[end : token.start()])
        pieces += f"\\d{{{digits}}}" if part in named else f"(?P<{part}>\\d{{{digits}}})"
        named.add(part)
        end = token.end()
    return pieces + re.escape(format[end:])


def _iso(moment: datetime) -> str:
    naive = moment.replace(tzinfo=None)
    return naive.date().isoformat() if naive.time().isoformat() == "00:00:00" else naive.isoformat(timespec="minutes")
