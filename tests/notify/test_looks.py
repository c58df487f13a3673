"""How mails look: every letter in every language, at the widths of a phone and of a desk, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

from chassis.problem import LANGUAGES
from contracts.event_type import ALICE, BOB
from services.notify.words import LETTERS
from tests.browser.visitor import AXE
from tests.notify.post import HAPPENINGS, body, happen, mail_of, rows
from tests.service_kit import Kit

FOLDER = Path("build/mails")
URL = re.compile(r"https?://[^\s<>\"]+")
MESSAGES = {
    "en": "Dear Bob,\n\nplease find the lease for the office on Market Street.\nThe annex has changed since Monday.",
    "zh-Hans": "王小明，您好：\n\n请查收市场街办公室的租赁协议。\n附件自周一起已有更新。",
    "zh-Hant": "王小明，您好：\n\n請查收市場街辦公室的租賃協議。\n附件自週一起已有更新。",
}
TITLES = {
    "en": "Lease of the office, Market Street 3",
    "zh-Hans": "市场街办公室租赁协议",
    "zh-Hant": "市場街辦公室租賃協議",
}
REASONS = {"en": "The annex is the wrong one.", "zh-Hans": "附件有误。", "zh-Hant": "附件有誤。"}
# Names, addresses and what has no other name in Chinese.
FOREIGN = re.compile(
    r"Alice Tan|Carol Tan|Alice's workspace|MacBook|Google|Signet|UTC|\S*@\S+|https?://\S+|\S+\.test\b"
)


@dataclass(frozen=True)
class Shown:
    """A mail that was written."""

    name: str
    language: str
    subject: str
    html: str
    text: str
    size: int


@pytest.fixture(scope="module")
def mails(tmp_path_factory: pytest.TempPathFactory) -> list[Shown]:
    """Every letter in every language."""
    written = []
    for language in LANGUAGES:
        kit = Kit("notify", tmp_path_factory.mktemp(language))
        for what in HAPPENINGS:
            happen(kit, what, language, **_words(what.type, what.data, language))
        written += [_shown(kit, row) for row in rows(kit)]
    FOLDER.mkdir(parents=True, exist_ok=True)
    for one in written:
        (FOLDER / f"{one.name}.html").write_text(one.html)
        (FOLDER / f"{one.name}.txt").write_text(f"{one.subject}\n\n{one.text}")
    return written


def _words(type: str, data: dict[str, Any], language: str) -> dict[str, Any]:
    """An example in the reader's language, at a time to come."""
    if type.startswith("identity."):
        soon = {"expires_at": (datetime.now(UTC) + timedelta(minutes=10)).isoformat()}
        return soon if type == "identity.code_requested.v1" else {}
    if type == "workspace.removals_announced.v1":
        return {"agreements": [{"public_id": "agr_1", "title": TITLES[language]}]}
    if type.startswith(("workspace.", "billing.")):
        return {}
    words: dict[str, Any] = {"title": TITLES[language]}
    if type == "signing.invited.v1":
        words |= {"message": MESSAGES[language], "deadline": "2126-11-22T08:00:00+00:00"}
    if type == "signing.code_requested.v1":
        words["expires_at"] = (datetime.now(UTC) + timedelta(minutes=10)).isoformat()
    if type in ("agreement.voided.v1", "agreement.declined.v1"):
        words["reason"] = REASONS[language]
    return words


def _shown(kit: Kit, row: Any) -> Shown:
    mail = mail_of(kit, row)
    own = "-own" if row.params.get("own") else ""
    name = f"{row.template}{own}.{row.language}"
    return Shown(
        name, row.language, mail["Subject"], body(mail, "html"), body(mail, "plain"), len(body(mail, "html").encode())
    )


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser.new_page()
        browser.close()


def test_every_letter_is_here(mails: list[Shown]) -> None:
    assert {one.name.removesuffix("-own").split(".")[0].removesuffix("-own") for one in mails} == set(LETTERS["en"])


