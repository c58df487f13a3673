"""An audit file is checked without the service that made it."""

import copy
from typing import Any

import pytest

from documents import audit

KEY = bytes(range(32))
AGREEMENT = "0192f0c4-7b1e-7a10-9c3d-000000000004"


def trail(count: int = 3) -> dict[str, Any]:
    entries: list[dict[str, Any]] = []
    for number in range(1, count + 1):
        entry: dict[str, Any] = {
            "agreement_id": AGREEMENT, "sequence": number, "at": "2026-11-22T08:00:00.000000+00:00", "kind": "signed",
            "actor": {"type": "recipient", "id": "1"}, "user_agent": "", "detail": {"people": [{"person": ""}]},
            "ip": audit.commitment(KEY, AGREEMENT, "ip", "198.51.100.7"),
            "previous": entries[-1]["hash"] if entries else "",
        }  # fmt: skip
        entry["detail"]["people"][0]["person"] = audit.commitment(KEY, AGREEMENT, "1", ["Bob", "bob@example.com"])
        entries.append({**entry, "hash": audit.entry_hash(entry)})
    opened = {"sequence": 1, "path": ["ip"], "name": "ip", "value": "198.51.100.7", "key": KEY.hex()}
    person = {**opened, "path": ["detail", "people", 0, "person"], "name": "1", "value": ["Bob", "bob@example.com"]}
    head = entries[-1]["hash"] if entries else ""
    return {"agreement_id": AGREEMENT, "entries": entries, "head": head, "openings": [opened, person], "anchors": []}


def test_a_whole_trail_has_no_flaws() -> None:
    assert audit.flaws(trail()) == []
    assert audit.flaws({**trail(0), "openings": []}) == []


@pytest.mark.parametrize("member", [*audit.MEMBERS, "hash"])
def test_the_first_changed_entry_is_named(member: str) -> None:
    for number in (1, 2, 3):
        changed = trail()["entries"]
        changed[number - 1][member] = "x"
        assert audit.first_broken(changed) == number
        del changed[number - 1][member]
        assert audit.first_broken(changed) == number


def test_a_trail_that_was_cut_or_belongs_to_another_agreement_is_told() -> None:
    cut = trail()
    cut["entries"].pop()
    assert audit.flaws(cut) == ["head_differs"]
    assert "entry_of_another_agreement" in audit.flaws({**trail(), "agreement_id": "another", "openings": []})


@pytest.mark.parametrize(
    ("member", "value"),
    [("value", "203.0.113.1"), ("name", "user_agent"), ("key", "00" * 32), ("path", ["at"]), ("path", ["no", 7]),
     ("path", ["actor", "type", 0]), ("sequence", 9), ("sequence", 0)],
)  # fmt: skip
def test_a_value_that_is_not_what_was_committed_to_is_told(member: str, value: Any) -> None:
    changed = copy.deepcopy(trail())
    changed["openings"][0][member] = value
    (flaw,) = audit.flaws(changed)
    assert flaw.startswith("opening_differs")


def test_without_its_openings_a_trail_stays_whole_and_tells_nothing() -> None:
    erased = {**trail(), "openings": []}
    assert audit.flaws(erased) == [] and "198.51.100.7" not in str(erased) and "Bob" not in str(erased)
