"""A member who is disabled while working: out at once, and a colleague goes on."""

from __future__ import annotations

import pytest

from signet.demo.flow import PASSWORD, Demo, Signer
from signet.demo.http import Browser, Refused
from signet.demo.mail import LINK, newest
from tests.suite.papers import reportlab_contract
from tests.support import eventually

pytestmark = pytest.mark.suite
MEMBERS = "/api/v1/workspace/members"
INVITATION = r"/invitation\?token=(ivt_[A-Za-z0-9_-]{43})"


def join(demo: Demo, admin: Browser, name: str, email: str) -> tuple[Browser, str]:
    """Somebody without an account is invited and joins; they, and the member's id."""
    member = admin.post(MEMBERS, {"name": name, "email": email, "roles": ["initiator"]})["id"]
    person = Browser(demo.url)
    consents = person.get("/api/v1/registration/consents")
    token = newest(demo.mailbox, email, INVITATION)
    person.post("/api/v1/session/invitation", {"token": token, "password": PASSWORD, "consents": consents})
    person.log_in(email, PASSWORD)
    eventually(lambda: person.get("/api/v1/session")["workspace"], timeout=20)
    return person, member


def test_bob_is_disabled_while_working_and_carol_goes_on(embedded) -> None:
    demo = Demo(embedded.url, embedded.mailbox, print)
    grace = demo.register("Grace Ho", "grace@initrode.example", "SG")
    grace.ask("PATCH", "/api/v1/workspace", json={"settings": {"sender_name": "Initrode Legal"}})
    bob, bobs = join(demo, grace, "Bob Lim", "bob@initrode.example")
    carol, _ = join(demo, grace, "Carol Wu", "carol@initrode.example")
    assert [one["name"] for one in bob.get("/api/v1/session")["workspaces"]] == ["Grace Ho's workspace"]
    signer = Signer("Dora", "dora@elsewhere.example", 1, "none")
    agreement = demo.draft(bob, reportlab_contract(), "contract.pdf", [signer], True)
    bob.post(f"/api/v1/agreements/{agreement}/send")
    newest(embedded.mailbox, signer.email, LINK)
    seats = grace.get("/api/v1/billing")["seats"]
    assert seats["used"] == 3

    assert grace.ask("PATCH", f"{MEMBERS}/{bobs}", json={"status": "disabled"}).status_code == 200
    eventually(lambda: bob.ask("GET", "/api/v1/agreements").status_code == 401, timeout=5)
    assert grace.get("/api/v1/billing")["seats"]["used"] == 2
    again = Browser(embedded.url)
    assert again.log_in("bob@initrode.example", PASSWORD)["workspace"] is None
    assert again.ask("GET", "/api/v1/agreements").json()["code"] == "no_workspace"
    with pytest.raises(Refused):
        again.post("/api/v1/agreements", {"title": "Mine"})

    members = {one["name"]: one["account_id"] for one in grace.get(MEMBERS)["items"]}
    body = {"from_account_id": members["Bob Lim"], "to_account_id": members["Carol Wu"]}
    assert grace.post("/api/v1/agreements/handover", body) == {"count": 1}
    demo.sign(signer)
    eventually(lambda: carol.get(f"/api/v1/agreements/{agreement}")["status"] == "completed", timeout=60)
    newest(embedded.mailbox, "carol@initrode.example", "(is complete)")
