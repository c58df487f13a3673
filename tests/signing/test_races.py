"""Two at once: exactly one act, one revision, one completion."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import select

from chassis.database import EVERYONE
from chassis.ids import new_key
from chassis.storage import scratch_folder
from services.signing import append, archive, complete, prepare
from services.signing.archiving import Archived
from services.signing.models import Ceremony, Recipient
from services.signing.papers import Papers
from tests.service_kit import Kit
from tests.signing.stage import LOOPS, Agreement, Signer, Stage, person

FILE = {"key": "x", "sha256": "11" * 32, "size": 1}
PREPARED = prepare.Prepared(FILE, FILE, [[595.0, 842.0]])
ENDS = datetime(2199, 1, 1, tzinfo=UTC)
PAPERS = Papers({"en": FILE}, FILE, FILE, ENDS)
BOTH = ["stage", "postgres_stage"]


def at_once(*actions: Callable[[], Any]) -> list[Any]:
    """Start all actions in the same moment."""
    start = Barrier(len(actions))

    def run(action: Callable[[], Any]) -> Any:
        start.wait()
        return action()

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(run, actions))


def finish(signer: Signer) -> int:
    return signer.ask("POST", "/finish").status_code


def ready(stage: Stage, rounds: int) -> list[tuple[Agreement, list[Signer]]]:
    """Agreements whose two last signers have filled in everything, on a document of one blank revision."""
    sent = [stage.send(person("Bob", fields=[]), person("Carol", fields=[]), prepare=False) for _ in range(rounds)]
    for agreement in sent:
        assert prepare.commit(stage.kit.runtime, agreement.id, PREPARED)
    everybody = [(one, [one.signer("Bob"), one.signer("Carol")]) for one in sent]
    for _, signers in everybody:
        for signer in signers:
            signer.consent()
    return everybody


def append_on(stage: Stage, agreement: Agreement, name: str) -> bool:
    """Make the next act's revision the ceremony's, as a worker does after its work on the file."""
    waiting = append.next_act(stage.kit.runtime, agreement.id)
    return waiting is not None and append.commit(stage.kit.runtime, waiting, {**FILE, "key": name})


def race_to_the_end(stage: Stage, rounds: int) -> None:
    for agreement, signers in ready(stage, rounds):
        assert at_once(*[partial(finish, one) for one in signers * 2]).count(200) == 2
        while append.next_act(stage.kit.runtime, agreement.id):
            at_once(*[partial(append_on, stage, agreement, name) for name in ("one", "two")])
        known = archive.gather(stage.kit.runtime, agreement.id).ceremony
        archived = partial(archive.commit, stage.kit.runtime, known, FILE, Archived(ENDS, True, ()))
        assert sorted(at_once(archived, archived)) == [False, True]
        done = at_once(*[partial(complete.commit, stage.kit.runtime, known, PAPERS)] * 2)
        assert sorted(done) == [False, True]
        expect_exactly_once(stage, agreement)


def expect_exactly_once(stage: Stage, agreement: Agreement) -> None:
    assert agreement.kinds().count("signed") == agreement.kinds().count("signature_applied") == 2
    assert agreement.kinds().count("archived") == 1
    assert len(agreement.told("signing.signed.v1")) == 2 and len(agreement.told("signing.completed.v1")) == 1
    assert agreement.history()["broken_at"] is None
    with stage.kit.runtime.db.read(EVERYONE) as session:
        mine = select(Recipient.revision).where(Recipient.agreement_id == agreement.id)
        assert sorted(session.scalars(mine)) == [2, 3]
        assert session.get_one(Ceremony, agreement.id).revision == 3


@pytest.mark.parametrize("rounds", [20, pytest.param(100, marks=pytest.mark.soak)])
def test_two_last_signers_at_once_complete_once_on_postgresql(postgres_stage: Stage, rounds: int) -> None:
    race_to_the_end(postgres_stage, rounds)


def test_two_last_signers_at_once_complete_once_on_sqlite(stage: Stage) -> None:
    race_to_the_end(stage, 10)


@pytest.mark.parametrize("name", BOTH)
def test_two_workers_share_the_work_and_the_papers_are_sound(name: str, request: pytest.FixtureRequest) -> None:
    stage: Stage = request.getfixturevalue(name)
    agreements = [stage.send(person("Bob"), person("Carol"), ordered=False, prepare=False) for _ in range(3)]
    at_once(*[stage.work] * 2)
    for agreement in agreements:
        for signer in (agreement.signer("Bob"), agreement.signer("Carol")):
            signer.fill()
        finishing = [partial(finish, agreement.signer(name)) for name in ("Bob", "Carol")]
        assert at_once(*finishing) == [200, 200]
    at_once(*[stage.work] * 2)
    for agreement in agreements:
        expect_exactly_once(stage, agreement)


@pytest.mark.parametrize("name", BOTH)
def test_a_second_append_onto_the_same_base_does_not_count(name: str, request: pytest.FixtureRequest) -> None:
    stage: Stage = request.getfixturevalue(name)
    agreement = stage.send(person("Bob"), person("Carol"))
    agreement.signer("Bob").sign()
    runtime = stage.kit.runtime
    waiting = append.next_act(runtime, agreement.id)
    assert waiting
    with scratch_folder() as one, scratch_folder() as two:
        files = [append.build(runtime, waiting, folder) for folder in (one, two)]
    assert [append.commit(runtime, waiting, file) for file in files] == [True, False]
    agreement.signer("Carol").sign()
    stage.work()
    expect_exactly_once(stage, agreement)


@pytest.mark.parametrize("name", BOTH)
def test_signing_and_voiding_at_once_have_one_winner(name: str, request: pytest.FixtureRequest) -> None:
    stage: Stage = request.getfixturevalue(name)
    for agreement, (bob, carol) in ready(stage, 8):
        assert finish(bob) == 200
        outcome, status = at_once(agreement.close, partial(finish, carol))
        assert (outcome, status) in {("closed", 409), ("completed", 200)}


@pytest.mark.parametrize("name", BOTH)
def test_closing_and_opening_at_once_never_leaves_it_open(name: str, request: pytest.FixtureRequest) -> None:
    stage: Stage = request.getfixturevalue(name)
    for _ in range(8):
        agreement = Agreement(stage, (person("Bob"),), True, {})
        at_once(agreement.deliver, agreement.close)
        stage.work()
        assert agreement.links("Bob") == [] and "voided" in agreement.kinds()


def doubled(kit: Kit, agreement: Agreement, types: Sequence[str]) -> None:
    """Deliver what was delivered before again, under new event ids."""
    for type in types:
        data = agreement.data if type == "agreement.sent.v1" else {"agreement_id": str(agreement.id)}
        kit.deliver(type, subject=agreement.id, **data)


def test_events_told_twice_and_too_early_change_nothing(stage: Stage) -> None:
    agreement = Agreement(stage, (person("Bob"),), True, {})
    recipient = {"recipient_id": agreement.recipient("Bob")}
    early = {"agreement_id": str(agreement.id)}
    stage.kit.deliver("agreement.reminder_due.v1", **early, recipient_ids=[recipient["recipient_id"]])
    stage.kit.deliver("notify.delivered.v1", **early, **recipient)
    agreement.deliver()
    doubled(stage.kit, agreement, ["agreement.sent.v1"])
    stage.work()
    assert agreement.kinds() == ["created", "sent", "prepared", "invited"]
    body = json.dumps(mail_event(agreement)).encode()
    stage.kit.redeliver(body)
    stage.kit.redeliver(body)
    assert agreement.kinds()[-2:] == ["invited", "bounced"]


def mail_event(agreement: Agreement) -> dict[str, Any]:
    data = {
        "agreement_id": str(agreement.id), "recipient_id": agreement.recipient("Bob"), "purpose": "invitation",
        "reason": "550 no such user", "at": "2026-11-22T08:00:00+00:00",
    }  # fmt: skip
    return {
        "id": str(new_key()), "type": "notify.bounced.v1", "subject": str(agreement.id), "sequence": "1",
        "time": "2026-11-22T08:00:00+00:00", "correlationid": "test", "data": data,
    }  # fmt: skip


def test_every_loop_rests_when_there_is_nothing_to_do(stage: Stage) -> None:
    stage.work()
    assert [stage.kit.turn(loop) for loop in LOOPS] == [0] * len(LOOPS)
