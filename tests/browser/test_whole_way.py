"""The whole way in a browser: register, send to three people in order, each signs in a way of their own, verify."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Playwright, expect

from signet.cli import main
from signet.demo.contract import sample_contract
from signet.demo.mail import CODE, LINK, newest
from tests.browser.desk import PASSWORD, Desk
from tests.browser.speech import foreign, say, strangers
from tests.browser.visitor import Visitor, phone

pytestmark = [pytest.mark.suite, pytest.mark.timeout(240)]

LOCALES = {"en": "en-GB", "zh-Hans": "zh-CN", "zh-Hant": "zh-HK"}
SMALL = {"viewport": {"width": 360, "height": 740}, "screen": {"width": 360, "height": 740}}
FILE = "contract.pdf"


@dataclass(frozen=True)
class Story:
    """One run: its language, what the agreement is called, who signs, and the checks of the first two."""

    language: str
    title: str
    names: tuple[str, str, str]
    checks: tuple[str, str]

    def say(self, phrase: str, **values: object) -> str:
        return say(self.language, phrase, **values)

    @property
    def addresses(self) -> tuple[str, ...]:
        return tuple(f"{part}-{self.language.lower()}@globex.example" for part in ("first", "second", "third"))

    @property
    def sender(self) -> str:
        return f"sender-{self.language.lower()}@initech.example"

    @property
    def own(self) -> tuple[str, ...]:
        """What people called things; the sender's name is made of the address."""
        called = self.sender.partition("@")[0].replace("-", " ").title()
        return (*self.names, self.title, called)

    def expect_language(self, visitor: Visitor) -> None:
        """Everything that is shown is in the language of the story; what is not is told at the end."""
        found = strangers(visitor.page, self.language, *self.own, FILE)
        visitor.complaints += [f"{visitor.page.url} {one}" for one in found]


STORIES = [
    Story("en", "Consulting agreement", ("Bob Lim", "陳美玲", "Émile Dürr"), ("none", "email_code")),
    Story("zh-Hans", "咨询服务合同", ("王小明", "Dora Costa", "李娜"), ("email_code", "access_code")),
    Story("zh-Hant", "顧問服務合約", ("陳美玲", "黃家豪", "Bob Lim"), ("access_code", "email_code")),
]


@pytest.mark.parametrize("story", STORIES, ids=[one.language for one in STORIES])
def test_from_registering_to_a_verified_document(
    desk: Desk, chromium: Browser, playwright: Playwright, tmp_path: Path, story: Story
) -> None:
    third = desk.colleague(story.names[2], story.addresses[2])
    third.put("/api/v1/language", {"language": story.language})
    with Visitor(chromium, locale=LOCALES[story.language], viewport={"width": 1280, "height": 800}) as sender:
        agreement = send(sender, desk, story)
        with Visitor(chromium, locale="fr-FR") as first:
            sign_by_link(first, desk, story, 0)
        with Visitor(chromium, **phone(playwright, locale="fr-FR", **SMALL)) as second:
            sign_by_link(second, desk, story, 1)
        with Visitor(chromium, locale=LOCALES[story.language]) as person:
            sign_in_console(person, desk, story)
        held = download(sender, desk, story, agreement, tmp_path / FILE)
        verify(sender, desk, story, held, tmp_path)


