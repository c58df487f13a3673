"""Workers die and neighbours go away between any two steps; the ceremony waits and then goes on, once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from chassis.database import EVERYONE
from chassis.storage import Storage, StorageDown, Stored
from services.seal.models import Certificate
from services.signing import claims
from services.signing.models import Ceremony
from tests.signing.stage import LOOPS, Agreement, Stage, person


class Killed(BaseException):
    """The process ends here; nothing in the product handles this."""


class FailingStore:
    """The real store, in front of which one thing goes wrong once: before or after the object is written."""

    def __init__(self, store: Storage, marker: str, error: BaseException, after: bool) -> None:
        self._store, self._marker, self._error, self._after = store, marker, error, after
        self.failed = False

    def put(self, key: str, source: Path) -> Stored:
        hit = self._marker in key and not self.failed
        self.failed = self.failed or hit
        if hit and not self._after:
            raise self._error
        stored = self._store.put(key, source)
        if hit:
            raise self._error
        return stored

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


def expire_leases(stage: Stage) -> None:
    """As if the time of every hold were over."""
    with stage.kit.runtime.db.transaction(EVERYONE) as session:
        session.execute(update(Ceremony).values(lease_until=datetime.now(UTC) - timedelta(seconds=1)))


@contextmanager
def failing(stage: Stage, marker: str, error: BaseException, after: bool = False) -> Iterator[FailingStore]:
    runtime = stage.kit.runtime
    real = runtime.storage
    store = FailingStore(real, marker, error, after)
    object.__setattr__(runtime, "storage", store)
    try:
        yield store
    finally:
        object.__setattr__(runtime, "storage", real)


def expect_completed_once(agreement: Agreement) -> None:
    kinds = agreement.kinds()
    for kind in ("prepared", "signed", "signature_applied", "archived", "completed"):
        assert kinds.count(kind) == 1, kinds
    assert len(agreement.told("signing.completed.v1")) == 1 and len(agreement.links("Bob")) == 1
    assert agreement.history()["broken_at"] is None


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("marker", ["revision-1", "plan", "revision-2", "archived", "certificate", "audit"])
def test_a_worker_killed_at_any_store_is_resumed(stage: Stage, marker: str, after: bool) -> None:
    with failing(stage, marker, Killed(), after) as store:
        agreement = stage.send(person("Bob"), prepare=False)
        carry_on(stage, stage.work)
        agreement.signer().sign()
        carry_on(stage, stage.work)
    assert store.failed
    expect_completed_once(agreement)


def carry_on(stage: Stage, work: Callable[[], None]) -> None:
    """Start the worker again after it was killed."""
    try:
        work()
    except Killed:
        expire_leases(stage)
        work()


def test_a_worker_frozen_in_its_work_does_not_count_when_it_wakes(stage: Stage) -> None:
    agreement = stage.send(person("Bob"), prepare=False)
    overtaken: list[bool] = []

    def overtake(runtime: Any, agreement_id: Any) -> None:
        expire_leases(stage)
        stage.work()
        overtaken.append(True)

    claims.turn(stage.kit.runtime, Ceremony.revision == 0, overtake)
    agreement.signer().sign()
    stage.work()
    assert overtaken
    expect_completed_once(agreement)


@pytest.mark.parametrize("marker", ["revision-1", "plan", "revision-2", "archived", "certificate"])
def test_a_store_that_is_away_is_tried_again(stage: Stage, marker: str) -> None:
    with failing(stage, marker, StorageDown("away")):
        agreement = stage.send(person("Bob"), prepare=False)
        for step in (lambda: None, lambda: agreement.signer().sign()):
            step()
            stage.work()
            expire_leases(stage)
            stage.work()
    expect_completed_once(agreement)


def test_while_seal_is_away_the_ceremony_waits_visibly_and_others_are_not_held_up(stage: Stage) -> None:
    waiting = stage.send(person("Bob"))
    waiting.signer().sign()
    app = stage.neighbours.pop("seal")
    stage.neighbours["seal"] = away
    stage.work()
    assert waiting.signer().state()["state"] == "already_signed"
    with stage.kit.runtime.db.read(EVERYONE) as session:
        row = session.get_one(Ceremony, waiting.id)
        assert row.attempts == 1 and row.last_error == "Problem: 503 unavailable" and row.lease_until
    stage.change(waiting, lease_until=datetime.now(UTC) + timedelta(hours=1))
    stage.neighbours["seal"] = app
    other = stage.send(person("Bob"))
    other.signer().sign()
    stage.work()
    expect_completed_once(other)
    assert not waiting.told("signing.completed.v1")
    expire_leases(stage)
    stage.work()
    expect_completed_once(waiting)


def away(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    """A neighbour that answers nothing but 503."""
    start_response("503 Service Unavailable", [("Content-Type", "text/plain")])
    return [b""]


def test_a_broken_base_file_stops_the_ceremony_before_anybody_is_told_done(stage: Stage) -> None:
    agreement = stage.send(person("Bob"))
    agreement.signer().sign()
    stage.kit.turn("append")
    file = stage.folder / "broken.pdf"
    file.write_bytes(b"%PDF-1.7 something else")
    with stage.kit.runtime.db.read(EVERYONE) as session:
        key = (session.get_one(Ceremony, agreement.id).file or {})["key"]
    stage.kit.runtime.storage.put(key, file)
    stage.work()
    assert not agreement.told("signing.completed.v1") and "completed" not in agreement.kinds()


def test_pauses_grow_to_a_minute() -> None:
    assert [claims.pause(n).total_seconds() for n in (1, 2, 3, 7, 50)] == [1, 2, 4, 60, 60]


def test_the_loops_are_those_of_the_service(stage: Stage) -> None:
    assert tuple(loop.name for loop in stage.kit.service.loops) == (*LOOPS, "discard")


ASKED = (
    "credentials/one-time", "credentials/info", "signatures/signHash", "signatures/timestamp", "validation-data",
)  # fmt: skip


class Killing:
    """*seal*, at whose door the asking worker dies once: before it is heard, or when the answer is on its way."""

    def __init__(self, app: Callable[..., Any], marker: str, after: bool) -> None:
        self._app, self._marker, self._after, self.killed = app, marker, after, False

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        hit = not self.killed and environ["PATH_INFO"].endswith(self._marker)
        self.killed = self.killed or hit
        if hit and not self._after:
            raise Killed
        answer = self._app(environ, start_response)
        if hit:
            list(answer)
            raise Killed
        return answer


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("marker", ASKED)
def test_a_worker_killed_while_it_asks_for_a_signature_is_resumed(stage: Stage, marker: str, after: bool) -> None:
    agreement = stage.send(person("Bob"))
    agreement.signer().sign()
    killing = stage.neighbours["seal"] = Killing(stage.neighbours["seal"], marker, after)
    carry_on(stage, stage.work)
    assert killing.killed
    expect_completed_once(agreement)
    with stage.seal.runtime.db.read(EVERYONE) as session:
        names = session.scalars(select(Certificate.credential).where(Certificate.credential.startswith("act:"))).all()
    assert len(names) == 1
