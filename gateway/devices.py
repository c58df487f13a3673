"""What a browser says it is, in words people know: the names are proper names and the same in every language."""

from __future__ import annotations

import re

BROWSERS = (
    ("Edge", r"Edg(?:e|A|iOS)?/"), ("Opera", r"OPR/|Opera"), ("Samsung Internet", r"SamsungBrowser/"),
    ("WeChat", r"MicroMessenger/"), ("Firefox", r"(?:Firefox|FxiOS)/"), ("Chrome", r"(?:Chrome|CriOS)/"),
    ("Safari", r"Version/\S+ .*Safari/"),
)  # fmt: skip
SYSTEMS = (
    ("iPadOS", r"iPad"), ("iOS", r"iPhone|iPod"), ("HarmonyOS", r"HarmonyOS|OpenHarmony"), ("Android", r"Android"),
    ("Windows", r"Windows NT"), ("macOS", r"Macintosh|Mac OS X"), ("ChromeOS", r"CrOS"), ("Linux", r"Linux|X11"),
)  # fmt: skip
TABLET = re.compile(r"iPad|Tablet|Android(?!.*Mobile)")
PHONE = re.compile(r"iPhone|iPod|Mobile|Phone")


def device_of(user_agent: str) -> dict[str, str]:
    """``kind`` (phone, tablet, desktop, other), and browser and system by name, empty when they are not known."""
    browser, system = _first(BROWSERS, user_agent), _first(SYSTEMS, user_agent)
    known = "desktop" if system else "other"
    kind = "tablet" if TABLET.search(user_agent) else "phone" if PHONE.search(user_agent) else known
    return {"kind": kind, "browser": browser, "system": system}


def _first(names: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for name, pattern in names if re.search(pattern, user_agent)), "")
