"""A member who is disabled while working: out at once, and a colleague goes on."""

from __future__ import annotations

from typing import Any

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


def test_a_closed_workspace_leaves_signers_their_documents_and_members_nothing(embedded) -> None:
    demo = Demo(embedded.url, embedded.mailbox, print)
    hana = demo.register("Hana Oh", "hana@hooli.example", "SG")
    first = hana.get("/api/v1/session")["workspace"]["workspace_id"]
    here = hana.post("/api/v1/workspaces", {"name": "Hooli", "region": "SG"})["id"]
    eventually(lambda: switched(hana, here))
    hana.put("/api/v1/account/preferences", {"default_workspace_id": here})
    hana.ask("PATCH", "/api/v1/workspace", json={"settings": {"sender_name": "Hooli Legal"}}).raise_for_status()
    ian, _ = join(demo, hana, "Ian Ng", "ian@hooli.example")
    hana.post(MEMBERS, {"name": "Jo", "email": "jo@hooli.example", "roles": ["initiator"]})
    invitation = newest(embedded.mailbox, "jo@hooli.example", INVITATION)
    kim, lou = Signer("Kim", "kim@elsewhere.example", 1, "none"), Signer("Lou", "lou@elsewhere.example", 1, "none")
    done, open_, draft = (
        demo.draft(who, reportlab_contract(), "contract.pdf", people, True)
        for who, people in ((hana, [kim]), (ian, [lou]), (ian, [lou]))
    )
    for who, agreement in ((hana, done), (ian, open_)):
        who.post(f"/api/v1/agreements/{agreement}/send")
    demo.sign(kim)
    eventually(lambda: hana.get(f"/api/v1/agreements/{done}")["status"] == "completed", timeout=60)
    newest(embedded.mailbox, lou.email, LINK)

    assert ian.ask("POST", "/api/v1/workspace/close", json={"name": "Hooli"}).status_code == 403
    refused = hana.ask("POST", "/api/v1/workspace/close", json={"name": "Hooli"})
    assert (refused.json()["code"], refused.json()["open"]) == ("agreements_open", 1)
    hana.post("/api/v1/agreements/void", {"ids": [open_], "reason": "We move."})
    eventually(lambda: hana.ask("POST", "/api/v1/workspace/close", json={"name": "Hooli"}).status_code == 204)

    eventually(lambda: ian.ask("GET", f"/api/v1/agreements/{draft}").json().get("code") == "no_workspace")
    again = Browser(embedded.url)
    assert again.log_in("ian@hooli.example", PASSWORD)["workspaces"] == []
    assert again.ask("GET", f"/api/v1/invitations/{invitation}").json()["code"] == "invitation_over"
    eventually(lambda: [one["workspace_id"] for one in hana_now(embedded.url)["workspaces"]] == [first])
    late = hana.ask("PATCH", "/api/v1/workspace", json={"name": "Hooli again"}, headers={"Workspace": here})
    assert (late.status_code, late.json()["code"]) == (409, "workspace_changed")

    signed = Browser(embedded.url, newest(embedded.mailbox, kim.email, LINK))
    assert signed.get("/api/v1/signing/link")["files"] == ["document", "certificate", "bundle"]
    assert signed.download("/api/v1/signing/link/files/document").startswith(b"%PDF")
    voided = Browser(embedded.url, newest(embedded.mailbox, lou.email, LINK))
    assert voided.get("/api/v1/signing/link")["state"] == "voided"
    letters = [mail.sender for mail in embedded.mailbox.mails(kim.email)]
    assert all(name.startswith("Hooli Legal via Signet <") for name in letters)


def switched(person: Browser, workspace: str) -> bool:
    return person.ask("PUT", "/api/v1/session/workspace", json={"workspace_id": workspace}).status_code == 200


def hana_now(url: str) -> dict[str, Any]:
    return Browser(url).log_in("hana@hooli.example", PASSWORD)
