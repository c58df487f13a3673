"""From the transaction to the handler: outbox, relay, bus, inbox, on SQLite and PostgreSQL."""

from __future__ import annotations

import json
import threading
import time
import uuid
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text

from chassis.bus import BusDown, Message, RetryPolicy, Unroutable, connect_bus
from chassis.database import EVERYONE
from chassis.ids import new_key
from chassis.migrations import guard_tenants
from chassis.outbox import emit
from chassis.relay import publish_pending, replay, run_relay, sweep
from chassis.tables import inbox, outbox
from chassis.worker import handle, run_worker
from contracts.catalogue import CATALOGUE, ContractViolation
from tests.chassis.toy import heard, make
from tests.support import eventually

TYPE = "workspace.changed.v1"
REGISTERED = "identity.account_registered.v1"


@pytest.fixture(params=["sqlite", "postgres"])
def toy(request, tmp_path):
    url = None
    if request.param == "postgres":
        url = request.getfixturevalue("postgres").create_database(f"toy_{uuid.uuid4().hex}")
    heard.clear()
    service, runtime = make(tmp_path, url)
    yield service, runtime
    runtime.db.engine.dispose()


def say(runtime, count=1, subject=None):
    ids = []
    for number in range(count):
        with runtime.db.transaction(EVERYONE) as session:
            ids.append(emit(session, TYPE, subject=subject or "s", sequence=number, data=dict(CATALOGUE[TYPE].example)))
    return ids


class Paper:
    """A publisher that writes down what it is given, after the failures it was told to have."""

    def __init__(self, *failures):
        self.failures, self.published = list(failures), []

    def publish(self, messages):
        if self.failures:
            raise self.failures.pop(0)
        self.published += [message.id for message in messages]

    def close(self):
        pass


@contextmanager
def running(target, *args):
    stop = threading.Event()
    thread = threading.Thread(target=target, args=(*args, stop))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def test_an_event_of_a_rolled_back_transaction_never_existed(toy):
    _, runtime = toy
    with pytest.raises(ZeroDivisionError), runtime.db.transaction(EVERYONE) as session:
        emit(session, TYPE, subject="s", sequence=1, data=dict(CATALOGUE[TYPE].example))
        raise ZeroDivisionError
    assert not publish_pending(runtime.db, Paper())


def test_the_outbox_is_published_in_order_and_once(toy):
    _, runtime = toy
    ids, paper = say(runtime, 5), Paper()
    assert publish_pending(runtime.db, paper) and not publish_pending(runtime.db, paper)
    assert paper.published == ids


def test_what_the_broker_did_not_confirm_is_published_again(toy):
    _, runtime = toy
    ids, paper = say(runtime, 2), Paper(BusDown("gone"))
    with pytest.raises(BusDown):
        publish_pending(runtime.db, paper)
    publish_pending(runtime.db, paper)
    assert paper.published == ids


def test_an_unroutable_event_stays_and_the_others_are_marked(toy):
    _, runtime = toy
    ids = say(runtime, 3)
    with pytest.raises(BusDown):
        publish_pending(runtime.db, Paper(Unroutable([ids[1]])))
    paper = Paper()
    publish_pending(runtime.db, paper)
    assert paper.published == [ids[1]]


@pytest.mark.parametrize(
    ("type", "data"),
    [("workspace.exploded.v1", {}), (REGISTERED, dict(CATALOGUE[REGISTERED].example)), (TYPE, {"name": "x"})],
    ids=["unknown", "somebody else's", "wrong data"],
)
def test_only_an_owner_emits_only_what_the_catalogue_knows(toy, type, data):
    _, runtime = toy
    with pytest.raises(ContractViolation), runtime.db.transaction(EVERYONE) as session:
        emit(session, type, subject="s", sequence=1, data=data)


def test_a_relay_wakes_at_the_commit(toy):
    _, runtime = toy
    bus = connect_bus(f"memory://{uuid.uuid4().hex}")
    bus.declare({"gateway": [TYPE]})
    got: list[float] = []
    with running(run_relay, runtime.db, bus), running(consume, bus, got):
        say(runtime)
        eventually(lambda: got)
        for _ in range(5):
            begin = time.monotonic()
            say(runtime)
            eventually(lambda begin=begin: got[-1] > begin, every=0.001)
            assert got[-1] - begin < 1.0


def consume(bus, got, stop):
    bus.consume("gateway", lambda message: got.append(time.monotonic()), stop)


