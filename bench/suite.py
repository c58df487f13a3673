"""The whole suite: start, memory, the gateway's hop, one signing from send to the finished document."""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from pathlib import Path

import psutil
import requests

from chassis.tokens import Kind, Principal, TokenIssuer
from signet.demo.contract import sample_contract
from signet.demo.flow import Demo
from tests.suite.harness import Embedded, Spread


def rows() -> list[tuple[str, str, str]]:
    """The figures of both wirings."""
    begin = time.perf_counter()
    with Embedded() as suite:
        found = [("start until ready", "signet up", f"{time.perf_counter() - begin:.2f} s")]
        found += signing(suite, "signet up")
        found += [("memory after a signing", "signet up", f"{memory(suite.port) / 1e6:.0f} MB")]
    with Spread() as spread:
        found += signing(spread, "PostgreSQL, RabbitMQ, S3, SMTP")
        found += hop(spread)
    return found


def signing(suite: Embedded | Spread, wiring: str) -> list[tuple[str, str, str]]:
    """Two signers in order: from the click on send to the finished document, the signers' own time included."""
    spent = []
    for _ in range(3):
        demo = Demo(suite.url, suite.mailbox, lambda text: None)
        alice, agreement, people = demo.prepare(sample_contract(), "bench.pdf", 2, True)
        begin = time.perf_counter()
        alice.post(f"/api/v1/agreements/{agreement}/send")
        for person in people:
            demo.sign(person)
        with tempfile.TemporaryDirectory() as folder:
            demo.collect(alice, agreement, Path(folder))
        spent.append(time.perf_counter() - begin)
    return [("send to finished, two signers", wiring, f"{statistics.median(spent):.2f} s")]


def memory(port: int) -> int:
    """Proportional memory of the process that listens on ``port`` and of its children, in bytes."""
    owner = next(
        c.pid for c in psutil.net_connections("tcp") if c.laddr and c.laddr.port == port and c.status == "LISTEN"
    )
    process = psutil.Process(owner)
    return sum(one.memory_full_info().pss for one in (process, *process.children(recursive=True)))


def hop(spread: Spread) -> list[tuple[str, str, str]]:
    """The same read through the gateway and straight at the service."""
    demo = Demo(spread.url, spread.mailbox, lambda text: None)
    alice = demo.register("Alice Tan", f"hop-{time.time_ns()}@acme.example", "SG")
    through = [timed(lambda: alice.get("/api/v1/workspaces")) for _ in range(300)]
    issuer = TokenIssuer(json.loads(spread.environment["gateway"]["TOKEN_KEY"]))
    who = Principal(Kind.USER, "0192f0c4-7b1e-7a10-9c3d-000000000001", None)
    session = requests.Session()
    url = f"http://127.0.0.1:{spread.ports['workspace']}/api/v1/workspaces"
    headers = {"Authorization": f"Bearer {issuer.mint('workspace', who)}"}
    straight = [timed(lambda: session.get(url, headers=headers, timeout=10)) for _ in range(300)]
    return [
        ("a read through the gateway, p50", "PostgreSQL", f"{statistics.median(through) * 1000:.1f} ms"),
        ("the same straight at the service, p50", "PostgreSQL", f"{statistics.median(straight) * 1000:.1f} ms"),
    ]


def timed(action) -> float:
    begin = time.perf_counter()
    action()
    return time.perf_counter() - begin
