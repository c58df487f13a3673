"""Anybody checks a finished file in the browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, expect

from signet.demo.contract import sample_contract
from signet.demo.flow import Signer
from tests.browser.desk import Desk, Person
from tests.browser.visitor import Visitor, phone
from tests.support import eventually

pytestmark = [pytest.mark.suite, pytest.mark.timeout(240)]


def test_a_finished_file_is_told_from_a_changed_one(
    desk: Desk, chromium: Browser, playwright: Playwright, tmp_path: Path
) -> None:
    carol = Person()
    agreement = desk.send(carol)
    desk.link(carol)
    desk.demo.sign(Signer(carol.name, carol.email, 1, "none"))
    assert eventually(lambda: desk.status(agreement) == "completed", 60, 0.5)
    good, bad, plain = (tmp_path / name for name in ("good.pdf", "bad.pdf", "plain.pdf"))
    good.write_bytes(desk.file(agreement))
    bad.write_bytes(good.read_bytes().replace(b"Signature", b"Signatura", 1) + b"\n% more")
    plain.write_bytes(sample_contract())
    with Visitor(chromium, **phone(playwright)) as visitor:
        page = visitor.page
        page.goto(f"{desk.url}/verify/{agreement}")
        expect(page.get_by_text(agreement)).to_be_visible()
        visitor.expect_accessible()
        for path, verdict in ((good, "Authentic"), (bad, "Not authentic"), (plain, "Cannot tell")):
            page.set_input_files("input[type=file]", path)
            expect(page.locator("#verdict")).to_have_text(verdict, timeout=60_000)
            visitor.shot(f"verify-{path.stem}")
            visitor.expect_accessible()
            if path is good:
                expect(page.get_by_text("Carol Wu")).to_be_visible()
                expect(page.get_by_text("This file is the document of agreement")).to_be_visible()
        page.get_by_role("combobox").select_option("zh-Hans")
        expect(page.locator("#verdict")).to_have_text("无法判断", timeout=60_000)
        visitor.expect_accessible()
        page.goto(f"{desk.url}/verify/agr_unknown")
        expect(page.get_by_role("status").first).not_to_be_empty()
