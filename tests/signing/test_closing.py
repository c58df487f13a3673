"""The end that the sender or the deadline asks for."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.signing.stage import Agreement, Stage, person


def test_closing_twice_says_the_same_and_is_told_once(stage: Stage) -> None:
    agreement = stage.send(person("Bob"))
    assert [agreement.close(), agreement.close(), agreement.close("expired")] == ["closed"] * 3
    assert len(agreement.told("signing.closed.v1")) == 1 and agreement.kinds().count("voided") == 1


def test_a_close_that_comes_first_keeps_it_from_opening(stage: Stage) -> None:
    agreement = Agreement(stage, (person("Bob"),), True, {})
    assert agreement.close() == "closed"
    assert agreement.close() == "closed"
    agreement.deliver()
    stage.work()
    assert agreement.links("Bob") == [] and agreement.kinds() == ["created", "sent", "voided"]


def test_what_all_have_finished_cannot_be_closed_any_more(stage: Stage) -> None:
    agreement = stage.send(person("Bob"))
    agreement.signer().sign()
    assert agreement.close() == "completed" and agreement.close("expired") == "completed"
    stage.work()
    assert agreement.told("signing.completed.v1")


def test_what_some_have_finished_can_be_closed_and_nobody_else_is_invited(stage: Stage) -> None:
    agreement = stage.send(person("Bob", 1), person("Carol", 2))
    agreement.signer("Bob").sign()
    assert agreement.close("expired") == "closed"
    stage.work()
    assert agreement.links("Carol") == [] and not agreement.told("signing.completed.v1")


def test_a_signer_declines_from_the_console_through_agreement(stage: Stage) -> None:
    agreement = stage.send(person("Bob"))
    stranger = agreement.ask("decline", email="mallory@example.com", reason="No.")
    assert stranger.status_code == 404
    assert agreement.ask("decline", email="bob@example.com", reason="No.").json == {"outcome": "declined"}
    assert agreement.ask("decline", email="bob@example.com", reason="No.").json["code"] == "declined"


def test_nobody_is_invited_after_the_deadline(stage: Stage) -> None:
    agreement = stage.send(person("Bob", 1), person("Carol", 2))
    agreement.signer("Bob").sign()
    stage.change(agreement, deadline=datetime.now(UTC))
    stage.work()
    assert "signature_applied" in agreement.kinds() and agreement.links("Carol") == []


def test_what_all_have_finished_is_completed_after_the_deadline(stage: Stage) -> None:
    agreement = stage.send(person("Bob"))
    agreement.signer().sign()
    stage.change(agreement, deadline=datetime.now(UTC))
    stage.work()
    assert len(agreement.told("signing.completed.v1")) == 1
