"""How soon the first page is there on a slow phone, and how much script comes before it can be used."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, expect

from tests.browser.desk import Desk, Person
from tests.browser.visitor import Visitor, phone

pytestmark = [pytest.mark.suite, pytest.mark.timeout(180)]

SLOW = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
SCRIPT_BYTES, FIRST_PAGE, SHIFT = 40_000, 1.5, 0.02
TRIES = 3  # a machine that does other things meanwhile is not what is measured
MEASURE = """() => new Promise(done => {
  const seen = {shift: 0, page: 0};
  const watch = (type, take) =>
    new PerformanceObserver(list => list.getEntries().forEach(take)).observe({type, buffered: true});
  watch('layout-shift', one => { if (!one.hadRecentInput) seen.shift += one.value; });
  watch('largest-contentful-paint', one => { if (one.element?.id === 'first') seen.page ||= one.startTime; });
  seen.scripts = performance.getEntriesByType('resource')
    .filter(one => one.name.endsWith('.js')).map(one => [one.name, one.encodedBodySize]);
  setTimeout(() => done(seen), 500);
})"""


def measured(visitor: Visitor, address: str) -> dict[str, Any]:
    """Open the address as on a slow phone; what was seen, times in milliseconds."""
    tools = visitor.context.new_cdp_session(visitor.page)
    tools.send("Network.enable")
    tools.send("Network.emulateNetworkConditions", SLOW)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    visitor.page.goto(address)
    expect(visitor.page.get_by_role("button", name="Agree and start")).to_be_visible()
    return dict(visitor.page.evaluate(MEASURE))


def test_the_first_page_is_there_soon_on_a_slow_phone(desk: Desk, chromium: Browser, playwright: Playwright) -> None:
    carol = Person()
    desk.send(carol)
    address = desk.link(carol)
    with Visitor(chromium, **phone(playwright)) as warm:
        warm.page.goto(address)
        expect(warm.page.get_by_role("button", name="Agree and start")).to_be_visible()
    tries = []
    while len(tries) < TRIES and (not tries or tries[-1]["page"] > FIRST_PAGE * 1000):
        with Visitor(chromium, **phone(playwright)) as visitor:
            tries.append(seen := measured(visitor, address))
            script = sum(size for _, size in seen["scripts"])
            print(f"first page {seen['page'] / 1000:.2f} s, script {script:,} bytes, shift {seen['shift']:.4f}")
            assert 0 < script <= SCRIPT_BYTES
            assert seen["shift"] < SHIFT
    assert 0 < min(one["page"] for one in tries) / 1000 <= FIRST_PAGE