def test_two_relays_keep_the_order(toy):
    _, runtime = toy
    bus = connect_bus(f"memory://{uuid.uuid4().hex}")
    bus.declare({"gateway": [TYPE]})
    got: list[str] = []
    writer = threading.Thread(target=lambda: ids.extend(say(runtime, 100)))
    ids: list[str] = []

    def collect(stop):
        bus.consume("gateway", lambda message: got.append(message.id), stop, concurrency=1)

    with running(run_relay, runtime.db, bus), running(run_relay, runtime.db, bus), running(collect):
        writer.start()
        writer.join()
        eventually(lambda: len(set(got)) == 100, timeout=20)
    if not runtime.db.is_sqlite:
        assert got == ids


def test_a_doubled_message_is_handled_once(toy):
    service, runtime = toy
    message = registered()
    handle(service, runtime, message)
    handle(service, runtime, message)
    assert heard == [message.id]


def test_a_failing_handler_leaves_no_inbox_row(toy):
    service, runtime = toy
    message = registered()
    broken = type(service)(**{**vars(service), "handlers": {REGISTERED: lambda *_: 1 / 0}})
    with pytest.raises(ZeroDivisionError):
        handle(broken, runtime, message)
    with runtime.db.read(EVERYONE) as session:
        assert session.execute(select(inbox)).all() == []
    handle(service, runtime, message)
    assert heard == [message.id]


def test_a_worker_consumes_what_a_relay_published(toy):
    service, runtime = toy
    bus = connect_bus(f"memory://{uuid.uuid4().hex}")
    bus.declare({"workspace": [REGISTERED]})
    with worker(service, runtime, bus):
        bus.publisher().publish([registered() for _ in range(20)])
        eventually(lambda: len(heard) == 20)


@contextmanager
def worker(service, runtime, bus):
    stop = threading.Event()
    thread = threading.Thread(target=run_worker, args=(service, runtime, bus, stop, RetryPolicy(2, 0.05)))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def test_replay_publishes_again_what_is_not_kept_out(toy):
    _, runtime = toy
    ids, paper = say(runtime, 3), Paper()
    publish_pending(runtime.db, paper)
    assert replay(runtime.db, datetime.now(UTC) - timedelta(hours=1), keep=ids[:1]) == 2
    publish_pending(runtime.db, paper)
    assert paper.published == ids + ids[1:]


def test_row_level_security_stands_behind_the_scope(postgres, tmp_path):
    with postgres.connect("postgres") as connection:
        connection.execute("DROP ROLE IF EXISTS toy_app; CREATE ROLE toy_app LOGIN NOSUPERUSER")
    url = postgres.create_database("toy_rls")
    with postgres.connect("toy_rls") as connection:
        connection.execute("ALTER DATABASE toy_rls OWNER TO toy_app; GRANT ALL ON SCHEMA public TO toy_app")
    service, runtime = make(tmp_path, url.replace("signet@", "toy_app@"))
    guard(runtime, service)
    mine, theirs = uuid.uuid4(), uuid.uuid4()
    for workspace in (mine, theirs):
        with runtime.db.transaction(workspace) as session:
            row = {"id": uuid.uuid4(), "ws": workspace}
            session.execute(text("insert into note (note_id, workspace_id, text) values (:id, :ws, 'x')"), row)
    with runtime.db.read(mine) as session:
        assert session.execute(text("select workspace_id from note")).scalars().all() == [mine]
    runtime.db.engine.dispose()


def guard(runtime, service):
    with runtime.db.engine.begin() as connection:
        guard_tenants(connection, service.base.metadata.tables.values())


def registered():
    key = str(new_key())
    body = {
        "id": key, "type": REGISTERED, "subject": "s", "sequence": "1", "time": datetime.now(UTC).isoformat(),
        "correlationid": "c", "data": dict(CATALOGUE[REGISTERED].example),
    }  # fmt: skip
    return Message(key, REGISTERED, json.dumps(body).encode())


def test_the_outbox_keeps_a_week(toy):
    _, runtime = toy
    say(runtime, 2)
    publish_pending(runtime.db, Paper())
    with runtime.db.transaction(EVERYONE) as session:
        old = datetime.now(UTC) - timedelta(days=8)
        first = select(outbox.c.position).order_by(outbox.c.position).limit(1).scalar_subquery()
        session.execute(outbox.update().where(outbox.c.position == first).values(published_at=old))
    sweep(runtime.db)
    with runtime.db.read(EVERYONE) as session:
        assert len(session.execute(select(outbox)).all()) == 1
