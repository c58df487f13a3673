"""Languages, date formats and time zones a person can choose, and what a new account has."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from chassis.problem import LANGUAGES

DATE_FORMATS = (
    "YYYY-MM-DD HH:mm",
    "DD/MM/YYYY HH:mm",
    "MM/DD/YYYY hh:mm A",
    "DD MMM YYYY HH:mm",
    "YYYY年M月D日 HH:mm",
)
__all__ = ["DATE_FORMATS", "LANGUAGES", "date_format_of", "time_zones", "zone_of_region"]


def date_format_of(language: str) -> str:
    """The date format a new account of this language begins with."""
    return DATE_FORMATS[4] if language.startswith("zh") else DATE_FORMATS[0]


@cache
def time_zones() -> frozenset[str]:
    """The names of the IANA time zone database."""
    return frozenset(files("tzdata").joinpath("zones").read_text().split())


@cache
def _first_zones() -> dict[str, str]:
    zones: dict[str, str] = {}
    for line in files("tzdata").joinpath("zoneinfo", "zone.tab").read_text().splitlines():
        if not line.startswith("#"):
            region, _, zone = line.split("\t")[:3]
            zones.setdefault(region, zone)
    return zones


def zone_of_region(region: str) -> str:
    """The first time zone of a country or region; UTC when it has none of its own."""
    return _first_zones().get(region, "UTC")
