"""Two codes were mailed, because the suite was killed between the first and its answer: only the later one counts."""

from __future__ import annotations

from signet.demo.flow import Demo
from signet.demo.http import Refused
from signet.demo.mail import Mail

ADDRESS = "mei@globex.example"


class Arriving:
    """A mailbox into which the second letter comes after the first was read."""

    def __init__(self) -> None:
        self.looks = 0

    def mails(self, address: str) -> list[Mail]:
        self.looks += 1
        letters = [Mail("1", "Your code", "Your code:\n111111"), Mail("2", "Your code", "Your code:\n222222")]
        return letters[:1] if self.looks < 3 else letters[::-1]


def only_the_second(code: str) -> str:
    if code != "222222":
        raise Refused(403, {"code": "code_wrong", "title": "This code is not correct."})
    return "passed"


def test_a_code_that_was_replaced_is_followed_by_the_next_mailed_one():
    assert Demo("", Arriving(), lambda line: None).give_code(ADDRESS, only_the_second) == "passed"
