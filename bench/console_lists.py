"""The list in a browser: ``python -m bench.console_lists [agreements] [embedded] [spread]``.

A workspace is filled, its admin opens the list in chromium; each figure is from the click, or the last key, to the
first frame that shows the rows, the best of seven, in milliseconds. ``embedded`` is `signet up` on SQLite, ``spread``
every service as its own processes on PostgreSQL.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator

from playwright.sync_api import Page, sync_playwright

from bench.lists import fill
from chassis.database import EVERYONE, Database
from chassis.ids import parse_public_id
from chassis.tokens import Kind, Principal
from services.agreement.models import Agreement
from signet.demo.flow import Demo
from signet.demo.http import Browser
from tests.browser.desk import cookies
from tests.suite.harness import Embedded, Spread

TIMES = 7
WATCH = """
([selector, action, value]) => new Promise((resolve, reject) => {
  const rows = () => document.querySelector(".rows tbody, .rows-empty")?.textContent ?? "";
  const before = rows(), give_up = performance.now() + 20000, element = [...document.querySelectorAll(selector)].at(-1);
  if (!element) return reject(new Error("nothing at " + selector));
  const type = () => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(element, value);
    element.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const choose = () => {
    Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, "value").set.call(element, value);
    element.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const begin = performance.now();
  ({ click: () => element.click(), type, choose })[action]();
  const look = (now) => {
    if (rows() !== before && !document.querySelector("[aria-busy=true]")) return resolve(performance.now() - begin);
    if (now > give_up) return reject(new Error("no other rows after " + selector));
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})
"""
SEARCH = 'input[type="search"]'
STATUS = '[role="search"] select'


def _category(name: str) -> str:
    return f'nav.categories a[href$="category={name}"]'


STEPS: tuple[tuple[str, str, str, str, str], ...] = (
    ("category: completed", "", _category("completed"), "click", ""),
    ("category: expiring soon", "", _category("expiring_soon"), "click", ""),
    ("category: waiting for others", "", _category("waiting_for_others"), "click", ""),
    ("next page", "", 'nav a[href*="cursor="]', "click", ""),
    ("status: voided", "", STATUS, "choose", "voided"),
    ("search: lease", "", SEARCH, "type", "lease"),
    ("search: one in all (No 77777)", "", SEARCH, "type", "no 77777"),
    ("search: nothing found", "", SEARCH, "type", "zebra crossing"),
    ("search: 小明", "", SEARCH, "type", "小明"),
    ("search: 陈", "", SEARCH, "type", "陈"),
    ("search clears", "?q=lease", SEARCH, "type", ""),
    ("completed in a week of May", "?completed_from=2026-05-01", 'input[type="date"]', "type", "2026-05-07"),
)


def run(suite: Embedded | Spread, wiring: str, count: int, database: str) -> Iterator[tuple[str, str, str]]:
    """Fill and measure one running suite."""
    demo = Demo(suite.url, suite.mailbox, lambda text: None)
    alice = demo.register("Alice Tan", "alice@acme.example", "SG")
    db = Database(database, "agreement")
    fill(db, _principal(alice, db), count)
    db.engine.dispose()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.add_cookies(cookies(alice, suite.url))  # type: ignore[arg-type]
        page = context.new_page()
        for name, spent in _measure(page, suite.url):
            yield name, wiring, f"{spent:.0f} ms"
        browser.close()
    for kind in ("csv", "xlsx"):
        yield _export(alice, suite.url, kind, wiring)


def _principal(alice: Browser, db: Database) -> Principal:
    """Alice as *agreement* knows her, by a draft of hers."""
    key = parse_public_id("agr", alice.post("/api/v1/agreements")["id"])
    with db.read(EVERYONE) as session:
        draft = session.get_one(Agreement, key)
    return Principal(Kind.USER, str(draft.initiator_id), draft.workspace_id, frozenset({"admin"}), "alice@acme.example")


def _measure(page: Page, url: str) -> Iterator[tuple[str, float]]:
    yield "open the list: rows and counts shown", min(_opened(page, url) for _ in range(TIMES))
    for name, query, selector, action, value in STEPS:
        yield name, min(_step(page, url, query, selector, action, value) for _ in range(TIMES))


def _opened(page: Page, url: str) -> float:
    """From the navigation's start to the frame that shows rows and numbers."""
    page.goto(f"{url}/agreements")
    spent: float = page.evaluate(
        """() => new Promise((resolve, reject) => {
          const look = (now) => {
            if (document.querySelector(".rows tbody tr") && document.querySelector(".count")?.textContent)
              return resolve(performance.now());
            return now > 30000 ? reject(new Error("no rows")) : requestAnimationFrame(look);
          };
          requestAnimationFrame(look);
        })"""
    )
    return spent


def _step(page: Page, url: str, query: str, selector: str, action: str, value: str) -> float:
    page.goto(f"{url}/agreements{query}")
    page.locator(".rows tbody tr").first.wait_for()
    page.wait_for_load_state("networkidle")
    spent: float = page.evaluate(WATCH, [selector, action, value])
    return spent


def _export(alice: Browser, url: str, kind: str, wiring: str) -> tuple[str, str, str]:
    """The whole list, or for XLSX, which holds 20,000, those voided."""
    query = "" if kind == "csv" else "?status=voided"
    begin = time.perf_counter()
    content = alice.download(f"/api/v1/agreements/export.{kind}{query}")
    spent = time.perf_counter() - begin
    return (
        f"export as {kind.upper()}{' (voided)' if query else ''}, {len(content) / 1e6:.1f} MB",
        wiring,
        f"{spent:.1f} s",
    )


def rows(count: int = 100_000, wirings: tuple[str, ...] = ("embedded", "spread")) -> Iterator[tuple[str, str, str]]:
    """The figures of the wirings."""
    if "embedded" in wirings:
        with Embedded() as suite:
            yield from run(suite, f"SQLite, {count:,}", count, f"sqlite:///{suite.home / 'agreement.db'}")
    if "spread" in wirings:
        with Spread() as spread:
            database = spread.environment["agreement"]["DATABASE_URL"]
            yield from run(spread, f"PostgreSQL, {count:,}", count, database)


if __name__ == "__main__":
    words = sys.argv[1:]
    total = next((int(word) for word in words if word.isdigit()), 100_000)
    chosen = tuple(word for word in words if not word.isdigit()) or ("embedded", "spread")
    for figure, wiring, value in rows(total, chosen):
        print(f"{figure:<48} {wiring:<24} {value}", flush=True)
