"""Agreements that everybody has signed while something outside is away."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from signet.demo.flow import Demo, Signer
from signet.demo.http import Browser
from tests.suite.checks import root_of
from tests.suite.once import expect_each_once
from tests.suite.papers import reportlab_contract
from tests.support import eventually


@dataclass(frozen=True)
class Waiting:
    """An agreement on its way, its sender and its signers."""

    demo: Demo
    alice: Browser
    id: str
    people: list[Signer]

    def status(self) -> str:
        """As its sender sees it."""
        return str(self.alice.get(f"/api/v1/agreements/{self.id}")["status"])

    def sign(self, *numbers: int) -> None:
        """These signers sign."""
        for number in numbers:
            self.demo.sign(self.people[number])

    def expect_completing(self) -> None:
        """The sender sees that it is being finished."""
        eventually(lambda: self.status() == "completing", 30)

    def expect_done_once(self, suite, folder: Path, *more: bytes) -> None:
        """It ends, and everything in it is there once; ``more`` are roots beside the suite's own."""
        self.demo.collect(self.alice, self.id, folder)
        expect_each_once(folder, [root_of(suite), *more], len(self.people))


def sent(suite, signers: int = 2) -> Waiting:
    """One that has been sent to signers side by side."""
    demo = Demo(suite.url, suite.mailbox, print)
    alice, agreement, people = demo.prepare(reportlab_contract(), "contract.pdf", signers, False)
    alice.post(f"/api/v1/agreements/{agreement}/send")
    return Waiting(demo, alice, agreement, people)
