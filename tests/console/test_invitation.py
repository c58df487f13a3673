"""People join a workspace they are invited to: with an account, without one, logged in as somebody else, too late."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from signet.demo.http import Browser as Session
from signet.demo.mail import newest
from tests.browser.desk import PASSWORD, Desk, cookies
from tests.browser.visitor import Visitor
from tests.console.people import as_alice, log_in

pytestmark = [pytest.mark.suite, pytest.mark.timeout(180)]
MEMBERS = "/api/v1/workspace/members"
LINK = r"(https?://[^\s<>]+/invitation\?token=ivt_[A-Za-z0-9_-]{43})"


@dataclass
class Company:
    """Grace's company, in which she is the only admin at first."""

    desk: Desk
    grace: Session

    def invite(self, name: str, email: str, *roles: str, **more: str) -> tuple[str, str]:
        """Grace invites somebody; the member's id and the mailed link."""
        form = {"name": name, "email": email, "roles": list(roles) or ["initiator"], **more}
        member: str = self.grace.post(MEMBERS, form)["id"]
        return member, newest(self.desk.suite.mailbox, email, LINK)


@pytest.fixture(scope="module")
def company(desk: Desk) -> Company:
    return Company(desk, desk.colleague("Grace Ho", "grace@umbrella.example"))


def expect_to_be_in(page: Page, workspace: str) -> None:
    """Wait for the workbench, in this workspace."""
    expect(page.get_by_role("heading", name="To do")).to_be_visible()
    page.get_by_role("button", name="Account:").click()
    expect(page.get_by_role("menuitem", name="Workspace")).to_contain_text(workspace)


def test_hana_has_no_account_sets_a_password_and_is_in(company: Company, desk: Desk, chromium: Browser) -> None:
    _, link = company.invite("Hana Mori", "hana@umbrella.example", "admin", "initiator")
    with Visitor(chromium, viewport={"width": 360, "height": 740}) as visitor:
        page = visitor.page
        page.goto(link)
        expect(page.get_by_role("heading", name="Join Grace Ho's workspace")).to_be_visible()
        expect(page.get_by_text("grace@umbrella.example")).to_be_visible()
        expect(page.get_by_label("Your name")).to_have_value("Hana Mori")
        visitor.shot("invitation-new-360")
        page.get_by_role("button", name="Create account and join").click()
        expect(page.get_by_text("Please agree to the three texts.")).to_be_visible()
        visitor.expect_accessible()
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_label("I agree to").check()
        page.get_by_role("button", name="Create account and join").click()
        expect_to_be_in(page, "Grace Ho's workspace")
        page.goto(link)
        expect(page.get_by_role("heading", name="This invitation was accepted")).to_be_visible()
        mine = page.evaluate("fetch('/api/v1/session').then((answer) => answer.json())")
        assert [one["roles"] for one in mine["workspaces"]] == [["admin", "initiator"]]
    found = company.grace.get(f"{MEMBERS}?search=hana")["items"][0]
    assert (found["status"], found["name"]) == ("enabled", "Hana Mori")


def test_ivan_has_an_account_logs_in_and_accepts(company: Company, desk: Desk, chromium: Browser) -> None:
    desk.colleague("Ivan Koh", "ivan@hooli.example")
    _, link = company.invite("Ivan Koh", "ivan@hooli.example")
    with Visitor(chromium) as visitor:
        page = visitor.page
        page.goto(link)
        expect(page.get_by_role("link", name="Log in to accept")).to_be_visible()
        visitor.shot("invitation-known-1280")
        visitor.expect_accessible()
        page.get_by_role("link", name="Log in to accept").click()
        log_in(page, desk, "ivan@hooli.example")
        page.get_by_role("button", name="Accept and join").click()
        expect_to_be_in(page, "Grace Ho's workspace")


def test_invitations_are_listed_after_logging_in(company: Company, desk: Desk, chromium: Browser) -> None:
    judy = desk.colleague("Judy Ng", "judy@hooli.example")
    company.invite("Judy Ng", "judy@hooli.example")
    with Visitor(chromium) as visitor:
        visitor.context.add_cookies(cookies(judy, desk.url))  # type: ignore[arg-type]
        page = visitor.page
        page.goto(desk.url)
        expect(page.get_by_text("Grace Ho invites you to join Grace Ho's workspace.")).to_be_visible()
        visitor.shot("invitation-listed-1280")
        visitor.expect_accessible()
        page.get_by_role("button", name="Accept and join").click()
        expect_to_be_in(page, "Grace Ho's workspace")
        expect(page.get_by_text("invites you to join")).to_have_count(0)


def test_a_wrong_account_is_told_and_a_withdrawn_or_replaced_link_says_so(
    company: Company, desk: Desk, chromium: Browser
) -> None:
    member, link = company.invite("Kim", "kim@hooli.example", language="zh-Hant")
    with Visitor(chromium) as visitor:
        page = as_alice(visitor, desk)
        page.goto(link)
        expect(page.get_by_role("heading", name="This invitation is for somebody else")).to_be_visible()
        expect(page.get_by_text("kim@hooli.example")).to_be_visible()
        visitor.expect_accessible()
    with Visitor(chromium, locale="zh-Hant") as visitor:
        page = visitor.page
        page.goto(link)
        expect(page.get_by_role("button", name="建立帳戶並加入")).to_be_visible()
        visitor.shot("invitation-new-zh-Hant")
        company.grace.ask("DELETE", f"{MEMBERS}/{member}/invitation")
        page.reload()
        expect(page.get_by_role("heading", name="此邀請已失效")).to_be_visible()
        visitor.expect_accessible()
