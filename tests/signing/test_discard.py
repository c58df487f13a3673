"""An agreement is removed: nothing of it is left but what proves it, and whoever has a copy still gets the truth."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from chassis.database import EVERYONE, database_now
from chassis.tables import outbox
from documents import audit
from services.signing.models import Ceremony, HandedOver
from tests.service_kit import service
from tests.signing.stage import Account, Agreement, Stage, person
from tests.signing.test_erase import everything, signed
from tests.signing.test_verifications import API, CAROL, upload

NAMES = ("bob", "carol", "alice", "198.51.100.7", "203.0.113.80", "phone/1.0", "k1234567", "service agreement")


def remove(stage: Stage, agreement: Agreement) -> None:
    """*agreement* tells that it was removed."""
    stage.kit.deliver("agreement.removed.v1", agreement.id, agreement_id=str(agreement.id))


def files_of(stage: Stage, agreement: Agreement) -> list[Path]:
    folder = stage.folder / "objects" / "ceremonies" / str(agreement.id)
    return [path for path in folder.rglob("*") if path.is_file()]


def forget_told_events(stage: Stage) -> None:
    """What the relay does with events that were published a week ago."""
    with stage.kit.runtime.db.transaction(EVERYONE) as session:
        session.execute(outbox.delete())


def later(stage: Stage, agreement: Agreement, **shift: float) -> None:
    """Time goes on for an agreement that was discarded."""
    with stage.kit.runtime.db.transaction(EVERYONE) as session:
        row = session.get_one(Ceremony, agreement.id)
        for name in ("discard_due", "discarded_at"):
            setattr(row, name, getattr(row, name) - timedelta(**shift))


def row(stage: Stage, agreement: Agreement) -> Ceremony:
    with stage.kit.runtime.db.read(EVERYONE) as session:
        return session.get_one(Ceremony, agreement.id)


def test_nothing_is_left_but_what_proves_it(stage: Stage) -> None:
    agreement = signed(stage)
    bob, carol = agreement.signer("Bob"), agreement.signer("Carol")
    document, certificate = (carol.ask("GET", f"/files/{name}").data for name in ("document", "certificate"))
    before = trail(stage, agreement)
    assert len(files_of(stage, agreement)) > 5 and all(name in everything(stage) for name in NAMES)
    remove(stage, agreement)
    assert stage.kit.turn("discard") == 1
    forget_told_events(stage)
    assert files_of(stage, agreement) == [] and [name for name in NAMES if name in everything(stage)] == []

    told = agreement.history()
    assert told["broken_at"] is None and told["entries"][-1]["kind"] == "removed"
    hashes = [one["hash"] for one in told["entries"]]
    assert hashes[: len(before["entries"])] == [one["hash"] for one in before["entries"]]
    for file in (document, certificate):
        found = upload(stage, file)
        assert (found["verdict"], found["on_record"], found["reasons"]) == ("authentic", True, [])
        assert found["removed_at"] is not None
    changed = upload(stage, document[:-30] + b"0" + document[-29:])
    assert (changed["verdict"], changed["on_record"], changed["removed_at"]) == ("not_authentic", False, None)
    summary = stage.kit.request("GET", f"{API}/{agreement.public_id}", CAROL).json
    assert summary["removed_at"] and summary["signers"] == 2 and summary["level"] == "B-LTA"
    assert summary["document_sha256"] == upload(stage, document)["sha256"]
    assert bob.ask("GET").status_code == carol.ask("GET", "/files/document").status_code == 404
    assert Account(agreement, "carol@example.com").ask("GET").status_code == 404
    assert audit.flaws(before) == []


def trail(stage: Stage, agreement: Agreement) -> dict[str, Any]:
    answer = stage.kit.request("GET", f"/internal/ceremonies/{agreement.id}/files/audit", service("agreement"))
    return dict(json.loads(answer.data))


def test_told_twice_killed_in_the_middle_and_an_hour_later(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    agreement, other = stage.send(person("Bob")), stage.send(person("Bob"))
    agreement.signer().ask("POST", "/decline", json={"reason": "I moved to 12 Elm Street"})
    other.close("expired")
    storage, killed = stage.kit.runtime.storage, []

    def dies(folder: str) -> None:
        killed.append(folder)
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(storage, "delete_below", dies)
        remove(stage, agreement)
        with pytest.raises(SystemExit):
            stage.kit.turn("discard")
    assert killed and files_of(stage, agreement)
    assert agreement.kinds()[-1] == "removed" and row(stage, agreement).closed_kind == "declined"
    remove(stage, agreement)
    with stage.kit.runtime.db.transaction(EVERYONE) as session:
        session.execute(update(Ceremony).values(lease_until=database_now(session)))
    assert stage.kit.turn("discard") == 1 and files_of(stage, agreement) == []
    written_late = stage.folder / "objects" / "ceremonies" / str(agreement.id) / "pages" / "late.webp"
    written_late.parent.mkdir(parents=True)
    written_late.write_bytes(b"late")
    assert stage.kit.turn("discard") == 0
    later(stage, agreement, hours=1, minutes=1)
    assert stage.kit.turn("discard") == 1 and files_of(stage, agreement) == []
    remove(stage, agreement)
    assert stage.kit.turn("discard") == 0 and row(stage, agreement).discard_due is None
    assert agreement.kinds().count("removed") == 1 and files_of(stage, other)
    assert "elm street" not in str(agreement.history()).lower()


def test_one_that_never_began_here_and_one_that_is_open_are_left_alone(stage: Stage) -> None:
    unknown, open_one = Agreement(stage, (person("Bob"),), True, {}), stage.send(person("Bob"))
    assert unknown.close() == "closed"
    for one in (unknown, open_one):
        remove(stage, one)
    assert stage.kit.turn("discard") == 0 and "wrong annex" not in everything(stage)
    open_one.signer().sign()
    stage.work()
    assert stage.kit.turn("discard") == 1 and files_of(stage, open_one) == []


def test_a_renewal_that_was_on_its_way_brings_nothing_back(stage: Stage) -> None:
    from services.signing import renew

    agreement = stage.send(person("Bob"))
    agreement.signer().sign()
    stage.work()
    known = row(stage, agreement)
    late = {key: {"key": "ceremonies/late", "sha256": "ab" * 32, "size": 7} for key in renew.carriers(known)}
    remove(stage, agreement)
    stage.kit.turn("discard")
    assert renew.commit(stage.kit.runtime, known, late, []) is False
    assert stage.kit.turn("renew") == 0 and (row(stage, agreement).file or {}).keys() == {"sha256", "size"}
    with stage.kit.runtime.db.read(EVERYONE) as session:
        assert len(session.scalars(select(HandedOver.sha256)).all()) == 4