def send(visitor: Visitor, desk: Desk, story: Story) -> str:
    """Register by the mailed code, upload, name three signers in order, place their fields, send; the agreement."""
    page = visitor.page
    register(visitor, desk, story)
    page.locator("input[type=file]").first.set_input_files(
        [{"name": FILE, "mimeType": "application/pdf", "buffer": sample_contract()}]
    )
    expect(page.get_by_role("button", name=story.say("create.preview", name=FILE))).to_be_visible(timeout=40_000)
    page.get_by_label(story.say("create.ordered")).check()
    for number, (name, address) in enumerate(zip(story.names, story.addresses, strict=True), 1):
        add_signer(page, story, number, name, address)
    page.get_by_label(story.say("create.title")).fill(story.title)
    expect(page.get_by_text(story.say("create.allSaved"))).to_be_visible()
    visitor.shot(f"whole-prepare-{story.language}")
    story.expect_language(visitor)
    page.get_by_role("button", name=story.say("create.toFields")).click()
    expect(page.locator(".ed-page").first).to_be_visible()
    for row, name in enumerate(story.names):
        place(page, story, name, "signature", 0.3, 0.3 + 0.2 * row)
        place(page, story, name, ("date", "text", "checkbox")[row], 0.7, 0.3 + 0.2 * row)
    visitor.shot(f"whole-place-{story.language}")
    story.expect_language(visitor)
    page.get_by_role("button", name=story.say("create.send"), exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name=story.say("create.send")).click()
    expect(page.get_by_role("heading", name=story.say("create.sentTitle"))).to_be_visible()
    story.expect_language(visitor)
    found = re.search(r"agr_\w+", page.url)
    assert found
    return found[0]


def register(visitor: Visitor, desk: Desk, story: Story) -> None:
    page = visitor.page
    page.goto(f"{desk.url}/register")
    page.get_by_label(story.say("entrance.email")).fill(story.sender)
    page.get_by_role("button", name=story.say("entrance.sendCode")).click()
    page.get_by_label(story.say("entrance.code")).fill(newest(desk.suite.mailbox, story.sender, CODE))
    page.get_by_label(story.say("entrance.password"), exact=True).fill(PASSWORD)
    page.locator("input[name=agreed]").check()
    story.expect_language(visitor)
    page.get_by_role("button", name=story.say("entrance.registerNow")).click()
    expect(page.get_by_role("heading", name=story.say("workbench.todo"))).to_be_visible()
    story.expect_language(visitor)


def add_signer(page: Page, story: Story, number: int, name: str, address: str) -> None:
    page.get_by_role("button", name=story.say("create.addSigner")).click()
    row = page.get_by_role("group", name=story.say("create.signer", number=number), exact=True)
    row.get_by_label(story.say("create.name")).fill(name)
    row.get_by_label(story.say("create.email")).fill(address)
    check = (*story.checks, "none")[number - 1]
    row.get_by_label(story.say("create.check")).select_option(check)
    if check == "access_code":
        row.get_by_role("textbox", name=story.say("create.accessCode")).fill("Blue42")


def place(page: Page, story: Story, name: str, kind: str, x: float, y: float) -> None:
    """Choose for whom, click a kind, click the page."""
    page.get_by_label(story.say("editor.fieldsFor")).select_option(label=name)
    before = page.locator(".ed-field").count()
    page.get_by_role("button", name=story.say(f"editor.{kind}"), exact=True).click()
    sheet = page.locator(".ed-page").first.bounding_box()
    assert sheet
    page.locator(".ed-page").first.click(position={"x": sheet["width"] * x, "y": sheet["height"] * y})
    expect(page.locator(".ed-field")).to_have_count(before + 1)


def sign_by_link(visitor: Visitor, desk: Desk, story: Story, which: int) -> None:
    """Open the mailed link, pass the check, sign; the page speaks the recipient's language, whatever the browser's."""
    address, page = story.addresses[which], visitor.page
    page.goto(f"{desk.url}/sign/{newest(desk.suite.mailbox, address, LINK)}")
    expect_mail(desk, story, address)
    pass_check(visitor, desk, story, which)
    press(page, story, "agree")
    fill_in(visitor, story, which)
    expect(page.get_by_role("heading", name=story.say("signing.signedTitle"))).to_be_visible(timeout=30_000)
    visitor.shot(f"whole-signed-{which}-{story.language}")
    story.expect_language(visitor)


def expect_mail(desk: Desk, story: Story, address: str) -> None:
    mail = desk.suite.mailbox.mails(address)[-1]
    lines = [line for line in (mail.subject, *mail.text.splitlines()) if "http" not in line]
    assert not foreign(lines, story.language, *story.own), mail.text


