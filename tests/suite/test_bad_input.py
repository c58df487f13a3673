"""Bad input gets a 4xx with a stable code, and changes nothing."""

from __future__ import annotations

import io
import json
import zlib

import pikepdf
import pytest

from signet.demo.flow import Demo, stamp_image
from tests.suite.papers import reportlab_contract

pytestmark = pytest.mark.suite
MIB = 1 << 20


@pytest.fixture(scope="module")
def alice(embedded):
    return Demo(embedded.url, embedded.mailbox, print).register("Alice Tan", "alice-bad@acme.example", "SG")


@pytest.fixture
def draft(alice):
    """A draft's path, checked to be as it was after the test."""
    path = "/api/v1/agreements/" + alice.post("/api/v1/agreements", {"title": "Draft"})["id"]
    before = alice.get(path)
    yield path
    assert alice.get(path) == before


def encrypted() -> bytes:
    out = io.BytesIO()
    pikepdf.open(io.BytesIO(reportlab_contract())).save(out, encryption=pikepdf.Encryption(user="secret", owner="o"))
    return out.getvalue()


def bomb() -> bytes:
    """A page whose content inflates to half a gibibyte."""
    squeezed = zlib.compress(b"0 0 m\n" * (90 * MIB), 9)
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    page.Contents = pdf.make_stream(b"")
    page.Contents.write(squeezed, filter=pikepdf.Name.FlateDecode)
    out = io.BytesIO()
    pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue()


def huge_page() -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page().MediaBox = pikepdf.Array([0, 0, 1_000_000, 1_000_000])
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


FILES = {
    "empty": (lambda: b"", 422, "pdf_not_a_pdf"),
    "a picture": (
        lambda: stamp_image("X"),
        422,
        "pdf_not_a_pdf",
    ),
    "text": (lambda: b"hello, I am a contract", 422, "pdf_not_a_pdf"),
    "cut off": (lambda: reportlab_contract()[:400], 422, "pdf_damaged"),
    "encrypted": (encrypted, 422, "pdf_encrypted"),
    "a page of a million points": (huge_page, 422, "pdf_page_size"),
    "a bomb": (bomb, 422, "pdf_too_complex"),
    "one byte over 60 MiB": (lambda: reportlab_contract().ljust(60 * MIB + 1, b"\n"), 413, "too_large"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_bad_file_is_refused_with_its_reason(alice, draft, name):
    make, status, code = FILES[name]
    answer = alice.ask("POST", f"{draft}/documents", files={"file": ("x.pdf", make(), "application/pdf")})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_file_of_60_mib_is_taken(alice):
    path = "/api/v1/agreements/" + alice.post("/api/v1/agreements", {"title": "Large"})["id"]
    pdf = reportlab_contract().ljust(60 * MIB, b"\n")
    assert alice.ask("POST", f"{path}/documents", files={"file": ("x.pdf", pdf, "application/pdf")}).status_code == 201


PERSON = {"name": "Bob", "email": "bob@example.com", "position": 1}
BODIES = {
    "a title of 61": ("PATCH", "", {"title": "x" * 61}),
    "a title that is a number": ("PATCH", "", {"title": 7}),
    "a CRLF title": ("PATCH", "", {"title": "a\r\nBcc: eve@example.com"}),
    "an unknown member": ("PATCH", "", {"owner": "eve"}),
    "a naive deadline": ("PATCH", "", {"deadline": "2027-01-01T00:00:00"}),
    "a deadline that is no date": ("PATCH", "", {"deadline": "tomorrow"}),
    "a deadline in the year 9999": ("PATCH", "", {"deadline": "9999-12-31T23:59:59-23:59"}),
    "a list for an object": ("PATCH", "", []),
    "null for an object": ("PATCH", "", None),
    "a CRLF name": ("PUT", "/recipients", {"recipients": [{**PERSON, "name": "Bob\r\nBcc: x"}]}),
    "no e-mail": ("PUT", "/recipients", {"recipients": [{**PERSON, "email": "bob"}]}),
    "two of one e-mail": ("PUT", "/recipients", {"recipients": [PERSON, PERSON]}),
    "101 recipients": ("PUT", "/recipients", {"recipients": [{**PERSON, "email": f"b{n}@x.org"} for n in range(101)]}),
    "a short code": ("PUT", "/recipients", {"recipients": [{**PERSON, "check": "access_code", "access_code": "1"}]}),
    "an id of another kind": ("PUT", "/recipients", {"recipients": [{**PERSON, "id": "agr_4VTSd1rQm8kD"}]}),
    "fields that are text": ("PUT", "/fields", {"fields": "all"}),
    "a place that is not a number": ("PUT", "/fields", {"fields": [{"x": "NaN"}]}),
    "an unknown recipient": ("POST", "/recipients/rcp_x/resend", {}),
    "voiding a draft": ("POST", "/void", {"reason": "x"}),
    "sending without anything": ("POST", "/send", {}),
    "reminding of a draft": ("POST", "/remind", {}),
}  # fmt: skip


@pytest.mark.parametrize("name", BODIES)
def test_a_bad_body_is_refused_and_changes_nothing(alice, draft, name):
    method, end, body = BODIES[name]
    answer = alice.ask(method, draft + end, data=json.dumps(body), headers={"Content-Type": "application/json"})
    assert 400 <= answer.status_code < 500, answer.text
    assert answer.json()["code"] not in ("", None, "internal_error")
    assert answer.headers["Content-Type"] == "application/problem+json"


IDS = [
    "",
    "x",
    "agr_",
    "agr_0OIl",
    "agr_" + "1" * 60,
    "%00",
    "..%2f..",
    "agr_%F0%9F%92%A9",
    "agr_4VTSd1rQm8kD' or 1=1--",
]


@pytest.mark.parametrize("text", IDS)
def test_a_wrong_id_is_a_404(alice, text):
    answer = alice.ask("GET", f"/api/v1/agreements/{text}x")
    assert answer.status_code == 404 and answer.json()["code"] == "not_found"