@pytest.mark.parametrize("width", [360, 640])
def test_no_mail_is_wider_than_its_window(mails: list[Shown], page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    wide = []
    for one in mails:
        page.set_content(one.html)
        page.screenshot(path=FOLDER / f"{one.name}.{width}.png", full_page=True)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(one.name)
    assert wide == []


def test_axe_finds_nothing_in_light_and_in_the_dark(mails: list[Shown], page: Page) -> None:
    """A mail is not a page: it stands inside one, which has the landmarks."""
    found = []
    for scheme, language in (("light", "en"), ("dark", "zh-Hans")):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for one in (one for one in mails if one.language == language):
            page.set_content(one.html)
            found += [f"{scheme} {one.name}: {flaw}" for flaw in _violations(page)]
            if one.name.startswith("invitation"):
                page.screenshot(path=FOLDER / f"{one.name}.{scheme}.png", full_page=True)
    page.emulate_media(color_scheme="light")
    assert found == []


def _violations(page: Page) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(f"() => {{ {AXE.read_text()} }}")
    rules = {"rules": {name: {"enabled": False} for name in ("region", "landmark-one-main")}}
    found = page.evaluate("async rules => (await axe.run(document, rules)).violations", rules)
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


def test_without_its_style_sheet_a_mail_is_the_same(mails: list[Shown], page: Page) -> None:
    """Some readers take away the head."""
    page.set_viewport_size({"width": 640, "height": 700})
    mail = next(one for one in mails if one.name == "invitation.en")
    page.set_content(mail.html)
    whole = page.screenshot(full_page=True)
    page.set_content(re.sub(r"<style>.*?</style>", "", mail.html, flags=re.S))
    assert page.screenshot(full_page=True) == whole


def test_both_parts_have_the_same_links_and_all_are_absolute(mails: list[Shown]) -> None:
    for one in mails:
        hrefs = re.findall(r'href="([^"]*)"', one.html)
        assert all(href.startswith(("http://signet.test", "https://signet.test")) for href in hrefs), one.name
        assert set(hrefs) == set(URL.findall(one.text)), one.name
        assert not re.search(r"<img|<script|<link|url\(|@import| src=", one.html), one.name


def test_both_parts_say_the_same(mails: list[Shown], page: Page) -> None:
    for one in mails:
        page.set_content(one.html)
        shown = "".join(page.inner_text("body").split())
        missing = [line for line in one.text.splitlines() if not _stands_in(line, shown)]
        assert missing == [], one.name


def _stands_in(line: str, shown: str) -> bool:
    """A line's words stand in what is shown, where a label stands above its value and a code needs none."""
    words = re.sub(r"^> ?|^-- ?$|[:：]$|^(Your code:|您的验证码：|您的驗證碼：) ", "", line)
    parts = re.split(r": |：", words, maxsplit=1)
    return "".join(words.split()) in shown or all("".join(part.split()) in shown for part in parts)


def test_no_mail_is_cut_off(mails: list[Shown]) -> None:
    """Gmail cuts what is longer than 102 kB."""
    assert max(one.size for one in mails) < 20_000


def test_no_word_of_a_chinese_mail_is_left_in_english(mails: list[Shown]) -> None:
    for one in mails:
        if one.language != "en":
            left = re.findall(r"[A-Za-z]{2,}", FOREIGN.sub("", f"{one.subject}\n{one.text}"))
            assert left == [], one.name


def test_the_title_and_the_preview_stand_before_all_else(mails: list[Shown]) -> None:
    for one in mails:
        hidden = re.search(r"display:none[^>]*>([^<]+?)(&#8199;|\u2007)", one.html)
        assert hidden and len(hidden[1].strip()) > 8, one.name


def test_the_longest_that_people_may_type_neither_sticks_out_nor_is_cut(tmp_path: Path, page: Page) -> None:
    kit = Kit("notify", tmp_path)
    what = next(one for one in HAPPENINGS if "invitation" in one.letters)
    happen(
        kit, what, title="W" * 60, message="字" * 4000 + "\n" + "x" * 1000, name="N" * 200, workspace_name="K" * 200,
        sender={**ALICE, "name": "é" * 200, "email": "a" * 60 + "@" + "b" * 60 + ".example"},
        email=BOB["email"],
    )  # fmt: skip
    mail = mail_of(kit, rows(kit)[0])
    page.set_viewport_size({"width": 360, "height": 700})
    page.set_content(body(mail, "html"))
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert len(mail.as_bytes()) < 100_000 and "字" * 4000 in body(mail, "plain")
    assert mail["Subject"] == "W" * 60 and [one.addr_spec for one in mail["To"].addresses] == [BOB["email"]]
