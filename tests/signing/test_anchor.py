"""Daily anchors: every chain that has grown, once a day, stamped once, proved by itself."""

from __future__ import annotations

import copy
import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import select, update

from chassis.database import EVERYONE
from documents import anchors, audit
from services.signing import anchor, history
from services.signing import audit as audit_file
from services.signing.material import gather
from services.signing.models import Anchor, Anchored, Ceremony
from tests.signing.stage import Agreement, Stage, person


def sent(stage: Stage) -> Agreement:
    """An agreement whose chain has begun; no loop has turned."""
    return stage.send(person("Bob"), prepare=False)


def rows(stage: Stage, model: Any) -> list[Any]:
    with stage.kit.runtime.db.read(EVERYONE) as session:
        return list(session.scalars(select(model)))


def trail(stage: Stage, agreement: Agreement) -> dict[str, Any]:
    with stage.kit.runtime.db.read(EVERYONE) as session:
        material = gather(session, session.get_one(Ceremony, agreement.id))
    return json.loads(audit_file.text(stage.kit.runtime.sealer, material))


def yesterday(stage: Stage) -> None:
    """What was anchored today was anchored a day ago."""
    with stage.kit.runtime.db.transaction(EVERYONE) as session:
        today = session.scalars(select(Anchor)).one()
        names = ("root", "leaves", "token", "stamped_at")
        session.add(Anchor(day="2000-01-01", **{name: getattr(today, name) for name in names}))
        session.flush()
        session.execute(update(Anchored).values(day="2000-01-01").execution_options(synchronize_session=False))
        session.delete(today)


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 7, 8, 9, 33])
def test_every_leaf_of_a_tree_is_proved_and_nothing_else_is(count: int) -> None:
    leaves = [hashlib.sha256(bytes([number])).digest() for number in range(count)]
    tree = anchors.Tree(leaves)
    for place, leaf in enumerate(leaves):
        path = tree.path(place)
        assert anchors.root_of(leaf, place, count, path) == tree.root
        assert anchors.root_of(b"\x00" * 32, place, count, path) != tree.root
        assert anchors.root_of(leaf, place + 1, count, path) != tree.root
        assert anchors.root_of(leaf, place, count, [*path, leaf]) is None
        assert not path or anchors.root_of(leaf, place, count, path[:-1]) != tree.root


def test_the_tree_is_that_of_rfc_6962() -> None:
    leaves = [bytes.fromhex(one) for one in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657")]
    known = "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"
    assert anchors.Tree(leaves).root.hex() == known
    assert anchors.Tree([]).root == hashlib.sha256().digest()


def test_chains_are_anchored_once_a_day_and_the_audit_trail_carries_the_proof(stage: Stage) -> None:
    agreements = [sent(stage) for _ in range(3)]
    stage.kit.turn("anchor")
    assert stage.kit.turn("anchor") == 0
    (day,) = rows(stage, Anchor)
    assert (day.leaves, len(rows(stage, Anchored))) == (3, 3) and day.token
    for one in agreements:
        told = trail(stage, one)
        (proof,) = told["anchors"]
        assert audit.flaws(told) == [] and proof["head"] == told["head"]
        (shown,) = history.history(stage.kit.runtime, one.id)["anchors"]
        assert shown["at"] == proof["at"] and shown["root"] == day.root


def test_only_chains_that_have_grown_are_anchored_again(stage: Stage) -> None:
    first, second = sent(stage), sent(stage)
    stage.kit.turn("anchor")
    yesterday(stage)
    second.close()
    stage.kit.turn("anchor")
    assert [len(trail(stage, one)["anchors"]) for one in (first, second)] == [1, 2]
    assert audit.flaws(trail(stage, second)) == []


def test_a_day_on_which_nothing_happened_needs_no_stamp(stage: Stage) -> None:
    stage.kit.turn("anchor")
    (day,) = rows(stage, Anchor)
    assert (day.leaves, day.token) == (0, None) and stage.kit.turn("anchor") == 0


def test_while_no_stamp_can_be_had_the_anchor_waits_and_is_stamped_later(stage: Stage) -> None:
    agreement = sent(stage)
    seal = stage.neighbours.pop("seal")
    assert stage.kit.turn("anchor") == 0
    assert trail(stage, agreement)["anchors"] == [] and rows(stage, Anchor)[0].root
    stage.neighbours["seal"] = seal
    assert stage.kit.turn("anchor") == 0
    with stage.kit.runtime.db.transaction(EVERYONE) as session:
        session.execute(update(Anchor).values(lease_until=None).execution_options(synchronize_session=False))
    stage.kit.turn("anchor")
    assert audit.flaws(trail(stage, agreement)) == [] and len(trail(stage, agreement)["anchors"]) == 1


def test_many_replicas_plant_and_stamp_once(postgres_stage: Stage) -> None:
    sent(postgres_stage)
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda _: anchor.turn(postgres_stage.kit.runtime), range(6)))
    (day,) = rows(postgres_stage, Anchor)
    assert day.leaves == 1 and day.token and len(rows(postgres_stage, Anchored)) == 1


def test_a_forged_anchor_is_told(stage: Stage) -> None:
    agreement = sent(stage)
    stage.kit.turn("anchor")
    whole = trail(stage, agreement)
    day = whole["anchors"][0]["day"]
    for member, value in (("head", "00" * 32), ("root", "00" * 32), ("token", ""), ("place", 1), ("path", ["00" * 32])):
        forged = copy.deepcopy(whole)
        forged["anchors"][0][member] = value
        assert audit.flaws(forged) == [f"anchor_broken {day}"], member
