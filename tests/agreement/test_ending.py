"""How agreements end: voided, expired, declined, completed; and who is reminded before."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import update

from chassis.database import EVERYONE
from chassis.ids import parse_public_id
from services.agreement.models import Agreement, Recipient, Reminder
from tests.agreement.desk import BOB, CAROL, at, nobody
from tests.service_kit import user

FILES = {
    name: {"key": f"agreements/x/{name}", "sha256": "ab" * 32, "size": 7}
    for name in ("document", "certificate", "audit")
}


def pull(desk, model, column, **shift) -> None:
    """Turn the clock on: a time of every row moves back."""
    with desk.runtime.db.transaction(EVERYONE) as session:
        for row in session.query(model):
            setattr(row, column, getattr(row, column) - timedelta(**shift))


def test_alice_voids_and_everybody_who_knows_of_it_is_told(any_desk):
    key = any_desk.sent(BOB, CAROL, ordered=True)
    answer = any_desk.ok(any_desk.call("POST", f"/{key}/void", {"reason": "Wrong\nannex"}))
    assert (answer["status"], answer["ended_by"], answer["reason"]) == ("voided", "Alice Tan", "Wrong\nannex")
    (event,) = any_desk.emitted("agreement.voided.v1")
    assert [one["email"] for one in event.data["parties"]] == ["alice@example.com", "bob@example.com"]
    asked = any_desk.signing.closed[0]
    assert (asked["kind"], asked["by"], asked["ip"]) == ("voided", "Alice Tan", "203.0.113.9")
    assert any_desk.call("POST", f"/{key}/void", {"reason": "x"}).get_json()["code"] == "already_ended"


def test_several_admins_void_at_once_and_it_happens_once(any_desk):
    key = any_desk.sent()
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda n: any_desk.call("POST", f"/{key}/void", {"reason": f"No {n}"}), range(4)))
    assert {answer.status_code for answer in answers} <= {200, 409}
    assert len(any_desk.emitted("agreement.voided.v1")) == 1 and any_desk.show(key)["status"] == "voided"


def test_a_void_and_the_last_signature_at_once_end_in_one_way(any_desk):
    key = any_desk.sent()
    with ThreadPoolExecutor(2) as pool:
        void = pool.submit(any_desk.call, "POST", f"/{key}/void", {"reason": "No"})
        told = pool.submit(any_desk.tell, "signing.completed.v1", key, None, **FILES, completed_at=at(0), links=[])
        told.result()
    ends = [one for one in any_desk.emitted() if one.type != "agreement.sent.v1"]
    assert [one.type for one in ends] == [f"agreement.{any_desk.show(key)['status']}.v1"]
    assert void.result().status_code == (200 if ends[0].type == "agreement.voided.v1" else 409)


@pytest.mark.parametrize("outcome", ["completed", "declined"])
def test_what_has_ended_at_signing_cannot_be_voided(desk, outcome):
    key = desk.sent()
    desk.signing.outcome = outcome
    answer = desk.call("POST", f"/{key}/void", {"reason": "x"})
    assert (answer.status_code, answer.get_json()["code"]) == (409, "already_ended")
    assert desk.show(key)["status"] == "sent" and desk.emitted("agreement.voided.v1") == []


def test_a_void_that_died_half_way_is_finished_by_the_news_from_signing(desk):
    key = desk.sent()
    desk.tell("signing.closed.v1", key, None, kind="voided", reason="Late", by="Alice Tan", at=at(0))
    assert desk.show(key)["status"] == "voided" and len(desk.emitted("agreement.voided.v1")) == 1


def test_nothing_is_voided_while_signing_is_away(desk):
    key = desk.sent()
    desk.signing.away = True
    answer = desk.call("POST", f"/{key}/void", {"reason": "x"})
    assert answer.status_code == 503 and "Retry-After" in answer.headers and desk.show(key)["status"] == "sent"
    results = desk.ok(desk.call("POST", "/void", {"ids": [key, desk.sent()], "reason": "x"}))["results"]
    assert [one["code"] for one in results] == ["unavailable"] * 2


def test_several_are_voided_with_a_result_for_each(desk):
    good, draft, gone = desk.sent(), desk.start(), nobody()
    body = {"ids": [good, draft, gone, "nonsense", good], "reason": "Cancelled"}
    results = desk.ok(desk.call("POST", "/void", body))["results"]
    assert [(one["id"], one["voided"], one["code"]) for one in results] == [
        (good, True, None), (draft, False, "not_sent"), (gone, False, "not_found"), ("nonsense", False, "not_found"),
    ]  # fmt: skip
    assert results[1]["message"] == "This agreement has not been sent yet."


def test_at_the_deadline_an_open_agreement_expires_once(any_desk):
    late, open_ = any_desk.sent(), any_desk.sent()
    with any_desk.runtime.db.transaction(EVERYONE) as session:
        row = update(Agreement).where(Agreement.id == parse_public_id("agr", late))
        session.execute(row.values(deadline=Agreement.sent_at))
    assert any_desk.turn("deadlines") == 1 and any_desk.turn("deadlines") == 0
    assert any_desk.show(late)["status"] == "expired" and any_desk.show(open_)["status"] == "sent"
    (event,) = any_desk.emitted("agreement.expired.v1")
    assert event.data["by"] is None and len(event.data["parties"]) == 2


def test_the_sweep_leaves_what_signing_has_completed_and_asks_again_later(desk):
    key = desk.sent()
    pull(desk, Agreement, "deadline", days=15)
    desk.signing.outcome = "completed"
    assert desk.turn("deadlines") == 1 and desk.turn("deadlines") == 0
    assert desk.show(key)["status"] == "sent"
    pull(desk, Agreement, "close_asked_at", minutes=2)
    desk.signing.outcome = "closed"
    assert desk.turn("deadlines") == 1 and desk.show(key)["status"] == "expired"


def test_planned_reminders_go_out_once_to_those_whose_turn_it_is(any_desk):
    key = any_desk.sent(BOB, CAROL, ordered=True)
    bob = any_desk.show(key)["recipients"][0]["id"]
    assert any_desk.turn("reminders") == 0
    pull(any_desk, Reminder, "due_at", days=11, minutes=1)
    any_desk.turn("reminders")
    any_desk.turn("reminders")
    (event,) = any_desk.emitted("agreement.reminder_due.v1")
    assert event.data["recipient_ids"] == [str(parse_public_id("rcp", bob))]
    any_desk.tell("signing.signed.v1", key, 0)
    pull(any_desk, Reminder, "due_at", days=2)
    any_desk.turn("reminders")
    assert len(any_desk.emitted("agreement.reminder_due.v1")) == 2


def test_reminders_that_were_missed_come_as_one(desk):
    desk.sent(reminders=[5, 3, 1])
    pull(desk, Reminder, "due_at", days=13, hours=1)
    desk.turn("reminders")
    assert len(desk.emitted("agreement.reminder_due.v1")) == 1


def test_alice_reminds_but_not_every_minute(desk):
    key = desk.sent()
    assert desk.call("POST", f"/{key}/remind").status_code == 202
    answer = desk.call("POST", f"/{key}/remind")
    assert (answer.status_code, answer.get_json()["code"]) == (429, "reminded_recently")
    assert 0 < int(answer.headers["Retry-After"]) <= 601
    pull(desk, Recipient, "reminded_at", minutes=11)
    assert desk.call("POST", f"/{key}/remind").status_code == 202
    desk.tell("signing.signed.v1", key)
    assert desk.call("POST", f"/{key}/remind").get_json()["code"] == "already_ended"


def test_a_new_link_is_asked_of_signing(desk):
    key = desk.sent()
    bob = desk.show(key)["recipients"][0]["id"]
    assert desk.call("POST", f"/{key}/recipients/{bob}/resend").status_code == 202
    assert desk.signing.resent == [str(parse_public_id("rcp", bob))]
    assert desk.call("POST", f"/{key}/recipients/rcp_x/resend").status_code == 404
    assert desk.call("POST", f"/{desk.ready()}/recipients/{bob}/resend").get_json()["code"] == "not_sent"


def completed(desk, title: str = 'A "b" 合同/1', certificates: dict | None = None) -> str:
    key = desk.sent(title=title)
    recipient = str(parse_public_id("rcp", desk.show(key)["recipients"][0]["id"]))
    links = [{"recipient_id": recipient, "sealed_link": "sealed"}]
    desk.tell(
        "signing.completed.v1", key, None, **FILES, certificates=certificates or {}, completed_at=at(0), links=links
    )
    return key


def test_when_all_have_signed_everybody_is_told(desk):
    key = completed(desk)
    assert desk.show(key)["status"] == "completed" and "download" in desk.show(key)["actions"]
    (event,) = desk.emitted("agreement.completed.v1")
    parties = [(one["email"], one["sealed_link"]) for one in event.data["parties"]]
    assert parties == [("alice@example.com", None), ("bob@example.com", "sealed")]


def test_finished_files_are_handed_out_under_a_safe_name(desk):
    key = completed(desk)
    for kind in FILES:
        path = desk.folder / "agreements" / "x" / kind
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"content")
    answer = desk.call("GET", f"/{key}/files/document")
    assert answer.data == b"content" and answer.headers["Content-Length"] == "7"
    assert answer.headers["ETag"] == f'"{"ab" * 32}"'
    assert answer.headers["Content-Disposition"] == (
        "attachment; filename=\"A _b_ ___1.pdf\"; filename*=UTF-8''A%20_b_%20%E5%90%88%E5%90%8C_1.pdf"
    )
    audit = desk.call("GET", f"/{key}/files/audit")
    assert (audit.content_type, audit.data) == ("application/json", b"audit made now")
    bundle = desk.call("GET", f"/{key}/files/bundle")
    assert (bundle.content_type, bundle.data) == ("application/zip", b"bundle made now")
    assert bundle.headers["Content-Disposition"].endswith(".zip")
    assert desk.call("GET", f"/{key}/files/secret").status_code == 404
    assert desk.call("GET", f"/{desk.sent()}/files/document").get_json()["code"] == "not_completed"


def test_the_certificate_is_handed_out_in_the_readers_language(desk):
    key = completed(desk, certificates={one: {**FILES["certificate"], "key": f"c/{one}"} for one in ("en", "zh-Hans")})
    for name in ("c/en", "c/zh-Hans", "agreements/x/certificate"):
        path = desk.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
    assert desk.call("GET", f"/{key}/files/certificate").data == b"c/en"
    assert desk.call("GET", f"/{key}/files/certificate?language=zh-Hans").data == b"c/zh-Hans"
    assert desk.call("GET", f"/{key}/files/certificate?language=zh-Hant").data == b"agreements/x/certificate"
    assert desk.call("GET", f"/{key}/files/certificate?language=tlh").status_code == 422


def test_audit_and_bundle_wait_for_signing(desk):
    key = completed(desk)
    desk.signing.away = True
    assert desk.call("GET", f"/{key}/files/bundle").status_code == 503


def test_the_history_is_signings_with_what_happened_before(desk):
    key = desk.ready()
    assert [one["kind"] for one in desk.ok(desk.call("GET", f"/{key}/history"))["entries"]] == [
        "drafted",
        "document_added",
    ]
    desk.ok(desk.send(key))
    kinds = [one["kind"] for one in desk.ok(desk.call("GET", f"/{key}/history"))["entries"]]
    assert kinds == ["drafted", "document_added", "sent"]
    desk.signing.away = True
    assert desk.call("GET", f"/{key}/history").status_code == 503


def test_an_initiator_may_void_only_what_they_started(desk):
    ivan = user(workspace=desk.alice.workspace, roles=("initiator",), email="ivan@example.com", name="Ivan")
    mine, hers = desk.sent(who=ivan), desk.sent()
    assert desk.call("POST", f"/{hers}/void", {"reason": "x"}, who=ivan).status_code == 404
    assert desk.ok(desk.call("POST", f"/{mine}/void", {"reason": "x"}, who=ivan))["status"] == "voided"
    other = desk.sent(who=ivan)
    assert desk.ok(desk.call("POST", f"/{other}/void", {"reason": "x"}))["ended_by"] == "Alice Tan"
