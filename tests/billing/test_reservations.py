"""One envelope for each agreement, exactly once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import delete
from sqlalchemy.exc import DBAPIError

from chassis.database import EVERYONE
from chassis.ids import new_key
from services.billing.models import LedgerEntry
from tests.billing.desk import DAY, Desk
from tests.service_kit import service, user


def test_alice_reserves_one_envelope_however_often_she_asks(desk: Desk) -> None:
    workspace, agreement = desk.workspace(5), new_key()
    answers = [desk.reserve(workspace, agreement) for _ in range(3)]
    assert [answer.json for answer in answers] == [{"agreement_id": str(agreement), "state": "reserved"}] * 3
    assert desk.left(workspace) == 4
    desk.require_balance(workspace)


def test_of_eight_senders_racing_for_the_last_envelope_exactly_one_wins(desk: Desk) -> None:
    with ThreadPoolExecutor(8) as pool:
        for _ in range(40):
            workspace = desk.workspace(1)
            codes = list(
                pool.map(lambda key, w=workspace: desk.reserve(w, key).status_code, [new_key() for _ in range(8)])
            )
            assert sorted(codes) == [200] + [402] * 7
            desk.require_balance(workspace)


def test_eight_twins_of_one_request_take_one_envelope(desk: Desk) -> None:
    workspace, agreement = desk.workspace(5), new_key()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: desk.reserve(workspace, agreement), range(8)))
    assert {answer.status_code for answer in answers} == {200}
    assert desk.left(workspace) == 4


def test_with_no_envelope_left_sending_is_refused_with_the_way_to_buy(desk: Desk) -> None:
    workspace = desk.workspace(0)
    answer = desk.reserve(workspace, new_key())
    assert (answer.status_code, answer.json["code"]) == (402, "envelopes_exhausted")
    assert "Billing" in answer.json["title"]


def test_an_ended_plan_cannot_send_but_keeps_what_was_sent(desk: Desk) -> None:
    workspace, before, after = desk.workspace(5), new_key(), new_key()
    desk.reserve(workspace, before)
    desk.sent(workspace, before)
    desk.end_plan(workspace)
    assert desk.reserve(workspace, before).json["state"] == "committed"
    answer = desk.reserve(workspace, after)
    assert (answer.status_code, answer.json["code"]) == (402, "plan_expired")


def test_a_workspace_billing_has_not_heard_of_yet_is_asked_to_come_back(desk: Desk) -> None:
    workspace, agreement = new_key(), new_key()
    answer = desk.reserve(workspace, agreement)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")
    desk.create(workspace)
    assert desk.reserve(workspace, agreement).status_code == 200


def test_the_batch_that_ends_first_is_used_first_and_an_ended_one_never(desk: Desk) -> None:
    workspace = desk.workspace(1)
    soon = desk.add_batch(workspace, 1, 2 * DAY)
    gone = desk.add_batch(workspace, 9, -timedelta(seconds=1), settled=False)
    desk.reserve(workspace, new_key())
    assert (desk.available(soon), desk.left(workspace)) == (0, 10)
    assert desk.reserve(workspace, new_key()).status_code == 200
    assert desk.reserve(workspace, new_key()).status_code == 402
    assert desk.available(gone) == 9


def test_an_agreement_of_another_workspace_is_not_there(desk: Desk) -> None:
    alices, bobs, agreement = desk.workspace(5), desk.workspace(5), new_key()
    desk.reserve(alices, agreement)
    assert desk.reserve(bobs, agreement).status_code == 404
    assert desk.left(bobs) == 5


def test_a_released_envelope_can_be_used_again(desk: Desk) -> None:
    workspace, agreement = desk.workspace(1), new_key()
    desk.reserve(workspace, agreement)
    assert desk.release(agreement).status_code == 204
    assert desk.release(agreement).status_code == 204
    assert desk.left(workspace) == 1
    assert desk.reserve(workspace, agreement).json["state"] == "reserved"
    assert desk.left(workspace) == 0
    desk.require_balance(workspace)


def test_releasing_what_was_never_reserved_changes_nothing(desk: Desk) -> None:
    assert desk.release(new_key()).status_code == 204


def test_the_envelope_of_a_sent_agreement_is_not_given_back(desk: Desk) -> None:
    workspace, agreement = desk.workspace(1), new_key()
    desk.reserve(workspace, agreement)
    desk.sent(workspace, agreement)
    answer = desk.release(agreement)
    assert (answer.status_code, answer.json["code"]) == (409, "envelope_used")
    assert desk.left(workspace) == 0


def test_only_agreement_may_reserve(desk: Desk) -> None:
    body = {"agreement_id": str(new_key()), "workspace_id": str(new_key())}
    for who in (service("signing"), user()):
        assert desk.kit.request("POST", "/internal/reservations", who, json=body).status_code == 404


def test_the_ledger_can_only_grow(desk: Desk) -> None:
    workspace = desk.workspace(1)
    with pytest.raises(DBAPIError, match="append-only"), desk.db.transaction(EVERYONE) as session:
        session.execute(delete(LedgerEntry).where(LedgerEntry.workspace_id == workspace))
