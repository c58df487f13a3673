"""Correcting what was sent, and handing over: the old link dies, the history tells, the audit trail holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from chassis.database import EVERYONE
from documents import audit
from services.signing import audit as audit_file
from services.signing.material import gather
from services.signing.models import Ceremony
from tests.service_kit import service
from tests.signing.stage import Account, Agreement, Signer, Stage, field, person


def newest(agreement: Agreement) -> Signer:
    """Whoever got the last link."""
    told = agreement.told("signing.invited.v1")[-1]
    return Signer(agreement, agreement.kit.runtime.sealer.open(told["sealed_link"]).rsplit("/", 1)[1], "carols")


def correct_bob(agreement: Agreement, **values: str):
    return agreement.ask("correct", recipient={"recipient_id": agreement.recipient("Bob"), **values})


def flaws(agreement: Agreement) -> list[str]:
    """What does not hold in the audit file as it would be handed out now."""
    runtime = agreement.kit.runtime
    with runtime.db.read(EVERYONE) as session:
        material = gather(session, session.get_one(Ceremony, agreement.id))
        return audit.flaws(audit_file.document(runtime.sealer, material))


def test_a_corrected_address_gets_the_only_living_link(stage: Stage) -> None:
    agreement = stage.send(person("Bob", fields=[field(), field("text", 1)]))
    bob = agreement.signer()
    bob.fill()
    assert correct_bob(agreement, name="Carol", email="Carol@example.com").status_code == 200
    assert bob.ask("GET").json["code"] == "link_replaced"
    told = agreement.told("signing.invited.v1")[-1]
    assert (told["email"], told["name"], told["purpose"]) == ("carol@example.com", "Carol", "invitation")
    carol = newest(agreement)
    state = carol.state()
    assert state["recipient"]["name"] == "Carol" and state["progress"]["filled"] == 0
    assert state["consent"]["accepted_at"] is None
    carol.fill()
    assert carol.put("text", text="Yes").status_code == 200
    assert carol.ask("POST", "/finish").status_code == 200
    stage.work()
    assert agreement.told("signing.completed.v1") and flaws(agreement) == []


def test_the_history_tells_who_somebody_was_and_who_they_became(stage: Stage) -> None:
    agreement = stage.send(person("Bob"))
    agreement.signer().consent()
    correct_bob(agreement, name="Carol", email="carol@example.com")
    newest(agreement).consent()
    entries = agreement.history()["entries"]
    assert [one["actor"] for one in entries if one["kind"] == "consented"] == ["Bob", "Carol"]
    became = [one["became"] for one in entries if one["kind"] == "corrected"]
    assert became == [{"name": "Carol", "email": "carol@example.com"}]
    assert [one["actor"] for one in entries if one["kind"] == "corrected"] == ["Alice Tan"]
    assert agreement.history()["broken_at"] is None and flaws(agreement) == []


def test_a_corrected_name_gets_a_new_link_and_keeps_what_was_filled(stage: Stage) -> None:
    agreement = stage.send(person("Bob"))
    bob = agreement.signer()
    bob.fill()
    correct_bob(agreement, name="Robert")
    assert bob.ask("GET").json["code"] == "link_replaced"
    assert newest(agreement).state()["progress"]["filled"] == 1


def test_who_has_signed_and_what_has_ended_is_not_corrected(stage: Stage) -> None:
    agreement = stage.send(person("Bob", 1), person("Carol", 2))
    agreement.signer("Bob").sign()
    assert correct_bob(agreement, name="Eve").json["code"] == "signer_has_signed"
    other = {"recipient_id": agreement.recipient("Carol"), "email": "bob@example.com"}
    assert agreement.ask("correct", recipient=other).json["code"] == "recipient_duplicate"
    agreement.close()
    assert correct_bob(agreement, name="Eve").json["code"] == "voided"


def test_who_is_not_invited_yet_is_corrected_without_a_mail(stage: Stage) -> None:
    agreement = stage.send(person("Bob", 1), person("Carol", 2))
    agreement.ask("correct", recipient={"recipient_id": agreement.recipient("Carol"), "email": "dora@example.com"})
    assert len(agreement.told("signing.invited.v1")) == 1
    agreement.signer("Bob").sign()
    stage.work()
    assert agreement.told("signing.invited.v1")[-1]["email"] == "dora@example.com"


def test_the_deadline_and_a_message_are_corrected(stage: Stage) -> None:
    agreement = stage.send(person("Bob"), message="Please sign.")
    later = (datetime.now(UTC) + timedelta(days=20)).isoformat()
    answer = agreement.ask("correct", deadline=later, message="See page 2.")
    assert answer.json["message"] == "Please sign.\n\nSee page 2." and answer.json["deadline"] == later
    state = agreement.signer().state()
    assert state["message"].endswith("See page 2.") and state["deadline"] == later
    assert agreement.told("signing.invited.v1")[-1]["message"].endswith("See page 2.")
    past = (datetime.now(UTC) - timedelta(days=1)).isoformat()
    assert agreement.ask("correct", deadline=past).json["code"] == "deadline_passed"
    assert agreement.ask("correct", message="x" * 4990).json["code"] == "message_too_long"
    assert agreement.kinds().count("corrected") == 2 and flaws(agreement) == []


def test_a_corrected_deadline_is_mailed_once_to_those_who_may_sign(stage: Stage) -> None:
    agreement = stage.send(person("Bob"), person("Carol"), person("Dora", 2), message="Please sign.")
    agreement.signer("Carol").sign()
    later = (datetime.now(UTC) + timedelta(days=20)).isoformat()
    assert agreement.ask("correct", deadline=later, message="See page 2.").status_code == 200
    told = [one for one in agreement.told("signing.invited.v1") if one["purpose"] != "invitation"]
    assert [(one["name"], one["purpose"], one["deadline"]) for one in told] == [("Bob", "deadline_changed", later)]
    assert told[0]["message"].endswith("See page 2.")


@pytest.mark.parametrize("by", ["link", "account"])
def test_a_signer_hands_over_if_the_sender_allowed_it(stage: Stage, by: str) -> None:
    agreement = stage.send(person("Bob"), allow_reassign=True)
    bob = agreement.signer() if by == "link" else Account(agreement, "bob@example.com")
    assert bob.state()["may_reassign"] is True
    body = {"name": "王小明", "email": "carol@example.com", "language": "zh-Hans"}
    assert bob.ask("POST", "/reassign", json=body).json == {"name": "王小明", "email": "carol@example.com"}
    assert bob.ask("GET").status_code in (404, 410)
    event = agreement.told("signing.reassigned.v1")[0]
    assert (event["name"], event["by"], event["language"]) == ("王小明", "Bob", "zh-Hans")
    assert event["sender"]["email"] == "alice@example.com" and event["title"]
    newest(agreement).sign()
    stage.work()
    assert agreement.told("signing.completed.v1") and flaws(agreement) == []
    actors = {one["kind"]: one["actor"] for one in agreement.history()["entries"]}
    assert (actors["reassigned"], actors["signed"]) == ("Bob", "王小明")


def test_handing_over_needs_leave_and_somebody_else(stage: Stage) -> None:
    closed = stage.send(person("Bob"))
    body = {"name": "Carol", "email": "carol@example.com"}
    assert closed.signer().ask("POST", "/reassign", json=body).json["code"] == "reassign_not_allowed"
    open_ = stage.send(person("Bob"), allow_reassign=True)
    himself = {"name": "Bob", "email": "BOB@example.com"}
    assert open_.signer().ask("POST", "/reassign", json=himself).json["code"] == "recipient_duplicate"
    assert open_.signer().state()["state"] == "open"


def test_erasing_who_handed_over_leaves_who_signed(stage: Stage) -> None:
    agreement = stage.send(person("Bob"), allow_reassign=True)
    agreement.signer().ask("POST", "/reassign", json={"name": "Carol", "email": "carol@example.com"})
    newest(agreement).sign()
    stage.work()
    answer = stage.kit.request(
        "POST", "/internal/ceremonies/erase", service("identity"), json={"email": "bob@example.com"}
    )
    assert answer.json == {"agreements": 1, "still_open": 0}
    actors = {one["kind"]: one["actor"] for one in agreement.history()["entries"]}
    assert (actors["reassigned"], actors["signed"]) == ("-", "Carol") and flaws(agreement) == []
