"""Whatever is sent, the answer is never a fault of the server."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.identity.people import ALICE, CONSENTS, PASSWORD, ask_code, join, last_code
from tests.service_kit import Kit

JUNK: list[Any] = [
    None, True, 0, -1, 10**400, 1e308, "", " ", "\x00", "a\x00b", "\ud800", "a\r\nb: c", "x" * 5000, "🙂" * 300,
    "\u202e", [], {}, [[]], {"a": 1}, ["x"] * 2000, "' or 1=1 --", "%s%n", "../../etc/passwd", "a@b.c\x00",
]  # fmt: skip
BODIES: dict[str, dict[str, Any]] = {
    "POST /api/v1/registration/codes": {"email": ALICE},
    "POST /api/v1/registration": {
        "email": ALICE, "code": "123456", "password": PASSWORD, "consents": CONSENTS, "name": "A",
        "region": "SG", "newsletter": False,
    },
    "POST /api/v1/password/codes": {"email": ALICE},
    "POST /api/v1/password": {"email": ALICE, "code": "123456", "password": PASSWORD},
    "PATCH /api/v1/account": {"name": "A", "newsletter": True},
    "POST /api/v1/account/email/codes": {"email": ALICE},
    "POST /api/v1/account/email": {"email": ALICE, "code": "123456"},
    "PUT /api/v1/account/preferences": {
        "language": "en", "date_format": "x", "time_zone": "UTC", "default_workspace_id": None,
    },
    "POST /api/v1/account/totp": {"password": PASSWORD},
    "POST /api/v1/account/totp/confirm": {"code": "123456"},
    "POST /api/v1/account/passkeys": {"name": "x", "credential": {}},
    "PATCH /api/v1/account/passkeys/psk_1": {"name": "x"},
    "POST /api/v1/account/signatures": {"kind": "typed", "name": "", "style": "plain", "strokes": [], "aspect": 1},
    "PATCH /api/v1/account/signatures/sig_1": {"name": "x", "style": "plain", "default": True},
}  # fmt: skip


@pytest.mark.parametrize("route", list(BODIES))
def test_junk_in_any_member_is_no_fault_of_the_server(kit: Kit, route: str) -> None:
    alice = join(kit, "junk@example.com")
    method, path = route.split()
    bodies = [{**BODIES[route], name: value} for name in BODIES[route] for value in JUNK]
    texts = [json.dumps(body) for body in [*bodies, *JUNK]] + ["", "{", "[" * 5000, '{"a":NaN}', "\ufeff{}"]
    for text in texts:
        answer = kit.request(
            method, path, alice, data=text.encode("utf-8", "surrogatepass"), content_type="application/json"
        )
        assert answer.status_code < 500, (text[:200], answer.json)


def test_a_password_of_any_characters_can_be_set_and_used(kit: Kit) -> None:
    ask_code(kit)
    body = {"email": ALICE, "code": last_code(kit), "password": "\ud800\x00Ab1-xyzw", "consents": CONSENTS}
    assert kit.request("POST", "/api/v1/registration", json=body).status_code in (201, 422)
