"""A reservation nobody sent is released after a quarter of an hour, when *agreement* says so."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chassis.ids import new_key
from tests.billing.conftest import Agreements
from tests.billing.desk import Desk

OLD = timedelta(minutes=16)


@pytest.mark.parametrize("state", ["draft", "missing"])
def test_what_was_not_sent_is_released(desk: Desk, agreements: Agreements, state: str) -> None:
    workspace, agreement = desk.workspace(1), new_key()
    desk.reserve(workspace, agreement)
    agreements.states[agreement] = state
    desk.age(agreement, OLD)
    assert desk.kit.turn("release_stale") == 1
    assert (desk.state(agreement), desk.left(workspace)) == ("released", 1)
    desk.require_balance(workspace)


def test_what_was_sent_stays_reserved_until_its_event_comes(desk: Desk, agreements: Agreements) -> None:
    workspace, agreement = desk.workspace(1), new_key()
    desk.reserve(workspace, agreement)
    agreements.states[agreement] = "sent"
    desk.age(agreement, OLD)
    desk.kit.turn("release_stale")
    assert desk.state(agreement) == "reserved"
    desk.sent(workspace, agreement)
    assert desk.state(agreement) == "committed"


def test_a_fresh_reservation_is_not_even_asked_about(desk: Desk, agreements: Agreements) -> None:
    desk.reserve(desk.workspace(1), new_key())
    assert desk.kit.turn("release_stale") == 0
    assert agreements.asked == 0


def test_while_agreement_is_away_nothing_is_released_and_it_is_not_asked_in_a_hurry(
    desk: Desk, agreements: Agreements
) -> None:
    workspace, agreement = desk.workspace(1), new_key()
    desk.reserve(workspace, agreement)
    desk.age(agreement, OLD)
    agreements.away = True
    assert desk.kit.turn("release_stale") == 1
    assert desk.state(agreement) == "reserved"


def test_asking_again_makes_a_reservation_young_again(desk: Desk, agreements: Agreements) -> None:
    workspace, agreement = desk.workspace(1), new_key()
    desk.reserve(workspace, agreement)
    desk.age(agreement, OLD)
    desk.reserve(workspace, agreement)
    assert desk.kit.turn("release_stale") == 0
    assert desk.state(agreement) == "reserved"


def test_a_reservation_renewed_while_agreement_is_asked_is_kept(desk: Desk, agreements: Agreements) -> None:
    workspace, agreement = desk.workspace(1), new_key()
    desk.reserve(workspace, agreement)
    desk.age(agreement, OLD)
    agreements.meanwhile = lambda: desk.reserve(workspace, agreement)
    assert desk.kit.turn("release_stale") == 1
    assert desk.state(agreement) == "reserved"


def test_an_agreement_sent_while_it_is_asked_about_keeps_its_envelope(desk: Desk, agreements: Agreements) -> None:
    workspace, agreement = desk.workspace(1), new_key()
    desk.reserve(workspace, agreement)
    desk.age(agreement, OLD)
    agreements.meanwhile = lambda: desk.sent(workspace, agreement)
    assert desk.kit.turn("release_stale") == 1
    assert (desk.state(agreement), desk.left(workspace)) == ("committed", 0)
