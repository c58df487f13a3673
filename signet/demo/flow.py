"""The steps of the demonstration, in order."""

from __future__ import annotations

import io
import secrets
import string
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from signet.demo.http import Browser, Refused, wait_for
from signet.demo.mail import CODE, LINK, Mailbox, newest

PASSWORD = "Correct-Horse-7-Battery"  # noqa: S105  (accounts of a demonstration)
ACCESS_CODE = "Blue42"
NAMES = ("Bob Lim", "陳美玲", "王小明", "Dora Costa", "Émile Dürr")
KINDS = (
    ("signature", 0.04, 0.24),
    ("stamp", 0.30, 0.14),
    ("text", 0.46, 0.2),
    ("date", 0.68, 0.16),
    ("checkbox", 0.86, 0.03),
)
LEAST_WIDTH = {"text": 48, "date": 48, "checkbox": 10}  # points
LEAST_HEIGHT = {"checkbox": 10}


@dataclass
class Signer:
    """One recipient of the demonstration and the check they pass."""

    name: str
    email: str
    position: int
    check: str
    id: str = ""


@dataclass(frozen=True)
class Demo:
    """Where the demonstration runs, and what it says while it does."""

    url: str
    mailbox: Mailbox
    say: Callable[[str], None]

    def run(self, pdf: bytes, name: str, out: Path, signers: int, ordered: bool) -> str:
        """Take one PDF through; writes `document.pdf`, `certificate.pdf` and `audit.json`; the agreement's id."""
        alice, agreement, people = self.prepare(pdf, name, signers, ordered)
        self.say(f"sending {agreement} to {len(people)} signers")
        alice.post(f"/api/v1/agreements/{agreement}/send")
        for person in people:
            self.sign(person)
        self.collect(alice, agreement, out)
        return agreement

    def prepare(self, pdf: bytes, name: str, signers: int, ordered: bool) -> tuple[Browser, str, list[Signer]]:
        """Two companies' people register and the first makes a draft; she, the agreement's id, the signers."""
        tag = "".join(secrets.choice(string.ascii_lowercase) for _ in range(8))
        alice = self.register("Alice Tan", f"alice-{tag}@acme.example", "SG")
        self.register(NAMES[0], f"signer1-{tag}@globex.example", "HK")
        people = make_signers(signers, tag, ordered)
        return alice, self.draft(alice, pdf, name, people, ordered), people

    def collect(self, alice: Browser, agreement: str, out: Path) -> None:
        """Wait for completion and write the three files, and the roots to verify them with."""
        self.say("waiting for the finished document")
        wait_for(lambda: alice.get(f"/api/v1/agreements/{agreement}")["status"] == "completed" or None, "completion")
        out.mkdir(parents=True, exist_ok=True)
        for file, target in (("document", "document.pdf"), ("certificate", "certificate.pdf"), ("audit", "audit.json")):
            (out / target).write_bytes(alice.download(f"/api/v1/agreements/{agreement}/files/{file}"))
        (out / "root.pem").write_bytes(alice.download("/api/v1/certificates/root"))

    def register(self, name: str, email: str, region: str) -> Browser:
        """Register with the mailed code, log in, and wait for the first workspace."""
        self.say(f"registering {email}")
        browser = Browser(self.url)
        browser.post("/api/v1/registration/codes", {"email": email})
        versions = browser.get("/api/v1/registration/consents")
        body = {
            "email": email,
            "password": PASSWORD,
            "name": name,
            "region": region,
            "consents": versions,
        }
        self.give_code(email, lambda code: browser.post("/api/v1/registration", {**body, "code": code}))
        browser.log_in(email, PASSWORD)
        wait_for(lambda: browser.get("/api/v1/session")["workspace"], "the workspace")
        return browser

    def draft(self, alice: Browser, pdf: bytes, name: str, people: list[Signer], ordered: bool) -> str:
        """Make the draft: document, recipients, five kinds of fields for each; on a signed file signatures alone."""
        deadline = (datetime.now(UTC) + timedelta(days=14)).isoformat()
        values = {
            "title": "Please sign: " + name[:40],
            "message": "Thank you.",
            "deadline": deadline,
            "ordered": ordered,
        }
        agreement: str = alice.post("/api/v1/agreements", values)["id"]
        path = f"/api/v1/agreements/{agreement}"
        self.say(f"uploading {name} ({len(pdf):,} bytes)")
        files = {"file": (name, pdf, "application/pdf")}
        document = alice.post(f"{path}/documents", None, files=files)
        rows = [recipient_row(person) for person in people]
        answer = alice.put(f"{path}/recipients", {"recipients": rows})
        for person, row in zip(people, answer["recipients"], strict=True):
            person.id = row["id"]
        placed = place_fields(people, document["id"], document["pages"])
        possible = [row for row in placed if row["kind"] == "signature" or not document["signed"]]
        alice.put(f"{path}/fields", {"fields": possible})
        return agreement

    def sign(self, person: Signer) -> None:
        """Open the mailed link, pass the check, fill every field, finish."""
        self.say(f"{person.name} signs")
        link = newest(self.mailbox, person.email, LINK)
        browser = Browser(self.url, link)
        path = "/api/v1/signing/link"
        self.pass_check(browser, path, person)
        browser.post(f"{path}/open")
        state = browser.get(path)
        browser.post(f"{path}/consent", {"version": state["consent"]["version"]})
        for row in state["fields"]:
            fill(browser, f"{path}/fields/{row['id']}", row, person)
        browser.post(f"{path}/finish")

    def pass_check(self, browser: Browser, path: str, person: Signer) -> None:
        """Give the access code, or the code from the mail."""
        if person.check == "access_code":
            browser.post(f"{path}/checks/access-code", {"code": ACCESS_CODE})
        if person.check == "email_code":
            browser.post(f"{path}/checks/email-code")
            self.give_code(person.email, lambda code: browser.post(f"{path}/checks/email-code/verify", {"code": code}))

    def give_code(self, email: str, give: Callable[[str], Any]) -> Any:
        """Give the newest mailed code; when a suite that was killed mailed another one since, wait for that one."""
        given: set[str] = set()
        while True:
            code = newest(self.mailbox, email, CODE, given)
            try:
                return give(code)
            except Refused as refusal:
                if refusal.document.get("code") != "code_wrong":
                    raise
                given.add(code)


