"""Every page in every language at every width: nothing sticks out or is left untranslated, and axe is content."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.desk import Desk, Person
from tests.browser.visitor import Visitor
from tests.console.people import as_alice

pytestmark = [pytest.mark.suite, pytest.mark.slow, pytest.mark.timeout(600)]
Sizes = tuple[tuple[int, int], ...]
LANGUAGES = ("en", "zh-Hans", "zh-Hant")
PHONE_AND_DESKTOP, TABLET_AND_WIDE = ((360, 740), (1280, 800)), ((768, 1024), (1920, 1080))
SIZES = pytest.mark.parametrize(
    "sizes", [PHONE_AND_DESKTOP, pytest.param(TABLET_AND_WIDE, marks=pytest.mark.soak)], ids=["phone", "tablet"]
)
LEAST = PHONE_AND_DESKTOP[0][0]
SHOTS = Path("build/screenshots")
PUBLIC = ("login", "register", "forgot-password", "invitation", "terms", "privacy", "data-processing")
PRIVATE = (
    "", "agreements", "agreements?category=completed", "agreements?q=nothing-fits", "agreements/new", "templates",
    "account/profile", "account/signatures", "account/settings", "management/workspace",
    "management/workspace/log", "management/seals", "management/billing",
    "management/members", "management/members/import", "management/members/import?by=file",
)  # fmt: skip
KNOWN = {"Signet", "PDF", "UTC", "English", "Excel", "XLSX", "CSV", "ZIP", "Alice", "Tan", "Carol", "contract", "pdf",
         "Service", "agreement", "Please", "sign", "Chrome", "Linux", "Windows", "Mac", "https", "http", "PNG", "JPEG",
         "Acme", "Enter", "Etc", "PIN", "SVG", "Shift", "UTF", "Big", "python", "requests", "workspace"}  # fmt: skip


@dataclass(frozen=True)
class Agreements:
    draft: str
    sent: str


@pytest.fixture(scope="module")
def agreements(desk: Desk) -> Agreements:
    return Agreements(desk.draft(Person()), desk.send(Person(), Person(), ordered=True))


@SIZES
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_without_login(desk: Desk, chromium: Browser, language: str, sizes: Sizes) -> None:
    found = []
    with Visitor(chromium, locale=language) as visitor:
        for name in PUBLIC:
            found += _look(visitor, f"{desk.url}/{name}", language, sizes)
    assert not found, "\n".join(sorted(set(found)))


@SIZES
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_of_the_console(
    desk: Desk, chromium: Browser, agreements: Agreements, language: str, sizes: Sizes
) -> None:
    desk.alice.put("/api/v1/account/preferences", {"language": language})
    draft, sent = agreements.draft, agreements.sent
    of_agreements = (
        f"agreements/{sent}",
        f"agreements/{sent}/sent",
        f"agreements/{draft}/edit",
        f"agreements/{draft}/fields",
    )
    found = []
    with Visitor(chromium, locale=language) as visitor:
        as_alice(visitor, desk)
        for name in (*PRIVATE, *of_agreements):
            found += _look(visitor, f"{desk.url}/{name}", language, sizes)
    desk.alice.put("/api/v1/account/preferences", {"language": "en"})
    assert not found, "\n".join(sorted(set(found)))


def _look(visitor: Visitor, address: str, language: str, sizes: Sizes) -> list[str]:
    """Open a page, keep a picture of it at each size, and tell what is wrong with it."""
    page = visitor.page
    page.set_viewport_size({"width": sizes[0][0], "height": sizes[0][1]})
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.wait_for_function("language => document.documentElement.lang === language", arg=language)
    page.locator("h1").first.wait_for(state="attached")
    name = re.sub(r"agr_\w+", "one", address.split("/", 3)[3]).replace("/", "-").replace("?", "-") or "workbench"
    untitled = ["no title"] if page.title() == "Signet" else []
    found = [f"{name} {language}: {one}" for one in untitled]
    for width, height in sizes:
        page.set_viewport_size({"width": width, "height": height})
        found += [f"{name} {language} {width}: {one}" for one in _seen(visitor, name, language, width)]
    return found


def _seen(visitor: Visitor, name: str, language: str, width: int) -> list[str]:
    """What is wrong with a page at one width, of which a picture is kept; axe looks at each width in English."""
    page = visitor.page
    complaints = visitor.violations() if language == "en" or width == LEAST else []
    folder = SHOTS / language / str(width)
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"{name}.png", full_page=True)
    foreign = sorted(_foreign(page)) if language != "en" else []
    return [*foreign, *_sticks_out(page), *_cut_off(page), *complaints]


def _sticks_out(page: Page) -> list[str]:
    """Elements beyond the right edge of a page that can be scrolled sideways."""
    found: list[str] = page.evaluate(
        """() => {
          const wide = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= wide) return [];
          const all = [...document.body.querySelectorAll("*")];
          const out = all.filter((one) => one.getBoundingClientRect().right > wide + 1);
          return out.map((one) => one.outerHTML.slice(0, 120));
        }"""
    )
    return found


def _cut_off(page: Page) -> list[str]:
    """Badges that do not show the whole of their word."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll(".mantine-Badge-label")]
          .filter((one) => one.scrollWidth > one.clientWidth + 1)
          .map((one) => "cut off: " + one.textContent)"""
    )
    return found


def _foreign(page: Page) -> set[str]:
    """English words on a Chinese page that are no names."""
    text = page.evaluate("() => document.body.innerText")
    text = re.sub(r"\S+@\S+|agr_\w+|SGSP\w+|\w+/\w+", " ", text)
    return set(re.findall(r"[A-Za-z]{3,}", text)) - KNOWN
