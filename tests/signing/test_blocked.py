"""What a link answers when its signer cannot sign."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from chassis.ids import new_key, new_secret, public_id
from contracts.catalogue import CATALOGUE
from tests.signing.stage import WORKSPACE, Account, Agreement, Signer, Stage, person

WRITES = (
    ("POST", "/open", {}),
    ("POST", "/consent", {"version": "2026-11"}),
    ("POST", "/finish", {}),
    ("POST", "/decline", {"reason": "No."}),
    ("PUT", f"/fields/{public_id('fld', new_key())}", {"text": "x"}),
)


def expect_blocked(signer: Signer, code: str, status: int = 409) -> None:
    """The state says it, every write is refused with it, and nothing of the document is told."""
    state = signer.state()
    assert state["state"] == code
    for method, path, body in WRITES:
        answer = signer.ask(method, path, json=body)
        assert (answer.status_code, answer.json["code"]) == (status, code), path


def expect_unreadable(signer: Signer) -> None:
    assert signer.state()["pages"] == [] and signer.state()["fields"] == []
    assert signer.ask("GET", "/pages/0/image").status_code == 409


def test_an_unknown_link_is_not_found(stage: Stage) -> None:
    agreement = stage.send(person("Bob"))
    answer = Signer(agreement, new_secret("sgl")).ask("GET")
    assert (answer.status_code, answer.json["code"]) == (404, "not_found")


def test_a_stranger_with_an_account_finds_nothing(stage: Stage) -> None:
    agreement = stage.send(person("Bob"))
    stranger = Account(agreement, "mallory@example.com")
    assert stranger.ask("GET").status_code == 404
    assert stranger.ask("POST", "/finish").status_code == 404


def test_a_link_opens_no_other_agreement(stage: Stage) -> None:
    one, other = stage.send(person("Bob")), stage.send(person("Bob"))
    assert Signer(one, one.links("Bob")[0], ref=other.public_id).ask("GET").status_code == 404


def test_the_signer_signs_from_the_console_too(stage: Stage) -> None:
    agreement = stage.send(person("Bob"))
    bob = Account(agreement, "bob@example.com")
    bob.sign()
    expect_blocked(bob, "already_signed")


def test_nobody_signs_before_the_document_is_prepared(stage: Stage) -> None:
    agreement = stage.send(person("Bob"), prepare=False)
    bob = Account(agreement, "bob@example.com")
    expect_blocked(bob, "preparing")
    expect_unreadable(bob)


def test_the_second_waits_for_the_first(stage: Stage) -> None:
    agreement = stage.send(person("Bob", 1), person("Carol", 2))
    carol = Account(agreement, "carol@example.com")
    expect_blocked(carol, "not_your_turn")
    expect_unreadable(carol)


def test_after_signing_the_link_shows_the_result(stage: Stage) -> None:
    bob = stage.send(person("Bob"), person("Carol")).signer()
    bob.sign()
    expect_blocked(bob, "already_signed")
    assert len(bob.state()["pages"]) == 2 and bob.ask("GET", "/pages/0/image").status_code == 200


@pytest.mark.parametrize("kind", ["voided", "expired"])
def test_a_closed_agreement_says_so(stage: Stage, kind: str) -> None:
    agreement = stage.send(person("Bob"))
    bob = agreement.signer()
    assert agreement.close(kind) == "closed"
    expect_blocked(bob, kind)
    expect_unreadable(bob)
    assert bob.state()["ended"]["reason"] == "Wrong annex"


def test_the_deadline_counts_before_anybody_has_swept(stage: Stage) -> None:
    agreement = stage.send(person("Bob"))
    bob = agreement.signer()
    bob.fill()
    stage.change(agreement, deadline=datetime.now(UTC) - timedelta(seconds=1))
    expect_blocked(bob, "expired")


def test_declining_ends_it_for_everybody(stage: Stage) -> None:
    agreement = stage.send(person("Bob", 1), person("Carol", 1))
    bob, carol = agreement.signer("Bob"), agreement.signer("Carol")
    assert bob.ask("POST", "/decline", json={"reason": "Wrong price"}).json["state"] == "declined"
    for one in (bob, carol):
        expect_blocked(one, "declined")
    assert agreement.told("signing.declined.v1")[0]["reason"] == "Wrong price"
    assert agreement.close() == "declined"


def test_a_completed_agreement_takes_nothing_more(stage: Stage) -> None:
    agreement = stage.send(person("Bob"))
    bob = agreement.signer()
    bob.sign()
    stage.work()
    expect_blocked(bob, "completed")
    assert agreement.close() == "completed"


def test_resending_ends_the_earlier_links_at_once(stage: Stage) -> None:
    agreement = stage.send(person("Bob"))
    old = agreement.signer()
    assert agreement.ask("resend", recipient_id=agreement.recipient("Bob")).status_code == 202
    for method, path, body in (("GET", "", None), *WRITES):
        answer = old.ask(method, path, json=body)
        assert (answer.status_code, answer.json["code"]) == (410, "link_replaced")
    agreement.signer().sign()


def test_who_is_disabled_or_removed_in_the_company_has_no_link_to_sign_for_it(stage: Stage) -> None:
    for status in ("disabled", "removed"):
        agreement = stage.send(person("Bob"), person("Carol"), ordered=False)
        bob, late = agreement.signer("Bob"), datetime.now(UTC)
        leave(stage, "bob@example.com", status, new_key(), datetime.now(UTC))
        assert bob.state()["state"] == "open"  # it was another company
        leave(stage, "bob@example.com", status, WORKSPACE, datetime.now(UTC))
        answer = bob.ask("POST", "/consent", json={"version": "2026-11"})
        assert (answer.status_code, answer.json["code"]) == (410, "link_replaced")
        assert agreement.signer("Carol").state()["state"] == "open"
        assert agreement.ask("resend", recipient_id=agreement.recipient("Bob")).status_code == 202
        leave(stage, "bob@example.com", status, WORKSPACE, late)  # told late: nothing newer ends
        agreement.signer("Bob").sign()


def leave(stage: Stage, email: str, status: str, workspace: UUID, at: datetime) -> None:
    """*workspace* tells that a member is disabled or removed."""
    type = "workspace.member_changed.v1"
    data = {**CATALOGUE[type].example, "email": email, "status": status, "workspace_id": str(workspace)}
    body = {
        "id": str(new_key()), "type": type, "subject": str(new_key()), "sequence": "2", "time": at.isoformat(),
        "correlationid": "test", "workspace": str(workspace), "data": data,
    }  # fmt: skip
    stage.kit.redeliver(json.dumps(body).encode())


def test_a_reminder_adds_a_link_and_keeps_the_earlier_one(stage: Stage) -> None:
    agreement = stage.send(person("Bob"), person("Carol", 2))
    both = [agreement.recipient("Bob"), agreement.recipient("Carol")]
    stage.kit.deliver("agreement.reminder_due.v1", agreement_id=str(agreement.id), recipient_ids=both)
    assert [told["purpose"] for told in agreement.told("signing.invited.v1")] == ["invitation", "reminder"]
    assert {Signer(agreement, raw).state()["state"] for raw in agreement.links("Bob")} == {"open"}


def test_nobody_gets_a_new_link_before_their_turn_or_after_signing(stage: Stage) -> None:
    agreement = stage.send(person("Bob", 1), person("Carol", 2))
    agreement.signer("Bob").sign()
    for name in ("Bob", "Carol"):
        answer = agreement.ask("resend", recipient_id=agreement.recipient(name))
        assert (answer.status_code, answer.json["code"]) == (409, "not_their_turn")
    assert agreement.ask("resend", recipient_id=str(new_key())).status_code == 404


def test_looking_changes_nothing(stage: Stage) -> None:
    agreement = stage.send(person("Bob"))
    bob = agreement.signer()
    before = (agreement.history(), len(stage.kit.emitted()))
    for method in ("GET", "HEAD"):
        for path in ("", "/pages/0/image", "/pages/0/text", "/seals", "/files/document"):
            bob.ask(method, path)
    assert (agreement.history(), len(stage.kit.emitted())) == before


def test_raw_links_are_not_at_rest(stage: Stage) -> None:
    agreement: Agreement = stage.send(person("Bob"))
    raw = agreement.links("Bob")[0]
    assert len(raw) >= 43 + len("sgl_")
    data = b"".join(file.read_bytes() for file in stage.folder.glob("signing.db*"))
    assert raw.encode() not in data and digest_of(raw) in data


def digest_of(raw: str) -> bytes:
    from chassis.ids import digest

    return digest(raw).encode()
