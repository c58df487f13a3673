"""Alice corrects what she sent; Bob hands over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.agreement.desk import BOB, CAROL, at
from tests.agreement.test_ending import completed


def test_a_corrected_address_moves_the_agreement_to_another_inbox(any_desk):
    desk = any_desk
    bob, dora = desk.account("bob@example.com"), desk.account("dora@example.com", name="Dora")
    key = desk.sent(BOB)
    for event in ("invited", "viewed", "locked"):
        desk.tell(f"signing.{event}.v1", key)
    one = desk.show(key)["recipients"][0]["id"]
    body = {"name": "Dora", "email": "Dora@example.com"}
    shown = desk.ok(desk.call("PATCH", f"/{key}/recipients/{one}", body))["recipients"][0]
    assert (shown["name"], shown["email"], shown["status"]) == ("Dora", "dora@example.com", "invited")
    assert desk.listed(bob) == [] and desk.listed(dora, category="action_required") == [key]
    assert desk.listed(q="dora") == [key] and desk.listed(q="lim") == []
    asked = desk.signing.corrected[0]
    assert asked["recipient"]["email"] == "dora@example.com" and asked["ip"] == desk.alice.ip


def test_who_has_signed_is_not_corrected(desk):
    key = desk.sent(BOB, CAROL)
    desk.tell("signing.signed.v1", key, 0)
    one, other = (row["id"] for row in desk.show(key)["recipients"])
    answer = desk.call("PATCH", f"/{key}/recipients/{one}", {"name": "Eve"})
    assert (answer.status_code, answer.get_json()["code"]) == (409, "signer_has_signed")
    desk.signing.refusal = "voided"
    assert desk.call("PATCH", f"/{key}/recipients/{other}", {"name": "Eve"}).get_json()["code"] == "voided"
    assert desk.show(key)["recipients"][1]["name"] == CAROL[0]


def test_drafts_and_completed_agreements_are_not_corrected(desk):
    for key, code in ((desk.ready(), "not_sent"), (completed(desk), "already_ended")):
        one = desk.show(key)["recipients"][0]["id"]
        for path, body in ((f"/{key}/recipients/{one}", {"name": "Eve"}), (f"/{key}/correct", {"message": "x"})):
            method = "PATCH" if "recipients" in path else "POST"
            assert desk.call(method, path, body).get_json()["code"] == code


def test_a_later_deadline_takes_the_reminders_along(any_desk):
    desk = any_desk
    key = desk.sent(deadline=at(60 * 24 * 2), reminders=[1])
    desk.tell("signing.invited.v1", key)
    later = datetime.now(UTC) + timedelta(minutes=1, days=1)
    shown = desk.ok(desk.call("POST", f"/{key}/correct", {"deadline": later.isoformat(), "message": "See page 2."}))
    assert shown["deadline"] == later.isoformat() and shown["message"] == "See page 2."
    assert desk.turn("reminders") == 0
    sooner = datetime.now(UTC) + timedelta(days=1, seconds=3)
    desk.ok(desk.call("POST", f"/{key}/correct", {"deadline": sooner.isoformat()}))
    for body, code in (
        ({"deadline": at(-1)}, "deadline_passed"),
        ({"deadline": at(60 * 24 * 400)}, "deadline_too_far"),
    ):
        assert desk.call("POST", f"/{key}/correct", body).get_json()["code"] == code


def test_bob_hands_over_to_carol_and_older_news_change_nothing(desk):
    bob, key = desk.account("bob@example.com"), desk.sent(BOB, allow_reassign=True)
    assert desk.emitted("agreement.sent.v1")[-1].data["allow_reassign"] is True
    desk.tell("signing.invited.v1", key)
    person = {"name": "王小明", "email": "carol@example.com", "language": "zh-Hans", "by": "Bob Lim"}
    desk.tell("signing.reassigned.v1", key, minute=2, **person)
    desk.tell("signing.reassigned.v1", key, minute=1, **{**person, "email": "eve@example.com"})
    shown = desk.show(key)["recipients"][0]
    assert (shown["name"], shown["email"], shown["language"]) == ("王小明", "carol@example.com", "zh-Hans")
    assert desk.listed(bob) == []


def test_a_draft_keeps_recipients_that_are_not_complete_yet(desk):
    key = desk.start()
    rows = [{"name": "", "email": "", "role": "Buyer"}, {"name": "Bob", "email": ""}]
    desk.ok(desk.call("PUT", f"/{key}/recipients", {"recipients": rows}))
    desk.upload(key)
    answer = desk.send(key)
    assert answer.get_json()["code"] == "recipient_incomplete"
    assert answer.get_json()["recipients"] == ["Buyer", "Bob"]
    assert [row["role"] for row in desk.show(key)["recipients"]] == ["Buyer", ""]


def test_a_new_link_is_sent_once_a_minute_at_most(desk):
    key = desk.sent()
    path = f"/{key}/recipients/{desk.show(key)['recipients'][0]['id']}/resend"
    assert desk.call("POST", path, {}).status_code == 202
    again = desk.call("POST", path, {})
    assert again.get_json()["code"] == "resent_recently" and int(again.headers["Retry-After"]) <= 60
    assert len(desk.signing.resent) == 1