def pass_check(visitor: Visitor, desk: Desk, story: Story, which: int) -> None:
    page = visitor.page
    match story.checks[which]:
        case "access_code":
            code = "Blue42"
        case "email_code":
            press(page, story, "sendCode")
            expect(page.locator("#code")).to_be_visible()
            code = newest(desk.suite.mailbox, story.addresses[which], CODE)
        case _:
            return
    story.expect_language(visitor)
    page.locator("#code").fill(code)
    press(page, story, "continue")


def fill_in(visitor: Visitor, story: Story, which: int) -> None:
    """Adopt the typed name, fill the second field, finish."""
    page = visitor.page
    expect(page.locator(".card img").first).to_be_visible()
    visitor.shot(f"whole-adopt-{which}-{story.language}")
    story.expect_language(visitor)
    press(page, story, "adopt")
    if which == 0:
        touch(page.locator(".field.date"))
    elif which == 1:
        touch(page.locator(".field.text"))
        page.get_by_role("textbox").fill(story.title)
        press(page, story, "keep")
    else:
        touch(page.locator(".field.checkbox"))
    expect(page.get_by_text(story.say("signing.nOfM", n=2, m=2))).to_be_visible()
    story.expect_language(visitor)
    press(page, story, "finish")
    story.expect_language(visitor)
    press(page, story, "finishConfirm")


def press(page: Page, story: Story, word: str) -> None:
    """Press a button of the signing page: by finger where there is touch."""
    touch(page.get_by_role("button", name=story.say(f"signing.{word}"), exact=True))


def touch(target: Locator) -> None:
    if target.page.evaluate("navigator.maxTouchPoints"):
        target.tap()
    else:
        target.click()


def sign_in_console(visitor: Visitor, desk: Desk, story: Story) -> None:
    """The third has an account: logs in, finds the agreement where action is required, signs there."""
    page = visitor.page
    page.goto(f"{desk.url}/login")
    page.get_by_label(story.say("entrance.email")).fill(story.addresses[2])
    page.get_by_label(story.say("entrance.password"), exact=True).fill(PASSWORD)
    page.get_by_role("button", name=story.say("entrance.login"), exact=True).click()
    page.get_by_role("link", name=story.say("workbench.action_required")).click()
    expect(page.get_by_role("link", name=story.title)).to_be_visible()
    story.expect_language(visitor)
    page.get_by_role("link", name=story.say("agreements.sign"), exact=True).click()
    press(page, story, "agree")
    fill_in(visitor, story, 2)
    expect(page.get_by_role("heading", name=story.say("signing.completedTitle"))).to_be_visible(timeout=60_000)
    expect(page.get_by_role("link", name=story.say("signing.getDocument"))).to_be_visible()
    visitor.shot(f"whole-completed-{story.language}")
    story.expect_language(visitor)
    page.get_by_role("link", name=story.say("signing.backToAgreement")).click()
    expect(page.get_by_role("heading", name=story.title)).to_be_visible()


def download(visitor: Visitor, desk: Desk, story: Story, agreement: str, target: Path) -> Path:
    """The sender finds it completed and takes the signed document from the console."""
    page = visitor.page
    page.goto(f"{desk.url}/agreements?category=completed")
    page.get_by_role("link", name=story.title).click()
    expect(page).to_have_url(re.compile(agreement))
    page.get_by_role("button", name=story.say("agreements.download")).click()
    story.expect_language(visitor)
    with page.expect_download() as held:
        page.get_by_role("menuitem", name=story.say("agreements.downloadDocument")).click()
    held.value.save_as(target)
    return target


def verify(visitor: Visitor, desk: Desk, story: Story, held: Path, folder: Path) -> None:
    """The command and the public page say the same: authentic, by these three."""
    root = folder / "root.pem"
    root.write_bytes(desk.alice.download("/api/v1/certificates/root"))
    assert main(["verify", str(held), "--trust", str(root), "--language", story.language]) == 0
    page = visitor.page
    page.goto(f"{desk.url}/verify")
    page.set_input_files("input[type=file]", held)
    expect(page.locator("#verdict")).to_have_text(story.say("signing.verify_authentic"), timeout=60_000)
    for name in story.names:
        expect(page.get_by_text(name).first).to_be_visible()
    visitor.shot(f"whole-verified-{story.language}")
    story.expect_language(visitor)