def make_signers(count: int, tag: str, ordered: bool) -> list[Signer]:
    """The first has an access code, the second a mailed code, the others only the link."""
    checks = ["access_code", "email_code"] + ["none"] * count
    domains = ["globex.example", "acme.example"]
    return [
        Signer(NAMES[n % len(NAMES)], f"signer{n + 1}-{tag}@{domains[n % 2]}", n + 1 if ordered else 1, checks[n])
        for n in range(count)
    ]


def recipient_row(person: Signer) -> dict[str, Any]:
    language = "zh-Hant" if person.name > "一" else "en"
    row = {"name": person.name, "email": person.email, "position": person.position, "language": language}
    code = {"access_code": ACCESS_CODE} if person.check == "access_code" else {}
    return {**row, "check": person.check, **code}


def place_fields(people: list[Signer], document: str, pages: list[dict[str, float]]) -> list[dict[str, Any]]:
    """Five fields in a row for each signer, from the last page backwards; on a small page fewer rows, of 14 points."""
    rows: list[dict[str, Any]] = []
    page, line = len(pages) - 1, 0
    for person in people:
        step = max(0.075, 18 / pages[page]["height"])
        if 0.2 + step * (line + 1) > 1 and line:
            page, line = max(page - 1, 0), 0
        common = {"recipient_id": person.id, "document_id": document, "page": page, "required": True}
        rows += [{**common, **place} for place in row_of_fields(pages[page], 0.2 + step * line)]
        line += 1
    return rows


def row_of_fields(page: dict[str, float], y: float) -> Iterator[dict[str, Any]]:
    """Kind and place of the five fields of one row."""
    for kind, x, width in KINDS:
        wide = min(max(width, LEAST_WIDTH.get(kind, 14) / page["width"]), 1.0)
        high = min(max(0.02 if kind == "checkbox" else 0.05, LEAST_HEIGHT.get(kind, 14) / page["height"]), 1.0)
        yield {"kind": kind, "x": min(x, 1 - wide), "y": min(y, 1 - high), "width": wide, "height": high}


def fill(browser: Browser, path: str, row: dict[str, Any], person: Signer) -> None:
    """Give a field the value its kind takes."""
    match row["kind"]:
        case "signature":
            browser.put(
                path, {"typed": {"name": person.name, "style": row["styles"][0] if row.get("styles") else "caveat"}}
            )
        case "stamp":
            browser.put(path, None, files={"image": ("stamp.png", stamp_image(person.name), "image/png")})
        case "text":
            browser.put(path, {"text": "Agreed · 同意"})
        case "date":
            browser.put(path, {"text": datetime.now(UTC).date().isoformat()})
        case "checkbox":
            browser.put(path, {"checked": True})


def stamp_image(name: str) -> bytes:
    """A round red stamp with an initial, as PNG."""
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGBA", (400, 400), (255, 255, 255, 0))
    draw = ImageDraw.Draw(image)
    draw.ellipse((12, 12, 388, 388), outline=(200, 20, 30, 255), width=14)
    if name.isascii():
        draw.text((200, 200), name[:1], anchor="mm", fill=(200, 20, 30, 255), font=ImageFont.load_default(180))
    else:
        draw.regular_polygon((200, 205, 110), 5, fill=(200, 20, 30, 255))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
