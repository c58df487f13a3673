"""Requests nobody's browser would send: each is refused in words, none breaks anything."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from chassis.ids import public_id
from tests.signing.stage import Account, Signer, Stage, field, person

BODIES: list[dict[str, Any]] = [
    {"data": b"{", "content_type": "application/json"},
    {"data": b"[]", "content_type": "application/json"},
    {"data": b"null", "content_type": "application/json"},
    {"data": b'{"text": "\xff"}', "content_type": "application/json"},
    {"data": b"text=x", "content_type": "application/x-www-form-urlencoded"},
    {"data": b"--x\r\n\r\n--x--", "content_type": "multipart/form-data; boundary=x"},
    {"data": b"", "content_type": "multipart/form-data"},
    {"json": {"text": None}},
    {"json": {"text": "\ud800"}},
    {"json": {"text": 5}},
    {"json": {"text": "x" * 5000}},
    {"json": {"checked": "yes"}},
    {"json": {"strokes": [[]]}},
    {"json": {"strokes": [[["a", "b"]]]}},
    {"json": {"strokes": [[[0.1, 0.1]]], "aspect": 0}},
    {"json": {"seal_id": "\x00"}},
    {"json": {"signature_id": "sig_" + "z" * 24}},
    {"json": {"typed": "Bob"}},
    {"data": b'{"strokes": [[[NaN, Infinity]]]}', "content_type": "application/json"},
]
KINDS = ("signature", "stamp", "text", "date", "checkbox")


@pytest.fixture
def bob(stage: Stage) -> Signer:
    one = stage.send(person("Bob", fields=[field(kind, row) for row, kind in enumerate(KINDS)])).signer()
    one.consent()
    return one


def test_no_value_breaks_a_field(bob: Signer) -> None:
    ids = [one["id"] for one in bob.state()["fields"]]
    for identifier in ids:
        for body in BODIES:
            answer = bob.ask("PUT", f"/fields/{identifier}", **body)
            assert 400 <= answer.status_code < 500 and answer.json["code"], (body, answer.json)
    assert all(one["value"] is None for one in bob.state()["fields"])


def test_no_body_breaks_a_step(bob: Signer) -> None:
    steps = ("/checks/access-code", "/checks/email-code/verify", "/consent", "/decline", "/finish")
    for step in steps:
        for body in BODIES:
            answer = bob.ask("POST", step, **body)
            assert 400 <= answer.status_code < 500 and answer.json["code"], (step, body, answer.json)
    assert bob.state()["state"] == "open"


@pytest.mark.parametrize(
    "ref", ["agr_", "agr_0OIl", "link%00", "agr_" + "z" * 22, "..", "rcp_x", public_id("agr", UUID(int=7))]
)
def test_no_reference_breaks_the_page(stage: Stage, ref: str) -> None:
    agreement = stage.send(person("Bob"), prepare=False)
    somebody = Account(agreement, "bob@example.com")
    somebody.base = f"/api/v1/signing/{ref}"
    for method, path in (("GET", ""), ("POST", "/finish"), ("GET", "/pages/0/image"), ("GET", "/files/audit")):
        assert somebody.ask(method, path).status_code in (404, 308), path


@pytest.mark.parametrize(
    "path", ["/pages/-1/image", "/pages/99999999999999999999/text", "/pages/0/image?width=x", "/fields/fld_%00/image"]
)
def test_no_address_breaks_a_page(bob: Signer, path: str) -> None:
    assert bob.ask("GET", path).status_code in (404, 422)
