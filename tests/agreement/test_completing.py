"""Between the last signature and completion, and what becomes of the files over the years."""

from __future__ import annotations

from typing import Any

import pytest

from tests.agreement.desk import BOB, CAROL, at
from tests.agreement.test_ending import FILES


def test_when_all_have_signed_it_is_completing_and_waits_for_others(desk):
    key = desk.sent(BOB, CAROL, ordered=False)
    for place in (0, 1):
        assert desk.show(key)["status"] == "sent"
        desk.tell("signing.invited.v1", key, place)
        desk.tell("signing.signed.v1", key, place, minute=1)
    assert desk.show(key)["status"] == "completing"
    assert desk.listed(category="waiting_for_others") == desk.listed(status="completing") == [key]
    assert desk.listed(category="action_required") == desk.listed(category="completed") == []
    desk.tell("signing.completed.v1", key, None, **FILES, certificates={}, completed_at=at(2), links=[])
    assert desk.listed(category="completed") == [key] and desk.listed(category="waiting_for_others") == []


def test_one_that_is_completing_can_no_longer_be_voided(desk):
    key = desk.sent()
    desk.tell("signing.signed.v1", key, 0)
    desk.signing.outcome = "completed"
    assert desk.call("POST", f"/{key}/void", {"reason": "Too late"}).status_code == 409
    assert desk.show(key)["status"] == "completing"


def renewed(version: int) -> dict[str, Any]:
    """What *signing* tells of files with another archive time stamp."""
    names = {name: {"key": f"renewed/{version}/{name}", "sha256": "cd" * 32, "size": 7} for name in FILES}
    return {"document": names["document"], "certificate": names["certificate"], "certificates": {}}


@pytest.mark.parametrize("order", [(0, 1, 2), (0, 2, 1), (2, 0, 2, 1), (1, 2, 0)])
def test_the_newest_archive_time_stamp_is_what_is_handed_out(desk, order):
    key = desk.sent()
    for version in order:
        if version == 0:
            desk.tell("signing.completed.v1", key, None, **FILES, certificates={}, completed_at=at(0), links=[])
        else:
            desk.tell("signing.archived.v1", key, None, at=at(version), **renewed(version))
    path = desk.folder / "renewed/2/document"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"renewed")
    answer = desk.call("GET", f"/{key}/files/document")
    assert answer.data == b"renewed" and answer.headers["ETag"] == f'"{"cd" * 32}"'
